"""The figures: how the mailbox fills, and the ways to stop it beside each other.

A situation and its outcome go in; a ``line`` figure over dates, with as few points as show its shape, and a ``table``
of ways come out.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.mailbox.growth import Box, Effect, Keeping, level
from kakugen_checkers.mailbox.outcome import changed_box, days_with
from kakugen_checkers.mailbox.wording import day_on, size, when, words_of
from kakugen_checkers.protocol import Figure, Mark

if TYPE_CHECKING:
    from kakugen_checkers.mailbox.outcome import Outcome, Way
    from kakugen_checkers.mailbox.situation import Situation

STEPS: Final = 12
MAX_CLEANINGS: Final = 6
MARGIN: Final = 1.25
"""The chart goes on for so much longer than it takes to fill."""
LEAST_DAYS: Final = 14


def figures(situation: Situation, outcome: Outcome, today: date, locale: str) -> tuple[Figure, ...]:
    """Return the figures that the figures at hand allow."""
    table = _ways(situation, outcome, today, locale)
    if outcome.box is None or outcome.box.inflow <= 0 or outcome.box.quota <= 0:
        return (table,)
    return (_filling(situation, outcome, outcome.box, today, locale), table)


def _filling(situation: Situation, outcome: Outcome, box: Box, today: date, locale: str) -> Figure:
    words = words_of(locale)["chart"]
    way = outcome.way
    after, keeping = changed_box(box, way), way.keeping or situation.keeping
    days = _points(situation, outcome, box, (date.max - today).days)
    curves = [
        (words["as-is"], box, situation.keeping),
        (_way_words(way, locale)["curve"], after, keeping),
        *([(words["unkept"], box, Keeping(effect=Effect.GROWS))] if _is_kept(situation) else []),
    ]
    rows: tuple[tuple[str | float | None, ...], ...] = tuple(
        (
            (today + timedelta(days=day)).isoformat(),
            *(_shown(level(one, kept, day), one.quota) for _, one, kept in curves),
            round(box.quota, 1),
        )
        for day in days
    )
    return Figure(
        id="filling",
        kind="line",
        title=words["title"],
        columns=(words["date"], *(name for name, _, _ in curves), words["limit"]),
        rows=rows,
        note=words["note"].format(inflow=size(box.inflow), assumed=_assumed_sentences(situation, outcome, locale)),
        marks=_marks(situation, outcome, today, days[-1], words),
    )


def _is_kept(situation: Situation) -> bool:
    """Return whether something deletes mail and may stop one day, which has a curve of its own."""
    return situation.keeping.effect is not Effect.GROWS and not situation.fetched


def _assumed_sentences(situation: Situation, outcome: Outcome, locale: str) -> str:
    """Return what was assumed, in sentences."""
    words = words_of(locale)["assumed"]
    ids = (*situation.assumed, *(("room-only",) if outcome.room_only else ()), "straight", "units")
    return ("" if locale == "ja" else " ").join(words[ident].format(size=size(situation.size / 1024)) for ident in ids)


def _points(situation: Situation, outcome: Outcome, box: Box, last: int) -> list[int]:
    """Return the days on which the chart has a point: even steps, and every corner of a curve."""
    thresholds = data.load("mailbox/words")["thresholds"]
    shown = [outcome.days, outcome.unkept if outcome.days is None else None]
    known = [days for days in shown if days is not None and days <= thresholds["far"]]
    horizon = max(LEAST_DAYS, math.ceil(max(known) * MARGIN)) if known else thresholds["horizon"]
    horizon = min(horizon, int(thresholds["far"]), last)
    days = {round(horizon * step / STEPS) for step in range(STEPS + 1)}
    corners = [outcome.days, outcome.days_changed, situation.keeping.lasts, outcome.unkept]
    corners += _corners(box, situation.keeping, horizon)
    if outcome.way.keeping:
        corners += _corners(changed_box(box, outcome.way), outcome.way.keeping, horizon)
    for corner in corners:
        if corner is not None and 0 <= corner <= horizon:
            days.add(math.floor(corner))
    return sorted(days)


def _corners(box: Box, keeping: Keeping, horizon: int) -> list[float]:
    """Return the days on which a curve turns: a clean-up and the day before it, or when deleting has caught up."""
    if keeping.effect not in (Effect.EMPTIED, Effect.KEEPS_DAYS) or box.inflow <= 0:
        return []
    first = max(0.0, keeping.days - box.used / box.inflow)
    if keeping.effect is Effect.KEEPS_DAYS:
        return [first]
    corners: list[float] = []
    for number in range(MAX_CLEANINGS):
        day = math.ceil(first + number * keeping.days)
        if day > horizon:
            break
        corners += [float(max(0, day - 1)), float(day)]
    return corners


def _shown(megabytes: float, quota: float) -> float:
    """Return a level as it is drawn: what does not fit in goes back, so it stops at the limit."""
    return round(min(megabytes, quota), 1)


def _marks(
    situation: Situation, outcome: Outcome, today: date, horizon: int, words: dict[str, Any]
) -> tuple[Mark, ...]:
    places = (
        (outcome.days, "full"),
        (outcome.days_changed, "full-changed"),
        (situation.keeping.lasts if situation.fetched else None, "fetch"),
        (outcome.unkept if _is_kept(situation) and outcome.days is None else None, "full-unkept"),
    )
    marks = []
    for days, name in places:
        then = day_on(today, days) if days is not None and days <= horizon else None
        if then is not None:
            marks.append(Mark(at=then.isoformat(), label=words[name]))
    return tuple(marks)


def _ways(situation: Situation, outcome: Outcome, today: date, locale: str) -> Figure:
    words = words_of(locale)["chart"]
    rows = [(words["as-is-way"], _fill(outcome, outcome.days, today, locale), "", "")]
    for way in (outcome.way, *outcome.others):
        texts = _way_words(way, locale)
        days = days_with(outcome.box, way, situation.keeping) if outcome.box else None
        name = words["recommended"].format(name=texts["name"]) if way is outcome.way else texts["name"]
        rows.append((name, _fill(outcome, days, today, locale), texts["after"], texts["cost"]))
    return Figure(
        id="ways",
        kind="table",
        title=words["ways"],
        columns=(words["way"], words["fill"], words["room"], words["cost"]),
        rows=tuple(rows),
        note=words["ways-note"] if outcome.dated else "",
    )


def _fill(outcome: Outcome, days: float | None, today: date, locale: str) -> str:
    return when(today, days, locale) if outcome.dated else str(words_of(locale)["chart"]["unknown"])


def _way_words(way: Way, locale: str) -> dict[str, Any]:
    return next(entry[locale] for entry in data.load("mailbox/ways")["way"] if entry["id"] == way.id)
