"""Golden folders: every paste of DNS records is answered as its ``expect.toml`` says.

``status`` and ``topic`` are those of the verdict; ``topics`` must be among its topics; ``spf`` and ``dmarc`` are the
records to publish, and ids under ``absent`` have no message; each ``evidence`` is words of the paste and what is said
of them in English, in any order.
"""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers.protocol import Verdict
from kakugen_checkers.records import checker, read_records

SAMPLES = Path(__file__).parent / "samples"
FOLDERS = sorted(folder for folder in SAMPLES.iterdir() if folder.is_dir())
DAYS = (date(2026, 11, 24), date(2027, 1, 15), date(2027, 2, 1), date(2028, 1, 1))
KEYS = set("about status topic topics absent spf dmarc facts evidence".split())


def expectation(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))


def paste(folder: Path) -> str:
    return (folder / "paste.txt").read_bytes().decode()


def ask(text: str, *, locale: str = "en", today: date = DAYS[0], **more: str) -> Verdict:
    return checker.run({"records": text, **more}, today=today, locale=locale)


def test_there_are_enough_samples() -> None:
    assert len(FOLDERS) >= 25


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sample_is_answered_as_expected(folder: Path) -> None:
    expected = expectation(folder)
    assert expected.keys() <= KEYS
    text = paste(folder)
    verdict = ask(text)
    assert (verdict.status, verdict.topic or "") == (expected["status"], expected["topic"])
    assert set(expected.get("topics", ())) <= set(verdict.topics)
    messages = {message.id: message.text for message in verdict.messages}
    for ident in ("spf", "dmarc"):
        if ident in expected:
            assert messages[ident] == expected[ident]
    assert not set(expected.get("absent", ())) & messages.keys()
    facts = {fact.id: fact.value for fact in verdict.facts}
    assert expected.get("facts", {}).items() <= facts.items()
    for entry in expected.get("evidence", ()):
        assert any(entry["text"] == found.text and entry["says"] in found.shows for found in verdict.evidence), (
            entry,
            [(found.text, found.shows) for found in verdict.evidence],
        )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_evidence_stands_where_it_says_and_nowhere_twice(folder: Path) -> None:
    text = paste(folder)
    for style in (text, text.replace("\n", "\r\n"), "".join(f"> {line}\n" for line in text.splitlines())):
        last: list[tuple[int, int]] = []
        for found in ask(style).evidence:
            assert found.start is not None
            assert found.end is not None
            assert style[found.start : found.end] == found.text != ""
            assert all(found.end <= start or end <= found.start for start, end in last)
            last.append((found.start, found.end))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sample_means_the_same_however_it_is_pasted(folder: Path) -> None:
    text = paste(folder)
    topic = ask(text).topic
    assert ask(text.replace("\n", "\r\n")).topic == topic
    assert ask("\ufeff" + text).topic == topic
    assert ask("".join(f"> {line}\n" for line in text.splitlines())).topic == topic
    assert checker.run({"records": text.encode()}, today=DAYS[0], locale="en").topic == topic


@each("folder", FOLDERS, ids=lambda folder: folder.name)
@each("locale", ["ja", "en"])
def test_texts_are_whole_on_every_day(folder: Path, locale: str) -> None:
    for today in DAYS:
        verdict = ask(paste(folder), locale=locale, today=today)
        said = [
            verdict.title,
            verdict.summary,
            *(entry.shows for entry in verdict.evidence),
            *(step.text for step in verdict.steps),
            *(fact.value + fact.note for fact in verdict.facts),
            *(message.label for message in verdict.messages),
            *(step.text for section in verdict.sections for step in section.steps),
        ]
        assert all(text and "{" not in text.replace("%{", "") for text in said)
        assert verdict.summary.count("。" if locale == "ja" else ". ") <= 3


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_is_to_be_published_has_no_fault_but_what_only_the_reader_can_mend(folder: Path) -> None:
    for message in ask(paste(folder)).messages:
        if message.id == "spf":
            record = read_records(message.text).spf[0]
            assert not record.faults
        if message.id == "dmarc":
            assert {fault.id for fault in read_records(message.text).dmarc[0].faults} <= {"dmarc-none"}


