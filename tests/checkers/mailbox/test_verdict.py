"""The mailbox checker as a whole: any input is answered, dates fall where they must, and data hold together."""

import json
import math
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.hosts import hosts
from kakugen_checkers.mailbox import checker
from kakugen_checkers.mailbox.outcome import TOPICS
from kakugen_checkers.mailbox.units import Fault, read_number
from kakugen_checkers.mailbox.wording import size
from kakugen_checkers.protocol import Checker, Status, Verdict, answers_from_json, to_json

DAYS = [date(2026, 11, 24), date(2027, 1, 15), date(2027, 2, 1), date(2028, 1, 1)]
MAXIMS = {path.stem for path in (Path(__file__).parents[3] / "docs/ja/maxims").glob("*.md")}
FIELDS = {field["id"]: field for field in data.load("mailbox/form")["field"]}
NUMBERS = [ident for ident, field in FIELDS.items() if field["kind"] == "number"]

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-5, 10_000).map(float),
    st.text(max_size=30),
    st.binary(max_size=20),
    st.lists(st.text(max_size=8), max_size=3).map(tuple),
    st.sampled_from(
        ["-3", "1e99", "NaN", "２００", "2GB", "1,000", "∞", "約30", "30通", "0", "-0", "1e-400", "９" * 400]
    ),
)


def chosen(ident: str) -> st.SearchStrategy[Any]:
    options = [one["id"] for one in FIELDS[ident].get("choices", ())] or [host.id for host in hosts()]
    if FIELDS[ident]["kind"] == "choices":
        return st.lists(st.sampled_from(options), max_size=3, unique=True).map(tuple)
    return st.sampled_from(options)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        ident: st.one_of(
            VALUES,
            st.integers(1, 5_000).map(float)
            if ident in NUMBERS
            else st.sampled_from(["使用量 180MB / 200MB", "残り 12MB", "90%", "over quota"])
            if ident == "hints"
            else chosen(ident),
        )
        for ident in FIELDS
    },
)


def ask(answers: dict[str, Any], *, today: date = DAYS[0], locale: str = "ja") -> Verdict:
    return checker.run(answers, today=today, locale=locale)


def sentences(text: str) -> int:
    return text.count("。") + len(re.findall(r"[.?!](?: |$)", text))


def check(verdict: Verdict, answers: dict[str, Any]) -> None:
    """What holds for every verdict."""
    assert json.loads(to_json(verdict))
    assert verdict.title
    assert verdict.summary
    assert 1 <= sentences(verdict.summary) <= 3, verdict.summary
    assert (verdict.topic is None) is (verdict.status is Status.UNKNOWN)
    assert set(verdict.topics) <= set(checker.topics)
    assert verdict.topics
    assert verdict.actor
    assert verdict.steps
    assert set(verdict.maxims) <= MAXIMS
    everything = json.dumps(json.loads(to_json(verdict)), ensure_ascii=False)
    assert not re.search(r"\{[a-z_]+\}", everything), everything
    hints = answers.get("hints")
    for entry in verdict.evidence:
        assert isinstance(hints, str | bytes)
        if isinstance(hints, str):
            assert hints[entry.start : entry.end] == entry.text
    for figure in verdict.figures:
        assert figure.rows
        assert all(len(row) == len(figure.columns) for row in figure.rows)
        if figure.kind == "line":
            days = [date.fromisoformat(str(row[0])) for row in figure.rows]
            assert days == sorted(set(days))
            assert all(isinstance(value, float) and math.isfinite(value) for row in figure.rows for value in row[1:])
            assert all(str(days[0]) <= str(mark.at) <= str(days[-1]) for mark in figure.marks)


def test_it_is_a_checker() -> None:
    assert isinstance(checker, Checker)
    assert set(checker.topics) >= {f"mailbox/{topic}" for topic in TOPICS}
    assert all(checker.topic_title(topic, locale) for topic in checker.topics for locale in checker.locales)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(ANSWERS, st.sampled_from(DAYS), st.sampled_from(["ja", "en", "fr", ""]))
def test_any_input_gives_a_verdict(answers: dict[str, Any], today: date, locale: str) -> None:
    verdict = ask(answers, today=today, locale=locale)
    check(verdict, answers)
    assert verdict.locale == (locale if locale in checker.locales else "ja")


@pytest.mark.parametrize("today", [date.min, date.max, date(9999, 12, 30), date(2028, 2, 29)])
def test_any_day_gives_a_verdict(today: date) -> None:
    check(ask({"quota": 200.0, "used": 100.0, "daily": 30.0}, today=today), {})


@each("locale", ["ja", "en"])
@each("ident", NUMBERS)
@each("value", [-3.0, 1e99, math.nan, math.inf, "a novel", "-3", "1e99", "NaN", True, ("x",), b"1"])
def test_a_bad_number_is_named_and_the_rest_is_kept(ident: str, value: Any, locale: str) -> None:
    rest = {"quota": 200.0, "used": 180.0, "daily": 30.0, "size": 100.0}
    verdict = ask({**rest, ident: value}, locale=locale)
    label = FIELDS[ident]["label"][locale]
    assert any(label in question for question in verdict.questions), verdict.questions
    kept = {fact.id: fact.value for fact in verdict.facts}
    for name in {"quota", "used"} - {ident}:
        assert kept[name] == size(rest[name])


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("200", 200),
        ("２００", 200),
        ("1,000", 1000),
        ("2GB", 2048),
        (" 180.5 MB ", 180.5),
        ("512KB", None),
        ("0.5GB", 512),
    ],
)
def test_a_number_may_be_typed_as_people_write_it(text: str, number: float | None) -> None:
    value = read_number(text, FIELDS["quota"])
    assert value == number if number is not None else isinstance(value, Fault)


