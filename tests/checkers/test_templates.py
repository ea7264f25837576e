"""What the templates write is read by the checkers as if a person had written it."""

import tomllib
from datetime import date
from typing import Any

import pytest

from kakugen_checkers.bounce.rules import _rule, all_rules
from kakugen_checkers.protocol import Template
from kakugen_checkers.templates import host, rule

TODAY = date(2026, 11, 24)
RULE = {
    "id": "kettle-is-full",
    "example": '550 5.2.2 The kettle of <info@example.com> is "full"',
    "match": "the kettle ... is",
    "reason": "mailboxfull",
    "source": "https://kettle.example/errors",
}
HOST = {
    "id": "kettle_mail",
    "kind": "rental",
    "name-ja": "やかんメール",
    "name-en": "Kettle Mail",
    "hostnames": "*.kettle.example, mail.kettle.example",
    "panel-ja": "「メール」です。",
    "panel-en": "“メール” (mail).",
    "path": "管理画面 > メール",
    "source": "https://kettle.example/manual",
}


def written(template: Template, answers: dict[str, str]) -> dict[str, Any]:
    (text,) = template.texts(answers, today=TODAY)
    return tomllib.loads(text.head + text.text)


def test_both_are_templates_and_ask_in_every_language() -> None:
    for template in (host, rule):
        assert isinstance(template, Template)
        assert all(set(field.label) == {"ja", "en"} for field in template.form.fields)


def test_a_rule_is_one_that_the_checker_can_use() -> None:
    assert rule.problem(RULE, "en") == ""
    (entry,) = written(rule, RULE)["rule"]
    read = _rule("x", entry, None)
    assert (read.reason, read.examples, read.checked) == ("mailboxfull", (RULE["example"],), TODAY)
    assert read.patterns[0].search(RULE["example"].lower())


def test_a_rule_goes_into_the_file_of_its_reason_or_of_its_mail_system() -> None:
    (any_,) = rule.texts(RULE, today=TODAY)
    (google,) = rule.texts(RULE | {"system": "google"}, today=TODAY)
    assert (any_.path, google.path) == (
        "data/bounce/rules/any/mailboxfull.toml",
        "data/bounce/rules/google.toml",
    )
    assert any_.extends


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Kettle!"}, "small letters"),
        ({"id": all_rules()[0].id}, "already"),
        ({"reason": "kettle"}, "The reason is one of"),
        ({"system": "kettle"}, "The mail system is one of"),
        ({"match": "the (pot"}, "cannot be read"),
        ({"match": "the pot"}, "do not stand in the line"),
    ],
)
def test_answers_that_make_no_rule_say_what_to_write(change: dict[str, str], said: str) -> None:
    assert said in rule.problem(RULE | change, "en")
    assert rule.problem(RULE | change, "ja")


def test_a_host_has_a_file_of_its_own() -> None:
    assert host.problem(HOST, "en") == ""
    (text,) = host.texts(HOST, today=TODAY)
    assert (text.path, text.extends) == ("data/hosts/kettle_mail.toml", False)
    read = written(host, HOST)
    assert read["hostnames"] == ["*.kettle.example", "mail.kettle.example"]
    assert read["name"] == {"ja": "やかんメール", "en": "Kettle Mail"}
    assert read["facts"]["panel"]["path"] == ["管理画面", "メール"]
    assert read["review"] > read["checked"] == TODAY
    assert '"kettle_mail"' in host.advice(HOST, "en")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Kettle Mail"}, "small letters"),
        ({"kind": "shop"}, "The kind is one of: rental"),
        ({"hostnames": "kettle"}, "names of servers"),
        ({"hostnames": ""}, "names of servers"),
        ({"source": "a friend"}, "https://"),
    ],
)
def test_answers_that_make_no_host_say_what_to_write(change: dict[str, str], said: str) -> None:
    assert said in host.problem(HOST | change, "en")
