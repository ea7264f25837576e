"""What one checker knows goes on to the next: once, never in an address, and only as text."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.conftest import PATIENCE, Reader, Traffic

Shown = Callable[..., Reader]

HOSTILE = "</textarea><img src=x onerror=\"document.title='owned'\"> 550 <b>"
ANSWERS: dict[str, Any] = {
    "capacity": 12.5,
    "season": "winter",
    "plants": ["moss", "rose", "no such plant"],
    "covered": False,
    "note": HOSTILE,
}
FORBIDDEN = """
Object.defineProperty(window, "sessionStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""


@pytest.fixture
def shown(reader: Reader, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]) -> Shown:
    """Show an answer that hands on to the other checker."""

    def show(answers: dict[str, Any], *, checker: str = "watering", path: str = "") -> Reader:
        handover = {"checker": checker, "label": "何に水をやるか", "answers": answers}
        verdict = blank_verdict(title="渡す", handovers=[handover])
        sham_worker(verdict=verdict)
        reader.open(path)
        reader.checker.locator("input[name=capacity]").fill("200")
        reader.checker.locator("input[name=outlets]").first.check()
        reader.button.click()
        reader.sees_state("done")
        return reader

    return show


def link(reader: Reader) -> Locator:
    return reader.verdict.locator("[data-handover]")


def note(reader: Reader) -> Locator:
    return reader.checker.locator("[data-carried-note]")


def follow(reader: Reader, page: Page) -> None:
    link(reader).click()
    page.wait_for_url("**/watering/")
    expect(reader.checker).to_have_attribute("checker", "watering")


def sees_that_the_page_took_it(page: Page) -> None:
    """Wait until the entry is gone. Not with ``wait_for_function``, whose ``eval`` the page's policy forbids."""
    for _ in range(PATIENCE // 50):
        if page.evaluate("sessionStorage.getItem('kakugen-handover:watering')") is None:
            return
        page.wait_for_timeout(50)
    pytest.fail("the entry is still in the storage")


def test_other_checker_is_named_and_opens_filled_and_answers_at_once(shown: Shown, page: Page) -> None:
    reader = shown(ANSWERS)
    expect(link(reader)).to_contain_text("何に水をやるか")
    expect(link(reader)).to_contain_text("この結果を持って「水やりの見通し」へ")
    page.evaluate("window.sameDocument = true")
    follow(reader, page)
    assert page.evaluate("window.sameDocument") is True
    reader.sees_state("done")
    expect(reader.checker.locator("input[name=capacity]")).to_have_value("12.5")
    expect(reader.checker.get_by_label("冬")).to_be_checked()
    ticked = reader.checker.locator("input[name=plants]:checked")
    assert ticked.evaluate_all("boxes => boxes.map(box => box.value)") == ["rose", "moss"]
    expect(reader.checker.get_by_label("いいえ")).to_be_checked()


def test_whole_page_load_carries_over_too(shown: Shown, page: Page) -> None:
    reader = shown(ANSWERS)
    link(reader).evaluate("link => link.addEventListener('click', event => event.stopPropagation())")
    page.evaluate("window.sameDocument = true")
    follow(reader, page)
    assert page.evaluate("window.sameDocument") is None
    reader.sees_state("done")
    expect(reader.checker.locator("input[name=capacity]")).to_have_value("12.5")


def test_group_with_a_filled_field_is_open(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5, "note": "雨"})
    follow(reader, page)
    expect(reader.checker.locator("textarea[name=note]")).to_be_visible()
    expect(reader.checker.locator("textarea[name=note]")).to_have_value("雨")


def test_group_without_one_stays_closed(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5})
    follow(reader, page)
    expect(note(reader)).to_be_visible()
    expect(reader.checker.locator("textarea[name=note]")).to_be_hidden()


def test_note_says_what_was_taken_over_and_what_is_still_missing(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5, "plants": ["moss"]})
    follow(reader, page)
    expect(note(reader)).to_have_attribute("role", "status")
    expect(note(reader).locator("li")).to_have_text(["たるの大きさ", "植えてあるもの"])
    expect(note(reader)).to_contain_text("書きかえられます")
    expect(note(reader)).to_contain_text("あと「季節」に答えると、調べられます。")
    expect(reader.verdict).to_be_hidden()
    expect(reader.checker.locator("[data-error]")).to_have_count(0)


def test_field_that_is_changed_is_no_longer_marked_as_taken_over(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5, "plants": ["moss"]})
    follow(reader, page)
    expect(reader.checker.locator("[data-carried]")).to_have_count(2)
    reader.checker.locator("input[name=capacity]").fill("6")
    expect(reader.checker.locator("[data-carried]")).to_have_count(1)


def test_hostile_values_are_shown_as_text_and_stand_in_no_address(shown: Shown, page: Page, traffic: Traffic) -> None:
    reader = shown(ANSWERS)
    follow(reader, page)
    expect(reader.checker.locator("textarea[name=note]")).to_have_value(HOSTILE)
    assert reader.checker.locator("img").count() == 0
    assert page.title() != "owned"
    assert page.url == reader.site.url + "watering/"
    assert not [url for url in traffic.urls if "onerror" in url or "moss" in url]


