"""Safety: whatever is pasted gives a verdict, the same each time, that points only at what was pasted."""

import json
import random
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.each import each

from kakugen_checkers.bounce import checker
from kakugen_checkers.bounce.mask import mask
from kakugen_checkers.protocol import Status, Verdict, to_json

SAMPLES = sorted((Path(__file__).parent / "samples").glob("*/*.*"))
MAILS = [path.read_bytes() for path in SAMPLES if path.name in ("mail.eml", "paste.txt")]
TODAY = date(2026, 11, 24)

FRAGMENTS = st.sampled_from(
    ["550 5.1.1 ", "User unknown", "\n\n", "> ", "--b\n", "Content-Type: multipart/report; boundary=b\n", "\r", "\x00",
     "Content-Transfer-Encoding: base64\n", "=?UTF-8?B?4pyT?=", "\x1b$B", "\u202e", "<a@example.com>", "said: ",
     "Final-Recipient: rfc822; a@example.com\n", "Diagnostic-Code: smtp; 550\n", "<script>", "&lt;", "いっぱい",
     "\ufeff", "\ud800", "\u2028", "192.0.2.1", "Status: 5.1.1\n", "From: a\nTo: b\n", "<<< ", "（", "... "]
)  # fmt: skip
PASTES = st.lists(FRAGMENTS | st.text(max_size=30), max_size=25).map("".join)


def ask(mail: str | bytes | None, *, locale: str = "en", today: date = TODAY) -> Verdict:
    return checker.run({"mail": mail}, today=today, locale=locale)


def check(verdict: Verdict, answer: str | bytes) -> None:
    """Everything that is true of every verdict of the bounce checker."""
    raw = json.loads(to_json(verdict))
    assert json.loads(json.dumps(raw)) == raw
    assert verdict.locale in checker.locales
    assert verdict.title
    assert verdict.summary
    assert 0 <= verdict.confidence <= 1
    assert (verdict.status is Status.UNKNOWN) == (verdict.topic is None) == (verdict.confidence == 0)
    assert {*verdict.topics, *filter(None, [verdict.topic])} <= set(checker.topics)
    assert {other.topic for other in verdict.alternatives} <= set(checker.topics)
    if verdict.status is Status.AMBIGUOUS:
        assert len(verdict.alternatives) >= 2
        assert all(other.tell_apart for other in verdict.alternatives[:2])
    for entry in verdict.evidence:
        assert entry.field == checker.form.fields[0].id
        assert entry.text
        assert (entry.start is None) == (entry.end is None)
        if isinstance(answer, bytes):
            assert entry.start is None, "a file is not shown, so there is nothing to point at"
        elif entry.start is not None and entry.end is not None:
            assert 0 <= entry.start < entry.end <= len(answer)
            assert answer[entry.start : entry.end] == entry.text


@given(PASTES, st.sampled_from(["ja", "en"]))
@example("", "ja")
@example("\ud800\udfff", "en")
@example("From a\n", "en")
@example(": \n\n", "ja")
@settings(max_examples=400)
def test_any_text_gives_a_verdict(text: str, locale: str) -> None:
    check(ask(text, locale=locale), text)


ENCODED = FRAGMENTS.map(lambda text: text.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=4000) | st.lists(st.binary(max_size=20) | ENCODED, max_size=20).map(b"".join))
@settings(max_examples=300)
def test_any_bytes_give_a_verdict(data: bytes) -> None:
    check(ask(data), data)


@given(st.text(max_size=12), st.dates())
@example("", date.min)
@example("ja-JP", date.max)
def test_any_language_and_any_day_give_a_verdict(locale: str, today: date) -> None:
    verdict = ask("535 5.7.8 Error: authentication failed", locale=locale, today=today)
    assert verdict.locale == (locale if locale in checker.locales else checker.locales[0])
    check(verdict, "535 5.7.8 Error: authentication failed")


@pytest.mark.parametrize("answer", [None, True, False, 0.0, -1.5, float("nan"), float("inf")])
def test_an_answer_that_is_no_text_is_as_good_as_none(answer: Any) -> None:
    assert checker.run({"mail": answer}, today=TODAY, locale="ja") == checker.run({}, today=TODAY, locale="ja")


def test_answers_to_other_questions_do_not_matter() -> None:
    one = checker.run({"mail": "550 5.1.1 User unknown"}, today=TODAY, locale="ja")
    assert checker.run({"mail": "550 5.1.1 User unknown", "colour": "red"}, today=TODAY, locale="ja") == one


