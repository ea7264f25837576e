"""The records checker: read → judge → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.host_guess import guess_host
from kakugen_checkers.hosts import host, hosts
from kakugen_checkers.protocol import Choice, Field, FieldKind, Form, LocalText
from kakugen_checkers.records import faults
from kakugen_checkers.records.explain import FIELD, Case, explain
from kakugen_checkers.records.faults import AREA, LOCALES
from kakugen_checkers.records.judge import judge
from kakugen_checkers.records.read import MAX_TEXT, read_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, ReferenceTable, Topic, Verdict

UNKNOWN_HOST: Final = "unknown"
MAX_DOMAIN: Final = 300


@dataclass(frozen=True)
class RecordsChecker:
    """Says what a domain's SPF, DKIM, DMARC and MX records do to its mail (see ``protocol.Checker``)."""

    id: str = AREA
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """A box for the records, the domain and the host."""
        return Form(
            title=_local("title"),
            intro=_local("intro"),
            submit=_local("submit"),
            fields=(
                Field(
                    id=FIELD,
                    kind=FieldKind.TEXT,
                    label=_local("records_label"),
                    help=_local("records_help"),
                    placeholder=_local("records_placeholder"),
                    required=True,
                    accepts=(".txt", ".zone"),
                ),
                Field(
                    id="domain",
                    kind=FieldKind.LINE,
                    label=_local("domain_label"),
                    help=_local("domain_help"),
                    placeholder=_local("domain_placeholder"),
                ),
                Field(
                    id="host",
                    kind=FieldKind.CHOICE,
                    label=_local("host_label"),
                    help=_local("host_help"),
                    choices=(
                        Choice(id=UNKNOWN_HOST, label=_local("host_unknown")),
                        *(Choice(id=entry.id, label=entry.name) for entry in hosts()),
                    ),
                ),
            ),
        )

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

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return what the records in ``answers["records"]`` do to mail: pasted text, or the bytes of a file."""
        text = _text(answers.get(FIELD))
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


def _text(answer: object) -> str:
    if isinstance(answer, bytes):
        return answer.decode("utf-8", "replace")
    return answer if isinstance(answer, str) else ""


def _local(key: str) -> LocalText:
    return {locale: data.load("records/words")[locale]["form"][key] for locale in LOCALES}


checker: Final = RecordsChecker()
