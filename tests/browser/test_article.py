"""An article tells on the reader's own day what has ended, and answers before anything else."""

from playwright.sync_api import Page, expect
from tests.browser.conftest import ROOT, Reader, SiteServer

ARTICLE = "articles/gmail-authentication-failed/"


def test_what_ends_is_told_before_its_day_and_after(page: Page, site: SiteServer) -> None:
    notices = page.locator(".kakugen-notice[data-until='2027-01-31']")
    page.clock.set_fixed_time("2027-01-31T23:59:00+09:00")
    page.goto(site.url + ARTICLE)
    expect(notices.locator("[data-before]").first).to_be_visible()
    expect(notices.locator("[data-after]").first).to_be_hidden()
    page.clock.set_fixed_time("2027-02-01T00:01:00+09:00")
    page.reload()
    expect(notices.locator("[data-before]").first).to_be_hidden()
    expect(notices.locator("[data-after] summary").first).to_contain_text("2027年1月に終わりました")


def test_an_article_that_nobody_has_looked_at_says_so_later(page: Page, site: SiteServer) -> None:
    overdue = page.get_by_text("見直す予定だった内容です")
    page.clock.set_fixed_time("2026-11-24T10:00:00+09:00")
    page.goto(site.url + ARTICLE)
    expect(overdue).to_be_hidden()
    page.clock.set_fixed_time("2027-12-01T10:00:00+09:00")
    page.reload()
    expect(overdue).to_be_visible()


def test_notices_follow_when_the_page_is_changed_without_loading(page: Page, site: SiteServer) -> None:
    page.clock.set_fixed_time("2027-02-01T10:00:00+09:00")
    page.goto(site.url + "articles/")
    page.locator(".kakugen-articles__title").first.click()
    expect(page.locator(".kakugen-notice[data-over] [data-after]").first).to_be_visible()


def test_the_answer_is_on_the_first_screen_of_a_phone(page: Page, site: SiteServer) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.url + ARTICLE)
    answer = page.locator(".kakugen-summary__answer").bounding_box()
    assert answer is not None
    assert answer["y"] + answer["height"] < 844


def test_sections_have_the_same_anchor_in_every_language(page: Page, site: SiteServer) -> None:
    for prefix in ("", "en/"):
        page.goto(f"{site.url}{prefix}{ARTICLE}")
        anchors = page.locator("article h2[id]").evaluate_all("headings => headings.map(({id}) => id)")
        assert anchors[:5] == ["symptoms", "cause", "fix", "check", "prevention"]


def test_the_article_leads_to_its_checker(page: Page, site: SiteServer) -> None:
    reader = Reader(page, site)
    reader.open(ARTICLE)
    page.locator(".kakugen-ask a").click()
    expect(reader.box).to_be_visible()


DIAGRAMS = {
    "two-roads": "maxims/two-roads/",
    "forwarded-proofs": "articles/forward-which-mails-lost/",
    "password-homes": "articles/password-places-map/",
    "mailbox-fills": "articles/mailbox-when-full/",
    "where-mail-stops": "articles/no-mail-no-error/",
    "one-fact-two-tools": "articles/same-fact-two-tools/",
}

WORDS_OF_THE_DRAWING = """drawing => {
    const frame = drawing.getBoundingClientRect();
    const scale = frame.width / drawing.viewBox.baseVal.width;
    return [...drawing.querySelectorAll("text")].map((text) => {
        const box = text.getBoundingClientRect();
        const inside = box.left >= frame.left && box.right <= frame.right && box.bottom <= frame.bottom;
        return [text.textContent, inside, parseFloat(getComputedStyle(text).fontSize) * scale];
    });
}"""


def test_the_words_of_every_diagram_can_be_read_on_a_small_phone_in_each_language(page: Page, site: SiteServer) -> None:
    drawn = {path.stem for path in (ROOT / "docs" / "diagrams").glob("*.svg")}
    assert set(DIAGRAMS) == drawn, "name here where each diagram stands"
    page.set_viewport_size({"width": 360, "height": 740})
    unreadable = []
    for prefix in ("", "en/"):
        for name, path in DIAGRAMS.items():
            page.goto(site.url + prefix + path)
            words = page.locator(".kakugen-diagram svg").first.evaluate(WORDS_OF_THE_DRAWING)
            assert words
            unreadable += [(prefix + name, *one) for one in words if not one[1] or one[2] < 12]
    assert unreadable == []


def test_a_diagram_follows_the_readers_choice_of_light_and_dark(page: Page, site: SiteServer) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site.url + DIAGRAMS["two-roads"])
    colour = "text => getComputedStyle(text).fill"
    words = page.locator(".kakugen-diagram text").first
    light = words.evaluate(colour)
    for _ in range(2):  # from the device's own to light, to dark
        page.locator("label.md-header__button[for^=__palette]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert words.evaluate(colour) != light
