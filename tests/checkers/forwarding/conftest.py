"""What the tests of the forwarding checker share: asking it, its plans, and any answers at all."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import strategies as st

from kakugen_checkers.forwarding import checker
from kakugen_checkers.forwarding.advice import Plan, advise
from kakugen_checkers.forwarding.situation import read_situation
from kakugen_checkers.forwarding.ways import compare
from kakugen_checkers.protocol import FieldKind, Verdict

TODAY = date(2026, 11, 24)

type Ask = Callable[..., Verdict]


@pytest.fixture(scope="session")
def ask_forwarding() -> Ask:
    """``ask_forwarding({"host": "xserver"}, today=…, locale="en")``: the verdict on answers, lists taken as tuples."""

    def ask(answers: Mapping[str, Any], *, today: date = TODAY, locale: str = "en") -> Verdict:
        return checker.run(as_given(answers), today=today, locale=locale)

    return ask


def as_given(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in answers.items()}


def properties_of(answers: Mapping[str, Any], today: date = TODAY) -> dict[str, Any]:
    situation = read_situation(as_given(answers), checker.form.fields, today=today, locale="en")
    return {**situation.properties, "way": compare(situation.properties).best.id}


def plan_for(answers: Mapping[str, Any], today: date = TODAY) -> Plan:
    return advise(properties_of(answers, today))


def day_of(row: Mapping[str, Any]) -> date:
    """The day on which the examples of a row hold."""
    return date.fromisoformat(row["on"]) if "on" in row else TODAY


def any_answers() -> st.SearchStrategy[dict[str, Any]]:
    """Answers as people give them: some fields, each with an option, options, a number in its limits, or text."""
    return st.fixed_dictionaries({}, optional={field.id: _usual(field) for field in checker.form.fields})


def _usual(field: Any) -> st.SearchStrategy[Any]:
    match field.kind:
        case FieldKind.CHOICE:
            return st.sampled_from([choice.id for choice in field.choices])
        case FieldKind.CHOICES:
            ids = [choice.id for choice in field.choices]
            return st.lists(st.sampled_from(ids), unique=True).map(tuple)
        case FieldKind.NUMBER:
            return st.floats(field.minimum, min(field.maximum, 20_000))
        case _:
            return st.sampled_from(
                ["", "example.jp", "mx1.xserver.jp", "さくら", "v=spf1 -all", "v=DMARC1; p=reject", "むかし"]
            )
