"""The outcome: what follows from a situation on the day of the answer.

A ``Situation`` goes in; what will happen, when, why, and which way stops it come out, as ids and numbers without words.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.mailbox.growth import Box, Effect, Keeping, days_until_full

if TYPE_CHECKING:
    from kakugen_checkers.mailbox.situation import Situation

TOPICS: Final = (
    "full",
    "fills-soon",
    "fills-later",
    "fetch-ends",
    "hand-kept",
    "never-fills",
    "changed",
    "unknown-figures",
)
"""All that can be found, worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to stop a mailbox from filling.

    Attributes:
        id: its entry in ``data/mailbox/ways.toml``.
        keeping: what becomes of mail then.
        clears: whether mail older than ``keeping.days`` is taken out at once.
        factor: how many times larger the limit becomes.
        forwards: whether it is done by forwarding, so that the host's traps matter.
    """

    id: str
    keeping: Keeping | None
    clears: bool
    factor: float
    forwards: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What follows.

    Attributes:
        topic: one of ``TOPICS``.
        box: the box, where its figures are known.
        days: days until it is full as things are; ``None`` where it never will be, or nobody can say.
        dated: whether the figures allow to say so.
        unkept: days until it is full once nothing deletes mail any more.
        way: what stops it.
        days_changed: days until it is full with the way taken.
        others: further ways, to compare.
        cause: ``piled-up``, ``changed``, ``both``, ``open`` or ``none``.
        room_only: whether only the room left is known, so that the box starts empty and that is its limit.
    """

    topic: str
    box: Box | None
    days: float | None
    dated: bool
    unkept: float | None
    way: Way
    days_changed: float | None
    others: tuple[Way, ...]
    cause: str
    room_only: bool


def find_outcome(situation: Situation) -> Outcome:
    """Return what follows from ``situation``."""
    box, room_only = _box(situation)
    days = days_until_full(box, situation.keeping) if box else None
    topic = _topic(situation, box, days)
    way, *others = _ways(situation, settled=topic == "never-fills")
    return Outcome(
        topic=topic,
        box=box,
        days=days,
        dated=box is not None,
        unkept=days_until_full(box, Keeping(effect=Effect.GROWS)) if box else None,
        way=way,
        days_changed=days_with(box, way, situation.keeping) if box else None,
        others=tuple(others),
        cause=_cause(situation, topic),
        room_only=room_only,
    )


def days_with(box: Box, way: Way, today: Keeping) -> float | None:
    """Return after how many days the box is full with a way taken."""
    return days_until_full(changed_box(box, way), way.keeping or today)


def changed_box(box: Box, way: Way) -> Box:
    """Return the box as a way leaves it on the first day."""
    used = min(box.used, box.inflow * way.keeping.days) if way.clears and way.keeping else box.used
    return replace(box, used=used, quota=box.quota * way.factor)


def _box(situation: Situation) -> tuple[Box | None, bool]:
    room, inflow = situation.room, situation.inflow
    if inflow is None:
        return None, False
    if room.quota is not None and room.used is not None:
        return Box(used=room.used, quota=room.quota, inflow=inflow), False
    if room.left is not None:
        return Box(used=0.0, quota=max(0.0, room.left), inflow=inflow), True
    return None, False


def _topic(situation: Situation, box: Box | None, days: float | None) -> str:
    settings = data.load("mailbox/words")["thresholds"]
    if situation.full or days == 0:
        return "full"
    if situation.fetched:
        return "fetch-ends"
    if days is not None:
        return "fills-soon" if days < settings["soon"] else "fills-later"
    if box is not None or situation.keeping.effect is Effect.STOPS:
        return "hand-kept" if situation.keeping.effect is Effect.EMPTIED and situation.inflow else "never-fills"
    if situation.room.share is not None and situation.room.share >= settings["nearly"]:
        return "fills-soon"
    return "changed" if _explains(situation) else "unknown-figures"


def _cause(situation: Situation, topic: str) -> str:
    if topic in ("never-fills", "unknown-figures") and not _explains(situation):
        return "none" if topic == "never-fills" else "open"
    if _explains(situation) or "more-than-before" in situation.doubts:
        long = (situation.months or 0) >= data.load("mailbox/words")["thresholds"]["long"]
        return "both" if long else "changed"
    return "piled-up" if situation.changed == "nothing" or situation.months else "open"


def _explains(situation: Situation) -> bool:
    """Return whether what was changed lately lets a mailbox fill."""
    changes = data.load("mailbox/words")["changes"]
    return situation.changed in changes["explain"]


def _ways(situation: Situation, *, settled: bool) -> list[Way]:
    """Return the ways that fit, best first; there is always one.

    Args:
        situation: what is known.
        settled: whether nothing piles up as things are, so that the best way is to leave them.
    """
    have = {*situation.arrives, *(f"deletes-{ident}" for ident in situation.deletes), f"copy-{situation.copy}"}
    fitting = [
        entry
        for entry in data.load("mailbox/ways")["way"]
        if (not entry.get("when") or have & set(entry["when"])) and not have & set(entry.get("unless", ()))
    ]
    # raising the limit stops nothing, so it stays last
    fitting.sort(key=lambda entry: (entry.get("factor", 1) > 1, entry.get("settled", False) is not settled))
    ways = [_way(entry) for entry in fitting]
    return [way for way in ways if _helps(way, situation.keeping)]


def _helps(way: Way, now: Keeping) -> bool:
    """Return whether a way keeps less than what is kept now."""
    same = way.keeping is not None and way.keeping.effect is now.effect is Effect.KEEPS_DAYS
    return not (same and way.keeping is not None and way.keeping.days >= now.days)


def _way(entry: dict[str, Any]) -> Way:
    effect = entry.get("effect")
    return Way(
        id=entry["id"],
        keeping=Keeping(effect=Effect(effect), days=float(entry.get("days", 0))) if effect else None,
        clears=entry.get("clears", False),
        factor=float(entry.get("factor", 1)),
        forwards=entry.get("forwards", False),
    )