def test_gmail_ends_by_itself_in_the_answer() -> None:
    text = 'example.jp. IN TXT "v=spf1 mx include:_spf.google.com ~all"\nexample.jp. IN MX 10 sv9999.xserver.jp.\n'
    ended = [ask(text, today=day).expiries[0].ended for day in DAYS]
    assert ended == [False, False, True, True]


def test_counts_of_includes_say_when_they_are_old() -> None:
    text = "v=spf1 include:_spf.google.com ~all"
    notes = [next(fact.note for fact in ask(text, today=day).facts if fact.id == "spf-lookups") for day in DAYS]
    assert notes[:3] == ["", "", ""]
    assert "2027-05-31" in notes[3]


def test_chosen_host_gives_the_place_on_its_panel_and_its_include() -> None:
    verdict = ask("v=spf1 a ~all", host="lolipop", domain="info@example.jp")
    assert verdict.topic == "records/spf-host-missing"
    assert next(message.text for message in verdict.messages if message.id == "spf") == (
        "v=spf1 a include:_spf.lolipop.jp ~all"
    )
    assert next(fact.value for fact in verdict.facts if fact.id == "host") == "Lolipop"
    assert next(fact.value for fact in verdict.facts if fact.id == "domain") == "example.jp"


def test_unknown_include_of_the_reader_is_kept_and_none_is_made_up() -> None:
    verdict = ask("v=spf1 include:spf.shop.example.com include:x.example.com +all", host="sakura")
    text = next(message.text for message in verdict.messages if message.id == "spf")
    assert [word for word in text.split() if word.startswith("include:")] == [
        "include:spf.shop.example.com",
        "include:x.example.com",
    ]


def test_bad_domain_is_named_and_the_rest_is_answered() -> None:
    verdict = ask("v=spf1 mx +all", domain="うちの店")
    assert "うちの店" in verdict.questions[0]
    assert verdict.topic == "records/spf-plus-all"


def test_forwarding_goes_on_with_what_is_known() -> None:
    verdict = ask("example.jp. IN MX 10 sv9999.xserver.jp.")
    handover = verdict.handovers[0]
    assert handover.checker == "forwarding"
    assert handover.answers["host"] == "xserver"
    assert handover.answers["domain"] == "example.jp"
    assert handover.answers["records"] == "example.jp. IN MX 10 sv9999.xserver.jp."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ip4:2001:db8::1", "ip6:2001:db8::1"),
        ("include:192.0.2.1", "ip4:192.0.2.1"),
        ("include:spf.example.com~all", "include:spf.example.com"),
        ("ipv4:192.0.2.1,", "ip4:192.0.2.1"),
    ],
)
def test_what_was_surely_meant_is_in_the_record_to_publish(written: str, meant: str) -> None:
    verdict = ask(f"v=spf1 mx {written} ~all")
    assert next(message.text for message in verdict.messages if message.id == "spf") == f"v=spf1 mx {meant} ~all"
    assert not any(written in caution for caution in verdict.cautions)


@pytest.mark.parametrize("written", ["foo:bar", "ip4:192.0.2.999", "spf.example.com", "ipv4:1.2.3.999,"])
def test_what_cannot_be_read_is_named_because_it_is_left_out(written: str) -> None:
    verdict = ask(f"v=spf1 mx {written} ~all")
    assert next(message.text for message in verdict.messages if message.id == "spf") == "v=spf1 mx ~all"
    assert any(written in caution for caution in verdict.cautions)


def test_explanation_of_refusals_is_kept() -> None:
    verdict = ask("v=spf1 mx +all exp=explain.example.jp")
    text = next(message.text for message in verdict.messages if message.id == "spf")
    assert text == "v=spf1 mx ~all exp=explain.example.jp"
