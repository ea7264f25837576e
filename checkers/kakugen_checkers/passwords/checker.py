"""The passwords checker: places ticked and an error pasted → guess → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers.examples import written_examples
from kakugen_checkers.forms import entered_text, host_choices, read_form
from kakugen_checkers.host_guess import guess_host
from kakugen_checkers.hosts import host, hosts
from kakugen_checkers.passwords.case import Case, words_of
from kakugen_checkers.passwords.explain import explain
from kakugen_checkers.passwords.guess import guess
from kakugen_checkers.passwords.places import all_places, all_signs
from kakugen_checkers.protocol import Choice, Example

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, Form, ReferenceTable, Topic, Verdict

LOCALES: Final = ("ja", "en")
OUTCOMES: Final = ("checklist", "prepare", "locked-out", "google-password", "not-password")


@dataclass(frozen=True)
class PasswordsChecker:
    """Lists the places in which a changed password lives, in the order that locks nobody out."""

    id: str = "passwords"
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """Whether it was changed, the host, the places in use, and an error if there is one."""
        places = tuple(
            Choice(id=place.id, label={locale: place.texts[locale]["name"] for locale in LOCALES})
            for place in all_places()
        )
        return read_form("passwords/form", {"hosts": host_choices(), "places": places})

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``passwords/<outcome>``, ``passwords/<place>`` for every place, ``host/<id>`` for every host."""
        outcomes = (f"passwords/{name}" for name in OUTCOMES)
        return (*outcomes, *(place.topic for place in all_places()), *(entry.topic for entry in hosts()))

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what was found in a few words, the forgotten place, or the name of the host."""
        for entry in hosts():
            if entry.topic == topic:
                return entry.name[locale]
        titles = words_of(locale)["titles"]
        for place in all_places():
            if place.topic == topic:
                named: str = titles["place"].format(place=place.texts[locale]["name"])
                return named
        title: str = titles[topic.removeprefix("passwords/")]
        return title

    def references(self) -> Iterable[ReferenceTable]:
        """Return no tables."""
        return ()

    def examples(self) -> Iterable[Example]:
        """Return answers for every outcome, and for every place an error that it shows, or any error if it is alone."""
        yield from written_examples(self.id)
        errors = {sign.side: sign.examples[0] for sign in reversed(all_signs()) if sign.side}
        for place in all_places():
            error = next(iter(place.examples), "") or errors.get(place.side, errors["send"])
            yield Example(
                topic=place.topic,
                answers={"places": (place.id,), "error": error},
                today=place.checked,
                origin=f"data/passwords/places.toml, {place.id}",
            )

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return the checklist for ``answers``."""
        given = answers.get("places")
        ticked_ids = (given,) if isinstance(given, str) else given if isinstance(given, tuple) else ()
        ticked = tuple(place for place in all_places() if place.id in ticked_ids)
        error = entered_text(answers.get("error"))
        chosen = answers.get("host")
        return explain(
            Case(
                ticked=ticked,
                preparing=answers.get("changed") == "about-to",
                host=(host(chosen) if isinstance(chosen, str) else None) or (guess_host(error) if error else None),
                error=error,
                guess=guess(error, ticked),
                today=today,
                locale=locale if locale in self.locales else self.locales[0],
            )
        )


checker: Final = PasswordsChecker()
