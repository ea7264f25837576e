"""What happens to forwarded mail: each line of the table, and which of them the reader's own case is."""

from collections.abc import Mapping
from typing import Any

import pytest

from kakugen_checkers.forwarding.outcomes import Fits, outcomes
from kakugen_checkers.protocol import Figure

from .conftest import Ask, properties_of

KNOWN = {"srs": None, "srs-reported": None, "dkim": None, "policy": None, "traps": frozenset[str]()}


def table(verdict: Any) -> Figure:
    return next(figure for figure in verdict.figures if figure.id == "outcomes")


LINES = [
    ("signed", ["DKIM"], ["Delivered"], ["Nothing to fix"]),
    ("unsigned-rewritten", ["Unsigned", "p=none", "SRS"], ["Usually delivered", "spam"], ["sender"]),
    ("unsigned-not-rewritten", ["Unsigned", "p=none", "stays"], ["550-5.7.26"], ["company (SRS)", "sender (DKIM)"]),
    ("unsigned-quarantine", ["p=quarantine"], ["spam"], ["sender"]),
    ("unsigned-reject", ["p=reject"], ["550-5.7.26"], ["sender", "IMAP", "Google Workspace"]),
    ("signature-broken", ["broken", "[SPAM]", "virus check"], ["unsigned"], ["turn the rewriting off"]),
    ("spam", ["Spam"], ["421-4.7.28", "550-5.7.1", "reputation"], ["filter before the forward"]),
]  # fmt: skip


@pytest.mark.parametrize(("ident", "mail", "result", "fixer"), LINES, ids=[line[0] for line in LINES])
def test_each_line_says_what_becomes_of_the_mail_and_who_can_fix_it(
    ident: str, mail: list[str], result: list[str], fixer: list[str]
) -> None:
    outcome = next(outcome for outcome in outcomes(KNOWN) if outcome.id == ident)
    for part, words in (("mail", mail), ("result", result), ("fixer", fixer)):
        assert [word for word in words if word not in outcome.texts[part]["en"]] == []


def test_rewriting_the_envelope_does_not_help_against_reject() -> None:
    reject = next(outcome for outcome in outcomes(KNOWN) if outcome.id == "unsigned-reject")
    assert "does not help" in reject.texts["reason"]["en"]


def own(**known: str) -> dict[str, Fits | None]:
    return {outcome.id: outcome.own for outcome in outcomes({**KNOWN, **known}) if outcome.own is not None}


@pytest.mark.parametrize(
    ("known", "fits"),
    [
        ({"dkim": "yes", "policy": "reject"}, "signed"),
        ({"dkim": "no", "policy": "none", "srs": "yes"}, "unsigned-rewritten"),
        ({"dkim": "no", "policy": "missing", "srs": "yes"}, "unsigned-rewritten"),
        ({"dkim": "no", "policy": "none", "srs": "no"}, "unsigned-not-rewritten"),
        ({"dkim": "no", "policy": "quarantine"}, "unsigned-quarantine"),
        ({"dkim": "no", "policy": "reject", "srs": "yes"}, "unsigned-reject"),
        ({"dkim": "no", "policy": "reject", "srs": "no"}, "unsigned-reject"),
    ],
)
def test_what_the_records_decide_is_one_line(known: Mapping[str, str], fits: str) -> None:
    found = own(**known)
    assert [ident for ident, value in found.items() if value is Fits.YES] == [fits]
    assert Fits.PERHAPS not in found.values()


def test_without_the_key_it_may_be_signed_or_not() -> None:
    assert {ident for ident, value in own(policy="reject").items() if value is Fits.PERHAPS} == {
        "signed",
        "unsigned-reject",
    }


def test_where_nobody_knows_of_the_host_both_lines_are_possible() -> None:
    assert {ident for ident, value in own(dkim="no", policy="none").items() if value is Fits.PERHAPS} == {
        "unsigned-rewritten",
        "unsigned-not-rewritten",
    }


def test_the_readers_own_domain_is_a_column_where_records_were_pasted(ask_forwarding: Ask) -> None:
    records = '_dmarc.example.jp. IN TXT "v=DMARC1; p=reject"'
    with_records = table(ask_forwarding({"arrives": ["forward"], "records": records}))
    assert with_records.columns[-1] == "Mail of your domain"
    assert with_records.rows[4][-1] == "Perhaps"
    assert "Mail of your domain" not in table(ask_forwarding({"arrives": ["forward"]})).columns


def test_records_that_were_ticked_as_missing_count_too() -> None:
    properties = properties_of({"arrives": ["forward"], "lacks": ["dkim", "dmarc"]})
    assert (properties["dkim"], properties["policy"]) == ("no", "missing")


def test_what_is_only_reported_of_a_host_is_no_certainty(ask_forwarding: Ask) -> None:
    verdict = table(ask_forwarding({"arrives": ["forward"], "host": "xserver"}))
    assert verdict.columns[-1] == "Your hosting company"
    assert {row[-1] for row in verdict.rows} == {None, "Perhaps"}


def test_a_host_that_rewrites_mail_may_break_signatures() -> None:
    found = {outcome.id: outcome.host for outcome in outcomes({**KNOWN, "traps": frozenset({"trap-virus-check"})})}
    assert found["signature-broken"] is Fits.PERHAPS


def test_what_is_confirmed_of_a_host_decides_between_two_lines() -> None:
    found = {outcome.id: outcome.host for outcome in outcomes({**KNOWN, "srs": "no", "srs-reported": "no"})}
    assert found["unsigned-rewritten"] is Fits.NO
    assert found["unsigned-not-rewritten"] is Fits.YES
    assert found["spam"] is None
