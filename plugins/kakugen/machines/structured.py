"""JSON-LD: what a page is about, in the words of schema.org, for search engines.

In: an edition and an article, a maxim or nothing (the home page). Out: JSON text that is safe inside a ``<script>``.
An article is a ``TechArticle`` under its ``BreadcrumbList``; a maxim a ``Quotation``; the home page a ``WebSite``.
Google shows neither ``HowTo`` nor ``FAQPage`` any more, so there is none.

Source: https://schema.org/TechArticle, https://developers.google.com/search/docs/appearance/structured-data/breadcrumb.
"""

import json
from typing import Any

from kakugen.knowledge import Article, Entry, Maxim
from kakugen.machines.publication import Edition


def structured_data(edition: Edition, entry: Entry[Article] | Entry[Maxim] | None, image: str = "") -> str:
    """Return the JSON-LD of a page.

    Args:
        edition: the language of the page.
        entry: the article or maxim of the page, or ``None`` for the home page.
        image: the address of its picture; empty where there is none.
    """
    if entry is None:
        graph: list[dict[str, Any]] = [_site(edition) | {"@context": "https://schema.org"}]
    else:
        graph = [_article(edition, entry) if _is_article(entry) else _maxim(edition, entry), _trail(edition, entry)]
        if image:
            graph[0]["image"] = image
    content: Any = graph[0] if len(graph) == 1 else {"@context": "https://schema.org", "@graph": graph}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _is_article(entry: Entry[Article] | Entry[Maxim]) -> bool:
    return isinstance(entry.about, Article)


def _site(edition: Edition) -> dict[str, Any]:
    site = {"@type": "WebSite", "name": edition.name, "url": edition.address(""), "inLanguage": edition.language}
    return site | ({"description": edition.description} if edition.description else {})


def _common(edition: Edition, entry: Entry[Article] | Entry[Maxim]) -> dict[str, Any]:
    return {
        "@id": edition.address(entry.url),
        "url": edition.address(entry.url),
        "inLanguage": edition.language,
        "datePublished": edition.first_day(entry).isoformat(),
        "dateModified": entry.about.checked.isoformat(),
        "isPartOf": {"@type": "WebSite", "name": edition.name, "url": edition.address("")},
    }


def _article(edition: Edition, entry: Entry[Any]) -> dict[str, Any]:
    about: Article = entry.about
    titles = (edition.topic_titles.get(topic) for topic in about.all_topics)
    return {
        "@type": "TechArticle",
        "headline": about.title,
        "description": about.summary,
        **_common(edition, entry),
        "timeRequired": f"PT{about.minutes}M",
        "about": [{"@type": "Thing", "name": title} for title in dict.fromkeys(filter(None, titles))],
        "keywords": [symptom.text for symptom in about.symptoms],
        "citation": [{"@type": "CreativeWork", "name": source.title, "url": source.url} for source in about.sources],
    }


def _maxim(edition: Edition, entry: Entry[Any]) -> dict[str, Any]:
    about: Maxim = entry.about
    said_by = {"creator": {"@type": "Person", "name": about.said_by}} if about.said_by else {}
    return {
        "@type": "Quotation",
        "name": about.title,
        "text": about.title,
        "description": about.summary,
        **_common(edition, entry),
        **said_by,
    }


def _trail(edition: Edition, entry: Entry[Article] | Entry[Maxim]) -> dict[str, Any]:
    steps = [(edition.name, "")]
    if above := edition.lists.get(entry.about.kind):
        steps.append((edition.words(f"nav.{entry.about.kind}s"), above))
    steps.append((entry.about.title, entry.url))
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": edition.address(url)}
        for position, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
