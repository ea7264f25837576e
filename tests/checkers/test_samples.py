"""Golden folders: every sample is answered as its ``expect.toml`` says (see ``samples/README.md``)."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.each import each

from kakugen.knowledge import Rule
from kakugen.knowledge.personal import personal_data
from kakugen_checkers.bounce import checker
from kakugen_checkers.protocol import Verdict, to_json

SAMPLES = Path(__file__).parent / "samples"
FOLDERS = sorted(folder for folder in SAMPLES.iterdir() if folder.is_dir())
LOCALES = ("ja", "en")
KEYS = set(
    "about status topic topics actor speaker permanence alternatives evidence handovers skips today facts ja en".split(
        " "
    )
)
ALLOWED_HOSTS = re.compile(
    r"(^|\.)(example(\.[a-z.]+)?|invalid|gmail\.com|google(mail)?\.com|docomo\.ne\.jp|ezweb\.ne\.jp|au\.com"
    r"|example\.onmicrosoft\.com|outlook\.com)$"
)
TEXT_KEYS = {"says", "never", "never_in_report"}


def expectation(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "expect.toml").read_text(encoding="utf-8"))


def content(folder: Path) -> str | bytes:
    mail = folder / "mail.eml"
    return mail.read_bytes() if mail.exists() else (folder / "paste.txt").read_bytes().decode()


def other_pastes(sample: str | bytes) -> Iterator[tuple[str, str | bytes]]:
    """The ways to paste a sample that leave its meaning alone, by name."""
    raw = sample.encode() if isinstance(sample, str) else sample
    yield "crlf", raw.replace(b"\n", b"\r\n")
    yield "bom", b"\xef\xbb\xbf" + raw
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = ""
    if isinstance(sample, bytes):
        yield "body", raw.partition(b"\n\n")[2]
    if text:
        yield "text", text.replace("\n", "\r\n")
        yield "quoted", "".join(f"> {line}\n" for line in text.splitlines())


STYLES = ("crlf", "bom", "text", "body", "quoted")


@each("folder", FOLDERS, ids=lambda folder: folder.name)
def test_folder_holds_one_mail_and_a_readable_expectation(folder: Path) -> None:
    names = {file.name for file in folder.iterdir()}
    assert names in ({"mail.eml", "expect.toml"}, {"paste.txt", "expect.toml"})
    expected = expectation(folder)
    assert expected["about"]
    assert expected.keys() <= KEYS, f"unknown key: {expected.keys() - KEYS}"
    assert set(expected.get("skips", ())) <= set(STYLES)
    for locale in LOCALES:
        assert expected.get(locale, {}).keys() <= TEXT_KEYS
    assert ("topic" in expected) <= (expected["status"] != "unknown")


@each("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sample_uses_only_addresses_for_documentation_and_known_servers(folder: Path) -> None:
    raw = content(folder)
    text = raw if isinstance(raw, str) else raw.decode("latin-1")
    hosts = re.findall(r"@((?:[a-z0-9-]+\.)+[a-z]{2,})\b", text.lower())
    assert [host for host in hosts if not ALLOWED_HOSTS.search(host)] == []


def test_samples_hold_no_telephone_number_and_no_place_of_anybody() -> None:
    for folder in FOLDERS:
        raw = content(folder)
        text = raw if isinstance(raw, str) else raw.decode("utf-8", "replace")
        found = [one.value for one in personal_data(text) if one.rule in (Rule.REAL_NUMBER, Rule.REAL_PLACE)]
        assert found == [], folder.name


@each("locale", LOCALES)
@each("folder", FOLDERS, ids=lambda folder: folder.name)
def test_sample_is_answered_as_expected(folder: Path, locale: str, ask: Any) -> None:
    expected = expectation(folder)
    when = {"today": expected["today"]} if "today" in expected else {}
    verdict = ask(content(folder), locale=locale, **when)
    found = differences(verdict, expected, locale)
    assert not found, "\n".join(found)


PASTES = [
    pytest.param(folder, style, paste, id=f"{folder.name}-{style}")
    for folder in FOLDERS
    for style, paste in other_pastes(content(folder))
    if style not in expectation(folder).get("skips", ())
]


@each(("folder", "style", "paste"), PASTES)
def test_sample_means_the_same_however_it_is_pasted(folder: Path, style: str, paste: str | bytes, ask: Any) -> None:
    # without the header, what names the recipient may be gone too
    told = ("status", "topic") if style == "body" else ("status", "topic", "facts")
    found = differences(ask(paste), {key: entry for key, entry in expectation(folder).items() if key in told}, "en")
    assert not found, "\n".join(found)


def test_every_reason_that_a_sample_expects_exists() -> None:
    named = {expectation(folder).get("topic") for folder in FOLDERS} - {None}
    for folder in FOLDERS:
        named |= {*expectation(folder).get("topics", ()), *expectation(folder).get("alternatives", ())}
    assert named <= set(checker.topics)


def differences(verdict: Verdict, expected: dict[str, Any], locale: str) -> list[str]:
    """What a verdict has otherwise than expected, each as a sentence; empty when all is well."""
    found: list[str] = []
    got = {
        "status": str(verdict.status),
        "topic": verdict.topic,
        **{key: value.id if (value := getattr(verdict, key)) else None for key in ("actor", "speaker", "permanence")},
    }
    if expected["status"] == "unknown":
        expected = {"topic": None, **expected}
    for key, value in got.items():
        if key in expected and expected[key] != value:
            found.append(f"{key}: expected {expected[key]}, got {value} ({verdict.title})")
    handed = {way.checker: dict(way.answers) for way in verdict.handovers}
    for name, given in expected.get("handovers", {}).items():
        if handed.get(name, {}).items() < given.items():
            found.append(f"handovers: {name} with {given} is not among {handed}")
    found += [f"topics: {topic} is not among {verdict.topics}" for topic in missing(expected, "topics", verdict.topics)]
    offered = {verdict.topic, *(other.topic for other in verdict.alternatives)}
    found += [f"alternatives: {topic} is not offered" for topic in missing(expected, "alternatives", offered)]
    quotes = [entry.text for entry in verdict.evidence]
    for words in expected.get("evidence", ()):
        wanted = [words] if isinstance(words, str) else words
        if not any(entry in quote for quote in quotes for entry in wanted):
            found.append(f"evidence: {words!r} is not quoted; quoted: {quotes}")
    found += wrong_facts(verdict, expected)
    everything = json.dumps(json.loads(to_json(verdict)), ensure_ascii=False)
    texts = expected.get(locale, {})
    found += [f"does not say {words!r}" for words in texts.get("says", ()) if words not in everything]
    found += [f"says {words!r}" for words in texts.get("never", ()) if words in everything]
    found += [f"report shows {words!r}" for words in texts.get("never_in_report", ()) if words in verdict.report]
    return found


def missing(expected: dict[str, Any], key: str, got: Any) -> list[str]:
    return [topic for topic in expected.get(key, ()) if topic not in got]


def wrong_facts(verdict: Verdict, expected: dict[str, Any]) -> list[str]:
    found = []
    for ident, value in expected.get("facts", {}).items():
        got = [fact.value for fact in verdict.facts if fact.id == ident]
        wanted = value if isinstance(value, list) else [value] if value else []
        if got != wanted:
            found.append(f"fact {ident}: expected {wanted}, got {got}")
    return found
