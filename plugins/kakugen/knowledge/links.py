"""Where the answers of checkers lead: from a topic to the articles that answer it, from an id to its maxim.

In: the catalog. Out: titles and addresses for one language, relative to the root of the whole site.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kakugen.knowledge.catalog import Catalog


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
        topics: the articles that answer each topic, best first.
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
    return AnswerLinks(
        topics={
            topic: tuple(
                PageLink(title=entry.about.title, url=prefix + entry.url)
                for entry in catalog.answering(language, topic)
            )
            for topic in catalog.topics(language)
        },
        maxims={
            entry.about.id: PageLink(title=entry.about.title, url=prefix + entry.url)
            for entry in catalog.maxims_in(language)
        },
    )
