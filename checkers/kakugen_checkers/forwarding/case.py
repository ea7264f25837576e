"""A case: the situation and all that was found out about it, with what every part of the answer needs to speak.

Flows from ``checker`` into ``explain`` and the modules that it calls: ``care`` and ``figures``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.forwarding.conditions import holds
from kakugen_checkers.forwarding.entered import spoken
from kakugen_checkers.forwarding.panel import place, spoken_fact
from kakugen_checkers.protocol import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kakugen_checkers.forwarding.advice import Plan, Task
    from kakugen_checkers.forwarding.conditions import Property
    from kakugen_checkers.forwarding.outcomes import Outcome
    from kakugen_checkers.forwarding.situation import Situation
    from kakugen_checkers.forwarding.ways import Comparison

_ROUND: Final = 5
"""Times are told in steps of so many minutes."""

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One set of answers, understood.

    Attributes:
        situation: what was entered, as far as it can be used.
        properties: what conditions can name.
        plan: what to advise.
        comparison: the ways to read and send.
        outcomes: what becomes of forwarded mail.
        labels: the options of the form by field and id, in the language of the answer.
    """

    situation: Situation
    properties: Mapping[str, Property]
    plan: Plan
    comparison: Comparison
    outcomes: tuple[Outcome, ...]
    labels: Mapping[str, Mapping[str, str]]

    @property
    def locale(self) -> str:
        """The language of the answer."""
        return self.situation.locale

    @property
    def words(self) -> dict[str, Any]:
        """The checker's fixed words in the language of the answer."""
        words: dict[str, Any] = data.load("forwarding/words")[self.locale]
        return words

    @property
    def way(self) -> str:
        """The recommended way, by name."""
        return self.comparison.best.texts["name"][self.locale].replace("{destination}", self.destination)

    @property
    def lacking(self) -> str:
        """What the domain lacks, listed."""
        separator: str = self.words["list"]["proofs"]
        return separator.join(ident.upper() for ident in self.situation.lacks)

    @property
    def assumed_size(self) -> float:
        """The average size of a mail in kB where nobody said."""
        size: float = data.load("forwarding/assumed")["size"]
        return size

    @property
    def days(self) -> str:
        """In how many days the mailbox is full; beyond the horizon of what is reckoned, only that it is long."""
        days, words = self.situation.days, self.words["days"]
        if days is None:
            return ""
        long = days >= data.load("forwarding/assumed")["horizon"]
        told: str = words["long"] if long else words["about"].format(days=spoken(days))
        return told

    @property
    def destination(self) -> str:
        """Where mail is to be read, as it is called."""
        chosen = self.situation.destination
        name: str = chosen.name[self.locale] if chosen else self.words["destination"]["unknown"]
        return name

    def fill(self, text: str) -> str:
        """Return a text with the names in braces replaced by what they stand for in this case."""
        host = self.situation.host
        boxes, rate = (self.situation.entered.number(ident) for ident in ("boxes", "rate"))
        known = {
            "host": host.name[self.locale] if host else self.words["fact"]["host"],
            "destination": self.destination,
            "days": self.days,
            "boxes": "" if boxes is None else spoken(boxes),
            "rate": "" if rate is None else spoken(rate),
            "lacking": self.lacking,
            "way": self.way,
            "passwords": self.comparison.best.texts["passwords"][self.locale],
            "minutes": spoken(-(-sum(task.minutes for task in self.plan.tasks) // _ROUND) * _ROUND),
        }
        return _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)

    def step(self, task: Task) -> Step:
        """Return a thing to do, with where to click on this reader's screens."""
        return self.entry_step({"text": task.text, "panel": task.panel, "tells": task.tells, "where": task.where})

    def entry_step(self, entry: Mapping[str, Any]) -> Step:
        """Return an entry of data with ``text`` and perhaps ``panel``, ``tells`` or ``where``."""
        where, note = tuple(entry.get("where", {}).get(self.locale, ())), ""
        if entry.get("panel"):
            where, note = self.place(entry["panel"])
        elif entry.get("tells") and self.situation.destination:
            fact = self.situation.destination.fact(entry["tells"])
            note = spoken_fact(fact, today=self.situation.today, locale=self.locale)
        return Step(text=self.fill(entry["text"][self.locale]), where=where, note=note)

    def place(self, kind: str) -> tuple[tuple[str, ...], str]:
        """Return where to click for a kind of fact on this reader's host, and how it works there."""
        situation = self.situation
        return place(kind, situation.host, self.words["panel"], today=situation.today, locale=self.locale)

    def entries(self, name: str) -> Iterator[Mapping[str, Any]]:
        """Yield the entries ``name`` of ``data/forwarding/care.toml`` that are for this case."""
        for entry in data.load("forwarding/care")[name]:
            if holds(entry.get("when", {}), self.properties):
                yield entry
