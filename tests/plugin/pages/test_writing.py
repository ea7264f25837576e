"""A new article is begun at the git host's own page, filled with the template that the command writes."""

from urllib.parse import parse_qs, urlsplit

import pytest
from mkdocs.config import base

from kakugen.config import KakugenConfig
from kakugen.knowledge import draft, section_words
from kakugen.pages import write_url
from kakugen.pages.writing import LONGEST

REPOSITORY = "https://github.com/shop/site"


def template(language: str) -> str:
    return draft("article", section_words(language, None), language, confidence="unverified")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_for_a_new_file_gets_the_whole_template(language: str) -> None:
    url = write_url(REPOSITORY + "/", f"edit/main/docs/{language}/", "", "articles", template(language))
    assert len(url) < LONGEST
    parts = urlsplit(url)
    assert (parts.hostname, parts.path) == ("github.com", f"/shop/site/new/main/docs/{language}/articles")
    assert parse_qs(parts.query) == {"filename": ["new-article.md"], "value": [template(language)]}


def test_a_template_too_long_for_an_address_loses_its_comments_and_nothing_else() -> None:
    long = template("ja").replace("題（", "題" * 900 + "（")
    url = write_url(REPOSITORY, "edit/main/docs/", "docs", "articles", long)
    (text,) = parse_qs(urlsplit(url).query)["value"]
    assert len(url) < LONGEST
    kept = [line for line in template("ja").splitlines() if line and not line.startswith(("# ", "<!--"))]
    assert [line for line in text.splitlines() if line] == kept


def test_a_site_without_a_repository_or_with_a_host_that_has_no_such_page_leads_nowhere() -> None:
    assert write_url("", "", "docs", "articles", "x") == ""
    assert write_url("https://git.example/shop/site", "edit/main/docs/", "docs", "articles", "x") == ""
    assert write_url("https://github.com.evil.example/a/b", "edit/main/docs/", "docs", "articles", "x") == ""


def test_an_owner_may_name_the_page_of_another_host() -> None:
    own = "https://git.example/shop/site/_new/main/{folder}?name={filename}&text={text}"
    url = write_url("", "", "docs/ja", "articles", "a b&c\n", own)
    assert url == "https://git.example/shop/site/_new/main/docs/ja/articles?name=new-article.md&text=a%20b%26c%0A"


def test_an_address_without_a_place_for_the_folder_is_refused() -> None:
    config = KakugenConfig()
    config.load_dict({"write_url": "https://git.example/new?text={text}"})
    (failed,) = config.validate()[0]
    assert failed[0] == "write_url"
    assert isinstance(failed[1], base.ValidationError)
    assert "has no {folder}" in str(failed[1])
