"""The six ways to read and to send: which is recommended, and why one cannot be used."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from kakugen_checkers.forwarding.ways import Use, compare

from .conftest import TODAY, Ask, properties_of

SOON, OVER = date(2027, 1, 15), date(2027, 2, 1)
FORWARD = {"arrives": ["forward"], "destination": "gmail"}


def test_there_are_six_ways_in_a_table_and_one_is_recommended(ask_forwarding: Ask) -> None:
    (figure, *_) = ask_forwarding(FORWARD).figures
    assert (figure.id, figure.kind) == ("ways", "table")
    assert len(figure.rows) == 6
    assert all(len(row) == len(figure.columns) and all(row) for row in figure.rows)
    assert len([row for row in figure.rows if str(row[1]).startswith("◎")]) == 1


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        ({**FORWARD, "sends": "send-as"}, "forward-and-client"),
        ({"arrives": ["pop-fetch"], "sends": "send-as"}, "forward-and-client"),
        ({**FORWARD, "important": ["banks"]}, "gmail-app"),
        ({**FORWARD, "important": ["banks"], "sends": "client"}, "client"),
        ({**FORWARD, "boxes": 8}, "workspace"),
        ({**FORWARD, "boxes": 8, "destination": "outlook"}, "forward-and-client"),
        ({**FORWARD, "rate": 100}, "workspace"),
        ({**FORWARD, "sends": "workspace"}, "workspace"),
        ({**FORWARD, "sends": "gmail-app"}, "gmail-app"),
        ({**FORWARD, "target": "back"}, "client"),
        ({"arrives": ["client-imap"], "sends": "client"}, "client"),
        ({**FORWARD, "host": "cloudflare_er"}, "workspace"),
        ({}, "client"),
    ],
)
def test_the_way_that_suits_the_case_is_recommended(answers: Mapping[str, Any], way: str) -> None:
    assert compare(properties_of(answers)).best.id == way


def use_of(way: str, answers: Mapping[str, Any], today: date = TODAY) -> tuple[Use, str]:
    found = next(one for one in compare(properties_of(answers, today)).ways if one.id == way)
    return found.use, " ".join(reason["en"] for reason in found.reasons)


@pytest.mark.parametrize(
    ("today", "use", "says"),
    [
        (TODAY, Use.POSSIBLE, "until January 2027"),
        (SOON, Use.POSSIBLE, "may have stopped"),
        (OVER, Use.REFUSED, "ended in January 2027"),
        (date(2028, 1, 1), Use.REFUSED, "ended in January 2027"),
    ],
)
def test_the_old_way_ends_with_january_2027(today: date, use: Use, says: str) -> None:
    found, reason = use_of("legacy", {"arrives": ["pop-fetch"], "sends": "send-as"}, today)
    assert found is use
    assert says in reason


@pytest.mark.parametrize("answers", [{}, FORWARD, {"sends": "client"}, {"arrives": ["not-yet"], "sends": "none"}])
@pytest.mark.parametrize("today", [TODAY, SOON])
def test_the_old_way_cannot_be_begun(answers: Mapping[str, Any], today: date) -> None:
    use, reason = use_of("legacy", answers, today)
    assert use is Use.REFUSED
    assert "cannot be started" in reason


@pytest.mark.parametrize("way", ["forward-and-client", "gmail-app", "client", "webmail"])
def test_a_host_without_mailboxes_offers_neither_reading_nor_sending(way: str) -> None:
    use, reason = use_of(way, {**FORWARD, "host": "onamae_forward"})
    assert use is Use.REFUSED
    assert "This service has no" in reason


@pytest.mark.parametrize(
    ("way", "answers", "says"),
    [
        ("forward-and-client", {**FORWARD, "important": ["saas"]}, "must arrive"),
        ("forward-and-client", {**FORWARD, "filter": "no"}, "spam filter first"),
        ("forward-and-client", {**FORWARD, "target": "back"}, "circle of forwards"),
        ("gmail-app", {**FORWARD, "copy": "no"}, "must keep a copy"),
        ("client", {**FORWARD, "copy": "no"}, "must keep a copy"),
        ("gmail-app", {**FORWARD, "foreign-block": "on"}, "abroad"),
        ("client", {**FORWARD, "quota": 100, "used": 90, "daily": 10}, "little space left"),
    ],
)
def test_what_to_mind_in_a_case_is_said(way: str, answers: Mapping[str, Any], says: str) -> None:
    assert says in use_of(way, answers)[1]
