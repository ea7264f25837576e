"""The data of the headers checker: everything is said in both languages, has a source, and is used."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from kakugen_checkers import data, forwarding, records
from kakugen_checkers.headers import checker
from kakugen_checkers.headers.case import topic_entry
from kakugen_checkers.headers.signs import entry_of
from kakugen_checkers.protocol import Actor, Checker, GivesExamples

DOCS = Path(__file__).parents[3] / "docs"
WORDS = "pass fail softfail neutral none temperror permerror policy bestguesspass".split()


def names(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", text))


def shape(value: Any) -> Any:
    """A part of the words: its keys, and what is filled into its texts."""
    if isinstance(value, dict):
        return {key: shape(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [shape(entry) for entry in value]
    return names(value) if isinstance(value, str) else type(value)


def test_it_is_a_checker_whose_topics_have_titles_and_examples() -> None:
    assert isinstance(checker, Checker)
    assert isinstance(checker, GivesExamples)
    assert all(checker.topic_title(topic, locale) for topic in checker.topics for locale in checker.locales)
    own = {topic for topic in checker.topics if topic.startswith("headers/")}
    assert 10 <= len(own) <= 16
    assert {example.topic for example in checker.examples()} == own
    for example in checker.examples():
        verdict = checker.run(example.answers, today=date.fromisoformat(example.today), locale="ja")
        assert verdict.topic == example.topic, verdict.topics


def test_both_languages_say_the_same_things() -> None:
    words = data.load("headers/words")
    assert shape(words["ja"]) == shape(words["en"])
    for name in data.load("headers/topics")["order"]:
        entry = topic_entry(name)
        assert shape(entry["ja"]) == shape(entry["en"]), name
        assert Actor(entry["actor"])
        assert all((DOCS / f"ja/maxims/{maxim}.md").exists() for maxim in entry["maxims"])
        for step in entry["ja"]["steps"]:
            assert "topic" not in step or step["topic"] in records.checker.topics


def test_every_word_of_a_result_is_explained_with_its_source() -> None:
    content = data.load("headers/results")
    assert date.fromisoformat(content["checked"])
    explained = {(entry["method"], entry["word"]) for entry in content["result"]}
    assert {("", word) for word in WORDS} <= explained
    assert {("spf", word) for word in "pass fail softfail neutral none temperror permerror".split()} <= explained
    assert {("dkim", word) for word in "pass fail neutral none temperror permerror policy".split()} <= explained
    assert {("dmarc", word) for word in "pass fail none temperror permerror bestguesspass".split()} <= explained
    entries = [
        *content["result"],
        *data.load("headers/fields")["field"],
        *data.load("headers/fields")["begin"],
        *data.load("headers/protocols")["protocol"],
        *data.load("headers/signs")["sign"],
    ]
    for entry in entries:
        assert entry["source"].startswith("https://"), entry
        assert entry["ja"], entry
        assert entry["en"], entry


def test_signs_and_handed_answers_are_known() -> None:
    for entry in data.load("headers/signs")["sign"]:
        assert entry_of(entry["id"]) is entry
        assert entry["kind"] in "spam clean hint note bulk list no-unsubscribe".split()
    fields = {field.id: field for field in forwarding.checker.form.fields}
    assert "forward" in [choice.id for choice in fields["arrives"].choices]
    families = data.load("headers/servers")["family"]
    wanted = {family["destination"] for family in families if "destination" in family}
    assert wanted <= {choice.id for choice in fields["destination"].choices}
    assert {topic.partition("/")[0] for topic in checker.topics} == {"headers", "host"}


def test_the_table_explains_every_field_and_word_once() -> None:
    (table,) = checker.references()
    ids = [row.id for row in table.rows]
    assert len(ids) == len(set(ids))
    assert {row.group for row in table.rows} == {group.id for group in table.groups}
