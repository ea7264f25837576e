"""What the reader filled in, as a job.

Rows of the form, or lines of text with the same columns, come in. A ``Job`` comes out, and a ``Fault`` for each thing
that could not be used as it stands; the rest is kept. Names are compared without regard to width, case and spaces.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.toolbox.job import Job, Link, Tool
from kakugen_checkers.toolbox.rates import RateError, read_rate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kakugen_checkers.protocol import Answer, Answers, Row

ROWS: Final = "tools"
COLUMNS: Final = ("name", "facts", "next", "owner", "rate")

MOST_TOOLS: Final = 60
MOST_FACTS: Final = 24
MOST_NEXT: Final = 24
"""More of these in one row are not looked at; nobody keeps so many in step by hand."""

MOST_ROWS: Final = 1000
LONGEST_NAME: Final = 40
LONGEST_CELL: Final = 2000

_BETWEEN: Final = re.compile(r"[、,，;；\n]| / |／")
_CELLS: Final = re.compile(r"[\t|｜]")
_IN_BRACKETS: Final = re.compile(r"([^()]{1,80})\(([^()]{0,80})\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that could not be used as it stands.

    Attributes:
        kind: what is wrong: a key of ``faults`` in ``data/toolbox/words.toml``.
        row: the number of the row, from 1; 0 where it is about all of them.
        shown: the words, cut short.
    """

    kind: str
    row: int
    shown: str = ""


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    names: dict[str, int] = field(default_factory=dict)
    tools: list[Tool] = field(default_factory=list)
    spellings: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_job(answers: Answers) -> tuple[Job, tuple[Fault, ...]]:
    """Return the job of ``answers``, and what could not be used of them."""
    rows = list(_rows(answers.get(ROWS)))
    reading = _Reading()
    kept: list[tuple[int, Row, int]] = []
    for number, row in enumerate(rows[:MOST_ROWS], 1):
        cells = {name: str(row.get(name, ""))[: LONGEST_CELL + 1] for name in COLUMNS}
        if not any(cell.strip() for cell in cells.values()):
            continue
        place = _add(reading, number, cells)
        if place is not None:
            kept.append((number, cells, place))
    if len(rows) > MOST_ROWS or any(fault.kind == "too-many-tools" for fault in reading.faults):
        several = [fault for fault in reading.faults if fault.kind != "too-many-tools"]
        reading.faults = [Fault(kind="too-many-tools", row=0, shown=str(MOST_TOOLS)), *several]
    links = _links(reading, kept)
    return Job(tools=tuple(reading.tools), links=links), tuple(dict.fromkeys(reading.faults))


def key_of(name: str) -> str:
    """Return what is the same for names that mean the same."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


# ---- rows ----


def _rows(answer: Answer) -> Iterator[Mapping[str, str]]:
    if isinstance(answer, bytes):
        answer = answer.decode("utf-8", "replace")
    if isinstance(answer, str):
        answer = tuple(answer.splitlines()[: MOST_ROWS + 1])
    if isinstance(answer, tuple):
        for row in answer:
            yield dict(zip(COLUMNS, _CELLS.split(row, 8), strict=False)) if isinstance(row, str) else row


def _add(reading: _Reading, number: int, cells: Mapping[str, str]) -> int | None:
    """Keep the tool of a row; return its place, or ``None`` where it is not kept."""
    name = clean(cells["name"])
    if not name:
        reading.faults.append(Fault(kind="no-name", row=number, shown=clean(" ".join(cells.values()))))
        return None
    place = reading.names.get(key_of(name))
    if place is None and len(reading.tools) >= MOST_TOOLS:
        reading.faults.append(Fault(kind="too-many-tools", row=0))
        return None
    rate, assumed = _rate(reading, number, cells["rate"])
    tool = Tool(
        name=name,
        facts=_facts(reading, number, cells["facts"]),
        owner=clean(cells["owner"]),
        rate=rate,
        assumed=assumed,
    )
    if place is None:
        reading.names[key_of(name)] = len(reading.tools)
        reading.tools.append(tool)
        return len(reading.tools) - 1
    reading.faults.append(Fault(kind="same-name", row=number, shown=name))
    reading.tools[place] = _joined(reading.tools[place], tool)
    return place


def _joined(one: Tool, other: Tool) -> Tool:
    """Return a tool that was entered twice as one; what was said first counts."""
    said = one if not one.assumed else other
    return Tool(
        name=one.name,
        facts=tuple(dict.fromkeys((*one.facts, *other.facts)))[:MOST_FACTS],
        owner=one.owner or other.owner,
        rate=said.rate,
        assumed=said.assumed,
    )


def _rate(reading: _Reading, number: int, text: str) -> tuple[float, bool]:
    try:
        rate = read_rate(text)
    except RateError as error:
        reading.faults.append(Fault(kind=error.kind, row=number, shown=clean(text)))
        rate = None
    return (float(data.load("toolbox/rates")["assumed"]), True) if rate is None else (rate, False)


def _facts(reading: _Reading, number: int, text: str) -> tuple[str, ...]:
    facts: dict[str, None] = {}
    for part in _parts(text):
        fact = clean(part)
        if fact:
            facts[reading.spellings.setdefault(key_of(fact), fact)] = None
    if len(facts) > MOST_FACTS or len(text) > LONGEST_CELL:
        reading.faults.append(Fault(kind="too-many-facts", row=number, shown=str(MOST_FACTS)))
    return tuple(facts)[:MOST_FACTS]


# ---- links ----


def _links(reading: _Reading, kept: list[tuple[int, Row, int]]) -> tuple[Link, ...]:
    found: dict[tuple[int, int], Link] = {}
    for number, cells, start in kept:
        for part in _parts(cells["next"])[:MOST_NEXT]:
            name, owner = _name_and_owner(part)
            if not name:
                continue
            end = _named(reading, name)
            if end is None:
                reading.faults.append(Fault(kind="no-such-tool", row=number, shown=name))
            elif end == start:
                reading.faults.append(Fault(kind="to-itself", row=number, shown=name))
            else:
                owner = owner or _of_both(reading.tools[start], reading.tools[end])
                before = found.get((start, end))
                found[start, end] = Link(start=start, end=end, owner=before.owner or owner if before else owner)
    return tuple(found.values())


def _named(reading: _Reading, name: str) -> int | None:
    """Return the tool of that name, or where no other is meant, the one whose name begins or ends so."""
    key = key_of(name)
    if key in reading.names:
        return reading.names[key]
    near = [place for other, place in reading.names.items() if len(key) > 1 and (key in other or other in key)]
    return near[0] if len(near) == 1 else None


def _name_and_owner(part: str) -> tuple[str, str]:
    plain = part.strip().replace("（", "(").replace("）", ")")
    found = _IN_BRACKETS.fullmatch(plain) if len(plain) <= LONGEST_NAME * 4 else None
    return (clean(found[1]), clean(found[2])) if found else (clean(plain), "")


def _of_both(one: Tool, other: Tool) -> str:
    """Return who answers for what lies between two tools: who answers for both, else nobody."""
    return one.owner if one.owner and key_of(one.owner) == key_of(other.owner) else ""


# ---- words ----


def _parts(text: str) -> list[str]:
    return _BETWEEN.split(text[:LONGEST_CELL])


def clean(text: str) -> str:
    """Return a name on one line without what is not seen, cut short where it is very long."""
    shown = "".join(
        character if character.isprintable() or character == "\u200d" else " " if character.isspace() else ""
        for character in text[: LONGEST_NAME * 4]
    )
    plain = " ".join(shown.split())
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"
