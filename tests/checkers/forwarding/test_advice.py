"""Every piece of advice: when it is given, what leads, and where it leads to. The lines are in ``table.toml``."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers import data, mailbox, passwords, records
from kakugen_checkers.forwarding import checker
from kakugen_checkers.forwarding.advice import advise, all_rows
from kakugen_checkers.forwarding.situation import read_situation
from kakugen_checkers.protocol import Status, Verdict

from .conftest import TODAY, Ask, day_of, plan_for

LINES = tomllib.loads(Path(__file__).with_name("table.toml").read_text(encoding="utf-8"))["line"]
ROWS = data.load("forwarding/advice")["row"]
COPY = {"arrives": ["forward"], "destination": "gmail", "copy": "yes"}


def advice_in(verdict: Verdict) -> str:
    """All sentences of advice in a verdict: not its tables, facts and general cautions."""
    texts = [verdict.title, verdict.summary]
    texts += [part for step in verdict.steps for part in (step.text, step.note)]
    for section in verdict.sections:
        texts += [section.title, section.text, *(part for step in section.steps for part in (step.text, step.note))]
    return "\n".join(texts)


@each("line", LINES, ids=[line["about"] for line in LINES])
def test_each_line_of_the_table_is_advised(line: Mapping[str, Any], ask_forwarding: Ask) -> None:
    verdict = ask_forwarding(line["answers"], today=line.get("today", TODAY))
    assert f"forwarding/{line['topic']}" in verdict.topics
    if line.get("leads"):
        assert verdict.topic == f"forwarding/{line['topic']}"
    assert [part for part in line.get("says", ()) if part not in advice_in(verdict)] == []


def test_the_table_covers_every_topic() -> None:
    assert {f"forwarding/{line['topic']}" for line in LINES} == {row.topic for row in all_rows()}


@each(("row", "example"), [pytest.param(row, example, id=row["id"]) for row in ROWS for example in row["examples"]])
def test_each_example_gets_its_row(row: Mapping[str, Any], example: Mapping[str, Any]) -> None:
    assert row["id"] in [found.id for found in plan_for(example, day_of(row)).rows]


def test_forward_only_is_not_advised_where_mail_is_read_on_the_server_too(ask_forwarding: Ask) -> None:
    answers = {**COPY, "quota": 1000, "used": 500, "daily": 50}
    assert "forward only" in advice_in(ask_forwarding(answers))
    assert "forward only" not in advice_in(ask_forwarding({**answers, "important": ["banks"]}))
    assert "forward only" not in advice_in(ask_forwarding({**answers, "arrives": ["forward", "client-imap"]}))


def test_forward_only_is_not_advised_where_the_host_cannot_do_it() -> None:
    situation = read_situation({**COPY, "arrives": ("forward",)}, checker.form.fields, today=TODAY, locale="en")
    properties = {**situation.properties, "way": "client"}
    can, cannot = (
        [task.id for task in advise({**properties, "host-can-drop": drops}).tasks] for drops in ("unknown", "no")
    )
    assert ("forward-only" in can, "client-deletes" in can) == (True, False)
    assert ("forward-only" in cannot, "client-deletes" in cannot) == (False, True)


def test_nothing_entered_is_answered_with_questions(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({})
    assert verdict.status is Status.UNKNOWN
    assert verdict.topic is None
    assert len(verdict.questions) >= 3
    assert verdict.figures


def test_the_steps_lead_to_the_screens_of_the_readers_host(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["pop-fetch"], "host": "xserver", "destination": "gmail"}, locale="ja")
    clicks = [" › ".join(step.where) for step in verdict.steps]
    forward = next(
        number for number, place in enumerate(clicks) if place.startswith("サーバーパネル › メールアカウント設定")
    )
    fetching = next(number for number, place in enumerate(clicks) if "他のアカウントのメールを確認" in place)
    assert forward < fetching, "fetching is given up only when the forward is there"


def test_what_was_done_is_taken_back_in_reverse_order(ask_forwarding: Ask) -> None:
    verdict = ask_forwarding({"arrives": ["pop-fetch"], "host": "xserver", "destination": "gmail"})
    back = next(section for section in verdict.sections if section.id == "back")
    assert "cannot be added again" in back.steps[0].text
    assert back.steps[-1].text.startswith("To take the forward back")


def test_what_decides_between_two_meanings_is_said_while_it_is_not_known(ask_forwarding: Ask) -> None:
    unknown = ask_forwarding({"arrives": ["forward"]})
    assert [other.topic for other in unknown.alternatives] == ["forwarding/copies-pile-up", "forwarding/no-copy"]
    assert all("forwarding screen says" in other.tell_apart for other in unknown.alternatives)
    assert ask_forwarding(COPY).alternatives == ()


def test_a_trap_of_one_host_is_only_possible_at_a_related_one(ask_forwarding: Ask) -> None:
    answers = {"arrives": ["forward"], "copy": "no"}
    assert ask_forwarding({**answers, "host": "xserver"}).title.endswith("all arriving mail vanishes")
    related = ask_forwarding({**answers, "host": "sixcore"})
    assert related.topic == "forwarding/vanishes"
    assert "may vanish" in related.title


def test_the_support_is_asked_only_what_nobody_has_confirmed(ask_forwarding: Ask) -> None:
    forward = {"arrives": ["forward"], "destination": "gmail", "domain": "info@shop.example.jp"}
    (known,) = ask_forwarding({**forward, "host": "xserver"}).messages
    (unknown,) = ask_forwarding(forward).messages
    assert "SRS" in known.text
    assert "spam filter" not in known.text
    assert "spam filter" in unknown.text
    assert "shop.example.jp" in known.text
    assert "info@" not in known.text


def test_the_support_is_not_asked_about_a_forward_that_nobody_wants(ask_forwarding: Ask) -> None:
    assert ask_forwarding({"arrives": ["client-imap"], "sends": "client"}).messages == ()


def test_other_checkers_go_on_with_what_is_known(ask_forwarding: Ask) -> None:
    pasted = 'example.jp. IN TXT "v=spf1 include:spf.sender.xserver.jp ~all"'
    answers = {
        "hints": "sv1.xserver.jp",
        "quota": 500,
        "used": 100,
        "daily": 9,
        "records": pasted,
        "arrives": ["forward"],
    }
    given = {handover.checker: handover.answers for handover in ask_forwarding(answers).handovers}
    numbers = {"quota": 500.0, "used": 100.0, "daily": 9.0}
    assert given["mailbox"] == {"host": "xserver", "arrives": ("forward",)} | numbers
    assert given["records"] == {"host": "xserver", "records": pasted}
    assert given["passwords"] == {"host": "xserver"}


def test_what_is_handed_on_fits_the_forms_of_the_others(ask_forwarding: Ask) -> None:
    everything = {"arrives": ["forward", "pop-fetch", "gmail-app"], "sends": "send-as", "new-password": "yes"}
    everything |= {"host": "xserver", "quota": 500, "used": 100, "daily": 9, "size": 80, "copy": "yes"}
    handovers = {handover.checker: handover.answers for handover in ask_forwarding(everything).handovers}
    assert handovers["passwords"] == {
        "host": "xserver",
        "changed": "changed",
        "places": ("gmail-sending", "gmail-receiving", "gmail-app"),
    }
    for other in (mailbox.checker, passwords.checker, records.checker):
        fields = {field.id: field for field in other.form.fields}
        for name, value in handovers[other.id].items():
            options = [choice.id for choice in fields[name].choices]
            chosen = value if isinstance(value, tuple) else (value,)
            assert not options or set(chosen) <= set(options), f"{other.id}: {name}"