@pytest.mark.parametrize(
    "answers",
    [
        {"capacity": "12", "season": 5, "plants": "moss", "covered": "maybe", "note": 7},
        {"season": "no such season", "plants": [], "covered": None, "note": "  "},
        {"__proto__": "x", "constructor": "y", "unknown": "z", "plants": [{"a": 1}]},
    ],
)
def test_values_that_fit_no_field_are_left_out(shown: Shown, page: Page, answers: dict[str, Any]) -> None:
    reader = shown(answers)
    follow(reader, page)
    page.wait_for_timeout(300)
    expect(note(reader)).to_have_count(0)
    expect(reader.checker.locator("input[name=capacity]")).to_have_value("")
    expect(reader.checker.locator("input:checked")).to_have_count(0)


def test_number_out_of_bounds_is_taken_over_but_not_asked(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": -3, "season": "winter"})
    follow(reader, page)
    expect(note(reader)).to_contain_text("あと「たるの大きさ」に答えると")
    expect(reader.verdict).to_be_hidden()


def test_what_was_taken_over_is_gone_from_storage_and_a_reload_starts_empty(shown: Shown, page: Page) -> None:
    reader = shown(ANSWERS)
    follow(reader, page)
    expect(note(reader)).to_be_visible()
    assert page.evaluate("JSON.stringify(sessionStorage)").find("moss") == -1
    page.reload()
    expect(reader.button).to_be_enabled()
    expect(note(reader)).to_have_count(0)
    expect(reader.checker.locator("input[name=capacity]")).to_have_value("")


def test_values_that_nobody_came_for_are_not_used_much_later(reader: Reader, page: Page) -> None:
    reader.open()
    old = json.dumps({"answers": {"capacity": 5}, "at": 0})
    page.evaluate("old => sessionStorage.setItem('kakugen-handover:watering', old)", old)
    page.goto(reader.site.url + "watering/")
    sees_that_the_page_took_it(page)
    page.wait_for_timeout(200)
    expect(reader.checker.locator("input[name=capacity]")).to_have_value("")


@pytest.mark.parametrize("text", ["", "{", "null", "[]", "7", '{"answers":null,"at":1}', '"x"'])
def test_broken_entry_in_storage_harms_nothing(reader: Reader, page: Page, text: str) -> None:
    reader.open()
    page.evaluate("text => sessionStorage.setItem('kakugen-handover:watering', text)", text)
    page.goto(reader.site.url + "watering/")
    sees_that_the_page_took_it(page)
    expect(reader.checker).not_to_have_attribute("data-state", "failed")
    expect(note(reader)).to_have_count(0)


def test_checker_that_the_site_has_not_turned_on_is_not_shown(shown: Shown) -> None:
    reader = shown({"capacity": 5}, checker="greenhouse")
    expect(reader.verdict.locator("[data-part=handovers]")).to_have_count(0)
    reader = shown({"capacity": 5}, checker="constructor")
    expect(reader.verdict.locator("[data-part=handovers]")).to_have_count(0)


def test_where_storage_is_forbidden_the_link_is_a_plain_link(shown: Shown, page: Page, context: BrowserContext) -> None:
    context.add_init_script(FORBIDDEN)
    reader = shown(ANSWERS)
    expect(link(reader)).to_contain_text("「水やりの見通し」へ")
    expect(link(reader)).not_to_contain_text("この結果を持って")
    follow(reader, page)
    expect(reader.button).to_be_enabled()
    expect(note(reader)).to_have_count(0)


def test_english_answer_leads_to_the_english_page(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5}, path="en/")
    expect(link(reader)).to_contain_text("Take this result to “What to water”")
    link(reader).click()
    page.wait_for_url("**/en/watering/")
    expect(note(reader)).to_contain_text("Still to be answered: Season.")


def test_going_back_finds_the_answer_that_handed_on(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5})
    follow(reader, page)
    expect(note(reader)).to_be_visible()
    page.go_back()
    expect(reader.checker).to_have_attribute("checker", "barrel")
    reader.sees_state("done")
    expect(reader.verdict.locator("[data-heading]")).to_have_text("渡す")


def test_page_that_was_used_before_takes_over_the_new_values_and_drops_its_old_answer(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5})
    follow(reader, page)
    reader.checker.get_by_label("夏").check()
    reader.button.click()
    reader.sees_state("done")
    page.go_back()
    expect(reader.checker).to_have_attribute("checker", "barrel")
    reader.sees_state("done")
    reader.checker.locator("[data-another]").click()
    reader.site.heal()
    shown_again = {"capacity": 9, "season": "winter"}
    page.evaluate(
        "answers => sessionStorage.setItem('kakugen-handover:watering', JSON.stringify({answers, at: Date.now()}))",
        shown_again,
    )
    page.locator("a[href$='watering/']:visible").first.click()
    page.wait_for_url("**/watering/")
    expect(reader.checker.locator("input[name=capacity]")).to_have_value("9")
    expect(reader.checker.get_by_label("冬")).to_be_checked()


def test_handover_works_with_the_keyboard_alone(shown: Shown, page: Page) -> None:
    reader = shown({"capacity": 5})
    link(reader).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/watering/")
    expect(reader.checker.locator("input[name=capacity]")).to_have_value("5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_on_arrival_has_no_violation(shown: Shown, page: Page, node_modules: Path, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": 320, "height": 900})
    reader = shown({"capacity": 5, "note": "雨"})
    follow(reader, page)
    expect(note(reader)).to_contain_text("引き継ぎました")
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
