"""The mailbox checker: situation → outcome → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers.examples import written_examples
from kakugen_checkers.forms import entered_text, host_choices, read_form
from kakugen_checkers.hosts import hosts
from kakugen_checkers.mailbox.explain import Case, explain
from kakugen_checkers.mailbox.outcome import TOPICS, find_outcome
from kakugen_checkers.mailbox.situation import read_situation
from kakugen_checkers.mailbox.wording import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, Example, Form, ReferenceTable, Topic, Verdict

LOCALES: Final = ("ja", "en")


@dataclass(frozen=True)
class MailboxChecker:
    """Says whether and when a mailbox will be full, and what stops that (see ``protocol.Checker``)."""

    id: str = "mailbox"
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """The panel's figures, or numbers; how mail is read and deleted; what was changed lately."""
        return read_form("mailbox/form", {"hosts": host_choices()})

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``mailbox/<outcome>``, and ``host/<id>`` for every host."""
        return (*(f"mailbox/{topic}" for topic in TOPICS), *(host.topic for host in hosts()))

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what was found, in a few words, or the name of the host."""
        for host in hosts():
            if host.topic == topic:
                return host.name[locale]
        title: str = words_of(locale)["titles"][topic.removeprefix("mailbox/")]
        return title

    def references(self) -> Iterable[ReferenceTable]:
        """Return no tables: what is known of hosts has pages of its own."""
        return ()

    def examples(self) -> Iterable[Example]:
        """Return answers for every topic."""
        return written_examples(self.id)

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return what ``answers`` say of a mailbox."""
        situation = read_situation(answers, today)
        return explain(
            Case(
                situation=situation,
                outcome=find_outcome(situation),
                text=entered_text(answers.get("hints")),
                today=today,
                locale=locale if locale in self.locales else self.locales[0],
            )
        )


checker: Final = MailboxChecker()
