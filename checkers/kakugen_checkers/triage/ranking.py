"""The causes, weighed: which answers speak for each and which against.

Ids of answers go in; all causes come out, the likeliest first. An answer adds what the data gives it and nothing else,
so that one more answer for a cause never lowers it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kakugen_checkers.protocol import Topic


@dataclass(frozen=True, slots=True, eq=False)
class Cause:
    """What can be behind a trouble.

    Attributes:
        id: stable id.
        kind: ``piled-up``, ``changed``, ``both`` or ``neither``.
        actor: who must act.
        speaks_for: points of the answers that speak for it.
        speaks_against: points of those that speak against it.
        leads: checkers to go on with, best first.
        maxims: maxims that fit.
        texts: what is said of it, by locale.
    """

    id: str
    kind: str
    actor: str
    speaks_for: Mapping[str, int]
    speaks_against: Mapping[str, int]
    leads: tuple[str, ...]
    maxims: tuple[str, ...]
    texts: Mapping[str, Mapping[str, Any]]

    @property
    def topic(self) -> Topic:
        """The topic of articles about it."""
        return f"triage/{self.id}"

    def weight(self, answer: str) -> int:
        """Return what one answer adds to its points."""
        return self.speaks_for.get(answer, 0) - self.speaks_against.get(answer, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A cause as it stands after the answers.

    Attributes:
        cause: the cause.
        points: what the answers add up to.
        pros: the answers for it, in the order in which they were given to ``rank``.
        cons: the answers against it.
    """

    cause: Cause
    points: int
    pros: tuple[str, ...]
    cons: tuple[str, ...]


@cache
def all_causes() -> tuple[Cause, ...]:
    """Return every cause, in the order of the data."""
    return tuple(
        Cause(
            id=entry["id"],
            kind=entry["kind"],
            actor=entry["actor"],
            speaks_for=entry["for"],
            speaks_against=entry["against"],
            leads=tuple(entry["leads"]),
            maxims=tuple(entry["maxims"]),
            texts={"ja": entry["ja"], "en": entry["en"]},
        )
        for entry in data.load("triage/causes")["cause"]
    )


def rank(given: Collection[str]) -> tuple[Ranked, ...]:
    """Return all causes after the answers ``given``, most points first; equal ones in the order of the data."""
    ranked = (
        Ranked(
            cause=cause,
            points=sum(cause.weight(answer) for answer in given),
            pros=tuple(answer for answer in given if answer in cause.speaks_for),
            cons=tuple(answer for answer in given if answer in cause.speaks_against),
        )
        for cause in all_causes()
    )
    return tuple(sorted(ranked, key=lambda entry: -entry.points))
