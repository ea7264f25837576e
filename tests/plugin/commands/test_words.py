"""The commands say the same in every language; rules are explained; editors know the front matter."""

import json
from pathlib import Path

import pytest
from tests.plugin.commands.conftest import Run

from kakugen.commands.words import LOCALES, locale_of, words_in
from kakugen.knowledge import Rule, draft_words, section_ids
from kakugen.knowledge.schema import schema_text
from kakugen.pages import labels_for, rule_pages

ROOT = Path(__file__).parents[3]


def test_every_language_has_every_sentence() -> None:
    assert words_in("ja").texts.keys() == words_in("en").texts.keys()
    assert draft_words("ja").texts.keys() == draft_words("en").texts.keys()
    assert {f"hint.{name}" for name in section_ids() - {"cases", "related"}} <= draft_words("en").texts.keys()


@pytest.mark.parametrize(
    ("environment", "locale"),
    [({"LANG": "ja_JP.UTF-8"}, "ja"), ({"LANG": "fr_FR"}, "en"), ({}, "en"), ({"LC_ALL": "C", "LANG": "ja_JP"}, "en")],
)
def test_the_environment_says_the_language(environment: dict[str, str], locale: str) -> None:
    assert locale_of(environment) == locale


@pytest.mark.parametrize("name", ["KB026", "kb026", "repeated-id"])
def test_a_rule_is_explained_by_number_or_name(name: str, run: Run) -> None:
    assert run("explain", name).out.startswith("KB026 repeated-id (error)\n  An id stands for one thing")


def test_all_rules_are_explained(run: Run) -> None:
    assert run("explain", "--lang", "ja").out.count("KB") == len(Rule)


def test_a_rule_that_there_is_not_is_named(run: Run) -> None:
    ran = run("explain", "KB999")
    assert (ran.code, ran.err) == (1, "There is no rule 'KB999'. 'kakugen explain' lists them all.\n")


def test_the_schema_in_the_repository_is_that_of_the_models(run: Run) -> None:
    written = (ROOT / "schemas" / "front-matter.schema.json").read_text("utf-8")
    assert written == schema_text() == run("schema").out, "run 'kakugen schema > schemas/front-matter.schema.json'"


def test_the_schema_explains_every_key() -> None:
    schema = json.loads(schema_text())
    for model in ("Article", "Maxim", "Source", "Symptom"):
        definition = schema["$defs"][model]
        if "properties" not in definition:
            definition = next(part for part in definition["anyOf"] if "properties" in part)
        assert all("description" in key for key in definition["properties"].values()), model


@pytest.mark.parametrize("locale", LOCALES)
def test_every_rule_has_a_page_with_its_words_as_they_are(locale: str) -> None:
    pages = rule_pages(set(), labels_for(locale))
    assert len(pages) == len(Rule) + 1
    assert all(f"({rule.number.lower()}.md)" in pages["rules/index.md"] for rule in Rule)
    page = pages[f"rules/{Rule.TOO_DEEP.number.lower()}.md"]
    assert page.count("## ") == 3
    assert "'{'" in page.replace("「", "'").replace("」", "'")


def test_pages_of_rules_that_the_owner_wrote_are_not_made() -> None:
    assert "rules/kb001.md" not in rule_pages({"rules/kb001.md"}, labels_for("en"))
