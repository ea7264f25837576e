"""Conditions as data: what each test means, and that a wrong name is found."""

from typing import Any

import pytest

from kakugen_checkers.forwarding.conditions import ConditionError, holds, names_in

MAIL = {
    "copy": "yes",
    "days": 40,
    "loop": True,
    "arrives": frozenset({"forward", "webmail"}),
    "rate": None,
    "none": frozenset(),
}


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"copy": "yes"},
        {"copy": ["no", "yes"]},
        {"copy": {"not": "no"}},
        {"copy": {"not": ["no", "unknown"]}},
        {"days": 40},
        {"days": {"below": 41}},
        {"days": {"least": 40}},
        {"days": {"least": 30, "below": 180}},
        {"loop": True},
        {"arrives": "forward"},
        {"arrives": ["pop-fetch", "webmail"]},
        {"arrives": {"all": ["forward", "webmail"]}},
        {"arrives": {"not": "pop-fetch"}},
        {"arrives": {"known": True}},
        {"rate": {"known": False}},
        {"none": {"known": False}},
        {"copy": "yes", "days": {"below": 180}},
        [{"copy": "no"}, {"copy": "yes"}],
    ],
)
def test_condition_holds(condition: Any) -> None:
    assert holds(condition, MAIL)


@pytest.mark.parametrize(
    "condition",
    [
        [],
        {"copy": "no"},
        {"copy": {"not": "yes"}},
        {"days": {"below": 40}},
        {"days": {"least": 41}},
        {"days": {"least": 30, "below": 40}},
        {"days": True},
        {"loop": 1},
        {"loop": {"least": 1}},
        {"arrives": "pop-fetch"},
        {"arrives": {"all": ["forward", "pop-fetch"]}},
        {"copy": {"all": ["yes"]}},
        {"copy": {"known": False}},
        {"rate": {"known": True}},
        {"none": {"known": True}},
        {"copy": "yes", "days": 41},
        [{"copy": "no"}, {"days": 41}],
    ],
)
def test_condition_does_not_hold(condition: Any) -> None:
    assert not holds(condition, MAIL)


@pytest.mark.parametrize("test", ["fast", ["fast"], {"not": "fast"}, {"below": 5}, {"least": 0}, {"all": []}, 0, False])
def test_what_nobody_knows_meets_no_test(test: Any) -> None:
    assert not holds({"rate": test}, MAIL)


def test_an_unknown_property_is_named() -> None:
    with pytest.raises(ConditionError, match="no property 'copies'; there are copy, days"):
        holds({"copies": "yes"}, MAIL)


def test_an_unknown_test_is_named() -> None:
    with pytest.raises(ConditionError, match="no test 'under'; there are all, below"):
        holds({"days": {"under": 5}}, MAIL)


def test_the_names_in_a_condition_can_be_listed() -> None:
    assert names_in([{"copy": "no", "days": 1}, {"copy": "yes"}]) == ("copy", "days")
