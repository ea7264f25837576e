"""Golden folders: every header is answered as its ``expect.toml`` says, in both languages, however it is copied.

``topic``, ``status`` and ``topics`` are those of the verdict; ``waits`` the seconds before each station from the second
on ("-" for unknown); ``counts`` and ``claims`` servers whose results count or do not; ``forwards`` what shows
forwarding, in any order; ``facts`` values in Japanese; ``ja`` and ``en`` words that must be said, ``never`` words that
must not be in either; ``handovers`` answers that must be handed on; ``concern`` what is asked about.
"""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kakugen_checkers.headers import checker
from kakugen_checkers.headers.judge import judge
from kakugen_checkers.protocol import Status, Verdict, to_json

TODAY = date(2026, 11, 24)
FOLDERS = sorted((Path(__file__).parent / "samples").iterdir())
KEYS = set("about status topic topics waits counts claims forwards facts ja en never handovers concern".split())


def given(folder: Path) -> str | bytes:
    mail = folder / "mail.eml"
    return mail.read_bytes() if mail.exists() else (folder / "paste.txt").read_bytes().decode()


def expected(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))


def ask(mail: str | bytes, locale: str = "ja", concern: str = "") -> Verdict:
    return checker.run({"mail": mail, "about": concern}, today=TODAY, locale=locale)


def said(verdict: Verdict) -> str:
    return json.dumps(json.loads(to_json(verdict)), ensure_ascii=False)


def differences(mail: str | bytes, wanted: dict[str, Any]) -> list[str]:
    """What is answered otherwise than expected, each as a sentence."""
    found: list[str] = []
    verdict = ask(mail, concern=wanted.get("concern", ""))
    got = {"status": str(verdict.status), "topic": verdict.topic or ""}
    found += [f"{key}: {got[key]!r}, not {wanted.get(key, '')!r}" for key in got if got[key] != wanted.get(key, "")]
    found += [f"no topic {topic}" for topic in wanted.get("topics", ()) if topic not in verdict.topics]
    facts = {fact.id: fact.value for fact in verdict.facts}
    found += [f"fact {k}: {facts.get(k)!r}, not {v!r}" for k, v in wanted.get("facts", {}).items() if facts.get(k) != v]
    route = next((figure.rows for figure in verdict.figures if figure.id == "route"), ())
    waits = [row[1] if row[1] is not None else "-" for row in route[1:]]
    if "waits" in wanted and waits != wanted["waits"]:
        found.append(f"waits: {waits}, not {wanted['waits']}")
    findings = judge(mail, TODAY)
    for key, counts in (("counts", True), ("claims", False)):
        writers = " ".join(
            one.written.server or findings.said.receiver for one in findings.said.statements if one.counts is counts
        )
        found += [f"{key}: {server} is not in {writers!r}" for server in wanted.get(key, ()) if server not in writers]
    if "forwards" in wanted and {one.how for one in findings.forwards} != set(wanted["forwards"]):
        found.append(f"forwards: {[one.how for one in findings.forwards]}")
    for name, answers in wanted.get("handovers", {}).items():
        handed = next((dict(one.answers) for one in verdict.handovers if one.checker == name), {})
        for key, value in answers.items():
            if handed.get(key) != (tuple(value) if isinstance(value, list) else value):
                found.append(f"handover {name}: {handed}")
    texts = {"ja": said(verdict), "en": said(ask(mail, "en", wanted.get("concern", "")))}
    for locale, text in texts.items():
        found += [f"{locale} does not say {words!r}" for words in wanted.get(locale, ()) if words not in text]
        found += [f"{locale} says {words!r}" for words in wanted.get("never", ()) if words in text]
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sample_is_answered_as_expected(folder: Path) -> None:
    wanted = expected(folder)
    assert wanted.keys() <= KEYS, wanted.keys() - KEYS
    mail = given(folder)
    assert not differences(mail, wanted), "\n".join(differences(mail, wanted))
    verdict = ask(mail)
    if isinstance(mail, str):
        for entry in verdict.evidence:
            assert entry.start is None or mail[entry.start : entry.end] == entry.text != ""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_way_of_copying_changes_nothing(folder: Path) -> None:
    mail, wanted = given(folder), expected(folder)
    text = mail.decode() if isinstance(mail, bytes) else mail
    text = text.replace("\r\n", "\n")
    copies: dict[str, str | bytes] = {
        "file": text.encode(),
        "windows": text.replace("\n", "\r\n"),
        "mixed": "".join(line + ("\r\n" if place % 2 else "\n") for place, line in enumerate(text.split("\n"))),
        "quoted": "".join(f"> {line}\n" for line in text.splitlines()),
        "indented": "".join(f"    {line}\n" for line in text.splitlines()),
        "mark": "\ufeff" + text,
        "empty first": "\n\n" + text,
    }
    header = text.partition("\n\n")[0]
    if wanted["status"] != "unknown" and "Received:" in header:
        copies["header alone"] = header
        copies["doubled"] = header.replace("\n", "\n\n")
    for name, copy in copies.items():
        assert not differences(copy, wanted), f"{name}: {differences(copy, wanted)}"


def test_there_are_twenty_samples_and_they_reach_most_topics() -> None:
    assert len(FOLDERS) == 20
    reached = {
        topic for folder in FOLDERS for topic in (expected(folder).get("topic"), *expected(folder).get("topics", ()))
    }
    own = {topic for topic in checker.topics if topic.startswith("headers/")}
    assert len(own & reached) >= 13


def test_what_the_reader_asks_about_comes_first() -> None:
    mail = given(FOLDERS[3])
    assert ask(mail, concern="late").topic == "headers/delayed"
    assert ask(mail, concern="sender").topic == "headers/claims-only"


def test_bounces_are_handed_on_as_they_were_pasted() -> None:
    mail = given(FOLDERS[8])
    handover = ask(mail).handovers[0]
    assert handover.checker == "bounce"
    assert handover.answers["mail"] == mail


def test_an_empty_box_says_how_to_get_at_the_source() -> None:
    for locale, words in (("ja", "メッセージのソースを表示"), ("en", "Show original")):
        verdict = ask("", locale)
        assert verdict.status is Status.UNKNOWN
        assert words in said(verdict)
