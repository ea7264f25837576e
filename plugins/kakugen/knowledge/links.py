"""Where the answers of checkers lead: from a topic to the articles that answer it, from an id to its maxim.

In: the catalog. Out: titles and addresses for one language, relative to the root of the whole site.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kakugen.knowledge.catalog import HOST, Catalog, Entry
from kakugen.knowledge.models import Article, Maxim


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLink:
    """A page that can be linked to.

    Attributes:
        title: its title.
        url: its address, relative to the root of the whole site.
    """

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLinks:
    """What answers may link to in one language.

    Attributes:
        topics: the articles that answer each topic, best first. Under two topics joined by ``+``, such as
            ``bounce/mailboxfull+host/xserver``, stand those that answer the first for that host.
        maxims: the page of each maxim, by id.
    """

    topics: Mapping[str, tuple[PageLink, ...]]
    maxims: Mapping[str, PageLink]


def answer_links(catalog: Catalog, language: str, prefix: str) -> AnswerLinks:
    """Return the pages of a language that answers may link to.

    Args:
        catalog: the catalog.
        language: the language of the answers.
        prefix: the folder of that language in the whole site: ``""`` or ``"en/"``.
    """

    def link(entry: Entry[Article] | Entry[Maxim]) -> PageLink:
        return PageLink(title=entry.about.title, url=prefix + entry.url)

    topics: dict[str, tuple[PageLink, ...]] = {}
    for topic in catalog.topics(language):
        found = catalog.answering(language, topic)
        topics[topic] = tuple(map(link, found))
        if topic.startswith(HOST):
            continue
        for host in dict.fromkeys(host for entry in found for host in entry.about.hosts):
            own = (entry for entry in found if host in entry.about.hosts)
            topics[f"{topic}+{HOST}{host}"] = tuple(map(link, own))
    return AnswerLinks(
        topics=topics,
        maxims={entry.about.id: link(entry) for entry in catalog.maxims_in(language)},
    )
