"""Any text gets a verdict: of any kind, of any length, within a bound that only a blow-up breaks."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.each import each

from kakugen_checkers.protocol import to_json
from kakugen_checkers.records import checker, read_records
from kakugen_checkers.records.judge import judge
from kakugen_checkers.records.spf_terms import MECHANISMS

TODAY = date(2026, 11, 24)
PIECES = [
    *"v=spf1|v=DKIM1;|v=DMARC1;|p=none|p=|k=rsa;|rua=mailto:a@b.jp".split("|"),
    *"mx|a|include:|include:x.jp|+all|~all|redirect=x.jp|%{i}".split("|"),
    *'"|(|)|\\|;|=|:|/|,|\n|\t| |>|　|“|”|\u200b|\ufeff|\r\n|\x00|ｖ＝ｓｐｆ１|。'.split("|"),
    *"example.jp.|IN|TXT|MX|CNAME|10|0 .|_dmarc.example.jp|s._domainkey.example.jp".split("|"),
    *"192.0.2.1|dig example.jp|MIIBIjANBg|{term}".split("|"),
]  # fmt: skip

ANY = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
)


@given(ANY, st.text(max_size=40))
def test_any_text_gives_a_verdict_whose_evidence_stands_in_it(text: str, domain: str) -> None:
    verdict = checker.run({"records": text, "domain": domain, "host": domain}, today=TODAY, locale="ja")
    assert to_json(verdict)
    assert verdict.title
    assert verdict.topic is None or verdict.topic in checker.topics
    for found in verdict.evidence:
        assert text[found.start : found.end] == found.text != ""
    assert verdict == checker.run({"records": text, "domain": domain, "host": domain}, today=TODAY, locale="ja")


@given(ANY)
def test_every_fault_and_term_stands_in_the_paste(text: str) -> None:
    records = read_records(text)
    for fault in judge(records, None).faults:
        assert 0 <= fault.start < fault.end <= len(text)
    for spf in records.spf:
        for term in spf.terms:
            assert 0 <= term.start < term.end <= len(text)
    for record in (*records.dkim, *records.dmarc):
        for tag in record.tags:
            assert 0 <= tag.start < tag.end <= len(text)


NAMES = st.from_regex(r"\A[a-z][a-z0-9]{0,8}(\.[a-z][a-z0-9]{0,8}){1,3}\.jp\Z")
ADDRESSES = st.ip_addresses(v=4).map(lambda address: f"ip4:{address}") | st.ip_addresses(v=6).map(
    lambda address: f"ip6:{address}"
)
TERMS = st.one_of(
    ADDRESSES, *(NAMES.map(f"{name}:".__add__) for name in MECHANISMS if name in ("a", "mx", "include", "exists"))
)


@given(st.lists(TERMS, max_size=8, unique=True), st.sampled_from(["-all", "~all"]))
def test_right_spf_comes_back_as_it_went_in(terms: list[str], ending: str) -> None:
    text = " ".join(("v=spf1", *terms, ending))
    for pasted in (text, f'"{text}"', f'example.org.\t3600\tIN\tTXT\t"{text}"', "\n".join(text.split(" "))):
        (record,) = read_records(pasted).spf
        assert record.found.value.text == text
        assert [term.text for term in record.terms] == [*terms, ending]
        assert [pasted[term.start : term.end] for term in record.terms] == [*terms, ending]
        assert {fault.id for fault in record.faults} <= {"spf-long-string", "spf-long-record"}


@given(
    st.sampled_from(["none", "quarantine", "reject"]),
    st.lists(
        st.sampled_from(["sp=reject", "np=reject", "adkim=s", "aspf=s", "t=n", "rua=mailto:a@example.jp"]), unique=True
    ),
)
def test_right_dmarc_comes_back_as_it_went_in(policy: str, rest: list[str]) -> None:
    text = "; ".join(("v=DMARC1", f"p={policy}", *rest))
    for pasted in (text, f'_dmarc.example.jp. IN TXT "{text}"', "_dmarc\nTXT\n" + text.replace("; ", ";\n")):
        records = read_records(pasted)
        assert records.dmarc_policy == policy
        assert [f"{tag.name}={tag.value}" for tag in records.dmarc[0].tags] == text.split("; ")
        assert {fault.id for fault in records.dmarc[0].faults} <= {"dmarc-none"}


@pytest.mark.parametrize("answer", [None, 3.0, True, ("a",), b"\xff\xfe", "", " \n", b"v=spf1 mx ~all"])
def test_answers_of_other_kinds_are_no_error(answer: object) -> None:
    for other in (None, 1.0, ("x",), b"y"):
        assert checker.run({"records": answer, "domain": other, "host": other}, today=TODAY, locale="xx").locale == "ja"  # type: ignore[dict-item]


HOSTILE = {
    "a novel": "'吾輩は猫である。名前はまだ無い。' * (N // 16)",
    "one letter": "'a' * N",
    "short terms": "'v=spf1 ' + 'a ' * (N // 2)",
    "short terms and tabs": "('v=spf1' + '\\ta' * 4000 + chr(10)) * (N // 8000)",
    "short terms line by line": "'v=spf1 a' + (chr(10) + 'a') * (N // 2)",
    "versions": "'v=spf1 ' * (N // 7)",
    "versions in prose": "'v=spf1か' * (N // 7)",
    "policies": "'p=none|' * (N // 7)",
    "quotes": "chr(34) * N",
    "quotes inside quotes": "('v=spf1 ' + chr(34) + chr(92)) * (N // 9)",
    "open parentheses": "'x IN TXT ( ' + (chr(34) + 'v=spf1 a' + chr(34) + chr(10)) * (N // 11) + chr(34)",
    "a string a line": "'x IN TXT ( ' + (chr(34) + 'v=DKIM1; p=' + chr(34) + chr(10)) * (N // 14)",
    "a key line by line": "'v=DKIM1; p=' + (chr(10) + 'MIIB' * 4) * (N // 17)",
    "a key without end": "'v=DKIM1; p=' + 'MIIB' * (N // 4)",
    "tags": "'v=DMARC1; ' + 'a=b;' * (N // 4)",
    "tags line by line": "'v=DMARC1' + (chr(10) + 'p=none;') * (N // 8)",
    "report addresses": "'v=DMARC1; rua=' + 'mailto:a@b.jp,' * (N // 14)",
    "records": "('example.jp. IN TXT ' + chr(34) + 'v=spf1 a ~all' + chr(34) + chr(10)) * (N // 35)",
    "different records": "''.join(f'v=spf1 a:h{n}.jp ~all' + chr(10) for n in range(N // 25))",
    "mail exchangers": "''.join(f'example.jp. MX 10 h{n}.example.jp.' + chr(10) for n in range(N // 34))",
    "names": "'a.' * (N // 2) + 'jp MX 10 ' + 'b.' * 1000",
    "blank lines": "chr(10) * N",
    "characters without width": "'v=spf1' + chr(0x200b) * N",
    "full-width": "'ｖ＝ｓｐｆ１　ａ　' * (N // 9)",
    "macros": "'v=spf1 exists:' + '%{' * (N // 2)",
    "addresses": "'v=spf1 ip6:' + '1:' * (N // 2)",
    "records that include each other": "''.join(f'h{n}.jp. TXT ' + chr(34) + 'v=spf1 ' + ' '.join("
    "f'include:h{m}.jp' for m in range(12)) + ' ~all' + chr(34) + chr(10) for n in range(12))",
    "half a surrogate pair": "'v=spf1 ' + chr(0xd800) * N",
    "nul characters": "chr(0) * N",
    "private keys": "'-----BEGIN ' * (N // 11)",
}  # fmt: skip

ASK = """
import sys
from datetime import date
from kakugen_checkers.protocol import to_json
from kakugen_checkers.records import checker
N = {length}
text = {text}
verdict = checker.run({{"records": text}}, today=date(2026, 11, 24), locale="ja")
assert verdict.title
assert len(to_json(verdict)) < 300_000
"""
LENGTH = 1_000_000
# Steps in proportion to the text take about a second for each; a square takes hours.
SECONDS = 120


@each("name", HOSTILE)
def test_hostile_text_is_answered_in_time(name: str) -> None:
    script = ASK.format(length=LENGTH, text=HOSTILE[name])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
