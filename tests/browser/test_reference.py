"""Reference pages on a desk and in a hand: they fit, they filter, anchors lead to their place, all can read them."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.browser.conftest import Reader, SiteServer
from tests.browser.test_accessibility import violations

CODES = "reference/bounce-codes/"
REASONS = "reference/bounce-reasons/"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def screen(request: pytest.FixtureRequest, page: Page) -> dict[str, int]:
    size: dict[str, int] = request.param
    page.set_viewport_size({"width": size["width"], "height": size["height"]})
    return size


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="番号や言葉で絞り込む").or_(
        page.get_by_role("searchbox", name="Find a number or a word")
    )


def status(page: Page) -> Locator:
    return page.locator("kakugen-reference").get_by_role("status")


def shown(page: Page) -> list[str]:
    """The ids of the entries that are on the page."""
    ids: list[str] = page.locator("[data-entry]:visible").evaluate_all("entries => entries.map(one => one.id)")
    return ids


@pytest.mark.parametrize("path", [CODES, REASONS, f"en/{CODES}", f"en/{REASONS}"])
@pytest.mark.usefixtures("screen")
def test_a_page_fits_its_screen_and_has_no_violation(reader: Reader, page: Page, node_modules: Path, path: str) -> None:
    reader.open(path)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    box(page).fill("5.7.2")  # a few entries are like all others, and checking takes its time
    assert shown(page)
    assert violations(page, node_modules) == []


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_filtered_page_has_no_violation(
    reader: Reader, page: Page, node_modules: Path, colours: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=colours)
    reader.open(f"{CODES}#5.7.1")
    box(page).fill("550 5.7.1")
    page.locator("#\\35 \\.7\\.1 summary").first.click()
    assert violations(page, node_modules) == []


@pytest.mark.usefixtures("screen")
def test_a_number_leaves_its_own_entry(reader: Reader, page: Page) -> None:
    reader.open(CODES)
    everything = len(shown(page))
    expect(status(page)).to_have_text(f"{everything}件")
    box(page).fill("5.7.26")
    expect(status(page)).to_have_text(f"{everything}件のうち1件")
    assert shown(page) == ["5.7.26"]
    expect(page.get_by_text("SPF、DKIMなど")).to_be_visible()
    box(page).fill("")
    expect(status(page)).to_have_text(f"{everything}件")


def test_a_word_leaves_what_it_stands_in(reader: Reader, page: Page) -> None:
    reader.open(REASONS)
    box(page).fill("容量")
    found = shown(page)
    assert "mailboxfull" in found
    assert len(found) < 20


@pytest.mark.parametrize(
    ("typed", "entries"),
    [
        ("4.7.26", ["5.7.26"]),
        ("５．７．２６", ["5.7.26"]),
        ("550 5.7.26 This mail is unauthenticated, bounced", ["5.7.26"]),
        ("(550-5.7.26)", ["5.7.26"]),
        ("5.7.26 gmail", ["5.7.26"]),
        ("5.7.905", ["5.7.900"]),
        ("535", ["535"]),
    ],
)
def test_a_code_is_found_however_it_is_written(reader: Reader, page: Page, typed: str, entries: list[str]) -> None:
    reader.open(f"en/{CODES}")
    box(page).fill(typed)
    assert [entry for entry in shown(page) if entry != "550"] == entries


def test_a_number_that_is_still_being_typed_shows_those_that_begin_so(reader: Reader, page: Page) -> None:
    reader.open(CODES)
    box(page).fill("5.7")
    found = shown(page)
    assert {"5.7.1", "5.7.26"} <= set(found)
    assert "5.1.1" not in found


@pytest.mark.usefixtures("screen")
def test_typing_far_down_shows_the_first_of_what_is_left(reader: Reader, page: Page) -> None:
    reader.open(CODES)
    page.locator("[data-entry]").last.scroll_into_view_if_needed()
    box(page).fill("microsoft")
    tools, first = (
        page.locator("[data-tools]").bounding_box(),
        page.locator("[data-entry]:visible").first.bounding_box(),
    )
    assert tools is not None
    assert first is not None
    assert tools["y"] + tools["height"] <= first["y"] < page.evaluate("innerHeight")


def test_an_anchor_that_nobody_can_read_disturbs_nothing(reader: Reader, page: Page) -> None:
    reader.open(f"{CODES}#%E3%81")
    expect(status(page)).to_contain_text("件")


def test_what_is_nowhere_is_said(reader: Reader, page: Page) -> None:
    reader.open(CODES)
    box(page).fill("九九九")
    expect(page.get_by_text("見つかりませんでした。")).to_be_visible()
    expect(page.get_by_role("table")).to_be_hidden()
    expect(status(page)).to_contain_text("0件")


@pytest.mark.parametrize(("path", "target"), [(CODES, "5.7.1"), (CODES, "4.7.26"), (f"en/{REASONS}", "mailboxfull")])
@pytest.mark.usefixtures("screen")
def test_an_anchor_leads_to_its_place_below_the_filter(reader: Reader, page: Page, path: str, target: str) -> None:
    reader.open(f"{path}#{target}")
    place = page.locator(f'[id="{target}"]').locator("xpath=ancestor-or-self::*[@data-entry]")
    expect(place).to_be_in_viewport()
    tools, entry = page.locator("[data-tools]").bounding_box(), place.bounding_box()
    assert tools is not None
    assert entry is not None
    assert entry["y"] >= tools["y"] + tools["height"] - 1


def test_a_code_leads_to_its_reason_without_loading_the_page_anew(reader: Reader, page: Page) -> None:
    reader.open(f"{CODES}#5.2.2")
    page.evaluate("window.stayed = true")
    page.locator("#\\35 \\.2\\.2").get_by_role("link", name="宛先のメールボックスがいっぱい").click()
    page.wait_for_url(f"**/{REASONS}#mailboxfull")
    assert page.evaluate("window.stayed") is True
    expect(page.locator("#mailboxfull")).to_be_in_viewport()
    box(page).fill("5.7.26")
    expect(page.locator("#mailboxfull")).to_be_hidden()
    expect(page.locator("#authfailure")).to_be_visible()


def test_a_link_to_an_entry_that_is_filtered_out_brings_it_back(reader: Reader, page: Page) -> None:
    reader.open(CODES)
    box(page).fill("5.7.26")
    page.evaluate("location.hash = '#5.2.2'")
    expect(box(page)).to_have_value("")
    expect(page.locator("#\\35 \\.2\\.2 .kakugen-table__title")).to_be_in_viewport()


def test_reader_finds_the_tables_from_the_home_page_and_from_the_tab(reader: Reader, page: Page) -> None:
    reader.open()
    reader.checker.get_by_role("link", name="エラー番号の一覧").click()
    page.wait_for_url(f"**/{CODES}")
    expect(status(page)).to_contain_text("件")
    page.locator(".md-tabs").get_by_role("link", name="一覧").click()
    page.wait_for_url("**/reference/")
    page.get_by_role("link", name="エラーの理由の一覧").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("エラーの理由の一覧")


def test_row_leads_to_the_article_that_answers_it(reader: Reader, page: Page) -> None:
    reader.open(REASONS)
    page.locator("#sendingpassword").get_by_role("link").first.click()
    expect(page.locator(".kakugen-summary")).to_be_visible()


def test_everything_is_there_without_javascript(browser: Browser, site: SiteServer) -> None:
    with browser.new_context(java_script_enabled=False, viewport=None) as context:
        page = context.new_page()
        page.goto(f"{site.url}{CODES}")
        expect(page.locator("#\\35 \\.7\\.26")).to_be_visible()
        expect(box(page)).to_be_hidden()


def test_a_screen_reader_hears_a_table_on_a_phone_too(reader: Reader, page: Page) -> None:
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    reader.open(f"en/{REASONS}")
    row = page.locator("#mailboxfull").and_(page.get_by_role("row"))
    expect(row.get_by_role("rowheader")).to_contain_text("mailbox is full")
    expect(row.get_by_role("cell")).to_have_count(5)
    expect(page.get_by_role("columnheader")).to_have_count(6)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_a_host_leads_from_the_table_to_a_page_of_its_own(
    reader: Reader, page: Page, node_modules: Path, colours: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": 390, "height": 844})
    reader.open("reference/hosts/")
    box(page).fill("さくら")
    page.get_by_role("link", name="さくらのレンタルサーバ").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("メールの設定")
    expect(page.get_by_role("heading", name="サーバーに残さずに転送する")).to_be_visible()
    expect(page.get_by_role("link", name="さくら：「転送専用にする」が選べないとき")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert violations(page, node_modules) == []
