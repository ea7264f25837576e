"""DMARC, rule by rule (RFC 9989 and 9990 of May 2026), and MX (RFC 5321, 7505)."""

from collections.abc import Callable

import pytest

from kakugen_checkers.records import read_records

type Faults = Callable[..., list[tuple[str, str]]]

OWNER = "_dmarc.example.jp. IN TXT"

GOOD = [
    "v=DMARC1; p=reject; rua=mailto:a@example.jp",
    "v=DMARC1;p=reject;",
    "v=DMARC1; p=quarantine; sp=reject; np=reject; adkim=s; aspf=r; t=n; psd=n; fo=d:s; rua=mailto:a@example.jp",
    "v=DMARC1; rua=mailto:a@example.jp,mailto:b@mail.example.jp ; p=none",
    "v = DMARC1 ; p = reject",
]


@pytest.mark.parametrize("record", GOOD)
def test_right_record_has_no_fault(faults: Faults, record: str) -> None:
    assert faults(f'{OWNER} "{record}"') == []


RULES = [
    ("RFC 9989 §4.7", "v=dmarc1; p=reject", "dmarc-version", "v=dmarc1", ""),
    ("RFC 9989 §4.7", "v=DMARC2; p=reject", "dmarc-version", "v=DMARC2", ""),
    ("RFC 9989 §4.7", "p=reject", "dmarc-no-version", "p=reject", ""),
    ("RFC 9989 §4.7", "p=reject; v=DMARC1", "dmarc-version-place", "v=DMARC1", ""),
    ("RFC 9989 §4.7", "v=DMARC1; rua=mailto:a@example.jp", "dmarc-no-policy", "v=DMARC1", "none"),
    ("RFC 9989 §4.10.1", "v=DMARC1; p=rejct", "dmarc-policy-value", "p=rejct", ""),
    ("RFC 9989 §4.10.1", "v=DMARC1; p=rejct; rua=mailto:a@example.jp", "dmarc-policy-value", "p=rejct", "none"),
    ("RFC 9989 §4.10.1", "v=DMARC1; p=reject; sp=foo", "dmarc-policy-value", "sp=foo", ""),
    ("RFC 9989 §4.7", "v=DMARC1; p=reject; adkim=strict", "dmarc-value", "adkim=strict", "reject"),
    ("RFC 9989 §4.8", "v=DMARC1; p=reject; fo=0:1", "dmarc-value", "fo=0:1", "reject"),
    ("RFC 9989 App. C", "v=DMARC1; p=reject; pct=100", "dmarc-old-tags", "pct=100", "reject"),
    ("RFC 9989 App. C", "v=DMARC1; p=reject; pct=10", "dmarc-percentage", "pct=10", "reject"),
    ("RFC 9989 App. C", "v=DMARC1; p=reject; rf=afrf", "dmarc-old-tags", "rf=afrf", "reject"),
    ("RFC 9989 App. C", "v=DMARC1; p=reject; ri=86400", "dmarc-old-tags", "ri=86400", "reject"),
    ("RFC 9989 §4.7", "v=DMARC1; p=reject; foo=1", "dmarc-unknown-tag", "foo=1", "reject"),
    ("RFC 9989 §4.7", "v=DMARC1; p=reject; t=y", "dmarc-testing", "t=y", "reject"),
    ("RFC 9989 §4.7", "v=DMARC1; p=reject; psd=y", "dmarc-psd", "psd=y", "reject"),
    ("RFC 9989 §4.7", "v=DMARC1; p=reject; sp=none", "dmarc-subdomains", "sp=none", "reject"),
    ("RFC 9989 §4.7", "v=DMARC1; p=none", "dmarc-none", "p=none", "none"),
    ("RFC 9989 §4.8", "v=DMARC1 p=reject", "dmarc-no-semicolon", "v=DMARC1 p=reject", ""),
    ("RFC 9989 §4.8", "v=DMARC1; reject; p=reject", "dmarc-no-equals", "reject", "reject"),
    ("RFC 6376 §3.2", "v=DMARC1; p=reject; p=none", "dmarc-tag-twice", "p=none", "reject"),
    ("RFC 9989 §4.6", "v=DMARC1; p=reject; rua=a@example.jp", "dmarc-report-mailto", "a@example.jp", "reject"),
    ("RFC 9989 §4.6", "v=DMARC1; p=reject; rua=mailto:a", "dmarc-report", "mailto:a", "reject"),
]
RULES += [
    (section, f"v=DMARC1; p=reject; rua={report}", ident, report, "reject")
    for section, ident, report in (
        ("RFC 9989 §4.6", "dmarc-report", "mailto:a@example.jp b@example.jp"),
        ("RFC 9989 §4.8", "dmarc-report-size", "mailto:a@example.jp!5m"),
        ("RFC 9990 §4", "dmarc-report-elsewhere", "mailto:a@example.com"),
    )
]


