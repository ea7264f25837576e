"""The case: what was entered and what was found out, with the words in which it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.passwords.places import Place, State, all_places, state

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kakugen_checkers.hosts import Host
    from kakugen_checkers.passwords.guess import Guess


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question and what was found out.

    Attributes:
        ticked: places in use, in the order in which they are mended.
        preparing: whether the password is still to be changed.
        host: the reader's host.
        error: what was pasted.
        guess: what the error points to.
        today: the day of the answer.
        locale: language of the answer.
    """

    ticked: tuple[Place, ...]
    preparing: bool
    host: Host | None
    error: str
    guess: Guess
    today: date
    locale: str

    @property
    def words(self) -> Mapping[str, Any]:
        """The checker's fixed words in the language of the answer."""
        return words_of(self.locale)

    @property
    def shown(self) -> tuple[Place, ...]:
        """The places of the checklist: those guessed, then those ticked, or all that exist where none is ticked."""
        there = tuple(place for place in all_places() if state(place, self.today) is not State.ENDED)
        return tuple(dict.fromkeys((*self.guess.places, *(self.ticked or there))))

    @property
    def live(self) -> tuple[Place, ...]:
        """The places of the checklist that still exist."""
        return tuple(place for place in self.shown if state(place, self.today) is not State.ENDED)


def words_of(locale: str) -> Mapping[str, Any]:
    """Return the checker's fixed words in one language."""
    words: Mapping[str, Any] = data.load("passwords/words")[locale]
    return words
