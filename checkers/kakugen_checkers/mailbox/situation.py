"""The situation: from what was entered to figures, habits and doubts.

Answers go in; a ``Situation`` comes out, in which every value that could be read is used, every one that could not is
named, and everything assumed or contradictory has an id. Numbers in fields go before those in the paste.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data, timeline
from kakugen_checkers.forms import entered_text
from kakugen_checkers.host_guess import guess_hosts
from kakugen_checkers.hosts import host
from kakugen_checkers.mailbox.growth import MONTH, Effect, Keeping
from kakugen_checkers.mailbox.panel import Panel, read_panel
from kakugen_checkers.mailbox.room import Room, deduce
from kakugen_checkers.mailbox.units import Fault, read_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.hosts import Host
    from kakugen_checkers.protocol import Answer, Answers

FETCH: Final = "gmail-pop-fetch"
"""The entry of the timeline for Gmail's fetching."""
KB_IN_MB: Final = 1024
DIFFERS: Final = 0.05
"""A field and the paste may differ by so much before it is said."""
SUDDEN: Final = 3.0
"""So many times more mail than on average so far is a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known of a mailbox.

    Attributes:
        host: the reader's host, chosen or named in the paste.
        room: used, limit, left, share.
        daily: mails a day.
        size: average KB of a mail.
        inflow: MB that come in a day.
        basis: what ``inflow`` is reckoned from: ``mails``, ``months`` or empty.
        months: months in which all of it piled up.
        keeping: what becomes of mail in the box.
        arrives: where mail is read.
        deletes: what deletes mail.
        copy: whether forwarding keeps a copy: ``yes``, ``no`` or empty.
        changed: what was changed lately, or empty.
        full: whether it is full, by its figures or by what was pasted.
        panel: what was read from the paste.
        faults: values that cannot be used.
        assumed: ids of what was assumed.
        doubts: ids of what does not fit together.
    """

    host: Host | None
    room: Room
    daily: float | None
    size: float
    inflow: float | None
    basis: str
    months: float | None
    keeping: Keeping
    arrives: tuple[str, ...]
    deletes: tuple[str, ...]
    copy: str
    changed: str
    full: bool
    panel: Panel
    faults: tuple[Fault, ...]
    assumed: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def fetched(self) -> bool:
        """Whether it is Gmail's fetching that keeps the box empty."""
        return self.keeping.lasts is not None


def read_situation(answers: Answers, today: date) -> Situation:
    """Return what ``answers`` say of a mailbox on ``today``."""
    numbers, faults = _numbers(answers)
    text = entered_text(answers.get("hints"))
    panel = read_panel(text)
    doubts = [*_differences(numbers, panel), *_paste_doubts(panel)]
    room = _room(numbers, panel)
    if panel.full and room.share is not None and room.share < data.load("mailbox/words")["thresholds"]["nearly"]:
        doubts.append("full-but-room")
    messages = panel.values.get("messages")
    size, size_from = _size(numbers, panel.values.get("used"), messages)
    arrives, deletes = _chosen(answers, "arrives"), _chosen(answers, "deletes")
    copy = _one(answers, "copy")
    keeping, assumed = _keeping(deletes, copy, numbers, today)
    daily, months = numbers.get("daily"), numbers.get("months")
    measured = room.used / (months * MONTH) if months and room.used else None
    inflow = daily * size / KB_IN_MB if daily is not None else measured
    if daily is not None and size_from:
        assumed = (size_from, *assumed)
    elif daily is None and measured is not None:
        assumed = ("from-months", *assumed)
    if daily is not None and measured and inflow and not SUDDEN > inflow / measured > 1 / SUDDEN:
        doubts.append("more-than-before" if inflow > measured else "less-than-before")
    doubts += _habit_doubts(arrives, deletes, copy)
    return Situation(
        host=_host(answers, text, doubts),
        room=room,
        daily=daily,
        size=size,
        inflow=inflow,
        basis="mails" if daily is not None else "months" if inflow is not None else "",
        months=months,
        keeping=keeping,
        arrives=arrives,
        deletes=deletes,
        copy=copy,
        changed=_one(answers, "changed"),
        full=panel.full is not None
        or (room.share is not None and room.share >= 1)
        or (room.left is not None and room.left <= 0),
        panel=panel,
        faults=tuple(faults),
        assumed=assumed,
        doubts=tuple(dict.fromkeys(doubts)),
    )


# ---- numbers ----


def _numbers(answers: Answers) -> tuple[dict[str, float], list[Fault]]:
    numbers: dict[str, float] = {}
    faults: list[Fault] = []
    for field in _fields():
        if field["kind"] == "number":
            value = read_number(answers.get(field["id"]), field)
            if isinstance(value, Fault):
                faults.append(value)
            elif value is not None:
                numbers[field["id"]] = value
    return numbers, faults


