"""The interview: answers → ranking → finding → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers.examples import written_examples
from kakugen_checkers.forms import host_choices, read_form
from kakugen_checkers.hosts import hosts
from kakugen_checkers.triage.answered import read_answers
from kakugen_checkers.triage.explain import Case, explain, words_of
from kakugen_checkers.triage.finding import find
from kakugen_checkers.triage.ranking import all_causes, rank

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, Example, Form, ReferenceTable, Topic, Verdict

LOCALES: Final = ("ja", "en")


@dataclass(frozen=True)
class TriageChecker:
    """Asks three questions where there is no error to read, and leads to the cause (see ``protocol.Checker``)."""

    id: str = "triage"
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """What the trouble is, the three questions, how the address is used; folded, an error and the host."""
        return read_form("triage/form", {"hosts": host_choices()})

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``triage/<cause>`` for every cause, ``triage/both``, ``triage/open``, and ``host/<id>`` for every host."""
        causes = (cause.topic for cause in all_causes())
        return (*causes, "triage/both", "triage/open", *(entry.topic for entry in hosts()))

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what is behind the trouble, in a few words, or the name of the host."""
        names = {entry.topic: entry.name[locale] for entry in hosts()}
        names |= {cause.topic: cause.texts[locale]["title"] for cause in all_causes()}
        names |= {f"triage/{name}": title for name, title in words_of(locale)["topics"].items()}
        return names[topic]

    def references(self) -> Iterable[ReferenceTable]:
        """Return no tables."""
        return ()

    def examples(self) -> Iterable[Example]:
        """Return an interview for every topic."""
        return written_examples(self.id)

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return what ``answers`` come to on ``today``."""
        locale = locale if locale in self.locales else self.locales[0]
        answered = read_answers(answers, today=today, locale=locale)
        finding = find(rank(answered.given), answered.given)
        return explain(Case(answered=answered, finding=finding, today=today, locale=locale))


checker: Final = TriageChecker()
