"""Moments: from the date of a field to seconds that can be compared, and back to words.

In: a date as mail servers write it (RFC 5322 §3.3 and its obsolete forms, ``asctime``, ISO 8601). Out: seconds since
1970 in UTC and what is odd about it, such as a day that does not exist.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from kakugen_checkers import data

_MONTHS: Final = {
    name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_DAYS: Final = {name: place for place, name in enumerate("mon tue wed thu fri sat sun".split())}
_EPOCH: Final = date(1970, 1, 1).toordinal()
_LONGEST: Final = 300
_TIME: Final = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:[.,]\d{1,9})?"
_ZONE: Final = r"(?:\s{0,9}(?P<zone>[+-]\d{2}:?\d{2}\b|[A-Za-z]{1,5}\b))?"
_FORMS: Final = (
    re.compile(
        rf"(?:(?P<name>[A-Za-z]{{3}})[a-z]{{0,6}},?\s{{0,9}})?\b(?P<day>\d{{1,2}})[\s-]{{1,9}}(?P<month>[A-Za-z]{{3}})[a-z]{{0,6}}[\s,.-]{{1,9}}"
        rf"(?P<year>\d{{2,4}})\s{{1,9}}{_TIME}{_ZONE}"
    ),
    re.compile(
        rf"\b(?P<name>[A-Za-z]{{3}})\s{{1,9}}(?P<month>[A-Za-z]{{3}})\s{{1,9}}(?P<day>\d{{1,2}})\s{{1,9}}{_TIME}\s{{1,9}}(?P<year>\d{{4}}){_ZONE}"
    ),
    re.compile(rf"\b(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}})[T\s]\s{{0,9}}{_TIME}{_ZONE}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A point in time as a server wrote it.

    Attributes:
        seconds: seconds since 1970-01-01 in UTC, taking a missing zone as UTC.
        odd: what is odd: ``no-zone`` (none, or one that nobody knows), ``weekday`` (the day of the week is another).
    """

    seconds: int
    odd: tuple[str, ...] = ()


def read_moment(text: str) -> Moment | None:
    """Return the moment that a text tells, or ``None`` where it tells none or one that cannot be."""
    text = text[:_LONGEST]
    for form in _FORMS:
        if found := form.search(text):
            return _moment(found)
    return None


def _moment(found: re.Match[str]) -> Moment | None:
    month = found["month"].lower()
    number = int(month) if month.isdigit() else _MONTHS.get(month, 0)
    year = int(found["year"])
    if year < 100:
        year += 2000 if year < 50 else 1900  # RFC 5322 §4.3
    try:
        day = date(year, number, int(found["day"]))
    except ValueError:
        return None
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 60:
        return None
    offset, odd = _offset(found["zone"] or "")
    name = (found.groupdict().get("name") or "").lower()
    if name in _DAYS and _DAYS[name] != day.weekday():
        odd = (*odd, "weekday")
    seconds = (day.toordinal() - _EPOCH) * 86_400 + hour * 3600 + minute * 60 + second - offset * 60
    return Moment(seconds=seconds, odd=odd)


def _offset(zone: str) -> tuple[int, tuple[str, ...]]:
    """Return how many minutes a zone is ahead of UTC."""
    if zone[:1] in ("+", "-") and zone:
        digits = zone[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:])
        if hours > 15 or minutes > 59:
            return 0, ("no-zone",)
        # -0000 says that nothing is known of the zone (RFC 5322 §3.3), but the time is in UTC
        return (hours * 60 + minutes) * (-1 if zone[0] == "-" else 1), ()
    known: dict[str, int] = data.load("headers/limits")["zone"]
    if zone.upper() in known:
        return known[zone.upper()], ()
    return 0, ("no-zone",)


def written(seconds: int, offset: int) -> str:
    """Return a moment as ``YYYY-MM-DD HH:MM:SS`` in a zone that is ``offset`` minutes ahead of UTC."""
    try:
        moment = datetime(1970, 1, 1) + timedelta(seconds=seconds, minutes=offset)
    except OverflowError:
        return "–"
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def day_of(seconds: int) -> str:
    """Return the day of a moment in UTC, ISO 8601."""
    return written(seconds, 0)[:10]
