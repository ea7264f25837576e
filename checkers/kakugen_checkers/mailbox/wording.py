"""Sizes, days and dates in words.

MB, days and dates go in; what a reader sees in their language comes out, in words of ``data/mailbox/words.toml``.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORT: Final = 92
"""So many days are told as days, longer times also as months or years."""


def words_of(locale: str) -> Mapping[str, Any]:
    """Return the checker's fixed words in one language."""
    words: Mapping[str, Any] = data.load("mailbox/words")[locale]
    return words


def size(megabytes: float) -> str:
    """Return a size in the unit that suits it: ``180.5MB``, ``4.2GB``, ``100KB``."""
    if megabytes >= 1024:
        return f"{_number(megabytes / 1024)}GB"
    if megabytes >= 1 or megabytes <= 0:
        return f"{_number(megabytes)}MB"
    return f"{_number(megabytes * 1024)}KB"


def share(part: float) -> str:
    """Return a part of the whole in percent."""
    return f"{_number(part * 100)}%"


def number(value: float) -> str:
    """Return a number as short as it can be read."""
    return _number(value)


def day_on(today: date, days: float) -> date | None:
    """Return the day that many days from ``today``, or ``None`` where that is further than dates are told."""
    far = data.load("mailbox/words")["thresholds"]["far"]
    if not 0 <= days <= min(far, (date.max - today).days):
        return None
    return today + timedelta(days=math.floor(days))


def when(today: date, days: float | None, locale: str) -> str:
    """Return the day on which something happens in ``days`` days, in words."""
    words = words_of(locale)
    if days is None:
        never: str = words["chart"]["none"]
        return never
    then = day_on(today, days)
    if then is None:
        far: str = words["time"]["far"]
        return far
    return in_words(then, locale)


def in_words(then: date, locale: str) -> str:
    """Return a date in words."""
    time = words_of(locale)["time"]
    names = time.get("month_names")
    told: str = time["day"].format(
        year=then.year, month=then.month, day=then.day, month_name=names[then.month - 1] if names else ""
    )
    return told


def span(days: float, locale: str) -> str:
    """Return a length of time in words: ``41 days``, ``about 7 months``."""
    time = words_of(locale)["time"]
    whole = math.floor(days)
    if whole <= 0:
        told: str = time["today"]
    elif whole == 1:
        told = time["one_day"]
    elif whole <= SHORT:
        told = time["days"].format(days=whole)
    elif whole < 700:
        told = time["months"].format(months=round(whole / 30.44))
    else:
        told = time["years"].format(years=_number(whole / 365.25))
    return told


def _number(value: float) -> str:
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 10 else 2
    text = f"{round(value, digits):,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
