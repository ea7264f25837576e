"""Decide: from the hits of rules to one reason, with how sure we are and what else it could be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.bounce.signals import Place

if TYPE_CHECKING:
    from kakugen_checkers.bounce.rules import Hit
    from kakugen_checkers.bounce.signals import Signals


class Strength(IntEnum):
    """How far a hit is to be believed, strongest first."""

    WORDS = 1
    """Words of the refusing server."""
    TRANSCRIPT_WORDS = 2
    """Words of a server that is quoted beside it."""
    NOTICE_WORDS = 3
    """Words of the notice around them."""
    CODE = 4
    """A code that means one thing."""
    WEAK_WORDS = 5
    """Words so general that they decide only where nothing else does."""
    WEAK_CODE = 6
    """A code that covers many things."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided.

    Attributes:
        reason: id of the reason, or empty when nothing matched.
        hit: the hit that decided.
        support: every hit for the same reason, strongest first.
        others: other reasons that hits speak for, likeliest first.
        ambiguous: whether the first of ``others`` is as likely as ``reason``.
        confidence: probability from 0 to 1 that the reason is right.
    """

    reason: str
    hit: Hit | None
    support: tuple[Hit, ...]
    others: tuple[str, ...]
    ambiguous: bool
    confidence: float


NOTHING: Final = Decision("", None, (), (), ambiguous=False, confidence=0.0)


def strength(hit: Hit) -> Strength:
    """Return how far ``hit`` is to be believed."""
    if hit.passage is None:
        return Strength.WEAK_CODE if hit.rule.weak else Strength.CODE
    if hit.rule.weak:
        return Strength.WEAK_WORDS
    return _BY_PLACE[hit.passage.place]


_BY_PLACE: Final = {
    Place.DIAGNOSTIC: Strength.WORDS,
    Place.TRANSCRIPT: Strength.TRANSCRIPT_WORDS,
    Place.NOTICE: Strength.NOTICE_WORDS,
    Place.SUBJECT: Strength.NOTICE_WORDS,
}


def decide(signals: Signals, hits: list[Hit]) -> Decision:
    """Return the reason that ``hits`` show."""
    if not hits:
        return NOTHING
    ranks = _ranks()
    coded = {hit.rule.reason for hit in hits if strength(hit) is Strength.CODE}
    ordered = sorted(
        hits,
        key=lambda hit: (
            strength(hit),
            hit.rule.system is None,
            hit.rule.reason not in coded,
            ranks.get(hit.rule.reason, len(ranks)),
        ),
    )
    first = ordered[0]
    reason = first.rule.reason
    others = dict.fromkeys(hit.rule.reason for hit in ordered if hit.rule.reason != reason)
    if first.rule.other:
        others = {first.rule.other: None} | others
    return Decision(
        reason=reason,
        hit=first,
        support=tuple(hit for hit in ordered if hit.rule.reason == reason),
        others=tuple(others)[:3],
        ambiguous=bool(first.rule.other),
        confidence=0.9,
    )


@cache
def _ranks() -> dict[str, int]:
    return {reason: rank for rank, reason in enumerate(data.load("bounce/decide")["order"])}
