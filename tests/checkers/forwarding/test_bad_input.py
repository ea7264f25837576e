"""Answers that cannot be used: each is named, and the rest is answered as if it were not there."""

import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from kakugen_checkers.forwarding import checker
from kakugen_checkers.forwarding.entered import MAX_TEXT, spoken
from kakugen_checkers.protocol import Status, to_json

from .conftest import TODAY, Ask, any_answers

GOOD = {"arrives": ["forward"], "copy": "yes", "host": "xserver", "destination": "gmail"}
NUMBERS = ["quota", "used", "daily", "size", "boxes", "rate"]
NOVEL = "吾輩は猫である。名前はまだ無い。" * 20


@each("field", NUMBERS)
@each(
    ("value", "says"),
    [
        (-3.0, "-3"),
        (-3, "-3"),
        ("−３", "−３"),
        (1e99, "1e+99"),
        (math.inf, "inf"),
        (-math.inf, "-inf"),
        (math.nan, "nan"),
        ("たくさん", "たくさん"),
        ("1.2.3", "1.2.3"),
        (10**400, "…"),
        (True, "cannot be read"),
        (b"5", "cannot be read"),
        (("5",), "cannot be read"),
    ],
)
def test_a_bad_number_is_named_and_the_rest_is_answered(field: str, value: Any, says: str, ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({**GOOD, field: value})
    (complaint,) = verdict.questions
    label = next(one.label["en"] for one in checker.form.fields if one.id == field)
    assert f"“{label}”" in complaint
    assert says in complaint
    without = ask_forwarding(GOOD)
    assert replace(verdict, questions=()) == replace(without, questions=())


def test_a_quota_of_minus_three_is_said_in_japanese(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({**GOOD, "quota": -3.0}, locale="ja")
    assert verdict.questions == (
        "「メールボックスの容量」に -3 と入っています。1 以上の数を入れてください。この欄は使わずにお答えしています。",
    )


@pytest.mark.parametrize("value", ["1,000", "１０００", " 1000 ", 1000, 1000.0, "1e3"])
def test_a_number_may_be_written_in_many_ways(value: Any, ask_forwarding: Ask) -> None:
    written = ask_forwarding({**GOOD, "used": 500, "daily": 50, "size": 100, "quota": value})
    assert written.questions == ()
    assert "about 102 days" in written.sections[0].text + written.title


def test_records_that_are_a_novel_are_said_to_hold_none(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({**GOOD, "records": NOVEL}, locale="ja")
    assert [complaint for complaint in verdict.questions if "DNSの記録が見つかりませんでした" in complaint]
    assert verdict.topic == "forwarding/copies-pile-up"
    assert "records" not in next(entry for entry in verdict.handovers if entry.checker == "records").answers


def test_a_long_paste_is_read_at_its_start_and_that_is_said(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({**GOOD, "hints": "sv1.xserver.jp\n" + "長" * MAX_TEXT})
    (complaint,) = verdict.questions
    assert "first 50,000 characters" in complaint


@pytest.mark.parametrize("field", ["host", "copy", "sends", "destination"])
@pytest.mark.parametrize("value", ["no-such-option", 5.0, True, ("forward",), b"x"])
def test_an_option_that_does_not_exist_is_named(field: str, value: Any, ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["webmail"], field: value})
    (complaint,) = verdict.questions
    assert next(one.label["en"] for one in checker.form.fields if one.id == field) in complaint
    assert verdict.status is Status.IDENTIFIED


def test_one_wrong_tick_leaves_the_others(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["forward", "pigeon", "owl"]})
    (complaint,) = verdict.questions
    assert "pigeon" in complaint
    assert "forwarding/copy-unknown" in verdict.topics


@pytest.mark.parametrize(
    "value", ["example.jp", "info@example.jp", " <Info@EXAMPLE.jp> ", "ｅｘａｍｐｌｅ．ｊｐ", "例え.jp"]
)
def test_a_domain_or_an_address_may_be_entered(value: str, ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({**GOOD, "domain": value})
    assert verdict.questions == ()
    assert ".jp" in verdict.messages[0].text


@pytest.mark.parametrize("value", ["example", "example jp", "https://example.jp/", "a@b", "@", "…", "a" * 5000])
def test_what_is_no_domain_is_named(value: str, ask_forwarding: Ask) -> None:
    (complaint,) = ask_forwarding({**GOOD, "domain": value}).questions
    assert "looks neither like a domain" in complaint


def test_more_used_than_there_is_counts_as_full_and_is_said(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({**GOOD, "quota": 200, "used": 300})
    assert verdict.topic == "forwarding/copies-pile-up"
    assert "full" in verdict.title
    (complaint,) = verdict.questions
    assert "More is used (300 MB) than the mailbox holds (200 MB)" in complaint


def test_hints_that_name_several_hosts_ask_which(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["forward"], "hints": "エックスサーバー\nさくらのレンタルサーバ"}, locale="ja")
    (complaint,) = verdict.questions
    assert "エックスサーバー" in complaint
    assert "さくら" in complaint
    assert not [topic for topic in verdict.topics if topic.startswith("host/")]


def test_hints_that_name_no_host_are_said_to(ask_forwarding: Ask) -> None:
    (complaint,) = ask_forwarding({"arrives": ["forward"], "hints": "よく分かりません"}).questions
    assert "does not tell the hosting company" in complaint


def test_a_chosen_host_goes_before_a_pasted_one(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["forward"], "host": "sakura", "hints": "sv1.xserver.jp"})
    assert "host/sakura" in verdict.topics
    assert verdict.questions == ()


def test_the_server_that_tells_the_host_is_quoted(ask_forwarding: Ask) -> None:
    hints = "ご契約ありがとうございます。\n  送信サーバー: SV12345.xserver.jp です"
    (evidence,) = ask_forwarding({"arrives": ["forward"], "hints": hints}).evidence
    assert evidence.text == "SV12345.xserver.jp"
    assert hints[evidence.start : evidence.end] == evidence.text
    assert evidence.before == "  送信サーバー: "
    assert evidence.after == " です"


@pytest.mark.parametrize(("number", "text"), [(1500, "1,500"), (-3.0, "-3"), (0.5, "0.5"), (1e99, "1e+99")])
def test_numbers_are_told_as_people_write_them(number: float, text: str) -> None:
    assert spoken(number) == text


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(),
    st.text(),
    st.binary(),
    st.lists(st.text()).map(tuple),
    st.sampled_from(["forward", "yes", "no", "xserver", "v=spf1 -all", "-3", "1e999", "unknown", "\ud800", "{days}"]),
)


@given(
    answers=st.fixed_dictionaries({}, optional={field.id: VALUES for field in checker.form.fields}),
    day=st.dates(),
    locale=st.sampled_from(["ja", "en", "fr"]),
)
def test_any_answers_on_any_day_get_a_verdict(answers: dict[str, Any], day: Any, locale: str) -> None:
    verdict = checker.run(answers, today=day, locale=locale)
    assert verdict.title
    assert json.loads(to_json(verdict))["checker"] == "forwarding"


@given(answers=any_answers())
def test_usual_answers_get_advice_without_complaints_about_their_form(answers: dict[str, Any]) -> None:
    verdict = checker.run(answers, today=TODAY, locale="en")
    assert set(verdict.topics) <= set(checker.topics)
    assert (verdict.status is Status.UNKNOWN) is (verdict.topic is None)
    assert not [complaint for complaint in verdict.questions if "cannot be read" in complaint]
    everything = to_json(verdict)
    assert "{" not in "".join(step.text + step.note for step in verdict.steps), "a placeholder was left"
    assert everything.isascii()


def test_answers_do_not_depend_on_the_process() -> None:
    ask = (
        "from datetime import date\nfrom kakugen_checkers.forwarding import checker\n"
        "from kakugen_checkers.protocol import to_json\n"
        "print(to_json(checker.run({'arrives': ('forward', 'client-pop', 'pop-fetch'), 'important': ('banks', 'saas'),"
        " 'lacks': ('dmarc', 'spf'), 'sends': 'send-as', 'host': 'sakura', 'boxes': 9.0},"
        " today=date(2026, 11, 24), locale='ja')))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", ask],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "v=spf1 " * 150_000, "@." * 500_000, "\n" * 1_000_000, "あ" * 1_000_000]
)
def test_a_million_characters_are_answered(text: str, ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({**GOOD, "records": text, "hints": text, "domain": text})
    assert verdict.topic == "forwarding/copies-pile-up"
