"""What stands around the text of a page: the summary of an article, the articles that follow a maxim.

In: the catalog. Out: ``ArticleFurniture`` and ``MaximFurniture``, which the templates under
``theme/templates`` lay out. All addresses are relative to the root of the language, as MkDocs' ``url``
filter takes them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kakugen.knowledge import Article, Catalog, Confidence, Ending, Entry, Maxim, review_day
from kakugen.pages.labels import Labels
from kakugen.pages.reports import Reports

_FIRST_SENTENCE: Final = re.compile(r".+?(?:。|[.!?](?=\s|$))")


@dataclass(frozen=True, slots=True)
class Words:
    """A text parted into the sentence that is always shown and the rest, which opens on demand."""

    first: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the page says of something that ends.

    Attributes:
        ending: what ends.
        before: what to say until its day.
        after: what to say from the next day on.
        over: whether that day had passed when the site was built.
    """

    ending: Ending
    before: Words
    after: Words
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The page whose checker finds what an article answers."""

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HostLink:
    """A host that an article is about, with where more is said of it, if anywhere."""

    name: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFurniture:
    """What the templates show around an article.

    Attributes:
        about: the article's own words.
        notices: what it relies on that ends.
        review_day: the last day on which it may be relied on without looking again.
        review_over: whether that day had passed when the site was built.
        maxims: the maxims that it follows and does not show in its text.
        related: the articles that it names, and those that name it.
        hosts: the hosts that it is about.
        ask: the page whose checker finds what it answers, or ``None``.
        report_url: where to tell that it did not help, or ``None``.
    """

    about: Article
    notices: tuple[Notice, ...]
    review_day: date
    review_over: bool
    maxims: tuple[Entry[Maxim], ...]
    related: tuple[Entry[Article], ...]
    hosts: tuple[HostLink, ...]
    ask: Asking | None
    report_url: str | None

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.about.confidence is Confidence.DRAFT

    @property
    def is_retired(self) -> bool:
        """Whether it is no longer kept up."""
        return self.about.confidence is Confidence.RETIRED


@dataclass(frozen=True, slots=True, kw_only=True)
class MaximFurniture:
    """What the templates show around a maxim.

    Attributes:
        about: the maxim's own words.
        cited_by: the articles that follow it.
    """

    about: Maxim
    cited_by: tuple[Entry[Article], ...]

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.about.confidence is Confidence.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnisher:
    """Furnishes the pages of one language.

    Attributes:
        catalog: all articles and maxims that readers get to see.
        language: the code of the language.
        labels: its words.
        checker_of: the checker that finds a topic, by topic.
        checker_titles: what each checker calls itself, by its id.
        topic_titles: what each topic is called.
        topic_url: where a table tells of a topic, or ``None``.
        endings: all that ends, by id.
        url_of: the address of the page of a Markdown file, relative to the root of the language.
        reports: where readers tell that an article did not help, or ``None`` where they cannot.
        holds: for how many days an article may be relied on where it does not say.
        today: the day of the build.
    """

    catalog: Catalog
    language: str
    labels: Labels
    checker_of: Mapping[str, str]
    checker_titles: Mapping[str, str]
    url_of: Callable[[str], str]
    topic_titles: Mapping[str, str] = field(default_factory=dict)
    topic_url: Callable[[str], str | None] = lambda _: None
    endings: Mapping[str, Ending] = field(default_factory=dict)
    reports: Reports | None = None
    holds: int
    today: date

    def article(self, path: str) -> ArticleFurniture | None:
        """Return the furniture of the article in a file, or ``None`` when it is none."""
        entry = self.catalog.at(self.language, path)
        if entry is None or not isinstance(entry.about, Article):
            return None
        about = entry.about
        shown = {id_ for id_, place in entry.cites if place.line >= entry.head.body_line}
        maxims = (self.catalog.maxim(self.language, id_) for id_ in about.maxims if id_ not in shown)
        endings = (self.endings[id_] for id_ in about.ends if id_ in self.endings)
        day = review_day(entry, self.holds)
        return ArticleFurniture(
            about=about,
            notices=tuple(self._notice(ending) for ending in endings),
            review_day=day,
            review_over=day < self.today,
            maxims=tuple(maxim for maxim in maxims if maxim is not None),
            related=self.catalog.related(self.language, about.id),
            hosts=tuple(self._host(f"host/{host}", host) for host in about.hosts),
            ask=self._ask(about),
            report_url=self.reports.not_helped(about, entry.url) if self.reports else None,
        )

    def maxim(self, path: str) -> MaximFurniture | None:
        """Return the furniture of the maxim in a file, or ``None`` when it is none."""
        entry = self.catalog.at(self.language, path)
        if entry is None or not isinstance(entry.about, Maxim):
            return None
        return MaximFurniture(about=entry.about, cited_by=self.catalog.citing(self.language, entry.about.id))

    def _notice(self, ending: Ending) -> Notice:
        over = ending.until < self.today
        return Notice(ending=ending, before=_parted(ending.before), after=_parted(ending.after), over=over)

    def _ask(self, article: Article) -> Asking | None:
        pages = self.catalog.checkers.get(self.language, {})
        for topic in article.topics:
            checker = self.checker_of.get(topic, "")
            if checker in pages:
                return Asking(title=self.checker_titles[checker], url=self.url_of(pages[checker]))
        return None

    def _host(self, topic: str, id_: str) -> HostLink:
        return HostLink(name=self.topic_titles.get(topic, id_), url=self.topic_url(topic))


def _parted(text: str) -> Words:
    found = _FIRST_SENTENCE.match(text)
    return Words(found[0].strip(), text[found.end() :].strip()) if found else Words(text, "")
