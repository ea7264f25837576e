"""What is second-hand, or past the day until which it may be relied on, says so beside it in every checker."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from kakugen_checkers.forwarding import checker as forwarding
from kakugen_checkers.hosts import HostFact, Sure, doubt, host
from kakugen_checkers.mailbox import checker as mailbox
from kakugen_checkers.passwords import checker as passwords
from kakugen_checkers.protocol import Checker, to_json
from kakugen_checkers.records import checker as records

NOW, LATER = date(2026, 11, 24), date(2029, 1, 1)

ASKED: list[tuple[Checker, dict[str, Any]]] = [
    (forwarding, {"arrives": ("forward",), "destination": "gmail", "copy": "yes", "quota": 500.0, "used": 499.0}),
    (mailbox, {"arrives": ("forward",), "copy": "yes", "quota": 500.0, "used": 499.0}),
    (passwords, {"changed": "changed", "places": ("gmail-sending",)}),
    (records, {"records": "v=spf1 include:_spf.google.com ~all"}),
]


def test_what_is_second_hand_or_old_says_so() -> None:
    fact = HostFact(id="quota", text={"ja": "1GBです。", "en": "1 GB."}, checked="2026-11-24", review="2027-05-31")
    day, next_day = date(2027, 5, 31), date(2027, 6, 1)
    assert doubt(replace(fact, sure=Sure.CONFIRMED), day, "ja") == ""
    assert "2026-11-24" in doubt(replace(fact, sure=Sure.CONFIRMED), next_day, "en")
    assert "画面で確かめてください" in doubt(replace(fact, sure=Sure.SECONDARY), day, "ja")
    assert doubt(replace(fact, sure=Sure.SECONDARY), next_day, "en").count("Look on your screen.") == 2
    assert doubt(fact, next_day, "ja") == "", "what nobody has confirmed says so itself"


def test_every_checker_says_of_a_fact_past_its_day_that_it_is_old() -> None:
    xserver = host("xserver")
    assert xserver
    old = {doubt(fact, LATER, "ja") for fact in xserver.facts.values() if fact.sure is Sure.CONFIRMED}
    for checker, answers in ASKED:
        before, after = (
            json.loads(to_json(checker.run(answers | {"host": "xserver"}, today=today, locale="ja")))
            for today in (NOW, LATER)
        )
        assert not any(one in json.dumps(before, ensure_ascii=False) for one in old), checker.id
        assert any(one in json.dumps(after, ensure_ascii=False) for one in old), checker.id
