"""What stands around the text of a page: the summary of an article, the articles that follow a maxim.

In: the catalog. Out: ``ArticleFurniture`` and ``MaximFurniture``, which the templates under
``theme/templates`` lay out. All addresses are relative to the root of the language, as MkDocs' ``url``
filter takes them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from kakugen.knowledge import Article, Catalog, Entry, Maxim


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFurniture:
    """What the templates show around an article.

    Attributes:
        about: the article's own words.
        maxims: the maxims that it follows and does not show in its text.
        ask_url: the page whose checker finds what the article answers, or ``None``.
        is_over: whether the last day on which it holds has passed.
    """

    about: Article
    maxims: tuple[Entry[Maxim], ...]
    ask_url: str | None
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximFurniture:
    """What the templates show around a maxim.

    Attributes:
        about: the maxim's own words.
        cited_by: the articles that follow it.
    """

    about: Maxim
    cited_by: tuple[Entry[Article], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnisher:
    """Furnishes the pages of one language.

    Attributes:
        catalog: all articles and maxims.
        language: the code of the language.
        checker_of: the checker that finds a topic, by topic.
        url_of: the address of the page of a Markdown file, relative to the root of the language.
        today: the day of the build.
    """

    catalog: Catalog
    language: str
    checker_of: Mapping[str, str]
    url_of: Callable[[str], str]
    today: date

    def article(self, path: str) -> ArticleFurniture | None:
        """Return the furniture of the article in a file, or ``None`` when it is none."""
        entry = self.catalog.at(self.language, path)
        if entry is None or not isinstance(entry.about, Article):
            return None
        about = entry.about
        shown = {id_ for id_, place in entry.cites if place.line >= entry.head.body_line}
        maxims = (self.catalog.maxim(self.language, id_) for id_ in about.maxims if id_ not in shown)
        return ArticleFurniture(
            about=about,
            maxims=tuple(maxim for maxim in maxims if maxim is not None),
            ask_url=self._ask_url(about),
            is_over=about.until is not None and about.until < self.today,
        )

    def maxim(self, path: str) -> MaximFurniture | None:
        """Return the furniture of the maxim in a file, or ``None`` when it is none."""
        entry = self.catalog.at(self.language, path)
        if entry is None or not isinstance(entry.about, Maxim):
            return None
        return MaximFurniture(about=entry.about, cited_by=self.catalog.citing(self.language, entry.about.id))

    def _ask_url(self, article: Article) -> str | None:
        pages = self.catalog.checkers.get(self.language, {})
        for topic in article.topics:
            page = pages.get(self.checker_of.get(topic, ""))
            if page is not None:
                return self.url_of(page)
        return None
