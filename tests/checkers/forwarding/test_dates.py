"""What the answers say before, in, and after the month in which Gmail's two features end, and of facts that are old."""

import re
from datetime import date
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.forwarding import checker
from kakugen_checkers.forwarding.situation import phase
from kakugen_checkers.protocol import Verdict

from .conftest import TODAY, Ask

ROWS = data.load("forwarding/advice")["row"]
IN_THE_MONTH = date(2027, 1, 15)
AFTER = [date(2027, 2, 1), date(2028, 1, 1)]
ENDED = re.compile(
    r"情報を編集|アカウントとインポート|edit info|Accounts and Import|今から始めないで|Don't add|追加しないで"
)


def to_do(verdict: Verdict) -> str:
    parts: list[str] = [*verdict.cautions]
    steps = [*verdict.steps, *(step for section in verdict.sections for step in section.steps)]
    for step in steps:
        parts += [step.text, step.note, *step.where]
    return "\n".join(parts)


@pytest.mark.parametrize("entry", ["gmail-send-as", "gmail-pop-fetch"])
@pytest.mark.parametrize(
    ("day", "is_"),
    [
        (TODAY, "before"),
        (date(2026, 12, 31), "before"),
        (date(2027, 1, 1), "perhaps"),
        (date(2027, 1, 31), "perhaps"),
        (date(2027, 2, 1), "ended"),
        (date(2028, 1, 1), "ended"),
    ],
)
def test_each_day_of_the_announced_month_may_be_the_last(entry: str, day: date, is_: str) -> None:
    assert phase(entry, day) == is_


@each("locale", ["ja", "en"])
@each("today", AFTER)
@each("row", ROWS, ids=lambda row: row["id"])
def test_after_the_end_nothing_recommends_what_has_ended(
    row: dict[str, Any], today: date, locale: str, ask_forwarding: Ask
) -> None:
    for example in row["examples"]:
        verdict = ask_forwarding(example, today=today, locale=locale)
        assert not ENDED.search(to_do(verdict)), ENDED.search(to_do(verdict))
        assert verdict.steps or verdict.topic is None
        assert all(expiry.ended for expiry in verdict.expiries)


@pytest.mark.parametrize("answers", [{"sends": "send-as"}, {"arrives": ["pop-fetch"]}])
def test_until_the_end_the_day_is_named_and_the_way_there_is_clickable(answers: Any, ask_forwarding: Ask) -> None:
    for today in (TODAY, IN_THE_MONTH):
        verdict = ask_forwarding(answers, today=today, locale="ja")
        assert "アカウントとインポート" in to_do(verdict)
        assert [(expiry.until, expiry.month_only, expiry.ended) for expiry in verdict.expiries] == [
            ("2027-01-31", True, False)
        ]


@pytest.mark.parametrize("answers", [{"sends": "send-as"}, {"arrives": ["pop-fetch"]}])
def test_in_the_month_itself_it_may_already_have_stopped(answers: Any, ask_forwarding: Ask) -> None:
    assert "かもしれません" in ask_forwarding(answers, today=IN_THE_MONTH, locale="ja").title
    assert "may already have" in ask_forwarding(answers, today=IN_THE_MONTH).title


@pytest.mark.parametrize(
    ("today", "says"),
    [(TODAY, "ends in January 2027"), (IN_THE_MONTH, "this month"), (AFTER[0], "ended in"), (AFTER[1], "ended in")],
)
def test_every_answer_says_how_to_send_from_january_2027(today: date, says: str, ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["forward"], "destination": "gmail"}, today=today)
    section = next(section for section in verdict.sections if section.id == "sending")
    assert says in section.text
    assert "For your case" in section.text


def test_a_fact_of_the_host_past_its_day_says_that_it_is_old(ask_forwarding: Ask) -> None:
    answers = {"arrives": ["not-yet"], "host": "xserver", "destination": "gmail"}
    (fresh, *_), (old, *_) = (ask_forwarding(answers, today=day).steps for day in (TODAY, date(2028, 1, 1)))
    assert "out of date" not in fresh.note
    assert "This was checked on 2026-11-24 and may be out of date." in old.note
    assert old.where == fresh.where


def test_what_only_users_report_of_a_host_says_so(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["forward"], "host": "sakura"}, locale="ja")
    assert [caution for caution in verdict.cautions if "使っている人の記録によります" in caution]


@each("locale", ["ja", "en"])
@each("row", ROWS, ids=lambda row: row["id"])
def test_where_the_host_is_not_known_the_reader_is_sent_to_the_screen(
    row: dict[str, Any], locale: str, ask_forwarding: Ask
) -> None:
    """Whatever is said of a host comes from that host: without one there is no limit, server or button to be named."""
    for example in row["examples"]:
        answers = {name: value for name, value in example.items() if name != "host"}
        verdict = ask_forwarding(answers, locale=locale)
        for step in (*verdict.steps, *(step for section in verdict.sections for step in section.steps)):
            if step.where and step.where[0] in ("サーバー会社の管理画面", "Hosting company's control panel"):
                assert not re.search(r"\d", step.note), step.note
                if step.note:
                    assert re.search("確かめ|探し|聞け|not confirmed|Look|ask", step.note)


def test_there_is_a_topic_for_every_host(ask_forwarding: Ask) -> None:
    hosts = [choice.id for choice in checker.form.fields[0].choices if choice.id != "unknown"]
    assert len(hosts) > 30
    for host in hosts:
        assert f"host/{host}" in checker.topics
        assert f"host/{host}" in ask_forwarding({"arrives": ["forward"], "host": host}).topics
