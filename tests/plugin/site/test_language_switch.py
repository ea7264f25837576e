"""The language switch stays on the page, also where Material changes pages without loading them."""

import pytest
from playwright.sync_api import Page, expect


def test_each_page_names_itself_in_every_language_to_search_engines(built) -> None:
    for path in ("articles/no-tea/index.html", "en/articles/no-tea/index.html"):
        found = {link["hreflang"]: link["href"] for link in built.page(path).all("link") if "hreflang" in link}
        assert found == {
            "ja": "https://kettle.example/base/articles/no-tea/",
            "en": "https://kettle.example/base/en/articles/no-tea/",
            "x-default": "https://kettle.example/base/articles/no-tea/",
        }


@pytest.mark.parametrize(
    ("page", "language", "target"),
    [
        ("index.html", "en", "en/"),
        ("en/index.html", "ja", ".."),
        ("articles/no-tea/index.html", "en", "../../en/articles/no-tea/"),
        ("en/articles/no-tea/index.html", "ja", "../../../articles/no-tea/"),
        ("404.html", "en", "/base/en/"),
        ("en/404.html", "ja", "/base/"),
    ],
)
def test_the_switch_leads_to_the_same_page(built, page, language, target) -> None:
    (switch,) = built.page(page).all("a", hreflang=language)
    assert switch["href"] == target


def test_after_instant_navigation_the_switch_leads_to_the_page_that_is_shown(address: str, page: Page) -> None:
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    page.on("request", lambda request: wrong.append(request.url) if not request.url.startswith(address) else None)
    page.goto(address)
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="お茶が<飲めない>").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("お茶が<飲めない>")
    assert page.evaluate("window.stayed"), "the page was loaded anew: instant navigation is off"
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(f"{address}en/articles/no-tea/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("No <tea>")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("link", name="Kettles").first.click()
    expect(page).to_have_url(f"{address}en/")
    page.get_by_role("link", name="日本語").click()
    expect(page).to_have_url(address)
    assert wrong == []
