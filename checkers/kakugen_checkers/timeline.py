"""The timeline: features and facts that end, told in words that are true on the day of the answer."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.protocol import Expiry

if TYPE_CHECKING:
    from collections.abc import Iterable


def expiries(ids: Iterable[str], *, today: date, locale: str) -> tuple[Expiry, ...]:
    """Return what the timeline says of ``ids`` on ``today``.

    Raises:
        KeyError: an id is not in the timeline.
    """
    return tuple(_expiry(_entries()[entry], today, locale) for entry in ids)


def all_expiries(*, today: date, locale: str) -> tuple[Expiry, ...]:
    """Return everything on the timeline, in words that are true on ``today``."""
    return expiries(_entries(), today=today, locale=locale)


def has_ended(entry: str, today: date) -> bool:
    """Return whether the entry ``entry`` of the timeline is over on ``today``."""
    return today > date.fromisoformat(_entries()[entry]["until"])


def may_have_ended(entry: str, today: date) -> bool:
    """Return whether the entry may be over: it is, or only its month is known and this is that month."""
    written = _entries()[entry]
    until = date.fromisoformat(written["until"])
    this_month = (today.year, today.month) == (until.year, until.month)
    return has_ended(entry, today) or (written["month_only"] and this_month)


def _expiry(entry: dict[str, Any], today: date, locale: str) -> Expiry:
    ended = has_ended(entry["id"], today)
    return Expiry(
        id=entry["id"],
        text=entry[locale]["after" if ended else "before"],
        until=entry["until"],
        month_only=entry["month_only"],
        ended=ended,
        source=entry["source"],
    )


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in data.load("timeline")["entry"]}
