"""Sections stand by themselves, checklists can be ticked, and one sheet of paper holds all of a list."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Reader

Shown = Callable[..., Reader]


def step(text: str, *where: str, note: str = "") -> dict[str, Any]:
    return {"text": text, "where": list(where), "note": note, "topic": None}


def section(*steps: dict[str, Any], checklist: bool = True, text: str = "") -> dict[str, Any]:
    return {"id": "list", "title": "この順に", "text": text, "steps": list(steps), "checklist": checklist}


SHORT = section(
    step("雨どいを外します。", "屋根", "雨どい"), step("ふたを閉めます。", note="虫が入りません。"), text="上から。"
)


@pytest.fixture
def shown(reader: Reader, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]) -> Shown:
    """Show an answer with these sections."""

    def show(*sections: dict[str, Any], **parts: Any) -> Reader:
        sham_worker(verdict=blank_verdict(title="たるの始末", sections=list(sections), **parts))
        reader.open()
        reader.checker.locator("input[name=capacity]").fill("200")
        reader.checker.locator("input[name=outlets]").first.check()
        reader.button.click()
        reader.sees_state("done")
        return reader

    return show


def part(reader: Reader) -> Locator:
    return reader.verdict.locator("[data-part=section]")


def pages(page: Page, **options: Any) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(format="A4", **options)))


def test_section_shows_its_text_and_its_steps_in_order(shown: Shown) -> None:
    shows = part(
        shown(section(step("外します。", "屋根", "雨どい"), step("閉めます。"), checklist=False, text="上から。"))
    )
    expect(shows.locator("h3")).to_have_text("この順に")
    expect(shows.locator(".checker-text")).to_have_text("上から。")
    assert shows.locator("ol > li .checker-do").all_inner_texts() == ["外します。", "閉めます。"]
    expect(shows.locator("input")).to_have_count(0)


def test_section_may_be_text_alone_or_steps_alone(shown: Shown) -> None:
    reader = shown(section(checklist=False, text="上から。"), section(step("外します。")), section())
    expect(part(reader)).to_have_count(2)


def test_boxes_can_be_ticked_and_the_count_is_told(shown: Shown) -> None:
    shows = part(shown(SHORT))
    count = shows.get_by_role("status")
    expect(count).to_have_text("2個のうち0個が済みました")
    shows.get_by_label("雨どいを外します。").check()
    expect(count).to_have_text("2個のうち1個が済みました")
    shows.get_by_label("ふたを閉めます。").check()
    expect(count).to_have_text("2個すべて済みました")


def test_boxes_can_be_ticked_with_the_keyboard(shown: Shown, page: Page) -> None:
    shows = part(shown(SHORT))
    shows.get_by_label("雨どいを外します。").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(shows.get_by_label("ふたを閉めます。")).to_be_focused()
    expect(shows.get_by_label("雨どいを外します。")).to_be_checked()


def test_what_is_ticked_is_kept_nowhere(shown: Shown, page: Page) -> None:
    reader = shown(SHORT)
    part(reader).get_by_role("checkbox").first.check()
    kept = page.evaluate("[...Object.keys(sessionStorage), ...Object.keys(localStorage)]")
    assert [key for key in kept if "kakugen" in key] == []
    reader.button.click()
    expect(part(reader).locator("input:checked")).to_have_count(0)


def test_print_button_is_there_only_where_there_is_something_to_tick(shown: Shown) -> None:
    expect(shown(section(step("外します。"), checklist=False)).verdict.locator("[data-print]")).to_have_count(0)
    expect(shown(SHORT).verdict.locator("[data-print]")).to_have_text("印刷する")


def test_print_button_prints(shown: Shown, page: Page) -> None:
    reader = shown(SHORT)
    page.evaluate("window.print = () => { window.printed = true; }")
    reader.verdict.locator("[data-print]").click()
    assert page.evaluate("window.printed") is True


def test_sheet_is_all_that_is_printed(shown: Shown, page: Page) -> None:
    shown(SHORT, cautions=["急がないでください。"], summary="要約です。")
    page.emulate_media(media="print")
    text = page.evaluate("document.body.innerText")
    day = "2026年11月24日"
    for wanted in (
        "たるの始末",
        day,
        "この順に",
        "雨どいを外します。",
        "屋根 › 雨どい",
        "虫が入りません。",
        "急がないでください。",
    ):
        assert text.count(wanted) == 1, wanted
    for unwanted in ("要約です。", "検索", "見通しを出す", "印刷する", "Material", "庭のこと"):
        assert unwanted not in text, unwanted
    expect(page.locator(".checker-sheet-box")).to_have_count(2)
    expect(page.locator(".checker-sheet-box").first).to_be_visible()


def test_sheet_is_not_shown_or_read_out_on_the_screen(shown: Shown, page: Page) -> None:
    reader = shown(SHORT)
    expect(reader.verdict.locator("[data-sheet]")).to_be_hidden()
    assert page.get_by_text("雨どいを外します。").locator("visible=true").count() == 1


def test_ticks_are_on_the_paper_too(shown: Shown, page: Page) -> None:
    reader = shown(SHORT)
    part(reader).get_by_role("checkbox").last.check()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    boxes = reader.verdict.locator(".checker-sheet-box")
    assert boxes.evaluate_all("boxes => boxes.map(box => box.hasAttribute('data-done'))") == [False, True]


@pytest.mark.parametrize("entries", [1, 12, 24, 32])
@pytest.mark.parametrize("width", [320, 1280])
def test_one_sheet_holds_a_whole_list(shown: Shown, page: Page, entries: int, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    steps = [
        step(
            f"{number}番めの所で、新しいパスワードに入れかえます。終わったら次へ進みます。",
            "設定",
            "アカウントとインポート",
            "メールアドレスを追加",
            note="ここを忘れると、あとから止められてしまいます。",
        )
        for number in range(1, entries + 1)
    ]
    shown(section(*steps, text="この順に進めると、締め出されません。"), cautions=["急がないでください。"])
    assert pages(page) == 1
    size = page.locator("[data-sheet]").evaluate("sheet => parseFloat(getComputedStyle(sheet).fontSize) * 0.75")
    assert size >= 6.5
    assert entries > 1 or size == pytest.approx(11, abs=0.01)


def test_list_that_fits_no_page_goes_on_to_the_next(shown: Shown, page: Page) -> None:
    shown(section(*[step("とても長い一つの項目です。" * 12) for _ in range(80)]))
    assert pages(page) > 1


def test_dark_colours_do_not_reach_the_paper(shown: Shown, page: Page) -> None:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    shown(SHORT)
    page.emulate_media(media="print")
    sheet = page.locator("[data-sheet]")
    assert sheet.evaluate("sheet => getComputedStyle(sheet).color") == "rgb(0, 0, 0)"


def test_answer_without_a_list_prints_as_it_is(shown: Shown, page: Page) -> None:
    shown(section(step("外します。"), checklist=False), summary="要約です。")
    page.emulate_media(media="print")
    assert "要約です。" in page.evaluate("document.body.innerText")


def test_hostile_words_in_a_section_stay_text(shown: Shown, page: Page) -> None:
    text = "<img src=x onerror=\"document.title='owned'\">"
    reader = shown({"id": text, "title": text, "text": text, "steps": [step(text, text, note=text)], "checklist": True})
    assert reader.checker.locator("img").count() == 0
    assert page.title() != "owned"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_checklist_has_no_violation(shown: Shown, page: Page, node_modules: Path, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    reader = shown(SHORT, section(step("外します。"), checklist=False))
    part(reader).get_by_role("checkbox").first.check()
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
