"""The bounce checker proves its topics, and tells all that ends, before its day and after."""

from datetime import date
from typing import Any

import pytest

from kakugen_checkers import data
from kakugen_checkers.bounce import checker
from kakugen_checkers.protocol import Checker, Example, GivesExamples, KeepsTimeline

EXAMPLES = tuple(checker.examples())
OTHERS = [example for example in EXAMPLES if example.origin.startswith("data/")]


def test_the_checker_offers_both() -> None:
    assert isinstance(checker, Checker)
    assert isinstance(checker, KeepsTimeline)
    assert isinstance(checker, GivesExamples)


def test_every_topic_has_an_example() -> None:
    assert {example.topic for example in EXAMPLES} == {topic for topic in checker.topics if topic.startswith("bounce/")}


@pytest.mark.parametrize("example", OTHERS, ids=lambda example: example.topic)
def test_a_paste_for_a_reason_without_rules_leads_to_it(example: Example) -> None:
    verdict = checker.run(example.answers, today=date.fromisoformat(example.today), locale="ja")
    assert verdict.topics[0] == example.topic


def test_every_example_says_where_it_stands() -> None:
    assert all(example.origin for example in EXAMPLES)


@pytest.mark.parametrize("locale", checker.locales)
def test_the_timeline_tells_everything_and_changes_its_words_with_the_day(locale: str) -> None:
    entries: list[Any] = data.load("timeline")["entry"]
    before = checker.timeline(today=date.min, locale=locale)
    after = checker.timeline(today=date.max, locale=locale)
    assert [expiry.id for expiry in before] == [entry["id"] for entry in entries] == [expiry.id for expiry in after]
    assert not any(expiry.ended for expiry in before)
    assert all(expiry.ended for expiry in after)
    assert all(one.text != other.text for one, other in zip(before, after, strict=True))


def test_a_language_that_the_timeline_does_not_speak_gets_the_first() -> None:
    assert checker.timeline(today=date.min, locale="fr") == checker.timeline(today=date.min, locale="ja")
