"""What a pasted piece of a control panel, or a notice, says of a mailbox.

Text goes in; used space, limit and space left come out, each with where it stands. Only numbers with a unit count, and
only where a word beside them, or a number that they are paired with, says what they are: a number that nothing explains
is not guessed at. Several mailboxes in one paste give the fullest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.bounce.pattern import compile_pattern
from kakugen_checkers.mailbox.quantities import COUNT, PERCENT, Quantity, read_quantities
from kakugen_checkers.mailbox.room import deduce
from kakugen_checkers.mailbox.units import NARROW, alternatives, units

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TEXT: Final = 20_000
"""So much of a paste is read."""
MAX_LINE: Final = 2_000
MAX_BEFORE: Final = 12
"""So many characters may stand between a label and its number."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A quantity and what it is: ``used``, ``quota``, ``left``, ``used-percent``, ``left-percent`` or ``messages``."""

    role: str
    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What was read.

    Attributes:
        readings: of the fullest mailbox, in the order of the paste.
        boxes: how many mailboxes the paste shows.
        unexplained: sizes that nothing explains.
        full: where it says that the mailbox is full, or ``None``.
        unlimited: where it says that there is no limit, or ``None``.
    """

    readings: tuple[Reading, ...] = ()
    boxes: int = 0
    unexplained: tuple[Quantity, ...] = ()
    full: tuple[int, int] | None = None
    unlimited: tuple[int, int] | None = None

    @property
    def values(self) -> dict[str, float]:
        """The numbers by what they are."""
        return {reading.role: reading.value for reading in self.readings}


def read_panel(text: str) -> Panel:
    """Return what ``text`` says of a mailbox."""
    plain = text[:MAX_TEXT].translate(NARROW)
    lower = plain.lower()
    if len(lower) != len(plain):  # a letter whose small form is two: places would move
        lower = "".join(one if len(one := character.lower()) == 1 else character for character in plain)
    quantities = read_quantities(lower)
    found, unexplained = _boxes(lower, quantities)
    boxes = _distinct(found)
    best = max(boxes, key=_fullness, default=_Box())  # of several alike, the first
    unlimited = re.search(_unlimited(), lower)
    return Panel(
        readings=tuple(sorted(best.readings.values(), key=lambda reading: reading.start)),
        boxes=len(boxes),
        unexplained=tuple(unexplained),
        full=_full(lower),
        unlimited=unlimited.span() if unlimited else None,
    )


# ---- what they are ----


@dataclass(slots=True)
class _Box:
    readings: dict[str, Reading] = field(default_factory=dict)


def _boxes(lower: str, quantities: list[Quantity]) -> tuple[list[_Box], list[Quantity]]:
    """Return the mailboxes that the paste shows, and the sizes that nothing explains."""
    boxes: list[_Box] = []
    unexplained: list[Quantity] = []
    taken = 0  # up to here the text has been used as labels
    number = 0
    while number < len(quantities):
        first = quantities[number]
        second = quantities[number + 1] if number + 1 < len(quantities) else None
        pair = _pair(lower, first, second) if second else None
        if pair:
            for member in pair:
                _put(boxes, member)
            taken = quantities[number + 1].end
            number += 2
            continue
        before = quantities[number - 1].end if number else 0
        role, taken = _role(lower, first, max(before, taken), second.start if second else len(lower))
        role = role or _heading(lower, first, quantities)
        reading = _reading(first, role)
        if reading:
            _put(boxes, reading)
        elif first.unit == "MB":
            unexplained.append(first)
        number += 1
    return boxes, unexplained


def _put(boxes: list[_Box], reading: Reading) -> None:
    """Put a reading into the last box, or into a new one where that has one of its kind already."""
    if not boxes or reading.role in boxes[-1].readings:
        boxes.append(_Box())
    boxes[-1].readings[reading.role] = reading


def _distinct(boxes: list[_Box]) -> list[_Box]:
    """Return the boxes without those that only say again what another says, such as a notice in two languages."""
    said: list[tuple[set[tuple[str, float]], _Box]] = []
    for box in boxes:
        values = {(reading.role, reading.value) for reading in box.readings.values()}
        if not any(values <= other for other, _ in said):
            said = [(other, one) for other, one in said if not other <= values] + [(values, box)]
    return [box for _, box in said]


def _pair(lower: str, first: Quantity, second: Quantity) -> tuple[Reading, Reading] | None:
    """Return what two numbers are that a word such as "of" joins, or ``None``."""
    between = lower[first.end : second.start]
    limit = _joints().get(between.strip()) if len(between) <= MAX_BEFORE and "\n" not in between else None
    if limit is None:
        return None
    if (first.unit, second.unit) in ((COUNT, "MB"), ("MB", COUNT)):  # so many mails, so large
        mails, size = (first, second) if first.unit == COUNT else (second, first)
        return (
            Reading("messages", mails.value, mails.start, mails.end),
            Reading("used", size.value, size.start, size.end),
        )
    if not first.unit and second.unit == "MB" and limit == "second":
        unit = lower[second.start : second.end].lstrip("0123456789.,").strip()
        first = Quantity(first.start, first.end, first.value * units()[unit], "MB")
    part, whole = (first, second) if limit == "second" else (second, first)
    if whole.unit != "MB" or part.unit not in ("MB", PERCENT):
        return None
    role = "used-percent" if part.unit == PERCENT else "used"
    if _label_after(lower, max(first.end, second.end)) == "left" or _label_before(lower, first.start, 0) == "left":
        role = "left-percent" if part.unit == PERCENT else "left"
    return (
        Reading(role, part.value, part.start, part.end),
        Reading("quota", whole.value, whole.start, whole.end),
    )


def _reading(quantity: Quantity, role: str) -> Reading | None:
    match quantity.unit, role:
        case "%", "left":
            role = "left-percent"
        case "%", ("used" | ""):
            role = "used-percent"
        case "count", _:
            role = "messages"
        case "MB", ("used" | "quota" | "left"):
            pass
        case _:
            return None
    if role.endswith("percent") and quantity.value > 1000:
        return None
    return Reading(role, quantity.value, quantity.start, quantity.end)


def _role(lower: str, quantity: Quantity, floor: int, ceiling: int) -> tuple[str, int]:
    """Return what the words beside a number say that it is, and up to where words have been used."""
    before = _label_before(lower, quantity.start, floor)
    if before:
        return before, quantity.end
    found = _label().match(lower, quantity.end, min(ceiling, quantity.end + 40))
    if found:
        gap = found.start("label") - quantity.end
        next_label = found.end("label") < ceiling < len(lower) and ceiling - found.end("label") <= MAX_BEFORE
        # a label that touches its number is its own; with a space, only where no number follows that it could announce
        if gap == 0 or not next_label or "\n" in lower[found.end("label") : ceiling]:
            return _roles()[found["label"]], found.end("label")
    return "", quantity.end


def _label_before(lower: str, start: int, floor: int) -> str:
    """Return the role of the label that ends at most a few characters before ``start``; nearest, then longest."""
    window = lower[max(floor, start - 40) : start]
    line = window.rpartition("\n")
    if line[1] and not line[2].strip(" \t:"):
        window = line[0].rstrip()  # the label stands on the line above, alone
        if "\t" in window.rpartition("\n")[2]:
            return ""
    else:
        window = line[2]
    best = max(
        ((match.end(), match.end() - match.start(), match[0]) for match in _labels().finditer(window)),
        default=None,
    )
    return _roles()[best[2]] if best and len(window) - best[0] <= MAX_BEFORE else ""


def _label_after(lower: str, end: int) -> str:
    found = _label().match(lower, end, end + 40)
    return _roles()[found["label"]] if found else ""


def _heading(lower: str, quantity: Quantity, quantities: list[Quantity]) -> str:
    """Return the role of a number in a table from the heading above it: as many labels as numbers in its line."""
    start = lower.rfind("\n", max(0, quantity.start - MAX_LINE), quantity.start) + 1
    end = lower.find("\n", quantity.end, quantity.end + MAX_LINE)
    here = [other for other in quantities if start <= other.start < (len(lower) if end < 0 else end)]
    if len(here) < 2:
        return ""
    above = lower[max(0, start - MAX_LINE) : max(0, start - 1)].split("\n")
    for line in reversed(above[-20:]):
        labels = [match[0] for match in _labels().finditer(line)]
        if len(labels) == len(here):
            return _roles()[labels[here.index(quantity)]]
    return ""


def _full(lower: str) -> tuple[int, int] | None:
    folded = " ".join(lower.split())
    for source in data.load("mailbox/panel")["full"]["match"]:
        found = compile_pattern(source).search(folded)
        if found:
            words = re.escape(folded[slice(*found)]).replace(r"\ ", r"\s{1,20}")
            placed = re.search(words, lower)
            return placed.span() if placed else (0, 0)
    return None


def _fullness(box: _Box) -> tuple[bool, float]:
    values = {reading.role: reading.value for reading in box.readings.values()}
    room = deduce(values)
    return room.share is not None, room.share if room.share is not None else values.get("used", 0.0)


# ---- the words ----


@cache
def _joints() -> Mapping[str, str]:
    return {word: entry["limit"] for entry in data.load("mailbox/panel")["joint"] for word in entry["words"]}


@cache
def _roles() -> Mapping[str, str]:
    return {word: entry["role"] for entry in data.load("mailbox/panel")["label"] for word in entry["words"]}


@cache
def _labels() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])(?:{alternatives(tuple(_roles()))})(?![a-z])")


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"[ \t]{{0,3}}(?:を|が|の)?(?P<label>{alternatives(tuple(_roles()))})(?![a-z])")


@cache
def _unlimited() -> re.Pattern[str]:
    return re.compile(alternatives(tuple(data.load("mailbox/panel")["unlimited"]["words"])))
