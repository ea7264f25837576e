"""Lines of a header: hops of all mail systems, dates, results, rewritten senders, organizations."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakugen_checkers.headers.judge import judge
from kakugen_checkers.headers.moments import read_moment, written
from kakugen_checkers.headers.names import organization, read_mailbox, read_srs, same_organization
from kakugen_checkers.headers.received import read_received
from kakugen_checkers.headers.results import read_received_spf, read_results

WORD = st.from_regex(r"\A[a-z][a-z0-9]{0,10}\Z").filter(lambda word: word not in "from by via with id for".split())
NAME = st.tuples(WORD, WORD).map(lambda words: f"{words[0]}.{words[1]}.example.jp")
SECONDS = st.integers(min_value=800_000_000, max_value=2_500_000_000)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def dated(seconds: int, offset: int) -> str:
    """A moment as RFC 5322 writes it, in a zone that is so many minutes ahead."""
    day, time = written(seconds, offset).split(" ")
    year, month, number = day.split("-")
    sign, ahead = "+" if offset >= 0 else "-", abs(offset)
    name = "Mon Tue Wed Thu Fri Sat Sun".split()[date.fromisoformat(day).weekday()]
    return f"{name}, {number} {MONTHS[int(month) - 1]} {year} {time} {sign}{ahead // 60:02}{ahead % 60:02}"


@given(NAME, NAME, st.ip_addresses(v=4) | st.ip_addresses(v=6), SECONDS, st.sampled_from([-480, -210, 0, 330, 540]))
def test_a_line_in_any_form_tells_who_handed_over_to_whom(
    source: str, by: str, address: object, at: int, zone: int
) -> None:
    date_ = dated(at, zone)
    bare = f"IPv6:{address}" if ":" in str(address) else str(address)
    sender, to, end = f"from {source}", "for <a@example.com>", f"; {date_}"
    forms = {
        "postfix": f"{sender} ({source} [{bare}]) by {by} (Postfix) with ESMTPS id 4ABC {to}{end} (JST)",
        "sendmail": f"{sender} ({source} [{bare}]) by {by} (8.17.1/8.17.1) with ESMTPS id 4AO1 {to}{end}",
        "exim": f"{sender} ([{address}]:4412) by {by} with esmtps (TLS1.3) tls TLS_AES (Exim 4.98) "
        f"(envelope-from <b@example.jp>) id 1t for a@example.com{end}",
        "google": f"{sender} ({source}. [{address}]) by {by} with ESMTPS id z9 {to} (version=TLS1_3 cipher=X){end}",
        "exchange": f"{sender} ({address}) by {by} (2001:db8::1) with Microsoft SMTP Server (version=TLS1_3, "
        f"cipher=TLS_X) id 15.20.1 via Frontend Transport{end}",
        "no semicolon": f"{sender} ([{address}]) by {by} with ESMTPS id 1 {to} {date_}",
    }
    for name, line in forms.items():
        hop = read_received(line)
        assert (hop.source, hop.by) == (source, by), name
        assert hop.address == str(address).lower(), name
        assert hop.moment, name
        assert hop.moment.seconds == at, name
        assert hop.encrypted, name
        assert name == "exchange" or hop.recipient == "a@example.com", name


AT = "24 Nov 2026 01:00:12 +0000"


@pytest.mark.parametrize(
    ("line", "source", "address", "by"),
    [
        ("(qmail 1 invoked by uid 89)", "", "", "qmail"),
        ("from unknown (HELO a.jp) (192.0.2.1) by b.jp with SMTP", "a.jp", "192.0.2.1", "b.jp"),
        ("by 2001:db8:6402:1:b0:1:0:1 with SMTP id a1", "", "", "2001:db8:6402:1:b0:1:0:1"),
        ("from [192.0.2.8] (port=1 helo=x.jp) by y.jp with esmtpsa", "x.jp", "192.0.2.8", "y.jp"),
        ("from localhost (localhost [127.0.0.1]) by a.jp (Postfix) with LMTP", "localhost", "127.0.0.1", "a.jp"),
        ("from a (open [192.0.2.1] by b.jp", "a", "192.0.2.1", "b.jp"),
        ("", "", "", ""),
    ],
)
def test_odd_lines_tell_what_they_hold(line: str, source: str, address: str, by: str) -> None:
    hop = read_received(f"{line}; {AT}")
    assert (hop.source, hop.address, hop.by) == (source, address, by)


@given(st.text(alphabet='()<>;:@[]"\\ \tabfromiywthd0123456789.', max_size=300) | st.text(max_size=200))
def test_any_text_is_a_line(text: str) -> None:
    assert read_received(text) == read_received(text)
    assert read_results(text) == read_results(text)
    read_received_spf(text)
    read_moment(text)
    read_mailbox(text)
    read_srs(text)


@given(SECONDS, st.integers(min_value=-720, max_value=840))
def test_a_date_is_the_same_moment_in_every_zone(at: int, offset: int) -> None:
    found = read_moment(dated(at, offset))
    assert found
    assert found.seconds == at
    assert not found.odd


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("24 Nov 26 10:00:00 JST", 1_795_482_000),
        ("Tue, 24 Nov 2026 01:00 +0000", 1_795_482_000),
        ("Tue Nov 24 01:00:00 2026", 1_795_482_000),
        ("2026-11-24 10:00:00.123456 +0900", 1_795_482_000),
        ("2026-11-24T01:00:00Z", 1_795_482_000),
        ("Mon, 23 Nov 2026 17:00:00 PST", 1_795_482_000),
        ("31 Feb 2026 10:00:00 +0900", None),
        ("24 Nov 2026 24:00:00 +0900", None),
        ("yesterday", None),
    ],
)
def test_dates_of_other_forms(text: str, seconds: int | None) -> None:
    found = read_moment(text)
    assert (found.seconds if found else None) == seconds


def test_results_name_their_writer_and_each_check() -> None:
    found = read_results(
        'mx.example.com 1; spf=softfail (a; (b) c) smtp.mailfrom="x y"@example.jp; dkim=pass reason="good; key" '
        "header.d=example.jp; dmarc=fail (p=REJECT sp=NONE) header.from=example.jp"
    )
    assert found.server == "mx.example.com"
    assert [(one.method, one.result) for one in found.results] == [
        ("spf", "softfail"),
        ("dkim", "pass"),
        ("dmarc", "fail"),
    ]
    assert found.results[2].policy == "reject"
    assert [one.domain for one in found.results[1:]] == ["example.jp", "example.jp"]
    assert read_results("spf=pass smtp.mailfrom=a@example.jp").server == ""
    assert read_results("i=2; mx.example.com; none").results == ()


def test_rewritten_senders_tell_the_first_sender() -> None:
    one = read_srs("SRS0=HHH=TT=example.jp=info@forward.example.com")
    two = read_srs("SRS1=GGG=forward.example.com==HHH=TT=example.jp=info@next.example.net")
    assert one
    assert (one.original, one.forwarder, one.hops) == ("info@example.jp", "forward.example.com", 1)
    assert two
    assert (two.original, two.forwarder, two.hops) == ("info@example.jp", "next.example.net", 2)
    assert read_srs("info@example.jp") is None


def test_organizations_are_told_by_the_small_list() -> None:
    assert organization("a.b.example.co.jp") == "example.co.jp"
    assert organization("mail.example.jp") == "example.jp"
    assert same_organization("bounce.example.co.jp", "example.co.jp")
    assert not same_organization("a.co.jp", "b.co.jp")
    assert not same_organization("", "")


HEAD = """Received: from a.example.jp (a.example.jp [192.0.2.1])
 by mx.example.com (Postfix) with ESMTPS id 1;
 Tue, 24 Nov 2026 18:00:10 +0900