def mutated(mail: bytes, seed: int) -> bytes:
    """A sample cut, with lines doubled and shuffled, and with random bytes put in."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 3)):
        lines = mail.split(b"\n")
        match chance.randrange(6):
            case 0:
                mail = mail[: chance.randrange(len(mail) + 1)]
            case 1:
                mail = mail[chance.randrange(len(mail) + 1) :]
            case 2:
                chance.shuffle(lines)
                mail = b"\n".join(lines)
            case 3:
                lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
                mail = b"\n".join(lines)
            case 4:
                place = chance.randrange(len(mail) + 1)
                mail = mail[:place] + chance.randbytes(chance.randint(1, 40)) + mail[place:]
            case 5:
                mail = mail * chance.randint(2, 4)
    return mail


@given(st.sampled_from(range(len(MAILS))), st.integers(0, 2**32))
@settings(max_examples=400)
def test_a_broken_sample_gives_a_verdict(number: int, seed: int) -> None:
    mail = mutated(MAILS[number], seed)
    check(ask(mail), mail)
    text = mail.decode("utf-8", "surrogateescape")
    check(ask(text), text)


@given(st.sampled_from(range(len(MAILS))), st.integers(0, 2**32))
@settings(max_examples=60)
def test_the_same_paste_is_answered_the_same(number: int, seed: int) -> None:
    mail = mutated(MAILS[number], seed)
    first = to_json(ask(mail))
    ask(MAILS[(number + 1) % len(MAILS)])
    assert to_json(ask(mail)) == first


@each("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.suffix[1:]}")
def test_evidence_of_a_sample_pasted_as_text_points_at_its_words(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    check(ask(text), text)


@each("path", [p for p in SAMPLES if p.name == "paste.txt"], ids=lambda path: path.parent.name)
def test_a_pasted_sample_that_is_identified_shows_where(path: Path) -> None:
    text = path.read_bytes().decode()
    verdict = ask(text)
    by_form = {"bounce/vacation", "bounce/feedback", "bounce/delivered"}
    if verdict.status is not Status.UNKNOWN and verdict.topic not in by_form:
        assert any(entry.start is not None for entry in verdict.evidence)


# ------------------------------------------------------------------ the masked report

NAMES = st.text(st.sampled_from("abcdefghijklmnop"), min_size=3, max_size=10)
ADDRESSES = st.builds("{}.{}@{}.example.jp".format, NAMES, NAMES, NAMES)
IPS = st.lists(st.integers(0, 255), min_size=4, max_size=4).map(lambda parts: ".".join(map(str, parts)))
IPV6 = st.lists(st.integers(0x1000, 0xFFFF), min_size=8, max_size=8).map(
    lambda parts: ":".join(f"{p:x}" for p in parts)
)
PLACES = st.sampled_from(["to {} now", "<{}>", "({})", "[{}]", "{},", "{}.", "mailto:{}", "{}", "「{}」へ", "id={};"])


@given(st.lists(st.tuples(PLACES, ADDRESSES | IPS | IPV6), min_size=1, max_size=6))
@settings(max_examples=300)
def test_the_masked_report_holds_no_address_of_the_paste(found: list[tuple[str, str]]) -> None:
    text = "The notice says something else.\n" + "\n".join(place.format(value) for place, value in found)
    verdict = ask(text)
    assert verdict.status is Status.UNKNOWN
    for _, value in found:
        assert value not in verdict.report, verdict.report


@given(st.text(st.sampled_from("a@.:<>-0195 \n\"あ'[]x="), max_size=200))
def test_masking_leaves_no_address_of_any_form(text: str) -> None:
    masked = mask(text)
    assert not re.search(r"[a-z0-9]@[a-z0-9]", masked)
    assert not re.search(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])", masked)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("from mail.example.jp[192.0.2.1]:25", "from mail.example.jp[[ip-1]]:25"),
        ("from 192.0.2.1.", "from [ip-1]."),
        ("[IPv6:2001:db8:1:2:3:4:5:6]", "[IPv6:[ip-1]]"),
        ("2001:db8::1 refused", "[ip-1] refused"),
        ("at 10:00:01 on 24:11", "at 10:00:01 on 24:11"),
        ("call 03-1234-5678 now", "call [phone] now"),
        ("差出人：山田太郎 <yamada@example.jp>", "差出人： [...]"),
        ("山田太郎 <yamada@example.jp>", "[name] <[address-1]>"),
        ("550 5.1.1 User unknown", "550 5.1.1 User unknown"),
        ("said: 557 5.9.3 The kettle of <a@example.com> boils", "said: 557 5.9.3 The kettle of <[address-1]> boils"),
        ("550 5.1.1 Hanako Yamada <a@example.com>", "550 5.1.1 [name] <[address-1]>"),
        ("hanako yamada <a@example.com>", "[name] <[address-1]>"),
        ("call 09012345678 or +81 90-1234-5678, 〒154-0021", "call [phone] or [phone], [postcode]"),
    ],
)
def test_what_is_personal_is_masked_and_the_rest_stays(text: str, masked: str) -> None:
    assert mask(text) == masked


def test_masking_keeps_who_is_who() -> None:
    masked = mask("a@example.com wrote to b@example.com, and b@example.com to A@example.com from 192.0.2.1.")
    assert masked == "[address-1] wrote to [address-2], and [address-2] to [address-1] from [ip-1]."


@each("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.suffix[1:]}")
def test_the_report_on_a_sample_holds_none_of_its_addresses(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", "replace")
    report = ask(text).report
    for personal in {*re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]*\w", text), *re.findall(r"\b192\.\d+\.\d+\.\d+\b", text)}:
        assert personal not in report


def test_a_verdict_that_is_known_needs_no_report() -> None:
    assert ask("550 5.1.1 User unknown").report == ""


# ------------------------------------------------------------------ size


@pytest.mark.parametrize(
    "unit",
    [
        "550 5.1.1 ",
        "> ",
        ">",
        "a@",
        "<",
        "--b\n",
        "\n\n",
        "=",
        "あ",
        "Received: x\n",
        "Status: 5.1.1\n",
        "<div ",
        "&",
        "\r",
    ],
)
def test_a_megabyte_of_one_thing_gives_a_verdict(unit: str) -> None:
    text = (unit * (1_000_000 // len(unit)))[:1_000_000]
    check(ask(text), text)


def test_a_mail_of_25_megabytes_is_answered_from_its_beginning() -> None:
    bounce = (Path(__file__).parent / "samples/postfix-user-unknown/mail.eml").read_bytes()
    mail = bounce + b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n" * 700_000
    assert ask(mail).topic == "bounce/userunknown"


def test_multipart_in_multipart_in_multipart_ends_somewhere() -> None:
    mail = "From: a@example.com\nTo: b@example.com\n"
    for depth in range(200):
        mail += f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"
    check(ask(mail), mail)
