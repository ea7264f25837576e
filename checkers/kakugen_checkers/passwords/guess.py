"""Guess: which place an error points to.

The pasted error and what the reader ticked go in; places, a sign and the words that show them come out. Errors name
their place only by their wording, so each place's own texts go before what any place may say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers.bounce.evidence import locate
from kakugen_checkers.bounce.paragraphs import fold, lower_words
from kakugen_checkers.passwords.places import Place, Sign, all_places, all_signs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakugen_checkers.bounce.pattern import Pattern

MAX_ERROR: Final = 20_000
"""So much of a pasted error is read."""
MAX_PART: Final = 5_000
"""It is read in parts of this length, because folding stops at a length."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Words of the error and what they show: a place or a sign.

    Attributes:
        shows: id of the place or sign.
        words: the words as they were matched.
        span: where they stand in the answer, or ``None``.
    """

    shows: str
    words: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What an error points to.

    Attributes:
        places: the places that it may come from; one where it is clear.
        sign: id of what it says without a place, or empty.
        side: the side that it says was refused, where no place is clear.
        hits: the words that show it.
    """

    places: tuple[Place, ...] = ()
    sign: str = ""
    side: str = ""
    hits: tuple[Hit, ...] = ()


def guess(error: str, ticked: tuple[Place, ...]) -> Guess:
    """Return what ``error`` points to, among the places that were ticked where that narrows it down."""
    parts = _parts(error)
    if not parts:
        return Guess()
    hits = [(place, hit) for place in all_places() if (hit := _hit(place, parts, error))]
    own = [(place, hit) for place, hit in hits if place in ticked] or hits
    sign, sign_hit = _sign(parts, error)
    places = tuple(place for place, _ in own)
    shown = [hit for _, hit in own]
    if sign and sign.side and not places:
        side = tuple(place for place in ticked if place.side in (sign.side, "both"))
        if len(side) == 1:
            return Guess(places=side, sign=sign.id, hits=(sign_hit,) if sign_hit else ())
        return Guess(sign=sign.id, side=sign.side, hits=(sign_hit,) if sign_hit else ())
    if sign and not (sign.id == "not-password" and places) and not (sign.side and places):
        shown += [sign_hit] if sign_hit else []
        return Guess(places=places, sign=sign.id, hits=tuple(shown))
    return Guess(places=places, hits=tuple(shown))


def _sign(parts: list[str], error: str) -> tuple[Sign | None, Hit | None]:
    for sign in all_signs():
        hit = _hit(sign, parts, error)
        if hit:
            return sign, hit
    return None, None


def _hit(entry: Place | Sign, parts: list[str], error: str) -> Hit | None:
    for part in parts:
        span = _search(entry.patterns, part)
        if span and not _search(entry.unless, part):
            words = part[slice(*span)]
            return Hit(entry.id, words, _place_of(words, error))
    return None


def _search(patterns: Iterable[Pattern], part: str) -> tuple[int, int] | None:
    return next((span for pattern in patterns if (span := pattern.search(part))), None)


def _place_of(words: str, error: str) -> tuple[int, int] | None:
    """Return where words of the folded text stand in the answer, whatever their case and white space there."""
    lower = lower_words(error[:MAX_ERROR])
    return locate(lower, words)


def _parts(error: str) -> list[str]:
    """Return the error in parts, folded to one line each and in small letters."""
    text = error[:MAX_ERROR]
    cut = [text[start : start + MAX_PART] for start in range(0, len(text), MAX_PART)]
    return [folded for part in cut if (folded := lower_words(fold(part)))]