"""
INSIDE = "Received: from localhost (localhost [127.0.0.1]) by store (Dovecot) with LMTP id 2; 24 Nov 2026 18:00 +0900\n"
PASS = "Authentication-Results: {}; dmarc=pass header.from=example.jp\n"
FROM = "From: info@example.jp\n"


@pytest.mark.parametrize(
    ("mail", "counts"),
    [
        (PASS.format("mx.example.com") + HEAD + FROM, [True]),
        (HEAD + PASS.format("mx.example.com") + FROM, [True]),
        (HEAD + PASS.format("filter.example.com") + FROM, [True]),
        (HEAD + PASS.format("mx.google.com") + FROM, [False]),
        (PASS.format("mx.example.com") + HEAD + PASS.format("mx.example.com") + FROM, [True, False]),
        (PASS.format("mx.example.com") + FROM, [False]),
        (HEAD + HEAD.replace("mx.example.com", "mx.example.net") + PASS.format("mx.example.com") + FROM, [False]),
        # the sender wrote a line of the way in the receiver's name, and a result below it
        (HEAD + HEAD + PASS.format("mx.example.com") + FROM, [False]),
        # a border without a name, and below it whatever the sender likes
        (HEAD.replace("mx.example.com", "mx1") + HEAD + PASS.format("mx.example.com") + FROM, [False]),
        # inside of the provider, from a filter to the mailbox
        (INSIDE + HEAD + PASS.format("mx.example.com") + FROM, [True]),
        (HEAD + "Authentication-Results: dmarc=pass header.from=example.jp\n" + FROM, [False]),
    ],
)
def test_only_the_topmost_result_of_the_receiver_counts(mail: str, counts: list[bool]) -> None:
    findings = judge(mail, date(2026, 11, 24))
    assert [one.counts for one in findings.said.statements] == counts
    assert bool(findings.said.believed) is any(counts)


def test_names_that_mislead_are_told() -> None:
    claimed = read_mailbox('"bank@example.com" <a@example.net>')
    assert claimed
    assert claimed.claimed == "bank@example.com"
    turned = read_mailbox('"A\u202eB" <a@xn--exmple-cua.jp>')
    assert turned
    assert turned.hides
    assert turned.foreign
    plain = read_mailbox('"info@example.jp" <a@mail.example.jp>')
    assert plain
    assert (plain.claimed, plain.hides, plain.foreign) == ("", False, False)
