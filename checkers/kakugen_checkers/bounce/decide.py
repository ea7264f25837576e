"""Decide: from the hits of rules to one reason, with how sure we are and what else it could be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.bounce.signals import DELIVERED, Place

if TYPE_CHECKING:
    from kakugen_checkers.bounce.rules import Hit
    from kakugen_checkers.bounce.signals import Signals


class Strength(IntEnum):
    """How far a hit is to be believed, strongest first."""

    READER_WORDS = 0
    """What the reader says beside the paste."""
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
    REASONLESS = 7
    """Words that say only that a mail was not delivered."""


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


MAX_OTHERS: Final = 2
NOTHING: Final = Decision("", None, (), (), ambiguous=False, confidence=0.0)


def strength(hit: Hit) -> Strength:
    """Return how far ``hit`` is to be believed."""
    if hit.passage is None:
        return Strength.WEAK_CODE if hit.rule.weak else Strength.CODE
    if hit.rule.of_reader:
        return Strength.READER_WORDS
    if hit.rule.reasonless:
        return Strength.REASONLESS
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
    """Return the reason that the form of the report or the ``hits`` in it show."""
    by_form = _reason_by_form(signals, hits)
    if by_form:
        return Decision(by_form, None, (), (), ambiguous=False, confidence=_confidences()["form"])
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
    found = first.rule.reason
    telling = [hit for hit in ordered if strength(hit) < Strength.WEAK_WORDS and hit.rule.reason != found]
    others = dict.fromkeys(filter(None, (first.rule.other, *(hit.rule.reason for hit in telling))))
    contested = any(strength(hit) == strength(first) for hit in telling)
    if first.rule.reasonless and signals.complete:
        return Decision(
            reason=data.load("bounce/decide")["complete"]["reasonless"],
            hit=first,
            support=(first,),
            others=tuple(filter(None, (found, first.rule.other))),
            ambiguous=False,
            confidence=_confidences()["complete"],
        )
    return Decision(
        reason=_refined(found, signals, hits),
        hit=first,
        support=tuple(hit for hit in ordered if hit.rule.reason == found),
        others=tuple(others)[:MAX_OTHERS],
        ambiguous=bool(first.rule.other),
        confidence=_confidences()[_grounds(first, agreed=found in coded, contested=contested)],
    )


def _reason_by_form(signals: Signals, hits: list[Hit]) -> str:
    """Return the reason that the form of the report alone shows, or nothing: reports that are no failure."""
    first = signals.refusals[0]
    if signals.kind == "feedback-report":
        return "feedback"
    if first.action in DELIVERED and not first.enhanced_status_code.startswith(("4", "5")):
        return "delivered"
    answered = signals.headers.get("auto-submitted", "").lower().startswith("auto-replied")
    if answered and not is_daemon(signals):
        # RFC 3834 section 5; bounces of some servers carry the same field, and words that tell them apart
        return "" if any(strength(hit) < Strength.CODE for hit in hits) else "vacation"
    return ""


def is_daemon(signals: Signals) -> bool:
    """Return whether the mail says that a mail server sent it."""
    return bool(_DAEMON.search(signals.headers.get("from", "")))


_DAEMON: Final = re.compile(r"(?i)mailer-daemon|postmaster|mail delivery|mail-daemon")


def _refined(reason: str, signals: Signals, hits: list[Hit]) -> str:
    """Return the finer reason where the state or the way of the mail tells more than the words."""
    finer: dict[str, dict[str, str]] = data.load("bounce/decide")
    if signals.refusals[0].action == "delayed" or any(hit.rule.reason == "delayed" for hit in hits):
        reason = finer["delayed"].get(reason, reason)
    if signals.forwarded:
        reason = finer["forwarded"].get(reason, reason)
    return reason


def _grounds(hit: Hit, *, agreed: bool, contested: bool) -> str:
    """Return the name of what a decision rests on, as ``decide.toml`` lists it with its confidence."""
    if hit.rule.other:
        return "reasonless" if hit.rule.reasonless else "ambiguous"
    name = strength(hit).name.lower().replace("_", "-")
    return f"{name}-contested" if contested else f"{name}-agreed" if agreed and hit.passage else name


@cache
def _ranks() -> dict[str, int]:
    return {reason: rank for rank, reason in enumerate(data.load("bounce/decide")["order"])}


def _confidences() -> dict[str, float]:
    table: dict[str, float] = data.load("bounce/decide")["confidence"]
    return table