def _room(numbers: Mapping[str, float], panel: Panel) -> Room:
    values = dict(panel.values)
    for ident in ("quota", "used"):
        if ident in numbers:
            values[ident] = numbers[ident]
            values.pop("left", None)  # what the paste says of the rest no longer fits
    if "used" in numbers:
        values.pop("used-percent", None)
        values.pop("left-percent", None)
    return deduce(values)


def _size(numbers: Mapping[str, float], used: float | None, messages: float | None) -> tuple[float, str]:
    """Return the average KB of a mail, and the id of what was assumed for it."""
    if "size" in numbers:
        return numbers["size"], ""
    if used and messages:
        return used * KB_IN_MB / messages, "size-from-panel"
    return float(_assumptions()["size"]), "size"


# ---- habits ----


def _keeping(
    deletes: tuple[str, ...], copy: str, numbers: Mapping[str, float], today: date
) -> tuple[Keeping, tuple[str, ...]]:
    """Return what becomes of mail, by what deletes it most surely, and the ids of what was assumed for that."""
    if copy == "no" or ("forward-only" in deletes and copy != "yes") or "client-on-receipt" in deletes:
        return Keeping(effect=Effect.STOPS), ()
    if "client-after-days" in deletes:
        days = numbers.get("days")
        given = Keeping(effect=Effect.KEEPS_DAYS, days=days or float(_assumptions()["days"]))
        return given, () if days else ("days",)
    if "pop-fetch" in deletes:
        return Keeping(effect=Effect.STOPS, lasts=float(fetch_ends_in(today))), ()
    if "by-hand" in deletes:
        every = numbers.get("every")
        given = Keeping(effect=Effect.EMPTIED, days=(every or float(_assumptions()["every"])) * MONTH)
        return given, () if every else ("every",)
    return Keeping(effect=Effect.GROWS), ()


def fetch_ends_in(today: date) -> int:
    """Return after how many days Gmail's fetching may have stopped; where only a month is known, from its first day."""
    (entry,) = timeline.expiries((FETCH,), today=today, locale="ja")
    last = date.fromisoformat(entry.until)
    first = last.replace(day=1) if entry.month_only else last
    return max(0, (first - today).days)


def _habit_doubts(arrives: tuple[str, ...], deletes: tuple[str, ...], copy: str) -> list[str]:
    doubts: list[str] = []
    if len(deletes) > 1 and ("nothing" in deletes or "unknown" in deletes):
        doubts.append("deletes-and-not")
    if copy == "yes" and "forward-only" in deletes:
        doubts.append("copy-and-not")
    if {"forward", "pop-fetch"} <= set(arrives):
        doubts.append("forward-and-fetch")
    if ("forward" in arrives or copy == "no") and {"client-imap", "gmail-app", "webmail"} & set(arrives):
        doubts.append("forward-and-server")
    if "client-pop" in arrives and {"client-imap", "gmail-app"} & set(arrives):
        doubts.append("pop-and-imap")
    return doubts


# ---- the paste ----


def _differences(numbers: Mapping[str, float], panel: Panel) -> list[str]:
    pasted = deduce(panel.values)
    pairs = (("quota", pasted.quota), ("used", pasted.used))
    return [
        f"{ident}-differs"
        for ident, other in pairs
        if ident in numbers and other is not None and abs(numbers[ident] - other) > DIFFERS * max(numbers[ident], other)
    ]


def _paste_doubts(panel: Panel) -> list[str]:
    doubts: list[str] = []
    if panel.boxes > 1:
        doubts.append("several-boxes")
    if panel.unexplained:
        doubts.append("unexplained")
    if panel.unlimited:
        doubts.append("unlimited")
    return doubts


def _host(answers: Answers, text: str, doubts: list[str]) -> Host | None:
    chosen = host(_one(answers, "host"))
    if chosen is not None or not text:
        return chosen
    named = guess_hosts(text)
    if len(named) > 1:
        doubts.append("several-hosts")
    return named[0] if len(named) == 1 else None


# ---- answers ----


def _one(answers: Answers, ident: str) -> str:
    """Return the option that was chosen, or nothing where it is none of the form's."""
    value = answers.get(ident)
    known = _options(ident)
    return value if isinstance(value, str) and (value in known or not known) else ""


def _chosen(answers: Answers, ident: str) -> tuple[str, ...]:
    """Return the options that were ticked, in the order of the form."""
    value: Answer = answers.get(ident)
    ticked = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
    return tuple(option for option in _options(ident) if option in ticked)


def _options(ident: str) -> tuple[str, ...]:
    return tuple(one["id"] for field in _fields() if field["id"] == ident for one in field.get("choices", ()))


def _fields() -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = data.load("mailbox/form")["field"]
    return fields


def _assumptions() -> dict[str, float]:
    assumed: dict[str, float] = data.load("mailbox/words")["assumptions"]
    return assumed
