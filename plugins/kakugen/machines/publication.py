"""An edition: one language of a site as it is published, with all that machines are told of it.

In: the catalog, the tables and the site's address. Out: an ``Edition``, which the other modules of this room write
down, each in its own form.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from kakugen.knowledge import Article, Catalog, Entry, Maxim, Reference

FEED: Final = "feed.xml"
"""Where the feed of a language is published, relative to its root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A page on which readers are asked something and answered.

    Attributes:
        id: the id of the checker.
        title: what it calls itself.
        url: its page, relative to the root of the language.
        topics: what it can find, with what each is called.
    """

    id: str
    title: str
    url: str
    topics: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One language of a site.

    Attributes:
        language: its code.
        language_name: what it calls itself.
        name: what the site is called in it.
        description: what the site is; may be empty.
        site_url: the address of the whole site, with a slash at its end.
        prefix: the folder of the language in the site: ``""`` or ``"en/"``.
        siblings: what each other language calls itself and its folder, by its code.
        catalog: what readers get to see.
        tables: the reference tables.
        tools: the pages that answer.
        table_url: the page of a table, relative to the root of the language.
        urls: the page of each Markdown file, relative to the root of the language.
        lists: the pages of all articles and of all maxims, by ``article`` and ``maxim``; empty where there is none.
        listed: the day on which each id was listed, by id.
        words: fixed words of the language, by name.
        holds: for how many days an article may be relied on where it does not say.
    """

    language: str
    language_name: str
    name: str
    description: str
    site_url: str
    prefix: str
    siblings: Mapping[str, tuple[str, str]]
    catalog: Catalog
    tables: Sequence[Reference]
    tools: Sequence[Tool]
    table_url: Callable[[Reference], str]
    urls: Mapping[str, str]
    lists: Mapping[str, str]
    listed: Mapping[str, date] = field(default_factory=dict)
    words: Callable[[str], str]
    holds: int

    def address(self, url: str) -> str:
        """Return the address on the web of a page, given relative to the root of the language."""
        return f"{self.site_url}{self.prefix}{url.removeprefix('./')}"

    @cached_property
    def articles(self) -> tuple[Entry[Article], ...]:
        """Its articles, those checked last first."""
        return self.catalog.articles_in(self.language)

    @cached_property
    def maxims(self) -> tuple[Entry[Maxim], ...]:
        """Its maxims, in their order."""
        return self.catalog.maxims_in(self.language)

    @cached_property
    def entries(self) -> tuple[Entry[Article] | Entry[Maxim], ...]:
        """All that has a page in it, what is no longer kept up among it."""
        return tuple(entry for entry in self.catalog.entries if entry.language == self.language)

    @cached_property
    def topic_titles(self) -> Mapping[str, str]:
        """What each topic is called."""
        return {topic: title for tool in self.tools for topic, title in tool.topics.items()}

    def first_day(self, entry: Entry[Article] | Entry[Maxim]) -> date:
        """Return the day from which an article or a maxim is there: that of the ledger, else that of its last check."""
        return min(self.listed.get(entry.about.id, entry.about.checked), entry.about.checked)
