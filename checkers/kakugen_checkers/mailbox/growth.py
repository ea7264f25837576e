"""Growth: how much mail lies in a mailbox after so many days.

A box (what is in it, what fits in, what comes in a day) and a keeping (what becomes of mail there) go in; levels and
the day on which it is full come out. Sizes are in MB, times in days from today. Nothing here knows of dates or words.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

MONTH = 30.44
"""Days in an average month."""


class Effect(enum.StrEnum):
    """What becomes of mail that comes into the box."""

    GROWS = "grows"
    """All of it stays."""
    STOPS = "stops"
    """None of it stays; what was there before does."""
    KEEPS_DAYS = "keeps-days"
    """Each mail is deleted after some days; what is older than that now stays, because nobody fetches it again."""
    EMPTIED = "emptied"
    """All of it goes every so many days; mail from longer ago was left, and stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A mailbox today.

    Attributes:
        used: MB in it.
        quota: MB that fit in.
        inflow: MB that come in a day.
    """

    used: float
    quota: float
    inflow: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What becomes of mail in the box.

    Attributes:
        effect: what.
        days: for ``KEEPS_DAYS`` how long a mail stays, for ``EMPTIED`` how long from one clean-up to the next.
        lasts: after so many days nothing deletes any more, and all mail stays; ``None`` where that does not end.
    """

    effect: Effect
    days: float = 0.0
    lasts: float | None = None


def level(box: Box, keeping: Keeping, day: float) -> float:
    """Return how many MB are in the box after ``day`` days, as if it had no limit."""
    if keeping.lasts is not None and day > keeping.lasts:
        return _level(box, keeping, keeping.lasts) + box.inflow * (day - keeping.lasts)
    return _level(box, keeping, day)


def days_until_full(box: Box, keeping: Keeping) -> float | None:
    """Return after how many days the box is full, 0 where it is now, ``None`` where it never will be."""
    if box.used >= box.quota:
        return 0.0
    if box.inflow <= 0:
        return None
    straight = (box.quota - box.used) / box.inflow
    if keeping.effect is Effect.GROWS:
        return straight
    if _peak(box, keeping) >= box.quota and (keeping.lasts is None or straight <= keeping.lasts):
        return straight
    if keeping.lasts is None:
        return None
    return keeping.lasts + (box.quota - _level(box, keeping, keeping.lasts)) / box.inflow


def _peak(box: Box, keeping: Keeping) -> float:
    """Return the highest level while the keeping goes on; the way there is a straight line."""
    if keeping.effect is Effect.STOPS:
        return box.used
    return box.used - _recent(box, keeping) + box.inflow * keeping.days


def _level(box: Box, keeping: Keeping, day: float) -> float:
    if keeping.effect is Effect.GROWS:
        return box.used + box.inflow * day
    if keeping.effect is Effect.STOPS or box.inflow <= 0:
        return box.used
    recent = _recent(box, keeping)
    kept = box.inflow * keeping.days
    if keeping.effect is Effect.KEEPS_DAYS:
        return box.used - recent + min(recent + box.inflow * day, kept)
    if recent + box.inflow * day < kept:
        return box.used + box.inflow * day
    return box.used - recent + box.inflow * math.fmod(recent / box.inflow + day, keeping.days)


def _recent(box: Box, keeping: Keeping) -> float:
    """Return the MB in the box that what deletes will still delete; the rest is older and stays."""
    return min(box.used, box.inflow * keeping.days)
