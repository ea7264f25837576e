"""The finding: what the ranking comes to. One cause, two that met, several that cannot be told apart, or none yet.

Ranked causes go in; a ``Finding`` comes out, with the one question that would separate the first two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.triage.answered import NOTHING, field_of, options

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kakugen_checkers.triage.ranking import Cause, Ranked


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the answers come to.

    Attributes:
        lead: the likeliest cause, if it is decided.
        met: the cause of the other kind that met it, if one did.
        pair: how the two meet, as it stands in ``data/triage/pairs.toml``.
        rivals: causes that fit about as well as ``lead``; where nothing is decided, those that fit at all.
        ahead: by how many points ``lead`` is ahead of the next cause.
        apart: the option that would separate the first two, for the first if it applies; empty if none does.
        first: the cause that ``apart`` speaks for.
        second: the other.
    """

    lead: Ranked | None
    met: Ranked | None
    pair: Mapping[str, Any] | None
    rivals: tuple[Ranked, ...]
    ahead: int
    apart: str
    first: Cause | None
    second: Cause | None


def find(ranked: tuple[Ranked, ...], given: Collection[str]) -> Finding:
    """Return what ``ranked`` comes to after the answers ``given``."""
    limits = data.load("triage/words")["thresholds"]
    best, *others = ranked
    decided = best.points >= limits["enough"] and len(best.pros) >= limits["answers"]
    met, pair = _met(best, others, limits["beside"]) if decided else (None, None)
    others = [entry for entry in others if entry is not met]
    ahead = best.points - others[0].points
    if decided:
        close = [entry for entry in others if best.points - entry.points < limits["margin"]]
        rivals = tuple(close[: limits["shown"] - 1])
    else:
        rivals = tuple(entry for entry in ranked if entry.points >= limits["hint"])[: limits["shown"]]
    contest = (best, *rivals) if decided else rivals
    apart, first, second = (
        _separate(contest[0].cause, contest[1].cause, given) if len(contest) > 1 else ("", None, None)
    )
    return Finding(
        lead=best if decided else None,
        met=met,
        pair=pair,
        rivals=rivals,
        ahead=ahead,
        apart=apart,
        first=first,
        second=second,
    )


def _met(best: Ranked, others: list[Ranked], beside: int) -> tuple[Ranked | None, Mapping[str, Any] | None]:
    """Return the likeliest cause of the other kind that met ``best``, with how the two meet.

    One of the three questions must have told of it: a trouble alone, or a use, is no second cause.
    """
    pairs = data.load("triage/pairs")["pair"]
    meetings = {
        pair["changed" if best.cause.id == pair["piled"] else "piled"]: pair
        for pair in pairs
        if best.cause.id in (pair["piled"], pair["changed"])
    }
    for entry in others:
        told = any(field_of(answer) in ("", *NOTHING.values()) for answer in entry.pros)
        if entry.cause.id in meetings and entry.points >= beside and told:
            return entry, meetings[entry.cause.id]
    return None, None


def _separate(one: Cause, other: Cause, given: Collection[str]) -> tuple[str, Cause | None, Cause | None]:
    """Return the option that weighs most differently for two causes, and which of them it speaks for.

    Of equal ones, one that speaks for a cause goes before one that speaks against the other, then one of a question
    that was left blank before one that was seen and not ticked.
    """
    answered = {field_of(answer) for answer in given}
    open_options = [option for option in options() if option not in given and option not in NOTHING]
    differences = {option: one.weight(option) - other.weight(option) for option in open_options}

    def tells(option: str) -> tuple[int, int, bool]:
        speaks = max(one.weight(option), other.weight(option))
        return abs(differences[option]), speaks, field_of(option) not in answered

    best = max(differences, key=tells, default="")
    if not best or not differences[best]:
        return "", None, None
    return (best, one, other) if differences[best] > 0 else (best, other, one)
