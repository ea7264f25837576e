"""Reason files: complete in each language, alike in all of them, and made of known words."""

import re
from datetime import date
from importlib.metadata import entry_points
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.bounce import checker
from kakugen_checkers.protocol import Actor, Permanence

IDS = [topic.removeprefix("bounce/") for topic in checker.topics if topic.startswith("bounce/")]
LOCALES = checker.locales
MAXIMS = {"two-causes", "last-change-first", "every-tool-multiplies"}
PLACEHOLDERS = {
    "recipient", "diagnostic", "reply_code", "enhanced_status_code", "date", "remote_mta", "reporting_mta", "subject",
}  # fmt: skip
KEYS = {
    *("id", "kind_of", "permanence", "actor", "codes", "maxims", "expiries", "topics", "next", "sources", "checked"),
    *LOCALES,
}
TEXT_KEYS = {"title", "summary", "cautions", "questions", "tell_apart", "steps", "messages"}
STEP_KEYS = {"text", "where", "note", "topic", "expiry"}
JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")


def reason(ident: str) -> dict[str, Any]:
    return data.load(f"bounce/reasons/{ident}")


def timeline() -> set[str]:
    return {entry["id"] for entry in data.load("timeline")["entry"]}


def expiries_used(ident: str) -> set[str]:
    entries: list[Any] = []
    for locale in LOCALES:
        entries += [*reason(ident)[locale].get("steps", ()), *reason(ident)[locale].get("cautions", ())]
    return {entry["expiry"] for entry in entries if isinstance(entry, dict) and "expiry" in entry}


@each("ident", IDS)
def test_reason_uses_known_words_only(ident: str) -> None:
    entry = reason(ident)
    assert entry["id"] == ident
    assert entry.keys() <= KEYS
    assert entry["permanence"] in set(Permanence)
    assert entry["actor"] in set(Actor)
    assert set(entry.get("maxims", ())) <= MAXIMS
    assert set(entry.get("expiries", ())) <= timeline()
    assert set(entry.get("next", ())) <= {name.name for name in entry_points(group="kakugen.checkers")}
    assert entry.get("kind_of", ident) in IDS
    assert all(re.fullmatch(r"[245]\d\d( [245]\.\d{1,3}\.\d{1,3})?|[245]\.\d{1,3}\.\d{1,3}", c) for c in entry["codes"])


@each("ident", IDS)
def test_reason_has_sources_and_a_day_on_which_they_were_read(ident: str) -> None:
    entry = reason(ident)
    assert entry["sources"]
    assert all(isinstance(source, str) and len(source) > 3 for source in entry["sources"])
    assert date(2024, 1, 1) <= date.fromisoformat(entry["checked"]) <= date.today()


@each("locale", LOCALES)
@each("ident", IDS)
def test_reason_is_told_completely(ident: str, locale: str) -> None:
    texts = reason(ident)[locale]
    assert texts.keys() <= TEXT_KEYS
    for key in ("title", "summary", "tell_apart"):
        assert texts[key].strip() == texts[key] != ""
    assert not texts["title"].endswith((".", "。"))
    assert len(texts["title"]) <= 60
    assert 2 <= len(texts["steps"]) <= 6
    for step in texts["steps"]:
        assert step.keys() <= STEP_KEYS
        assert step["text"]
    assert len(texts.get("cautions", ())) <= 3
    assert len(texts.get("questions", ())) <= 3
    for message in texts.get("messages", ()):
        assert message.keys() == {"id", "to", "label", "text"}
        assert message["to"] in set(Actor)
        assert set(re.findall(r"\{([^{}]*)\}", message["text"])) <= PLACEHOLDERS


@each("ident", IDS)
def test_all_languages_have_the_same_parts(ident: str) -> None:
    def shape(locale: str) -> dict[str, Any]:
        texts = reason(ident)[locale]
        return {
            "steps": [
                (len(step.get("where", ())), bool(step.get("note")), step.get("expiry"), step.get("topic"))
                for step in texts["steps"]
            ],
            "messages": [
                (message["id"], message["to"], sorted(set(re.findall(r"\{(\w+)\}", message["text"]))))
                for message in texts.get("messages", ())
            ],
            "cautions": [
                entry.get("expiry") if isinstance(entry, dict) else None for entry in texts.get("cautions", ())
            ],
            "questions": len(texts.get("questions", ())),
        }

    first, *others = LOCALES
    for other in others:
        assert shape(other) == shape(first)


@each("ident", IDS)
def test_each_language_is_written_in_its_own(ident: str) -> None:
    assert JAPANESE.search(reason(ident)["ja"]["title"])
    assert JAPANESE.search(reason(ident)["ja"]["summary"])
    assert not JAPANESE.search(reason(ident)["en"]["title"])
    assert not JAPANESE.search(reason(ident)["en"]["summary"])


@each("ident", IDS)
def test_what_ends_is_on_the_timeline_and_told_to_the_reader(ident: str) -> None:
    used = expiries_used(ident)
    assert used <= timeline()
    assert used <= set(reason(ident).get("expiries", ())), "what a step rests on must stand under 'expiries' too"


@each("ident", IDS)
def test_ids_of_messages_are_unique(ident: str) -> None:
    for locale in LOCALES:
        names = [message["id"] for message in reason(ident)[locale].get("messages", ())]
        assert len(names) == len(set(names))


@each("ident", IDS)
def test_nobody_is_told_to_send_without_encryption(ident: str) -> None:
    advice = "\n".join(step["text"] for locale in LOCALES for step in reason(ident)[locale]["steps"])
    assert not re.search("暗号化しない」?を(選|使)|(?i:choose|switch to|use) .{0,5}no encryption", advice)


def test_words_of_the_checker_are_the_same_in_all_languages() -> None:
    def shape(entry: Any) -> Any:
        if isinstance(entry, dict):
            return {key: shape(value) for key, value in entry.items()}
        return len(entry) if isinstance(entry, list) else sorted(re.findall(r"\{(\w+)\}", entry))

    words = data.load("bounce/words")
    first, *others = LOCALES
    for other in others:
        assert shape(words[other]) == shape(words[first])


@pytest.mark.parametrize("locale", LOCALES)
def test_every_actor_and_permanence_has_words(locale: str) -> None:
    words = data.load("bounce/words")[locale]
    assert set(words["actor"]) == {str(actor) for actor in Actor}
    assert {str(permanence) for permanence in Permanence} <= set(words["permanence"])
