"""The bounce checker: unwrap → signals → rules → decide → explain."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.bounce import reasons
from kakugen_checkers.bounce.decide import decide
from kakugen_checkers.bounce.explain import FIELD, Case, explain
from kakugen_checkers.bounce.rules import match_rules, speaking_systems
from kakugen_checkers.bounce.signals import read_signals
from kakugen_checkers.bounce.unwrap import unwrap
from kakugen_checkers.forms import read_form
from kakugen_checkers.hosts import hosts
from kakugen_checkers.timeline import all_expiries

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kakugen_checkers.protocol import Answers, Example, Expiry, Form, ReferenceTable, Topic, Verdict


@dataclass(frozen=True)
class BounceChecker:
    """Says what a bounce, or any part of one, means (see ``protocol.Checker``)."""

    id: str = "bounce"
    locales: tuple[str, ...] = reasons.LOCALES

    @cached_property
    def form(self) -> Form:
        """One box for the mail."""
        return read_form("bounce/form", {})

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``bounce/<reason>`` for every reason, ``host/<id>`` for every host that a notice may name."""
        return (*map(reasons.topic, reasons.reason_ids()), *(entry.topic for entry in hosts()))

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what broke in a few words, or the name of the host."""
        named = next((entry for entry in hosts() if entry.topic == topic), None)
        if named is not None:
            return named.name[locale]
        return reasons.title(topic.removeprefix("bounce/"), locale)

    def references(self) -> Iterable[ReferenceTable]:
        """Return the tables of reasons and of codes."""
        from kakugen_checkers.bounce.references import reference_tables  # noqa: PLC0415 - no page asks for them

        return reference_tables()

    def timeline(self, *, today: date, locale: str) -> tuple[Expiry, ...]:
        """Return all that ends."""
        return all_expiries(today=today, locale=locale if locale in self.locales else self.locales[0])

    def examples(self) -> Iterable[Example]:
        """Return the examples of the rules, and others."""
        from kakugen_checkers.bounce.examples import all_examples  # noqa: PLC0415 - no browser asks for them

        return all_examples()

    def prepared(self) -> Mapping[str, bytes | None]:
        """Return the rules in one file, read and indexed."""
        from kakugen_checkers.bounce.rules import FOLDER, prepared_rules  # noqa: PLC0415 - for the build only

        folder = f"{data.__name__.replace('.', '/')}/"
        files: dict[str, bytes | None] = {f"{folder}{name}.json": None for name in data.names(FOLDER)}
        text = json.dumps(prepared_rules(), ensure_ascii=False, separators=(",", ":"))
        return {**files, f"{folder}{FOLDER}.json": text.encode()}

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return what ``answers["mail"]`` means: pasted text, or the bytes of a file."""
        mail = answers.get(FIELD)
        answer = mail if isinstance(mail, str | bytes) else ""
        parts = unwrap(answer)
        signals = read_signals(parts)
        speaking = speaking_systems(signals)
        return explain(
            Case(
                answer=answer if isinstance(answer, str) else None,
                parts=parts,
                signals=signals,
                decision=decide(signals, match_rules(signals, speaking)),
                systems=speaking,
                today=today,
                locale=locale if locale in self.locales else self.locales[0],
            )
        )


checker: Final = BounceChecker()
