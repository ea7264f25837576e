"""The headers checker: pasted → received, results → route, trust → judge → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.examples import written_examples
from kakugen_checkers.forms import read_form
from kakugen_checkers.headers.case import AREA, FIELD, Case, topic_entry
from kakugen_checkers.headers.explain import explain
from kakugen_checkers.headers.judge import judge, topics_of
from kakugen_checkers.headers.references import LOCALES, reference_tables
from kakugen_checkers.hosts import host, hosts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, Example, Form, ReferenceTable, Topic, Verdict


@dataclass(frozen=True)
class HeadersChecker:
    """Says what happened to a mail, from its header (see ``protocol.Checker``)."""

    id: str = AREA
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """A box for the source of a mail, and what the reader wants to know most."""
        return read_form("headers/form", {})

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``headers/<name>`` for every topic, and ``host/<id>`` for every host that a mail may pass."""
        names = data.load("headers/topics")["order"]
        return (*(f"{AREA}/{name}" for name in names), *(entry.topic for entry in hosts()))

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what happened, in a few words, or the name of a host."""
        area, _slash, name = topic.partition("/")
        known = host(name) if area == "host" else None
        if known:
            return known.name[locale]
        title: str = topic_entry(name)[locale]["title"]
        return title

    def references(self) -> Iterable[ReferenceTable]:
        """Return the table of fields and words."""
        return reference_tables()

    def examples(self) -> Iterable[Example]:
        """Return a header for each topic."""
        return written_examples(self.id)

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return what happened to the mail in ``answers["mail"]``: pasted text, or the bytes of a file."""
        given = answers.get(FIELD)
        answer = given if isinstance(given, str | bytes) else ""
        findings = judge(answer, today)
        concern = answers.get("about")
        return explain(
            Case(
                answer=answer if isinstance(answer, str) else findings.pasted.text,
                findings=findings,
                topics=topics_of(findings, concern if isinstance(concern, str) else "") if findings.recognised else (),
                locale=locale if locale in self.locales else self.locales[0],
            )
        )


checker: Final = HeadersChecker()
