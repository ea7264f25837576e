"""Instant navigation swaps the page under the element: leaving and coming back loses nothing."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Reader

TEXT = "550 5.1.1 The email account that you tried to reach does not exist."
ARTICLE = "articles/gmail-authentication-failed/"


def leave(reader: Reader, page: Page) -> None:
    """Follow a link to an article and make sure that the page was swapped, not loaded."""
    page.evaluate("window.sameDocument = true")
    page.locator(f"a[href$='{ARTICLE}']:visible").first.click()
    page.wait_for_url(f"**/{ARTICLE}")
    expect(page.locator("article h1")).to_be_visible()
    assert page.evaluate("window.sameDocument") is True


def test_text_and_answer_are_there_again_after_going_back(reader: Reader, page: Page) -> None:
    reader.open()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    title = reader.verdict.locator("[data-heading]").inner_text()
    leave(reader, page)
    page.go_back()
    reader.sees_answer("bounce/userunknown")
    expect(reader.box).to_have_value(TEXT)
    expect(reader.verdict.locator("[data-heading]")).to_have_text(title)
    expect(reader.checker).to_have_count(1)


def test_checker_works_after_going_away_and_back_with_the_same_worker(reader: Reader, page: Page) -> None:
    reader.open()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    leave(reader, page)
    page.go_back()
    reader.sees_answer()
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")
    assert len([path for path in reader.site.paths() if path.endswith("/worker.js")]) == 1


def test_checker_works_on_a_page_that_instant_navigation_brought(reader: Reader, page: Page) -> None:
    reader.open(ARTICLE)
    page.evaluate("window.sameDocument = true")
    page.locator("a.md-logo:visible, .md-header a[href='../..']:visible").first.click()
    expect(reader.checker).to_be_visible()
    assert page.evaluate("window.sameDocument") is True
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    expect(reader.verdict.locator("[data-part=articles] a, [data-part=steps]").first).to_be_visible()


def test_leaving_while_loading_disturbs_nothing_and_the_answer_waits(reader: Reader, page: Page) -> None:
    reader.open()
    reader.box.focus()
    reader.ask(TEXT)
    leave(reader, page)
    page.wait_for_timeout(300)
    page.go_back()
    reader.sees_answer("bounce/userunknown")
    expect(reader.box).to_have_value(TEXT)


@pytest.mark.parametrize("text", ["", "some text"])
def test_page_that_was_only_looked_at_comes_back_fresh(reader: Reader, page: Page, text: str) -> None:
    reader.open()
    if text:
        reader.box.fill(text)
        reader.sees_state("ready")
    leave(reader, page)
    page.go_back()
    expect(reader.box).to_have_value(text)
    expect(reader.button).to_be_enabled()
    expect(reader.verdict).to_be_hidden()
