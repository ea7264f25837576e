"""Places in which a mail password is kept, and the signs of errors, read from data.

Out: ``Place`` and ``Sign`` objects in the order in which they are mended or tried; whether a place exists on a day.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data, timeline
from kakugen_checkers.bounce.pattern import Pattern, compile_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kakugen_checkers.protocol import Topic


class State(enum.StrEnum):
    """Whether a place exists on a day."""

    THERE = "there"
    ENDING = "ending"
    """It may have gone already: only the month is known, and this is it."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A place that keeps a password.

    Attributes:
        id: stable id.
        order: when it is mended, lower first.
        side: ``send``, ``receive`` or ``both``.
        retries: whether it goes on trying the old password by itself.
        expiry: the entry of the timeline with which it ends, or empty.
        sure: how sure the labels are: ``confirmed``, ``secondary`` or ``unconfirmed``.
        patterns: texts of errors that it shows.
        unless: texts that must not stand beside them.
        examples: errors that the patterns must match.
        source: where it is documented.
        checked: day on which the source was read, ISO 8601.
        texts: what is said of it, by locale.
    """

    id: str
    order: int
    side: str
    retries: bool
    expiry: str
    sure: str
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    examples: tuple[str, ...]
    source: tuple[str, ...]
    checked: str
    texts: Mapping[str, Mapping[str, Any]]

    @property
    def topic(self) -> Topic:
        """The topic of articles about it."""
        return f"passwords/{self.id}"


@dataclass(frozen=True, slots=True, eq=False)
class Sign:
    """What an error says without naming a place.

    Attributes:
        id: stable id; a topic of its own unless ``side`` is given.
        side: ``send`` or ``receive`` where it says on which side the password was refused, else empty.
        patterns: texts that say so.
        unless: texts that must not stand beside them.
        examples: errors that the patterns must match.
    """

    id: str
    side: str
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    examples: tuple[str, ...]


@cache
def all_places() -> tuple[Place, ...]:
    """Return every place in the order in which it is mended."""
    default = data.load("passwords/places")["checked"]
    places = (
        Place(
            id=entry["id"],
            order=entry["order"],
            side=entry["side"],
            retries=entry["retries"],
            expiry=entry.get("expiry", ""),
            sure=entry["sure"],
            patterns=_patterns(entry["patterns"]),
            unless=_patterns(entry.get("unless", ())),
            examples=tuple(entry["examples"]),
            source=tuple(entry["source"]),
            checked=entry.get("checked", default),
            texts={"ja": entry["ja"], "en": entry["en"]},
        )
        for entry in data.load("passwords/places")["place"]
    )
    return tuple(sorted(places, key=lambda place: place.order))


@cache
def all_signs() -> tuple[Sign, ...]:
    """Return every sign, in the order in which they are tried."""
    return tuple(
        Sign(
            id=entry["id"],
            side=entry.get("side", ""),
            patterns=_patterns(entry["match"]),
            unless=_patterns(entry.get("unless", ())),
            examples=tuple(entry["examples"]),
        )
        for entry in data.load("passwords/signs")["sign"]
    )


def state(place: Place, today: date) -> State:
    """Return whether a place exists on ``today``."""
    if not place.expiry:
        return State.THERE
    if timeline.has_ended(place.expiry, today):
        return State.ENDED
    return State.ENDING if timeline.may_have_ended(place.expiry, today) else State.THERE


def _patterns(sources: list[str] | tuple[str, ...]) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(source) for source in sources)
