"""How a verdict looks: each part in its place, the reader's words as text and nothing else.

The verdicts come from a worker that says exactly what a test wants.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Reader

Sham = Callable[..., None]
Blank = Callable[..., dict[str, Any]]


@pytest.fixture
def shown(reader: Reader, sham_worker: Sham, blank_verdict: Blank) -> Callable[..., Reader]:
    """Show a verdict with these parts, about this text."""

    def show(text: str = "text", **parts: Any) -> Reader:
        sham_worker(verdict=blank_verdict(**parts))
        reader.open()
        reader.ask(text)
        reader.sees_state("done")
        return reader

    return show


def evidence(text: str, start: int | None, *, shows: str = "これ", **parts: Any) -> dict[str, Any]:
    end = None if start is None else start + len(text)
    return {
        "field": "mail",
        "text": text,
        "shows": shows,
        "start": start,
        "end": end,
        "before": "",
        "after": "",
    } | parts


FULL: dict[str, Any] = {
    "topic": "bounce/sendingpassword",
    "topics": ["bounce/sendingpassword"],
    "summary": "要約",
    "confidence_meaning": "ほぼ確実です。",
    "actor": {"id": "reader", "label": "あなた"},
    "permanence": {"id": "permanent", "label": "待っても直りません"},
    "speaker": {"id": "gmail", "label": "Gmail"},
    "expiries": [
        {
            "id": "end",
            "text": "この機能は終わります。",
            "until": "2027-01-31",
            "month_only": True,
            "ended": False,
            "source": "https://support.google.com/mail/answer/17101213",
        }
    ],
    "steps": [{"text": "直す", "where": ["設定", "アカウント"], "note": "注意", "topic": None}],
    "cautions": ["しない"],
    "messages": [{"id": "host", "to": "host", "label": "尋ねる文", "text": "一行目\n二行目"}],
    "alternatives": [{"topic": "bounce/other", "title": "ほか", "summary": "別の意味", "tell_apart": "ここを見る"}],
    "questions": ["変えましたか"],
    "evidence": [evidence("text", 0)],
    "facts": [{"id": "code", "label": "番号", "value": "535", "note": "失敗"}],
    "figures": [
        {
            "id": "ports",
            "kind": "table",
            "title": "ポート",
            "columns": ["用途", "番号"],
            "rows": [["送信", 465], ["不明", None]],
            "note": "例",
            "marks": [],
        }
    ],
    "report": "From: ***",
}


def test_parts_stand_in_the_order_in_which_a_reader_needs_them(shown: Callable[..., Reader]) -> None:
    parts = shown(**FULL).verdict.locator("[data-part]")
    assert parts.evaluate_all("parts => parts.map(part => part.dataset.part)") == [
        "steps",
        "cautions",
        "figure",
        "messages",
        "alternatives",
        "questions",
        "articles",
        "evidence",
        "facts",
        "report",
    ]


@pytest.mark.parametrize("status", ["ambiguous", "unknown"])
def test_where_the_cause_is_open_what_would_tell_comes_first(shown: Callable[..., Reader], status: str) -> None:
    parts = shown(**FULL | {"status": status}).verdict.locator("[data-part]")
    names = parts.evaluate_all("parts => parts.map(part => part.dataset.part)")
    assert names[:3] == ["questions", "alternatives", "steps"]


def test_heading_status_actor_and_waiting_are_said_in_words(shown: Callable[..., Reader]) -> None:
    verdict = shown(**FULL).verdict
    expect(verdict.locator("[data-heading]")).to_have_text("題")
    expect(verdict.locator(".checker-status")).to_have_text("答えが出ました")
    expect(verdict.locator("dl")).to_contain_text("だれが直すか")
    expect(verdict.locator("dl")).to_contain_text("待っても直りません")
    expect(verdict.locator(".checker-confidence")).to_have_text("ほぼ確実です。")


def test_advice_that_ends_says_until_when_and_where_that_is_announced(shown: Callable[..., Reader]) -> None:
    note = shown(**FULL).verdict.locator(".checker-expiry")
    expect(note).to_contain_text("2027年1月で終わります")
    expect(note.locator("a")).to_have_attribute("href", "https://support.google.com/mail/answer/17101213")


def test_everything_that_ends_on_one_day_stands_under_that_day(shown: Callable[..., Reader]) -> None:
    first = FULL["expiries"][0]
    verdict = shown(expiries=[first, first | {"text": "これも終わります。", "source": ""}]).verdict
    expect(verdict.locator(".checker-expiry")).to_have_count(1)
    expect(verdict.locator(".checker-until")).to_have_text(["2027年1月で終わります"])
    expect(verdict.locator(".checker-expiry")).to_contain_text("これも終わります。")


def test_advice_that_has_ended_says_so(shown: Callable[..., Reader]) -> None:
    ended = FULL["expiries"][0] | {"ended": True, "month_only": False, "source": "javascript:alert(1)"}
    note = shown(expiries=[ended]).verdict.locator(".checker-expiry")
    expect(note).to_contain_text("2027年1月31日で終わりました")
    expect(note.locator("a")).to_have_count(0)


def test_steps_show_what_to_click_in_order(shown: Callable[..., Reader]) -> None:
    step = shown(**FULL).verdict.locator("[data-part=steps] li")
    expect(step.locator(".checker-path")).to_have_text("設定›アカウント")


def test_figure_is_a_table(shown: Callable[..., Reader]) -> None:
    figure = shown(**FULL).verdict.locator("[data-part=figure]")
    assert figure.locator("tr").all_inner_texts() == ["用途\t番号", "送信\t465", "不明\t–"]


def test_topic_leads_to_its_article(shown: Callable[..., Reader], reader: Reader) -> None:
    link = shown(**FULL).verdict.locator("[data-part=articles] a").first
    expect(link).to_have_attribute("href", reader.site.url + "articles/gmail-authentication-failed/")


def test_maxim_is_quoted_and_leads_to_its_page(shown: Callable[..., Reader], reader: Reader) -> None:
    quote = shown(maxims=["last-change-first", "no-such-maxim"]).verdict.locator("blockquote")
    expect(quote).to_have_count(1)
    expect(quote.locator("a")).to_have_attribute("href", reader.site.url + "maxims/last-change-first/")


def test_marks_count_code_points_as_python_does(shown: Callable[..., Reader]) -> None:
    text = "😀🏳️‍🌈 𠮷野家さま: 550 5.1.1 User unknown 😀"
    words = "550 5.1.1 User unknown"
    verdict = shown(text, evidence=[evidence(words, text.index(words))]).verdict
    mark = verdict.locator(".checker-read mark")
    assert mark.evaluate("mark => mark.firstChild.data") == words
    expect(verdict.locator(".checker-read")).to_contain_text("𠮷野家さま")


def test_overlapping_evidence_shares_a_mark_with_both_numbers(shown: Callable[..., Reader]) -> None:
    text = "550 5.1.1 User unknown"
    verdict = shown(
        text, evidence=[evidence("5.1.1 User", 4), evidence("User unknown", 10), evidence("550", 0)]
    ).verdict
    marks = verdict.locator(".checker-read mark")
    assert marks.all_inner_texts() == ["5503", "5.1.1 User unknown12"]
    expect(verdict.locator(".checker-shows > li")).to_have_count(3)


def test_evidence_that_stands_elsewhere_than_said_is_shown_as_its_line(shown: Callable[..., Reader]) -> None:
    wrong = evidence("5.1.1", 1, before="Status: ", after=" (failed)")
    encoded = evidence("届きません", None, before="宛先に", after="でした")
    verdict = shown("550 5.1.1", evidence=[wrong, encoded]).verdict
    expect(verdict.locator(".checker-read")).to_have_count(0)
    lines = verdict.locator(".checker-shows .checker-quote").all_inner_texts()
    assert lines == ["Status: 5.1.1 (failed)", "宛先に届きませんでした"]


def test_number_of_evidence_brings_its_mark_into_view(shown: Callable[..., Reader]) -> None:
    text = "line\n" * 200 + "550 here"
    verdict = shown(text, evidence=[evidence("line", 0), evidence("550 here", 1000)]).verdict
    box = verdict.locator(".checker-read")
    assert box.evaluate("box => box.scrollTop") == 0
    verdict.get_by_role("button", name="2 番").click()
    assert box.evaluate("box => box.scrollTop") > 100
    expect(box).to_be_focused()


def test_only_the_part_of_a_very_long_text_around_the_evidence_is_shown(shown: Callable[..., Reader]) -> None:
    text = "x" * 79 + "\n"
    verdict = shown(text * 500 + "550 here\n" + text * 500, evidence=[evidence("550 here", 40_000)]).verdict
    expect(verdict.locator(".checker-read mark")).to_contain_text("550 here")
    assert len(verdict.locator(".checker-read").inner_text()) < 25_000


HOSTILE = [
    "<script>document.title = 'owned'</script>",
    "<img src=x onerror=\"document.title = 'owned'\">",
    "</textarea><svg onload=\"document.title = 'owned'\">",
    "<iframe srcdoc=\"<script>parent.document.title = 'owned'</script>\"></iframe>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_any_part_of_a_verdict_stays_text(shown: Callable[..., Reader], page: Page, text: str) -> None:
    label = {"id": "x", "label": text}
    reader = shown(
        text,
        title=text,
        summary=text,
        confidence_meaning=text,
        actor=label,
        speaker=label,
        evidence=[evidence(text, 0, shows=text), evidence(text, None, before=text, after=text)],
        facts=[{"id": "x", "label": text, "value": text, "note": text}],
        steps=[{"text": text, "where": [text], "note": text, "topic": text}],
        cautions=[text],
        questions=[text],
        alternatives=[{"topic": text, "title": text, "summary": text, "tell_apart": text}],
        messages=[{"id": "x", "to": "host", "label": text, "text": text}],
        figures=[
            {"id": "x", "kind": "table", "title": text, "columns": [text], "rows": [[text]], "note": text, "marks": []}
        ],
        report=text,
    )
    assert reader.checker.locator("script, img, iframe, svg:not(.checker-icon)").count() == 0
    assert page.title() != "owned"
    expect(reader.verdict.locator("[data-heading]")).to_have_text(text)


def test_bidirectional_controls_are_shown_and_turn_nothing_around(shown: Callable[..., Reader]) -> None:
    text = "sent to \u202egpj.elpmaxe\u202c and \u2066more"
    verdict = shown(
        text, evidence=[evidence("sent to", 0)], facts=[{"id": "x", "label": "宛先", "value": text, "note": ""}]
    ).verdict
    for place in (verdict.locator(".checker-read"), verdict.locator("[data-part=facts] td")):
        assert place.locator(".checker-control").all_inner_texts() == ["U+202E", "U+202C", "U+2066"]
    assert "\u202e" not in verdict.inner_text()
    assert verdict.locator("[data-part=facts] td bdi").count() == 1


def test_message_can_be_copied_and_says_so(shown: Callable[..., Reader], page: Page) -> None:
    message = shown(**FULL).verdict.locator("[data-part=messages]")
    expect(message).to_contain_text("レンタルサーバー会社のサポートへ")
    message.locator("[data-copy]").click()
    expect(message.locator("[data-copy]")).to_have_text("コピーしました")
    expect(message.get_by_role("status")).to_have_text("コピーしました")
    assert page.evaluate("navigator.clipboard.readText()") == "一行目\n二行目"


def test_message_that_the_reader_changed_is_copied_as_changed(shown: Callable[..., Reader], page: Page) -> None:
    message = shown(**FULL).verdict.locator("[data-part=messages]")
    message.locator("textarea").fill("書きかえた文")
    message.locator("[data-copy]").click()
    expect(message.locator("[data-copy]")).to_have_text("コピーしました")
    assert page.evaluate("navigator.clipboard.readText()") == "書きかえた文"


def test_masked_report_is_shown_before_it_is_copied(shown: Callable[..., Reader], page: Page) -> None:
    report = shown(**FULL).verdict.locator("[data-part=report]")
    report.locator("summary").click()
    expect(report.locator("pre")).to_have_text("From: ***")
    report.locator("[data-copy]").click()
    expect(report.locator("[data-copy]")).to_have_text("コピーしました")
    assert page.evaluate("navigator.clipboard.readText()") == "From: ***"
