"""Every rule has its number and its sentences in every language, and they can be filled in."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from tests.each import each

from kakugen.knowledge import Fault, Place, Rule, Term
from kakugen.knowledge.faults import LOCALES, messages_in

HOLE = re.compile(r"(?<!\{)\{(\w+)\}")


def cures(message: Any) -> Iterator[tuple[str, str]]:
    write = message["write"]
    yield from write.items() if isinstance(write, dict) else [("", write)]


def test_numbers_are_given_once_and_in_order() -> None:
    assert [rule.number for rule in Rule] == [f"KB{number:03}" for number in range(1, len(Rule) + 1)]


@pytest.mark.parametrize("locale", LOCALES)
def test_there_is_one_message_for_every_rule_and_no_other(locale: str) -> None:
    assert set(messages_in(locale)) == {*map(str, Rule), "words"}
    assert all(set(messages_in(locale)[rule]) == {"wrong", "write", "why"} for rule in Rule)


@each("locale", LOCALES)
@each("rule", list(Rule))
def test_a_message_says_what_is_wrong_and_what_to_write(rule: Rule, locale: str) -> None:
    message = messages_in(locale)[rule]
    for case, write in cures(message):
        holes = dict.fromkeys(HOLE.findall(message["wrong"] + write), "…")
        text = Fault(rule, Place("docs/x.md", 3), holes, case).text(locale)
        assert text.startswith("docs/x.md:3: ")
        assert text.endswith(f" [{rule.number} {rule}]")
        assert "\n" not in text


@each("rule", list(Rule))
def test_a_translated_message_has_the_cures_of_the_english_and_no_hole_of_its_own(rule: Rule) -> None:
    english, japanese = (messages_in(locale)[rule] for locale in ("en", "ja"))
    assert dict(cures(japanese)).keys() == dict(cures(english)).keys()
    for case, write in cures(japanese):
        given = HOLE.findall(english["wrong"] + dict(cures(english))[case])
        assert set(HOLE.findall(japanese["wrong"] + write)) <= set(given), case


def test_words_of_the_messages_are_translated_and_words_of_the_author_are_not() -> None:
    details = {"kind": Term("article"), "key": "article", "example": "…"}
    fault = Fault(Rule.MISSING_KEY, Place("x.md"), details)
    assert fault.wrong("ja") == "記事に「article」がありません。"
    assert set(messages_in("ja")["words"]) == set(messages_in("en")["words"])


def test_a_language_without_messages_speaks_english() -> None:
    fault = Fault(Rule.UNCLOSED, Place("x.md"), {})
    assert fault.text("xx") == fault.text("en")
