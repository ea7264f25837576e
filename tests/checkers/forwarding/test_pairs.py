"""All pairs of rows that can meet, and any heap of answers: both speak, the more urgent leads, no two contradict.

The pairs come from the examples in the data, so that a new row is tried against all others by being written.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.forwarding.advice import Plan, all_rows

from .conftest import TODAY, Ask, any_answers, plan_for

ROWS = data.load("forwarding/advice")["row"]
ORDER = {row.id: number for number, row in enumerate(all_rows())}
DAYS = [TODAY, date(2027, 1, 15), date(2027, 2, 1), date(2028, 1, 1)]


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any] | None:
    """Both answers at once, or ``None`` where they exclude each other."""
    together = dict(one)
    for name, value in other.items():
        if isinstance(value, list):
            together[name] = sorted({*together.get(name, []), *value})
        elif together.setdefault(name, value) != value:
            return None
    return together


def meetings(one: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any], date, Plan]]:
    """Every other row that can meet ``one``, with answers and a day on which it does."""
    for other in ROWS:
        if other["id"] == one["id"]:
            continue
        both = (merged(first, second) for first in one["examples"] for second in other["examples"])
        for answers in filter(None, both):
            for today in DAYS:
                plan = plan_for(answers, today)
                if {one["id"], other["id"]} <= {row.id for row in plan.rows}:
                    yield other["id"], answers, today, plan


def consistent(plan: Plan) -> None:
    """No setting is left in two ways, nothing is said twice, and the order is that of the data."""
    settings: dict[str, str] = {}
    for task in plan.tasks:
        for name, value in task.sets.items():
            assert settings.setdefault(name, value) == value, f"{task.id} leaves {name} otherwise than a step before it"
    names = [task.id for task in plan.tasks]
    assert len(names) == len(set(names))
    lead, *others = (ORDER[row.id] for row in plan.rows)
    assert others == sorted(others)
    if not plan.urgent:
        assert lead == min([lead, *others])
    assert plan.parts[0][1], "the first row has something to do"


@each("one", [row for row in ROWS if row["id"] != "quiet"], ids=lambda row: row["id"])
def test_two_rows_that_meet_both_speak_and_agree(one: Mapping[str, Any], ask_forwarding: Ask) -> None:
    met = set()
    for other, answers, today, plan in meetings(one):
        consistent(plan)
        verdict = ask_forwarding(answers, today=today)
        lead = plan.rows[0]
        sections = [section.id for section in verdict.sections]
        for ident in (one["id"], other):
            row = next(row for row in plan.rows if row.id == ident)
            assert row.topic in verdict.topics
            assert ident == lead.id or ident in sections
        assert verdict.topic == verdict.topics[0] == lead.topic
        met.add(other)
    assert len(met) >= 2, f"{one['id']} meets only {met}"


def test_most_pairs_of_rows_can_meet() -> None:
    pairs = {frozenset((row["id"], other)) for row in ROWS for other, *_ in meetings(row)}
    assert len(pairs) > 200


@given(answers=any_answers(), today=st.sampled_from(DAYS))
def test_no_heap_of_answers_gets_contradicting_advice(answers: dict[str, Any], today: date) -> None:
    plan = plan_for(answers, today)
    if plan.parts:
        consistent(plan)
