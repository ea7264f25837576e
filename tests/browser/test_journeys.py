"""A reader goes from the home page to an answer, through each checker of the real site.

One journey for each: open it from the home page, fill in the form by its labels, read the answer, follow a way on.
axe looks at every answered page.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Reader
from tests.browser.test_accessibility import violations

THE_CASE = [
    "送れない。送ると、エラーの知らせが戻ってくる",
    "ある日から急に",
    "自分のアドレスの一つだけ",
    "メールのパスワード",
    "メールボックスを片付けた、メールを消した",
    "「容量がいっぱい」「残りわずか」と出ていた",
    "パソコンのGmailの画面から、このアドレスで送る",
    "Gmailが取りに来る（他のアカウントのメールを確認）",
]
"""What is ticked by a reader whose mailbox had filled and whose password was changed while cleaning it."""

FULL_AT_XSERVER = """This is the mail system at host sv12345.xserver.jp.

<info@example.jp>: maildir over quota
550 5.2.2 <info@example.jp>: maildir over quota
"""

RECORDS = """example.jp. IN MX 10 sv12345.xserver.jp.
example.jp. IN TXT "v=spf1 include:spf.sender.xserver.jp ~all"
example.jp. IN TXT "v=spf1 include:_spf.google.com ~all"
"""


def go(page: Page, title: str, checker: str) -> None:
    """Follow a link of the home page to a checker."""
    page.get_by_role("article").get_by_role("link", name=title).click()
    page.wait_for_url(f"**/checkers/{checker}/")
    expect(page.locator(f"kakugen-checker[checker={checker}]")).to_be_visible()


def part(reader: Reader, name: str) -> Locator:
    return reader.verdict.locator(f"[data-part={name}]")


def fits(page: Page) -> bool:
    """Whether nothing has to be scrolled sideways."""
    wide: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return wide


@pytest.fixture
def phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})


@pytest.mark.usefixtures("phone")
def test_three_questions_lead_to_the_two_causes_and_on_to_a_sheet_of_passwords(
    reader: Reader, page: Page, node_modules: Path
) -> None:
    reader.open()
    go(page, "三つの質問から、原因をさがす", "triage")
    for label in THE_CASE:
        page.get_by_label(label, exact=True).check()
    reader.button.click()
    reader.sees_answer("triage/both")
    expect(reader.verdict.locator("[data-heading]")).to_have_text("たまったことと、変えたことが、重なっています")
    expect(part(reader, "steps").locator("li").first).to_contain_text("まず1分で確かめます")
    expect(part(reader, "articles").get_by_role("link").first).to_be_visible()
    assert fits(page)
    assert violations(page, node_modules) == []

    part(reader, "handovers").locator("[data-handover=passwords]").click()
    page.wait_for_url("**/checkers/passwords/")
    reader.sees_answer("passwords/checklist")
    expect(page.get_by_label("もう変えた", exact=True)).to_be_checked()
    expect(page.locator("[data-field=places] input:checked")).to_have_count(2)
    places = reader.verdict.locator("[data-section=places]")
    expect(places).to_contain_text("Gmailの送る側")
    expect(places).to_contain_text("Gmailの受け取る側")
    assert fits(page)
    assert violations(page, node_modules) == []

    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("[data-sheet]")).to_contain_text("Gmailの送る側")
    for screen_only in (page.locator("header.md-header"), page.locator(".md-tabs, .md-footer"), reader.button):
        expect(screen_only.first).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1, "the sheet is one page"
    page.emulate_media(media="screen")

    page.go_back()
    page.wait_for_url("**/checkers/triage/")
    reader.sees_answer("triage/both")
    expect(page.get_by_label("メールのパスワード", exact=True)).to_be_checked()


def test_bounce_of_a_full_mailbox_goes_on_to_the_day_on_which_it_is_full(
    reader: Reader, page: Page, node_modules: Path
) -> None:
    reader.open()
    reader.paste(FULL_AT_XSERVER)
    reader.sees_answer("bounce/mailboxfull")
    part(reader, "handovers").locator("[data-handover=mailbox]").click()
    page.wait_for_url("**/checkers/mailbox/")
    expect(page.locator("[data-carried-note]")).to_contain_text("サーバー会社")
    expect(page.get_by_label("サーバー会社", exact=True)).to_have_value("xserver")
    for label, value in (("メールボックスの上限", "2000"), ("いま使っている量", "1200"), ("1日に届くメール", "40")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("何も消していない", exact=True).check()
    reader.button.click()
    reader.sees_answer("mailbox/fills-later")
    chart = reader.verdict.locator("[data-figure=line]")
    expect(chart.get_by_role("img")).to_be_visible()
    numbers = chart.locator("details")
    numbers.locator("summary").click()
    expect(numbers.locator("tbody tr").first).to_be_visible()
    expect(part(reader, "facts")).to_contain_text("Xserver")
    expect(reader.verdict.locator("[data-section=cause]")).to_have_count(1)
    assert violations(page, node_modules) == []


@pytest.mark.usefixtures("phone")
def test_forwarding_is_told_by_the_words_on_that_panel(reader: Reader, page: Page, node_modules: Path) -> None:
    reader.open()
    go(page, "転送を調べる", "forwarding")
    page.get_by_label("サーバー会社はどこですか", exact=True).select_option("xserver")
    page.get_by_label("サーバー会社の「転送」で、Gmailなどに届く", exact=True).check()
    page.get_by_label("どこで読みたいですか（転送先）", exact=True).select_option("gmail")
    sends = page.get_by_label("自分のドメインのアドレスで、どうやって送っていますか", exact=True)
    sends.select_option(label="Gmailの画面から（「名前」に登録して）")
    page.locator("[data-group=more] > summary").click()
    page.get_by_role("group", name="転送したメールは、サーバーにも残りますか").get_by_label("残る", exact=True).check()
    reader.button.click()
    reader.sees_answer()
    expect(part(reader, "steps").locator(".checker-path").first).to_contain_text("サーバーパネル")
    expect(reader.verdict).to_contain_text("2027年1月で終わります")
    expect(reader.verdict.locator("[data-figure=table] tbody tr").first).to_be_attached()
    assert fits(page)
    assert violations(page, node_modules) == []
    part(reader, "handovers").locator("[data-handover=mailbox]").click()
    page.wait_for_url("**/checkers/mailbox/")
    expect(page.get_by_label("Gmailなどへ転送して読む", exact=True)).to_be_checked()


def test_records_are_mended_in_english(reader: Reader, page: Page, node_modules: Path) -> None:
    reader.open("en/")
    go(page, "Check SPF, DKIM and DMARC", "records")
    reader.ask(RECORDS)
    reader.sees_answer("records/spf-two-records")
    expect(part(reader, "evidence").locator("mark").first).to_contain_text("v=spf1")
    expect(reader.verdict).to_contain_text("include:spf.sender.xserver.jp")
    assert violations(page, node_modules) == []
    part(reader, "articles").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/en/articles/" in page.url
