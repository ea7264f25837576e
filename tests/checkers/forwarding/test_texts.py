"""The data of the forwarding checker: complete in both languages, sourced, plain, and of names that exist."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers import data, timeline
from kakugen_checkers.destinations import destination_fact_ids
from kakugen_checkers.forwarding import checker
from kakugen_checkers.forwarding.advice import all_rows, all_tasks
from kakugen_checkers.forwarding.conditions import holds, names_in
from kakugen_checkers.hosts import fact_ids
from kakugen_checkers.protocol import Checker

from .conftest import Ask, day_of, properties_of

FILES = {
    name: data.load(f"forwarding/{name}") for name in ("advice", "steps", "ways", "outcomes", "care", "form", "assumed")
}
ROWS = FILES["advice"]["row"]
MAXIMS = {path.stem for path in (Path(__file__).parents[3] / "docs" / "ja" / "maxims").glob("*.md")}
PROPERTIES = properties_of({})
# What a text may name in braces, besides those of the fixed words that are put in one by one.
NAMES = set("host destination days boxes rate lacking way passwords minutes".split())


def texts(value: Any, place: str) -> list[tuple[str, Any]]:
    """Every table below ``value`` that speaks: it has a key ``ja`` or ``en``."""
    if isinstance(value, dict):
        found = [(place, value)] if value.keys() & {"ja", "en"} else []
        return found + [entry for key, below in value.items() for entry in texts(below, f"{place}.{key}")]
    if isinstance(value, list):
        return [entry for number, below in enumerate(value) for entry in texts(below, f"{place}[{number}]")]
    return []


TEXTS = [entry for name, content in FILES.items() for entry in texts(content, name)]


@each(("place", "text"), TEXTS, ids=[place for place, _ in TEXTS])
def test_each_text_is_in_both_languages_and_names_what_exists(place: str, text: dict[str, Any]) -> None:
    for locale in ("ja", "en"):
        assert text[locale], place
        if isinstance(text[locale], str):
            assert set(re.findall(r"\{([^}]*)\}", text[locale])) <= NAMES
    assert re.search("[ぁ-んァ-ヶ一-龠]", str(text["ja"])) or text["ja"] == text["en"] or str(text["ja"]).isascii()
    if isinstance(text["en"], str):
        outside = re.sub(r"“[^”]*”|（[^）]*）", "", text["en"])
        assert not re.search("[ぁ-んァ-ヶ一-龠]", outside), "Japanese in English stands in quotes, as on the screen"


def test_both_languages_have_the_same_words() -> None:
    words = data.load("forwarding/words")
    for part in words["ja"]:
        assert words["ja"][part].keys() == words["en"][part].keys()
        for key, text in words["ja"][part].items():
            names, others = (set(re.findall(r"\{(\w+)\}", str(one))) for one in (text, words["en"][part][key]))
            assert names == others, f"{part}.{key}"


def conditions(value: Any, keys: set[str]) -> list[Any]:
    if isinstance(value, dict):
        own = [value[key] for key in sorted(keys & value.keys()) if not isinstance(value[key], bool)]
        return own + [entry for key, below in value.items() if key not in keys for entry in conditions(below, keys)]
    if isinstance(value, list):
        return [entry for below in value for entry in conditions(below, keys)]
    return []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("advice", {"when", "must"}),
        ("steps", {"when"}),
        ("ways", {"when"}),
        ("outcomes", {"when", "perhaps", "host", "host-perhaps"}),
        ("care", {"when"}),
    ],
)
def test_every_condition_holds_or_not_whatever_is_known(name: str, keys: set[str]) -> None:
    found = conditions(FILES[name], keys)
    assert len(found) >= 5
    for condition in found:
        assert set(names_in(condition)) <= PROPERTIES.keys(), f"{name}: {condition}"
        holds(condition, PROPERTIES)


def test_every_property_is_explained_where_contributors_look() -> None:
    from kakugen_checkers.forwarding import situation  # noqa: PLC0415 - only its words are wanted

    explained = set(re.findall(r"``([a-z-]+)``", situation.__doc__ or ""))
    assert PROPERTIES.keys() - {"way"} <= explained


@each("row", ROWS, ids=lambda row: row["id"])
def test_each_row_has_a_source_a_day_examples_and_names_that_exist(row: dict[str, Any]) -> None:
    assert all(row["source"])
    assert date.fromisoformat(row["checked"]) <= date.today()
    assert row["examples"]
    assert set(row.get("maxims", ())) <= MAXIMS
    timeline.expiries(row.get("expiries", ()), today=day_of(row), locale="en")
    named = {step for options in row["steps"] for step in ([options] if isinstance(options, str) else options)}
    assert named <= all_tasks().keys()
    others = {other["id"]: other for other in ROWS}
    assert all(others[ident]["tell_apart"] for ident in row.get("alternatives", ()))


def test_every_thing_to_do_is_used_and_clicks_on_facts_that_exist() -> None:
    used = {ident for row in all_rows() for options in row.steps for ident in options}
    assert used == all_tasks().keys()
    panels = {task.panel for task in all_tasks().values()} | {
        entry.get("panel", "") for entry in FILES["care"]["before"]
    }
    assert panels - {""} <= set(fact_ids())
    assert {task.tells for task in all_tasks().values()} - {""} <= set(destination_fact_ids())
    assert {entry["fact"] for entry in FILES["care"]["ask"]} <= set(fact_ids())


@each("locale", ["ja", "en"])
@each("row", ROWS, ids=lambda row: row["id"])
def test_the_title_is_one_line_and_the_summary_three_sentences_at_most(
    row: dict[str, Any], locale: str, ask_forwarding: Ask
) -> None:
    for example in row["examples"]:
        verdict = ask_forwarding(example, today=day_of(row), locale=locale)
        assert len(verdict.title) <= (45 if locale == "ja" else 95), verdict.title
        assert not verdict.title.endswith(("。", "."))
        sentences = re.findall(r"。" if locale == "ja" else r"[.?!](?=\s|$)", verdict.summary)
        assert 1 <= len(sentences) <= 3, verdict.summary


@pytest.mark.parametrize("locale", ["ja", "en"])
def test_every_verdict_has_the_parts_that_a_change_needs(locale: str, ask_forwarding: Ask) -> None:
    for row in ROWS:
        verdict = ask_forwarding(row["examples"][0], today=day_of(row), locale=locale)
        ids = [section.id for section in verdict.sections]
        assert ids[0] == "before"
        assert ids[-4:] == ["sending", "cost", "verify", "back"]
        assert len(ids) == len(set(ids))
        verify = verdict.sections[-2]
        assert verify.checklist
        assert len(verify.steps) >= 5
        assert {handover.checker for handover in verdict.handovers} == {"mailbox", "passwords", "records"}
        assert verdict.actor
        assert verdict.steps


def test_it_is_a_checker_whose_topics_have_titles() -> None:
    assert isinstance(checker, Checker)
    assert len(checker.topics) == len(set(checker.topics))
    for topic in checker.topics:
        for locale in checker.locales:
            assert checker.topic_title(topic, locale)
            assert "{" not in checker.topic_title(topic, locale)


def test_few_questions_come_first_and_the_rest_is_folded() -> None:
    first = [field.id for field in checker.form.fields if not field.group]
    assert first == ["host", "arrives", "destination", "sends"]
    (group,) = checker.form.groups
    assert group.folded
    assert {field.group for field in checker.form.fields} == {"", group.id}


def test_hosts_destinations_and_the_timeline_are_its_reference_tables() -> None:
    assert [table.id for table in checker.references()] == ["hosts", "destinations", "timeline"]
