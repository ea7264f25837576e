"""Advice: which rows of ``data/forwarding/advice.toml`` apply, and what is to be done, without contradiction.

In: the properties of a situation. Out: a ``Plan``, the most urgent row first, each with the things to do that no more
urgent row has said or forbidden. Two rows may want a setting left in two ways (``sets`` in ``steps.toml``); the one
that is less urgent then takes its next option, or does without.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.forwarding.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kakugen_checkers.forwarding.conditions import Condition, Property
    from kakugen_checkers.protocol import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One piece of advice.

    Attributes:
        id: its name.
        topic: what articles answer.
        when: the condition under which it applies.
        must: the condition under which it cannot wait.
        otherwise: whether it is only for when nothing else applies.
        steps: names of things to do; each entry holds options, of which the first that fits is taken.
        expiries: what ends, by id of the timeline.
        maxims: ids of maxims that fit.
        title: what it is about.
        risk: the danger in one line.
        why: the reason.
        alternatives: ids of rows that may apply in its place, as long as something is not known.
        tell_apart: what to look at, to know whether it is this row; empty where it is no alternative.
    """

    id: str
    topic: str
    when: Condition
    must: Condition
    otherwise: bool
    steps: tuple[tuple[str, ...], ...]
    expiries: tuple[str, ...]
    maxims: tuple[str, ...]
    title: LocalText
    risk: LocalText
    why: LocalText
    alternatives: tuple[str, ...]
    tell_apart: LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to do.

    Attributes:
        id: its name.
        when: the condition under which it makes sense.
        sets: how it leaves settings.
        panel: the kind of fact of a host that tells where to click; empty where that is the same for everyone.
        tells: the kind of fact of the destination that belongs to it; empty without one.
        where: labels to click, by locale.
        text: what to do.
        undo: how to go back; empty where nothing changes.
        undo_elsewhere: whether that is done in another place than the thing itself.
        minutes: how long it takes, about.
    """

    id: str
    when: Condition
    sets: Mapping[str, str]
    panel: str
    tells: str
    where: Mapping[str, Sequence[str]]
    text: LocalText
    undo: LocalText
    undo_elsewhere: bool
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to advise.

    Attributes:
        parts: rows that apply, the most urgent first, each with what it adds to do.
        urgent: whether the first cannot wait.
    """

    parts: tuple[tuple[Row, tuple[Task, ...]], ...]
    urgent: bool

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows alone."""
        return tuple(row for row, _ in self.parts)

    @property
    def tasks(self) -> tuple[Task, ...]:
        """All there is to do, in order."""
        return tuple(task for _, tasks in self.parts for task in tasks)


@cache
def all_rows() -> tuple[Row, ...]:
    """Return all rows in their order."""
    return tuple(_row(entry) for entry in data.load("forwarding/advice")["row"])


@cache
def all_tasks() -> Mapping[str, Task]:
    """Return all things to do, by name."""
    return {ident: _task(ident, entry) for ident, entry in data.load("forwarding/steps")["step"].items()}


def advise(properties: Mapping[str, Property]) -> Plan:
    """Return the advice for a situation; without parts where nothing applies."""
    rows = [row for row in all_rows() if not row.otherwise and holds(row.when, properties)]
    if not rows:
        rows = [row for row in all_rows() if row.otherwise and holds(row.when, properties)]
    must = next((row for row in rows if holds(row.must, properties)), None)
    if must:
        rows.remove(must)
        rows.insert(0, must)
    said: dict[str, Task] = {}
    settings: dict[str, str] = {}
    parts: list[tuple[Row, tuple[Task, ...]]] = []
    for row in rows:
        added: list[Task] = []
        for options in row.steps:
            task = _first_fitting(options, properties, settings)
            if task and task.id not in said:
                said[task.id] = task
                settings |= task.sets
                added.append(task)
        parts.append((row, tuple(added)))
    return Plan(parts=tuple(parts), urgent=must is not None)


def _first_fitting(
    options: Sequence[str], properties: Mapping[str, Property], settings: Mapping[str, str]
) -> Task | None:
    for ident in options:
        task = all_tasks()[ident]
        agrees = all(settings.get(name, value) == value for name, value in task.sets.items())
        if agrees and holds(task.when, properties):
            return task
    return None


def _row(entry: Mapping[str, Any]) -> Row:
    must = entry.get("must", False)
    return Row(
        id=entry["id"],
        topic=f"forwarding/{entry.get('topic', entry['id'])}",
        when=entry["when"],
        # An empty table always holds, an empty list of tables never does.
        must={} if must is True else [] if must is False else must,
        otherwise=entry.get("otherwise", False),
        steps=tuple((step,) if isinstance(step, str) else tuple(step) for step in entry["steps"]),
        expiries=tuple(entry.get("expiries", ())),
        maxims=tuple(entry.get("maxims", ())),
        title=entry["title"],
        risk=entry["risk"],
        why=entry["why"],
        alternatives=tuple(entry.get("alternatives", ())),
        tell_apart=entry.get("tell_apart", {}),
    )


def _task(ident: str, entry: Mapping[str, Any]) -> Task:
    return Task(
        id=ident,
        when=entry.get("when", {}),
        sets=entry.get("sets", {}),
        panel=entry.get("panel", ""),
        tells=entry.get("tells", ""),
        where=entry.get("where", {}),
        text=entry["text"],
        undo=entry.get("undo", {}),
        undo_elsewhere=entry.get("undo_elsewhere", False),
        minutes=entry["minutes"],
    )
