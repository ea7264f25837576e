"""A reader pastes, drops or types, and is answered."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Reader

NOTICE = (
    "You're sending this from a different address or alias using the 'Send mail as' feature. The settings for "
    "your 'Send mail as' account are misconfigured or out of date. Check those settings and try resending."
)
FRAGMENT = "550-5.1.1 The email account that you tried to reach does not exist."


def test_pasted_fragment_is_answered_without_pressing_anything(reader: Reader) -> None:
    reader.open()
    reader.paste(FRAGMENT)
    reader.sees_answer("bounce/userunknown")


def test_pasted_whole_mail_is_answered(reader: Reader, mail: Callable[[str], bytes]) -> None:
    reader.open()
    reader.paste(mail("user-unknown.eml").decode())
    reader.sees_answer("bounce/userunknown")
    expect(reader.verdict.locator("[data-part=evidence] mark").first).to_be_visible()


def test_dropped_file_is_answered_and_shown_with_name_and_size(reader: Reader, mail: Callable[[str], bytes]) -> None:
    reader.open()
    reader.drop("returned.eml", mail("user-unknown.eml"))
    chip = reader.checker.locator("[data-files] li")
    expect(chip).to_contain_text("returned.eml")
    expect(chip).to_contain_text(re.compile(r"\d KB"))
    reader.sees_answer("bounce/userunknown")


def test_chosen_file_is_answered_and_can_be_removed_without_losing_typed_text(
    reader: Reader, mail: Callable[[str], bytes]
) -> None:
    reader.open()
    reader.box.fill("my own note")
    reader.checker.locator("input[type=file]").set_input_files(
        {"name": "returned.eml", "mimeType": "message/rfc822", "buffer": mail("user-unknown.eml")}
    )
    reader.sees_answer("bounce/userunknown")
    expect(reader.box).to_have_value("my own note")
    reader.checker.get_by_role("button", name="returned.eml を外す").click()
    expect(reader.checker.locator("[data-files]")).to_be_hidden()
    expect(reader.box).to_have_value("my own note")


def test_garbage_gets_an_honest_unknown_that_says_what_to_paste_next(reader: Reader) -> None:
    reader.open()
    reader.ask("こんにちは。きのうはありがとうございました。")
    reader.sees_answer("", status="unknown")
    expect(reader.verdict.locator(".checker-status")).to_have_text("まだ分かりません")
    expect(reader.verdict.locator("[data-part=questions] li").first).to_be_visible()


@pytest.mark.parametrize(("path", "name"), [("", "名前"), ("en/", "Send mail as")])
@pytest.mark.parametrize("sample", ["notice", "send-as.en.eml", "send-as.ja.eml"])
def test_send_mail_as_notice_names_the_sending_password_and_when_the_feature_ends(
    reader: Reader, mail: Callable[[str], bytes], path: str, name: str, sample: str
) -> None:
    reader.open(path)
    reader.paste(NOTICE if sample == "notice" else mail(sample).decode())
    reader.sees_answer("bounce/sendingpassword")
    expect(reader.verdict).to_contain_text(re.compile(r"2027\s*年\s*1\s*月|January 2027"))
    expect(reader.verdict.locator("[data-part=steps] .checker-path").first).to_contain_text(name)
    expect(reader.verdict.locator("[data-part=articles] a").first).to_have_attribute(
        "href", re.compile(rf"/{path}articles/gmail-authentication-failed/$")
    )


def test_bare_535_names_the_sending_password(reader: Reader) -> None:
    reader.open()
    reader.paste("535 5.7.8 Error: authentication failed: authentication failure")
    reader.sees_answer("bounce/sendingpassword")


def test_english_page_asks_and_answers_in_english(reader: Reader) -> None:
    reader.open("en/")
    expect(reader.checker).to_have_attribute("lang", "en")
    reader.paste(FRAGMENT)
    reader.sees_answer("bounce/userunknown")
    expect(reader.verdict).to_have_attribute("lang", "en")
    expect(reader.verdict.locator(".checker-status")).to_have_text("Found it")
    expect(reader.verdict.get_by_role("heading", name="What to do")).to_be_visible()


def test_japanese_page_asks_and_answers_in_japanese(reader: Reader) -> None:
    reader.open()
    reader.paste(FRAGMENT)
    reader.sees_answer("bounce/userunknown")
    expect(reader.verdict).to_have_attribute("lang", "ja")
    expect(reader.verdict.locator(".checker-status")).to_have_text("答えが出ました")
    expect(reader.verdict.get_by_role("heading", name="すること")).to_be_visible()


def test_focus_moves_to_the_heading_of_the_answer(reader: Reader) -> None:
    reader.open()
    reader.paste(FRAGMENT)
    reader.sees_answer()
    expect(reader.verdict.locator("[data-heading]")).to_be_focused()


def test_answer_is_announced_to_screen_readers(reader: Reader) -> None:
    reader.open()
    reader.paste(FRAGMENT)
    reader.sees_answer()
    title = reader.verdict.locator("[data-heading]").inner_text()
    expect(reader.checker.get_by_role("status").first).to_contain_text(title)


def test_everything_can_be_done_with_the_keyboard(reader: Reader, page: Page) -> None:
    reader.open()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('textarea[name]')"):
            break
    page.keyboard.type(FRAGMENT)
    page.keyboard.press("Control+Enter")
    reader.sees_answer("bounce/userunknown")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-another]')"):
            break
    page.keyboard.press("Enter")
    expect(reader.verdict).to_be_hidden()
    expect(reader.box).to_be_focused()
    expect(reader.box).to_have_value("")


@pytest.mark.browser_context_args(
    viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, device_scale_factor=3
)
def test_phone_shows_everything_without_scrolling_sideways(reader: Reader, page: Page) -> None:
    reader.open()
    reader.box.tap()
    reader.box.fill(NOTICE)
    reader.button.tap()
    reader.sees_answer("bounce/sendingpassword")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    targets = reader.checker.locator("button:visible, .checker-pick, summary:visible")
    for box in (target.bounding_box() for target in targets.all()):
        assert box is not None
        assert box["height"] >= 43.9 or box["width"] == box["height"]  # numbers have a larger invisible target


@pytest.mark.browser_context_args(viewport={"width": 320, "height": 640})
def test_narrowest_phone_shows_everything_without_scrolling_sideways(reader: Reader, page: Page) -> None:
    reader.open()
    reader.ask(NOTICE)
    reader.sees_answer("bounce/sendingpassword")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_check_another_clears_form_and_answer(reader: Reader, mail: Callable[[str], bytes]) -> None:
    reader.open()
    reader.drop("returned.eml", mail("user-unknown.eml"))
    reader.sees_answer()
    reader.checker.locator("[data-another]").click()
    expect(reader.verdict).to_be_hidden()
    expect(reader.checker.locator("[data-files]")).to_be_hidden()
    reader.sees_state("ready")
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")


def test_empty_box_says_what_is_missing_and_starts_nothing(reader: Reader) -> None:
    reader.open()
    reader.button.click()
    error = reader.checker.locator("[data-error]")
    expect(error).to_have_text("文を貼り付けるか、ファイルを選んでください。")
    expect(reader.box).to_be_focused()
    expect(reader.box).to_have_attribute("aria-invalid", "true")
    expect(reader.verdict).to_be_hidden()


def test_pasting_into_text_that_is_there_waits_for_the_button(reader: Reader) -> None:
    reader.open()
    reader.box.fill("550 ")
    reader.paste("5.1.1 The email account that you tried to reach does not exist.")
    reader.sees_state("ready")
    expect(reader.verdict).to_be_hidden()
    reader.button.click()
    reader.sees_answer("bounce/userunknown")
