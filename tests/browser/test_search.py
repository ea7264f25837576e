"""The search in the theme's own dialog: what a reader types, and what comes first."""

import re
import tomllib
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import SiteServer

QUERIES: Final = tomllib.loads((Path(__file__).parent / "queries.toml").read_text("utf-8"))

READY: Final = re.compile("検索キーワードを入力してください|Type to start searching")


class Dialog:
    """The search dialog of a page. The day is the real one: the theme's dialog waits for a clock that goes on."""

    def __init__(self, page: Page, site: SiteServer) -> None:
        self.page = page
        self.site = site
        self.box: Locator = page.locator("[data-md-component=search-query]")
        self.said: Locator = page.locator(".md-search-result__meta")
        self.results: Locator = page.locator(".md-search-result__item")

    def visit(self, path: str = "") -> None:
        """Open a page of the site."""
        self.page.goto(self.site.url + path)

    def open(self) -> None:
        """Press the key that opens it, once the theme listens to keys."""
        expect(self.said).to_have_text(READY, timeout=15_000)
        self.page.keyboard.press("/")
        expect(self.page.locator("[data-md-toggle=search]")).to_be_checked()

    def ask(self, words: str) -> None:
        """Type words and wait until something was found, or nothing."""
        # the theme listens to keys; a Japanese keyboard ends with one, too
        self.box.fill("")
        self.box.press("End")
        expect(self.said).to_have_text(READY)
        self.box.fill(words)
        self.box.press("End")
        expect(self.said).not_to_have_text(READY, timeout=15_000)

    def first(self) -> str:
        """The address of the first result, relative to the site."""
        expect(self.results.first).to_be_visible(timeout=15_000)
        return (self.results.first.locator("a").first.get_attribute("href") or "").partition("?")[0]


@pytest.fixture
def dialog(page: Page, site: SiteServer) -> Dialog:
    """The dialog of a page that is not open yet."""
    return Dialog(page, site)


def listed(expected: str | list[str]) -> list[str]:
    """The pages that may come first."""
    return [expected] if isinstance(expected, str) else expected


@pytest.mark.parametrize("language", QUERIES)
def test_readers_find_the_right_page_first(dialog: Dialog, language: str) -> None:
    """At least 95 of 100 queries lead to the expected page first, and none to nothing."""
    dialog.visit("" if language == "ja" else f"{language}/")
    dialog.open()
    wrong, nothing = [], []
    for words, expected in QUERIES[language].items():
        dialog.ask(words)
        if not dialog.results.count():
            nothing.append(words)
        elif not dialog.first().endswith(tuple(f"/{page}/" for page in listed(expected))):
            wrong.append(f"{words}: {dialog.first()} instead of {expected}")
    assert not nothing
    assert len(wrong) <= 0.05 * len(QUERIES[language]), wrong


def test_no_page_loads_the_index_before_the_search_is_opened(dialog: Dialog) -> None:
    dialog.visit()
    expect(dialog.box).to_be_attached()
    dialog.page.wait_for_load_state("networkidle")
    loaded = [
        path
        for path in dialog.site.paths()
        if path.startswith(("/search/kakugen.", "/assets/kakugen/search/minisearch."))
    ]
    assert loaded == []
    with dialog.page.expect_request("**/search/kakugen.*.json"):
        dialog.open()


def test_what_was_typed_is_marked_and_never_markup(dialog: Dialog) -> None:
    dialog.visit()
    dialog.open()
    dialog.ask("<img src=x onerror=alert(1)> パスワード")
    expect(dialog.results.first.locator("mark").first).to_be_visible(timeout=15_000)
    assert dialog.page.locator(".md-search-result img").count() == 0


def test_words_that_stand_nowhere_are_said_to_be_nowhere(dialog: Dialog) -> None:
    dialog.visit("en/")
    dialog.open()
    dialog.ask("zyxwvutsrq")
    expect(dialog.said).to_have_text("No matching documents", timeout=15_000)


def test_the_first_result_opens_with_the_keyboard_alone(dialog: Dialog) -> None:
    dialog.visit()
    dialog.open()
    dialog.ask("認証に失敗")
    first = dialog.first()
    dialog.page.keyboard.press("ArrowDown")
    dialog.page.keyboard.press("Enter")
    dialog.page.wait_for_url(f"**{first.removeprefix(dialog.site.url.rstrip('/'))}**")


def test_an_index_that_did_not_come_is_asked_for_again(dialog: Dialog, built_site: Path) -> None:
    (index,) = (built_site / "search").glob("kakugen.*.json")
    dialog.visit()
    dialog.site.missing(index.name)
    dialog.open()
    dialog.box.fill("認証")
    dialog.box.press("End")
    expect(dialog.said).to_have_text("何も見つかりませんでした", timeout=15_000)
    dialog.site.heal()
    dialog.ask("認証に失敗")
    assert dialog.first().endswith("/articles/gmail-authentication-failed/")


def test_the_search_works_on_a_phone(dialog: Dialog) -> None:
    dialog.page.set_viewport_size({"width": 360, "height": 740})
    dialog.visit()
    dialog.page.locator("label.md-header__button[for=__search]").click()
    dialog.ask("認証に失敗")
    assert dialog.first().endswith("/articles/gmail-authentication-failed/")
    box = dialog.results.first.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