@pytest.mark.parametrize(("section", "record", "ident", "words", "policy"), RULES)
def test_fault_is_found_and_the_policy_is_what_receivers_read(
    faults: Faults, section: str, record: str, ident: str, words: str, policy: str
) -> None:
    text = f'{OWNER} "{record}"'
    found = dict(faults(text))
    assert ident in found, section
    # where the tag is part of another that swallowed it, the words lie inside
    assert found[ident] in words
    assert read_records(text).dmarc_policy == policy


def test_of_two_records_none_counts(faults: Faults) -> None:
    text = f'{OWNER} "v=DMARC1; p=reject"\n{OWNER} "v=DMARC1; p=quarantine"'
    assert [ident for ident, _words in faults(text)] == ["dmarc-two-records"] * 2
    assert read_records(text).dmarc_policy == ""


def test_record_under_the_domain_itself_is_not_found_by_receivers(faults: Faults) -> None:
    assert ("dmarc-name", "v=DMARC1") in faults('example.jp. IN TXT "v=DMARC1; p=reject"')


def test_external_reports_need_a_domain_to_compare_with(faults: Faults) -> None:
    record = "v=DMARC1; p=reject; rua=mailto:a@example.com"
    assert faults(record) == []
    assert [ident for ident, _words in faults(record, "example.jp")] == ["dmarc-report-elsewhere"]


MX = [
    ("RFC 7505 §3", "example.jp. IN MX 0 .", "mx-null", "."),
    ("RFC 7505 §3", "example.jp. IN MX 0 .\nexample.jp. IN MX 10 a.example.jp.", "mx-null-with-others", "0 ."),
    ("RFC 5321 §5.1", "example.jp. IN MX 10 192.0.2.1", "mx-address", "192.0.2.1"),
    ("RFC 1035 §3.3.9", "example.jp. IN MX 10 http://mail.example.jp/", "mx-url", "http://mail.example.jp/"),
    ("RFC 5321 §2.3.5", "example.jp. IN MX 10 my_mail.example.jp.", "mx-underscore", "my_mail.example.jp."),
]


@pytest.mark.parametrize(("section", "text", "ident", "words"), MX)
def test_fault_of_mx_is_found(faults: Faults, section: str, text: str, ident: str, words: str) -> None:
    assert (ident, words) in faults(text), section


@pytest.mark.parametrize(
    "text",
    [
        "example.jp. 3600 IN MX 10 mx.example.jp.",
        "example.jp\tmail exchanger = 10 mx.example.jp.",
        "example.jp\tMX preference = 10, mail exchanger = mx.example.jp",
        "example.jp mail is handled by 10 mx.example.jp.",
        "@ MX mx.example.jp 10",
        "| MX | example.jp | 10 mx.example.jp | 3600 |",
        "example.jp. MX mx.example.jp. 10 3600",
        "dig +short mx example.jp\n10 mx.example.jp.",
        "MX\n優先度\n10\nmx.example.jp\n",
    ],
)
def test_mx_is_read_however_it_is_written(text: str) -> None:
    records = read_records(text)
    assert records.mx_hosts == ("mx.example.jp",)
    assert records.mx[0].preference == 10
