"""The protocol: the JSON form of answers and verdicts, and what makes a checker one."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import date
from importlib.metadata import entry_points
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakugen_checkers.bounce import checker
from kakugen_checkers.bounce.rules import all_rules
from kakugen_checkers.protocol import (
    SCHEMA_VERSION,
    Actor,
    Alternative,
    Checker,
    Evidence,
    Expiry,
    Fact,
    FieldKind,
    Figure,
    Handover,
    Labelled,
    Mark,
    Message,
    Permanence,
    Section,
    Status,
    Step,
    Verdict,
    answers_from_json,
    to_json,
)

# The JSON form of a verdict, key by key. A change here is a change of the contract with pages and pipes: a key is
# added, never renamed or taken away, without a new SCHEMA_VERSION.
VERDICT = {
    "checker": "bounce",
    "locale": "en",
    "status": "ambiguous",
    "topic": "bounce/userunknown",
    "title": "title",
    "summary": "summary",
    "topics": ["bounce/userunknown", "host/example"],
    "confidence": 0.75,
    "confidence_meaning": "probably",
    "permanence": {"id": "permanent", "label": "waiting won't help"},
    "actor": {"id": "reader", "label": "you"},
    "speaker": {"id": "remote", "label": "the other side"},
    "evidence": [
        {"field": "mail", "text": "words", "shows": "meaning", "start": 4, "end": 9, "before": "the ", "after": "."},
        {"field": "mail", "text": "words", "shows": "meaning", "start": None, "end": None, "before": "", "after": ""},
    ],
    "facts": [{"id": "reply-code", "label": "Reply code", "value": "550", "note": ""}],
    "steps": [{"text": "do", "where": ["Settings", "Mail"], "note": "mind", "topic": None}],
    "cautions": ["don't"],
    "questions": ["what changed?"],
    "alternatives": [{"topic": "bounce/filtered", "title": "t", "summary": "s", "tell_apart": "look"}],
    "maxims": ["two-causes"],
    "expiries": [
        {"id": "e", "text": "ends", "until": "2027-01-31", "month_only": True, "ended": False, "source": "https://…"}
    ],
    "messages": [{"id": "to-host", "to": "host", "label": "for", "text": "Hello"}],
    "figures": [
        {
            "id": "f",
            "kind": "bars",
            "title": "t",
            "columns": ["a", "b"],
            "rows": [["x", 1.5], [None, 2]],
            "note": "n",
            "marks": [{"at": "x", "label": "here"}],
        }
    ],
    "sections": [
        {
            "id": "verify",
            "title": "t",
            "text": "x",
            "steps": [{"text": "do", "where": [], "note": "", "topic": "bounce/filtered"}],
            "checklist": True,
        }
    ],
    "handovers": [{"checker": "mailbox", "label": "l", "answers": {"quota": 200.0, "places": ["phone"]}}],
    "report": "masked",
}


def whole_verdict() -> Verdict:
    return Verdict(
        checker="bounce",
        locale="en",
        status=Status.AMBIGUOUS,
        topic="bounce/userunknown",
        title="title",
        summary="summary",
        topics=("bounce/userunknown", "host/example"),
        confidence=0.75,
        confidence_meaning="probably",
        permanence=Labelled(id=Permanence.PERMANENT, label="waiting won't help"),
        actor=Labelled(id=Actor.READER, label="you"),
        speaker=Labelled(id="remote", label="the other side"),
        evidence=(
            Evidence(field="mail", text="words", shows="meaning", start=4, end=9, before="the ", after="."),
            Evidence(field="mail", text="words", shows="meaning"),
        ),
        facts=(Fact(id="reply-code", label="Reply code", value="550"),),
        steps=(Step(text="do", where=("Settings", "Mail"), note="mind"),),
        cautions=("don't",),
        questions=("what changed?",),
        alternatives=(Alternative(topic="bounce/filtered", title="t", summary="s", tell_apart="look"),),
        maxims=("two-causes",),
        expiries=(Expiry(id="e", text="ends", until="2027-01-31", month_only=True, ended=False, source="https://…"),),
        messages=(Message(id="to-host", to=Actor.HOST, label="for", text="Hello"),),
        figures=(
            Figure(
                id="f",
                kind="bars",
                title="t",
                columns=("a", "b"),
                rows=(("x", 1.5), (None, 2)),
                note="n",
                marks=(Mark(at="x", label="here"),),
            ),
        ),
        sections=(
            Section(
                id="verify", title="t", text="x", steps=(Step(text="do", topic="bounce/filtered"),), checklist=True
            ),
        ),
        handovers=(Handover(checker="mailbox", label="l", answers={"quota": 200.0, "places": ("phone",)}),),
        report="masked",
    )


def keys_of(value: Any) -> Any:
    """The shape of a JSON value: its keys, those of the first entry of each list; those of answers are free."""
    if isinstance(value, dict):
        return {key: None if key == "answers" else keys_of(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [keys_of(value[0])] if value and isinstance(value[0], dict) else []
    return None


def test_the_json_of_a_verdict_is_as_documented() -> None:
    assert json.loads(to_json(whole_verdict())) == VERDICT
    assert SCHEMA_VERSION == 1


def test_the_json_names_every_field_of_a_verdict_and_nothing_else() -> None:
    assert list(json.loads(to_json(whole_verdict()))) == [field.name for field in fields(Verdict)]


PASTES = ["", "hello", "550 5.1.1 User unknown", "550 Unknown user a@docomo.ne.jp", "535 5.7.8"]


@pytest.mark.parametrize("mail", PASTES)
def test_verdicts_of_the_bounce_checker_have_these_keys_and_no_others(mail: str, ask: Any) -> None:
    raw = json.loads(to_json(ask(mail)))
    assert list(raw) == list(VERDICT)
    for key, entry in raw.items():
        if isinstance(entry, list) and entry and isinstance(entry[0], dict):
            assert keys_of(entry) == keys_of(VERDICT[key]), key
        if isinstance(entry, dict):
            assert keys_of(entry) == keys_of(VERDICT[key]), key
    assert raw["status"] in {"identified", "ambiguous", "unknown"}


def test_json_is_one_line_of_ascii_whatever_was_pasted(ask: Any) -> None:
    text = to_json(ask("550 5.1.1 User unknown \u2028 \ud800 宛先 \x00\n\r"))
    assert text.isascii()
    assert "\n" not in text
    assert "\r" not in text


@given(st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
                    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))  # fmt: skip
def test_plain_values_are_written_as_they_are(value: Any) -> None:
    assert json.loads(to_json(value)) == value


# ------------------------------------------------------------------ answers


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("{}", {}),
        ('{"mail": "550"}', {"mail": "550"}),
        ('{"mail": ""}', {"mail": ""}),
        ('{"mail": {"base64": "NTUwIAA="}}', {"mail": b"550 \x00"}),
        ('{"mail": {"base64": ""}}', {"mail": b""}),
        ('{"size": 5, "share": 0.5}', {"size": 5.0, "share": 0.5}),
        ('{"forwards": true, "keeps": false}', {"forwards": True, "keeps": False}),
        ('{"places": ["phone", "gmail"], "hosts": []}', {"places": ("phone", "gmail"), "hosts": ()}),
        ('{"mail": null}', {"mail": None}),
        (r'{"mail": "\ud800 \u2028 \u0000"}', {"mail": "\ud800 \u2028 \x00"}),
    ],
)
def test_every_kind_of_answer_is_read(text: str, answers: Mapping[str, Any]) -> None:
    read = answers_from_json(text)
    assert read == answers
    assert [type(value) for value in read.values()] == [type(value) for value in answers.values()]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Expecting value"),
        ("{", "Expecting property name"),
        ("[]", "must be a JSON object"),
        ('"550"', "must be a JSON object"),
        ("null", "must be a JSON object"),
        ('{"mail": ["550", 5]}', "answer 'mail': not text"),
        ('{"mail": {"base64": "A"}}', "answer 'mail': not base64"),
        ('{"mail": {"base64": "あ"}}', "answer 'mail': not base64|ASCII"),
        ('{"mail": {"base64": 5}}', "answer 'mail': not text"),
        ('{"mail": {"text": "550"}}', "answer 'mail': not text"),
        ("[" * 200_000, "nested too deeply"),
        ('{"mail":' * 200_000, "nested too deeply"),
    ],
)
def test_what_is_no_answer_is_a_value_error_that_says_why(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        answers_from_json(text)


@given(st.text())
def test_any_text_is_answers_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert isinstance(answers_from_json(text), dict)


FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@given(st.dictionaries(st.text(), st.none() | st.booleans() | st.text() | FLOATS))
def test_answers_survive_the_way_through_json(answers: dict[str, Any]) -> None:
    assert answers_from_json(json.dumps(answers)) == answers


# ------------------------------------------------------------------ what a checker is


def test_the_bounce_checker_is_a_checker_and_is_registered() -> None:
    assert isinstance(checker, Checker)
    (entry,) = entry_points(group="kakugen.checkers", name="bounce")
    assert entry.load() is checker


def test_the_form_is_complete_in_every_language() -> None:
    form = checker.form
    texts = [form.title, form.intro, form.submit]
    for field in form.fields:
        texts += [field.label, field.help, field.placeholder]
    for text in texts:
        assert set(text) == set(checker.locales)
        assert all(text.values())


def test_the_form_asks_for_one_text_that_may_be_a_file() -> None:
    (field,) = checker.form.fields
    assert (field.id, field.kind, field.required) == ("mail", FieldKind.TEXT, True)
    assert {".eml", ".txt"} <= set(field.accepts)


def test_every_topic_that_a_rule_can_lead_to_is_declared() -> None:
    led_to = {reason for rule in all_rules() for reason in (rule.reason, rule.other) if reason}
    assert {f"bounce/{reason}" for reason in led_to} <= set(checker.topics)


def test_topics_are_unique_and_have_titles_in_every_language() -> None:
    assert len(checker.topics) == len(set(checker.topics))
    for locale in checker.locales:
        titles = [checker.topic_title(topic, locale) for topic in checker.topics]
        assert all(titles)
        assert len(titles) == len(set(titles)), "two reasons with one title cannot be told apart"


def test_reference_tables_are_whole() -> None:
    tables = list(checker.references())
    assert {table.id for table in tables} == {"bounce-reasons", "bounce-codes"}
    for table in tables:
        assert set(table.title) == set(table.intro) == set(checker.locales)
        assert table.rows
        assert len({row.id for row in table.rows}) == len(table.rows)
        for row in table.rows:
            assert len(row.cells) == len(table.columns)
            assert row.topic in checker.topics
            assert row.source
            assert date.fromisoformat(row.checked) <= date.today()
            for cell in row.cells:
                assert set(cell) in ({""}, set(checker.locales))


def test_the_table_of_reasons_lists_every_topic() -> None:
    table = next(table for table in checker.references() if table.id == "bounce-reasons")
    assert {row.topic for row in table.rows} == {topic for topic in checker.topics if topic.startswith("bounce/")}


def test_the_table_of_codes_holds_reply_codes_and_status_codes() -> None:
    table = next(table for table in checker.references() if table.id == "bounce-codes")
    codes = {code for group in table.groups for code in (group.id, *group.anchors)}
    assert {"5.2.2", "4.2.2", "535"} <= codes