@pytest.mark.parametrize("text", ["", "  ", None, ()])
def test_an_empty_number_is_no_fault(text: Any) -> None:
    assert read_number(text, FIELDS["quota"]) is None


def test_a_size_in_kilobytes_may_be_typed_in_megabytes() -> None:
    assert read_number("2MB", FIELDS["size"]) == 2048


@given(left=st.integers(1, 4_000), inflow=st.integers(1, 50))
def test_the_day_told_is_the_day_that_division_gives(left: int, inflow: int) -> None:
    answers = {"quota": 5_000.0, "used": 5_000.0 - left, "daily": float(inflow), "size": 1024.0}
    line = next(figure for figure in ask(answers).figures if figure.kind == "line")
    days = left // inflow
    if days <= 3652:
        assert line.marks[0].at == (DAYS[0] + timedelta(days=days)).isoformat()


@given(daily=st.integers(1, 200), more=st.integers(1, 200))
def test_more_mail_never_makes_it_later(daily: int, more: int) -> None:
    def mark(count: int) -> str:
        verdict = ask({"quota": 1_000.0, "used": 100.0, "daily": float(count), "size": 100.0})
        marks = [str(mark.at) for figure in verdict.figures for mark in figure.marks]
        return marks[0] if marks else "9999"

    assert mark(daily + more) <= mark(daily)


def test_every_combination_of_habits_has_a_way_with_all_its_parts() -> None:
    ways = data.load("mailbox/ways")["way"]
    assert len({way["id"] for way in ways}) == len(ways)
    for way in ways:
        assert way["sources"]
        for locale in ("ja", "en"):
            texts = way[locale]
            assert all(texts[key] for key in ("name", "curve", "change", "after", "cost", "steps", "check", "back"))
    arrives = [
        (),
        ("forward",),
        ("pop-fetch",),
        ("client-pop",),
        ("client-imap",),
        ("webmail",),
        ("forward", "client-imap"),
    ]
    deletes = [(), *((one["id"],) for one in FIELDS["deletes"]["choices"])]
    for reading in arrives:
        for deleting in deletes:
            for copy in ("", "yes", "no", "unknown"):
                answers = {
                    "arrives": reading,
                    "deletes": deleting,
                    "copy": copy,
                    "quota": 500.0,
                    "used": 450.0,
                    "daily": 9.0,
                }
                check(ask(answers), answers)
                check(ask(answers, locale="en"), answers)


def test_forwarding_without_a_copy_is_not_advised_to_who_reads_on_the_server() -> None:
    for place in ("client-imap", "webmail"):
        verdict = ask({"arrives": ("forward", place), "copy": "yes", "quota": 500.0, "used": 450.0, "daily": 9.0})
        assert not any("転送専用" in step.text or "残さない設定にします" in step.text for step in verdict.steps)


@each("host", hosts(), ids=lambda host: host.id)
def test_every_host_is_answered_in_its_own_words(host: Any) -> None:
    answers = {"host": host.id, "arrives": ("forward",), "copy": "yes", "quota": 500.0, "used": 450.0, "daily": 9.0}
    for locale in ("ja", "en"):
        verdict = ask(answers, locale=locale)
        check(verdict, answers)
        assert host.topic in verdict.topics
        assert any(host.fact("forward-only").text[locale] in step.text for step in verdict.steps)
        assert all(trap.text[locale] in verdict.cautions for trap in host.traps)


def test_a_fact_past_its_review_date_says_that_it_is_old() -> None:
    answers = {"host": "xserver", "arrives": ("forward",), "copy": "yes", "quota": 500.0, "used": 450.0, "daily": 9.0}
    assert "古くなっているかもしれません" not in to_text(ask(answers))
    assert "古くなっているかもしれません" in to_text(ask(answers, today=date(2028, 1, 1)))


def to_text(verdict: Verdict) -> str:
    return json.dumps(json.loads(to_json(verdict)), ensure_ascii=False)


@pytest.mark.parametrize("name", ["mailbox/words", "passwords/words"])
def test_both_languages_have_the_same_words(name: str) -> None:
    words = data.load(name)

    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            # names of months are needed in one language only
            return {key: shape(entry) for key, entry in value.items() if key != "month_names"}
        if isinstance(value, list):
            return [shape(entry) for entry in value]
        return type(value).__name__

    assert shape(words["ja"]) == shape(words["en"])


def test_what_was_said_survives_the_journey_through_json() -> None:
    answers = answers_from_json('{"hints": "使用量 180MB / 200MB", "daily": 30, "arrives": ["forward"]}')
    assert checker.run(answers, today=DAYS[0], locale="ja").topic == "mailbox/fills-soon"
