"""Any text gets a verdict, of any kind and any length, within a bound that only a blow-up breaks."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.checkers.processes import answers_of_processes

from kakugen_checkers.headers import checker
from kakugen_checkers.protocol import to_json

TODAY = date(2026, 11, 24)
FIELDS = "Received From Date Return-Path Authentication-Results DKIM-Signature ARC-Seal Delivered-To SPF".split()
PIECES = [
    *(f"{name}: " for name in FIELDS),
    *"from a.example.jp|by mx.google.com|with ESMTPS|for <a@example.jp>|(b [192.0.2.1])|; 24 Nov 2026 01:00".split("|"),
    *"mx.google.com;|spf=pass|dkim=fail|dmarc=none|(p=REJECT)|header.d=example.jp|d=example.jp;|l=1;|x=1".split("|"),
    *"\n|\r\n|\n |(|)|<|>|;|\"|\\|\x00|\u202e|> |=?utf-8?b?44GC?=|'PASS'|{slow}|<table>|&lt;".split("|"),
    "SRS0=a=b=c=d@e.jp",
]
ANY = st.one_of(
    st.text(),
    st.binary(),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
)


@given(ANY, st.sampled_from(["spam", "late", "", "x"]), st.sampled_from(["ja", "en", "fr"]))
def test_any_input_gives_a_verdict_whose_evidence_stands_in_it(mail: str | bytes, about: str, locale: str) -> None:
    verdict = checker.run({"mail": mail, "about": about}, today=TODAY, locale=locale)
    assert json.loads(to_json(verdict))["title"]
    assert set(verdict.topics) <= set(checker.topics)
    assert (verdict.topic is None) == (verdict.status == "unknown")
    assert "{slow}" not in verdict.summary
    for entry in verdict.evidence:
        if isinstance(mail, str) and entry.start is not None:
            assert mail[entry.start : entry.end] == entry.text != ""
    assert verdict == checker.run({"mail": mail, "about": about}, today=TODAY, locale=locale)


@pytest.mark.parametrize("answer", [None, 3.0, True, ("a",), b"\xff\xfe", "", " \n"])
def test_answers_of_other_kinds_are_no_error(answer: object) -> None:
    assert checker.run({"mail": answer, "about": answer}, today=TODAY, locale="xx").locale == "ja"  # type: ignore[dict-item]


HOSTILE = {
    "received lines": "('Received: from a.jp ([192.0.2.1]) by b.jp; 24 Nov 2026 01:00 +0900' + chr(10)) * 100_000",
    "25 MB of one field": "'Subject: ' + 'a' * (25 * N)",
    "25 MB of fields": "''.join(f'X-A{n}: b' + chr(10) for n in range(25 * N // 12))",
    "open comments": "'Received: ' + '(' * N",
    "nested comments": "'Received: ' + '(' * (N // 2) + ')' * (N // 2)",
    "open quotes": "'Authentication-Results: a; ' + chr(34) * N",
    "results": "'Received: by b.jp' + chr(10) + 'Authentication-Results: b.jp; ' + 'spf=pass (x) a.b=c; ' * (N // 20)",
    "result fields": "'Received: by b.jp' + chr(10) + ('Authentication-Results: b.jp; spf=pass' + chr(10)) * (N // 38)",
    "signatures": "('DKIM-Signature: v=1; d=a.jp; ' + 'h=from:to:' * 90 + chr(10)) * (N // 930)",
    "names to sign": "'DKIM-Signature: h=' + ('from:' + chr(10)) * (N // 6)",
    "encoded words": "'From: ' + '=?utf-8?b?44GC?= ' * (N // 18) + '<a@b.jp>'",
    "encoded words without end": "'From: ' + '=?utf-8?b?' * (N // 10)",
    "addresses": "'From: ' + '<a@b.jp>, ' * (N // 10)",
    "addresses without end": "'From: ' + 'a@' * (N // 2)",
    "dots": "'Received: from ' + '1.' * (N // 2)",
    "colons": "'Received: from ' + '1:' * (N // 2)",
    "deliveries": "''.join(f'Delivered-To: a{n}@b.jp' + chr(10) for n in range(N // 24))",
    "seals": "('ARC-Seal: i=1; d=a.jp' + chr(10)) * (N // 23)",
    "quote marks": "'> ' * (N // 2)",
    "quoted lines": "('> > > X-A: b' + chr(10)) * (N // 14)",
    "blank lines": "chr(10) * N",
    "line ends": "'From: a@b.jp' + (chr(13) + chr(10)) * (N // 2)",
    "tags": "'<table>' + '<td>' * (N // 4)",
    "open tags": "'<td ' * (N // 4)",
    "turning characters": "'From: ' + chr(0x202e) * N",
    "nul characters": "'From: ' + chr(0) * N",
    "half a surrogate pair": "'From: ' + chr(0xd800) * N",
    "Japanese": "'From: ' + '山' * N",
    "spaces": "'Date: ' + ' ' * N + '1'",
    "days": "'Received: by a.jp; ' + 'Tue, 24 Nov ' * (N // 12)",
    "SRS": "'Return-Path: <SRS0=' + 'a=' * (N // 2) + '@b.jp>'",
}  # fmt: skip
ASK = """
from datetime import date
from kakugen_checkers.headers import checker
from kakugen_checkers.protocol import to_json
N = 200_000
for name, text in {texts}.items():
    text = eval(text)
    for mail in (text, text.encode("utf-8", "surrogatepass")):
        verdict = checker.run({{"mail": mail}}, today=date(2026, 11, 24), locale="ja")
        assert verdict.title and len(to_json(verdict)) < 400_000, (name, len(to_json(verdict)))
"""
# Steps in proportion to the text take seconds for all of them; a square takes hours.
SECONDS = 300


def test_hostile_text_is_answered_in_time() -> None:
    script = ASK.format(texts=HOSTILE)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_answers_do_not_depend_on_the_process() -> None:
    folders = sorted((Path(__file__).parent / "samples").iterdir())
    pastes = [path.read_bytes().decode("latin-1") for folder in folders for path in folder.glob("[mp]a*.[et][mx]*")]
    assert len(pastes) == 20
    (answers,) = answers_of_processes("headers", pastes)
    assert answers.count("\n") == len(pastes)
