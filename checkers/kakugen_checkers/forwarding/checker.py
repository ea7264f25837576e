"""The forwarding checker: situation → advice, outcomes, ways → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.destinations import destinations
from kakugen_checkers.examples import as_answers
from kakugen_checkers.forms import host_choices, read_form
from kakugen_checkers.forwarding.advice import advise, all_rows
from kakugen_checkers.forwarding.case import Case
from kakugen_checkers.forwarding.entered import UNKNOWN
from kakugen_checkers.forwarding.explain import explain
from kakugen_checkers.forwarding.outcomes import outcomes
from kakugen_checkers.forwarding.situation import read_situation
from kakugen_checkers.forwarding.ways import compare
from kakugen_checkers.hosts import LOCALES, hosts
from kakugen_checkers.protocol import Choice, Example

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, Form, ReferenceTable, Topic, Verdict


@dataclass(frozen=True)
class ForwardingChecker:
    """Says how mail should reach the reader, what breaks next, and the steps on their host's screens.

    See ``protocol.Checker``.
    """

    id: str = "forwarding"
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """A few questions that matter, and a folded group for more."""
        unknown = {locale: data.load("forwarding/words")[locale]["destination"]["option"] for locale in self.locales}
        places = [Choice(id=entry.id, label=entry.name) for entry in destinations()]
        options = {"hosts": host_choices(), "destinations": (*places, Choice(id=UNKNOWN, label=unknown))}
        return read_form("forwarding/form", options)

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``forwarding/<x>`` for all advice, and ``host/<id>`` for all hosts."""
        return (*dict.fromkeys(row.topic for row in all_rows()), *(host.topic for host in hosts()))

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what the advice is about, or the name of the host."""
        names = {host.topic: host.name for host in hosts()}
        # Several rows may share a topic, such as before and after the end of something: the first names it.
        names |= {row.topic: row.title for row in reversed(all_rows())}
        return names[topic][locale]

    def references(self) -> Iterable[ReferenceTable]:
        """Return the tables of hosts, of destinations and of the timeline."""
        from kakugen_checkers.host_references import reference_tables  # noqa: PLC0415 - no page asks for them

        return reference_tables()

    def examples(self) -> Iterable[Example]:
        """Return the examples of the rows of advice."""
        for row in data.load("forwarding/advice")["row"]:
            for answers in row["examples"]:
                yield Example(
                    topic=f"{self.id}/{row.get('topic', row['id'])}",
                    answers=as_answers(answers),
                    today=row.get("on", row["checked"]),
                    origin=f"data/forwarding/advice.toml, {row['id']}",
                )

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return the advice for ``answers`` on ``today``."""
        locale = locale if locale in self.locales else self.locales[0]
        situation = read_situation(answers, self.form.fields, today=today, locale=locale)
        comparison = compare(situation.properties)
        properties = {**situation.properties, "way": comparison.best.id}
        return explain(
            Case(
                situation=situation,
                properties=properties,
                plan=advise(properties),
                comparison=comparison,
                outcomes=outcomes(properties),
                labels=self._labels(locale),
            )
        )

    def _labels(self, locale: str) -> dict[str, dict[str, str]]:
        """Return the options of the form by field and id."""
        return {
            field.id: {choice.id: choice.label[locale] for choice in field.choices}
            for field in self.form.fields
            if field.choices
        }


checker: Final = ForwardingChecker()
