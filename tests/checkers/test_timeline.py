"""The timeline: what the answer to the first case says before and after the end of Gmail's features."""

import re
import tomllib
from datetime import date
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.bounce import checker
from kakugen_checkers.bounce.reasons import reason_ids
from kakugen_checkers.timeline import expiries, has_ended, may_have_ended

ENTRIES = {entry["id"]: entry for entry in data.load("timeline")["entry"]}
NOTICE = "535 5.7.8 Error: authentication failed"
BEFORE = [date(2026, 11, 24), date(2027, 1, 31)]
AFTER = [date(2027, 2, 1), date(2028, 1, 1)]
# One paste for each reason whose advice rests on them.
PASTES = {
    "sendingpassword": NOTICE,
    "sendingcertificate": "TLS Negotiation failed, the certificate doesn't match the host.",
    "sendingencryption": "STARTTLS not supported and the user requires enforcement., code: 500",
    "sendingunreachable": "Couldn't reach server. Please double-check the server and port number.",
    "foreignip": "550 5.7.1 <tanaka@example.com>... Command rejected",
    "securityerror": "550 5.7.3 Cannot achieve Exchange Server authentication",
    "forwardingauth": "<shop@gmail.com> (expanded from <info@example.jp>): host mx.example.com[192.0.2.26] said: "
    "550 5.7.26 Your email has been blocked because the sender is unauthenticated. (in reply to end of DATA command)",
}
ENDED = re.compile(
    r"(「|\[)名前(」|\])の欄|Gmailの「名前」|情報を編集|他のアカウントのメールを確認|アカウントとインポート"
    r"|Send mail as|Check mail from other accounts|edit info|Accounts and Import"
)


def advice(verdict: Any) -> str:
    parts = [*verdict.cautions]
    for step in verdict.steps:
        parts += [step.text, step.note, *step.where]
    return "\n".join(parts)


@pytest.mark.parametrize("locale", checker.locales)
@pytest.mark.parametrize("today", BEFORE)
def test_until_the_end_the_answer_says_that_it_comes(today: date, locale: str, ask: Any) -> None:
    verdict = ask(NOTICE, today=today, locale=locale)
    assert [(expiry.id, expiry.ended) for expiry in verdict.expiries] == [
        ("gmail-send-as", False),
        ("gmail-pop-fetch", False),
    ]
    for expiry in verdict.expiries:
        assert expiry.text == ENTRIES[expiry.id][locale]["before"]
        assert expiry.until == "2027-01-31"
        assert expiry.month_only
        assert expiry.source.startswith("https://support.google.com/")
    assert ENDED.search(advice(verdict)), "until then it says where to click"


@pytest.mark.parametrize("locale", checker.locales)
@pytest.mark.parametrize("today", AFTER)
def test_after_the_end_the_answer_says_what_came_after(today: date, locale: str, ask: Any) -> None:
    verdict = ask(NOTICE, today=today, locale=locale)
    assert all(expiry.ended for expiry in verdict.expiries)
    for expiry in verdict.expiries:
        assert expiry.text == ENTRIES[expiry.id][locale]["after"]


@pytest.mark.parametrize("locale", checker.locales)
@pytest.mark.parametrize("today", AFTER)
@pytest.mark.parametrize("ident", PASTES)
def test_after_the_end_no_step_recommends_what_has_ended(ident: str, today: date, locale: str, ask: Any) -> None:
    verdict = ask(PASTES[ident], today=today, locale=locale)
    assert verdict.topics[0] == f"bounce/{ident}"
    assert not ENDED.search(advice(verdict)), ENDED.search(advice(verdict))
    assert len(verdict.steps) >= 2, "there is still something to do"


@each("locale", checker.locales)
@each("ident", reason_ids())
def test_no_reason_recommends_what_ends_without_saying_so(ident: str, locale: str) -> None:
    texts = data.load(f"bounce/reasons/{ident}")[locale]
    for step in texts["steps"]:
        words = "\n".join((step["text"], step.get("note", ""), *step.get("where", ())))
        assert "expiry" in step or not ENDED.search(words), f"mark this step with an expiry: {words}"
    for caution in texts.get("cautions", ()):
        assert isinstance(caution, dict) or not ENDED.search(caution), f"mark this caution with an expiry: {caution}"


def test_steps_and_cautions_with_an_expiry_go_on_the_day_after(ask: Any) -> None:
    last, next_day = ask(NOTICE, today=date(2027, 1, 31)), ask(NOTICE, today=date(2027, 2, 1))
    assert len(next_day.steps) == len(last.steps) - 2
    assert len(next_day.cautions) == len(last.cautions) - 1
    assert set(next_day.steps) < set(last.steps)


@pytest.mark.parametrize(("day", "ended"), [(31, False), (30, False)])
def test_the_last_day_still_counts(day: int, ended: bool) -> None:
    assert has_ended("gmail-send-as", date(2027, 1, day)) is ended
    assert has_ended("gmail-send-as", date(2027, 2, 1))


def test_an_unknown_entry_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        expiries(["no-such-entry"], today=date(2026, 11, 24), locale="ja")


@pytest.mark.parametrize("ident", ENTRIES)
def test_entries_are_complete(ident: str) -> None:
    entry = ENTRIES[ident]
    assert entry["source"].startswith("https://")
    assert date.fromisoformat(entry["checked"]) <= date.today()
    assert date.fromisoformat(entry["until"]) > date(2020, 1, 1)
    assert isinstance(entry["month_only"], bool)
    for locale in checker.locales:
        assert {"name", "before", "after"} <= entry[locale].keys()
        assert entry[locale]["before"] != entry[locale]["after"]


def test_data_is_the_same_from_toml_and_as_json_would_give_it() -> None:
    """A pack for the browser may hold JSON, which knows no dates: days are text in both cases."""
    assert isinstance(ENTRIES["gmail-send-as"]["until"], str)
    assert tomllib.loads("day = 2027-01-31")["day"].isoformat() == ENTRIES["gmail-send-as"]["until"]


def test_what_has_only_a_month_may_have_ended_on_its_first_day() -> None:
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 31), date(2027, 2, 1)]
    assert [may_have_ended("gmail-send-as", day) for day in days] == [False, True, True, True]
    assert not may_have_ended("outlook-authentication", date(2025, 5, 1)), "its day is known"
