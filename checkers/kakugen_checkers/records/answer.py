"""The records checker: read → judge → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers.examples import written_examples
from kakugen_checkers.forms import entered_text, host_choices, read_form
from kakugen_checkers.host_guess import guess_host
from kakugen_checkers.hosts import host, hosts
from kakugen_checkers.records import faults
from kakugen_checkers.records.explain import FIELD, Case, explain
from kakugen_checkers.records.faults import AREA, LOCALES
from kakugen_checkers.records.judge import judge
from kakugen_checkers.records.read import MAX_TEXT, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, Example, Form, ReferenceTable, Topic, Verdict

MAX_DOMAIN: Final = 300


@dataclass(frozen=True)
class RecordsChecker:
    """Says what a domain's SPF, DKIM, DMARC and MX records do to its mail (see ``protocol.Checker``)."""

    id: str = AREA
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """A box for the records, the domain and the host."""
        return read_form("records/form", {"hosts": host_choices()})

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``records/<name>`` for every topic, and ``host/<id>`` for every host."""
        return (*(f"{AREA}/{name}" for name in faults.topic_ids()), *(entry.topic for entry in hosts()))

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what is wrong, in a few words, or the name of a host."""
        area, _slash, name = topic.partition("/")
        known = host(name) if area == "host" else None
        return known.name[locale] if known else faults.topic_texts(name, locale)["title"]

    def references(self) -> Iterable[ReferenceTable]:
        """Return the tables of includes and of mistakes."""
        from kakugen_checkers.records.references import reference_tables  # noqa: PLC0415 - no page asks for them

        return reference_tables()

    def examples(self) -> Iterable[Example]:
        """Return a paste for every topic."""
        return written_examples(self.id)

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return what the records in ``answers["records"]`` do to mail: pasted text, or the bytes of a file."""
        text = entered_text(answers.get(FIELD))
        typed = answers.get("domain")
        domain = typed[:MAX_DOMAIN] if isinstance(typed, str) else ""
        chosen = answers.get("host")
        known = host(chosen) if isinstance(chosen, str) else None
        records = read_records(text, domain.rpartition("@")[2])
        if known is None and records.found_any:
            # the mail servers tell; an include alone may belong to any service
            known = guess_host("\n".join(f"MX {name}" for name in records.mx_hosts)) or guess_host(text[:MAX_TEXT])
        return explain(
            Case(
                text=text,
                judgement=judge(records, known),
                typed_domain=domain,
                today=today,
                locale=locale if locale in self.locales else self.locales[0],
            )
        )


checker: Final = RecordsChecker()
