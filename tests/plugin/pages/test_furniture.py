"""What stands around an article is true on the day of the build, leads both ways, and tells nothing to anybody."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from kakugen.knowledge import Catalog, Document, Ending, Folders, read_catalog
from kakugen.pages import Furnisher, Reports, labels_for, redirect_pages

TEXT = """\
---
id: {id}
kind: article
title: "No tea & no toast"
summary: Put the plug in.
symptoms: ["It stays cold"]
cause: changed
actor: reader
minutes: 1
checked: 2026-11-24
sources:
  - {{title: The manual, url: "https://kettle.example/manual", seen: 2026-11-23}}
{more}---
"""

ENDING = Ending(
    id="steam",
    until=date(2027, 1, 31),
    before="Steam ends in January. Look for another way.",
    after="Steam has ended. Use another way.",
    source="https://kettle.example/steam",
)


def catalog_of(**more: str) -> Catalog:
    documents = [
        Document(
            language="ja",
            path=f"articles/{id_}.md",
            url=f"articles/{id_}/",
            file=f"docs/ja/articles/{id_}.md",
            source=TEXT.format(id=id_.replace("_", "-"), more=text).encode(),
        )
        for id_, text in more.items()
    ]
    home = Document(
        language="ja", path="index.md", url="", file="docs/ja/index.md", source=b"/// checker | kettle\n///\n"
    )
    catalog, faults = read_catalog([*documents, home], ("ja",), Folders())
    assert faults == ()
    return catalog


@pytest.fixture
def furnisher() -> Callable[..., Furnisher]:
    def make(catalog: Catalog, today: date = date(2026, 11, 24), urls: Mapping[str, str] | None = None) -> Furnisher:
        return Furnisher(
            catalog=catalog,
            language="ja",
            labels=labels_for("ja"),
            checker_of={"kettle/cold": "kettle"},
            checker_titles={"kettle": "やかんを調べる"},
            topic_titles={"host/kitchen": "台所"},
            topic_url=lambda topic: "reference/hosts/#kitchen" if topic == "host/kitchen" else None,
            endings={"steam": ENDING},
            url_of=(urls or {"index.md": "./"}).__getitem__,
            reports=Reports(
                template="https://git.example/issues/new?title={title}&body={body}", root="", labels=labels_for("ja")
            ),
            holds=180,
            today=today,
        )

    return make


@pytest.mark.parametrize(("today", "over"), [(date(2027, 1, 31), False), (date(2027, 2, 1), True)])
def test_what_ends_is_told_with_the_words_for_before_and_after(
    today: date, over: bool, furnisher: Callable[..., Furnisher]
) -> None:
    furniture = furnisher(catalog_of(tea="ends: [steam]\n"), today).article("articles/tea.md")
    assert furniture is not None
    (notice,) = furniture.notices
    assert notice.over is over
    assert (notice.before.first, notice.before.rest) == ("Steam ends in January.", "Look for another way.")
    assert notice.after.first == "Steam has ended."


@pytest.mark.parametrize(("today", "over"), [(date(2027, 5, 23), False), (date(2027, 5, 24), True)])
def test_an_article_that_nobody_has_looked_at_for_long_says_so(
    today: date, over: bool, furnisher: Callable[..., Furnisher]
) -> None:
    furniture = furnisher(catalog_of(tea=""), today).article("articles/tea.md")
    assert furniture is not None
    assert furniture.review_over is over


def test_an_article_leads_to_the_page_with_its_checker(furnisher: Callable[..., Furnisher]) -> None:
    furniture = furnisher(catalog_of(tea="topics: [kettle/cold]\n")).article("articles/tea.md")
    assert furniture is not None
    assert furniture.ask is not None
    assert (furniture.ask.title, furniture.ask.url) == ("やかんを調べる", "./")


def test_an_article_without_topics_leads_to_no_checker(furnisher: Callable[..., Furnisher]) -> None:
    furniture = furnisher(catalog_of(tea="")).article("articles/tea.md")
    assert furniture is not None
    assert furniture.ask is None


def test_hosts_have_their_names_and_lead_to_where_more_is_told(furnisher: Callable[..., Furnisher]) -> None:
    furniture = furnisher(catalog_of(tea="hosts: [kitchen, cellar]\n")).article("articles/tea.md")
    assert furniture is not None
    assert [(host.name, host.url) for host in furniture.hosts] == [
        ("台所", "reference/hosts/#kitchen"),
        ("host/cellar".removeprefix("host/"), None),
    ]


def test_related_articles_are_linked_from_both_sides(furnisher: Callable[..., Furnisher]) -> None:
    shelf = furnisher(catalog_of(tea="related: [toast]\n", toast=""))
    for here, there in (("tea", "toast"), ("toast", "tea")):
        furniture = shelf.article(f"articles/{here}.md")
        assert furniture is not None
        assert [entry.about.id for entry in furniture.related] == [there]


def test_a_report_names_the_article_and_is_not_sent_by_itself(furnisher: Callable[..., Furnisher]) -> None:
    furniture = furnisher(catalog_of(tea="")).article("articles/tea.md")
    assert furniture is not None
    assert furniture.report_url is not None
    asked = parse_qs(urlsplit(furniture.report_url).query)
    assert asked["title"] == ["直りませんでした：No tea & no toast"]
    assert "articles/tea/（tea、確認した日 2026年11月24日）" in asked["body"][0]


def test_a_site_that_takes_no_reports_has_no_link(furnisher: Callable[..., Furnisher]) -> None:
    furniture = replace(furnisher(catalog_of(tea="")), reports=None).article("articles/tea.md")
    assert furniture is not None
    assert furniture.report_url is None


def test_an_old_address_leads_on_without_javascript() -> None:
    catalog = catalog_of(tea="moved_from: [cold]\n")
    (page,) = redirect_pages(
        catalog, "ja", lambda path: ("articles/cold/index.html", path.removesuffix(".md") + "/"), labels_for("ja")
    ).items()
    path, html = page
    assert path == "articles/cold/index.html"
    assert '<meta http-equiv="refresh" content="0; url=../tea/">' in html
    assert '<link rel="canonical" href="../tea/">' in html
    assert "No tea &amp; no toast" in html
    assert "<script" not in html
