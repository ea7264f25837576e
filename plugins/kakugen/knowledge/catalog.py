"""The catalog: all articles and maxims of one site, in every language.

What was read in ``reading`` stands here, so that it can be asked for; it cannot change. What must hold between files is
in ``checks``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kakugen.knowledge.faults import Place
from kakugen.knowledge.frontmatter import FrontMatter
from kakugen.knowledge.models import Article, Confidence, Maxim
from kakugen.knowledge.text import MarkdownText

HOST: Final = "host/"
"""How the topics of hosts begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One Markdown file.

    Attributes:
        language: the language that it is written in.
        path: its path inside the documents of that language, ``articles/x.md``.
        url: the address of its page, relative to the root of that language, ``articles/x/``.
        file: its path as the author knows it, ``docs/ja/articles/x.md``.
        source: its bytes.
    """

    language: str
    path: str
    url: str
    file: str
    source: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry[M: (Article, Maxim)]:
    """An article or a maxim, and where it stands.

    Attributes:
        about: what it says about itself.
        language: the language that it is written in.
        path: its path inside the documents of that language.
        url: the address of its page, relative to the root of that language.
        file: its path as the author knows it.
        head: the front matter with its lines.
        text: what stands below the front matter.
        cites: the maxims that it cites with the place of each, in the front matter first, then in the text.
    """

    about: M
    language: str
    path: str
    url: str
    file: str
    head: FrontMatter = field(repr=False)
    text: MarkdownText = field(repr=False)
    cites: tuple[tuple[str, Place], ...] = ()

    def place(self, *path: str | int) -> Place:
        """Return where the value at ``path`` of the front matter stands."""
        return Place(self.file, self.head.line(path))

    @property
    def old_paths(self) -> tuple[str, ...]:
        """The paths that its file had before, beside the one that it has."""
        folder = self.path.rpartition("/")[0]
        return tuple(f"{folder}/{slug}.md".removeprefix("/") for slug in self.about.moved_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A maxim cited in the text of a page that is neither an article nor a maxim, such as the home page.

    Attributes:
        language: the language of the page.
        maxim: the id that is cited.
        place: where.
    """

    language: str
    maxim: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainPage:
    """A page that is neither an article nor a maxim.

    Attributes:
        language: the language of the page.
        path: its path inside the documents of that language.
        file: its path as the author knows it.
        text: what stands below its front matter.
    """

    language: str
    path: str
    file: str
    text: MarkdownText = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """Where articles and maxims lie, relative to the documents of a language."""

    articles: str = "articles"
    maxims: str = "maxims"

    def kind(self, path: str) -> str | None:
        """Return the kind that a file must have for its folder; index pages need none."""
        folder, _, name = path.rpartition("/")
        if name in {"index.md", "README.md"}:
            return None
        for kind, home in (("article", self.articles), ("maxim", self.maxims)):
            if folder == home or folder.startswith(home + "/"):
                return kind
        return None

    def of(self, kind: str) -> str:
        """Return the folder of a kind."""
        return self.articles if kind == "article" else self.maxims


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """All articles and maxims of one site.

    Attributes:
        languages: the languages of the site, the main one first.
        articles: every article in every language.
        maxims: every maxim in every language.
        pages: every other page in every language.
        mentions: the maxims that other pages cite.
        checkers: for each language, the file of the page that shows a checker, by the checker's id: the
            home page if it does, else the first.
        broken: languages with the ids and paths of articles and maxims that are there but have faults, so
            that nobody is told that they are missing.
    """

    languages: tuple[str, ...]
    articles: tuple[Entry[Article], ...] = ()
    maxims: tuple[Entry[Maxim], ...] = ()
    pages: tuple[PlainPage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    checkers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def entries(self) -> tuple[Entry[Article] | Entry[Maxim], ...]:
        """Every article and every maxim."""
        return (*self.articles, *self.maxims)

    def published(self, *, drafts: bool) -> "Catalog":
        """Return the catalog of what readers get to see.

        Args:
            drafts: whether drafts are shown too.
        """
        if drafts:
            return self

        def kept(entry: Entry[Article] | Entry[Maxim]) -> bool:
            return entry.about.confidence is not Confidence.DRAFT

        return replace(self, articles=tuple(filter(kept, self.articles)), maxims=tuple(filter(kept, self.maxims)))

    def articles_in(self, language: str) -> tuple[Entry[Article], ...]:
        """Return the articles of a language, those checked last first."""
        return self._articles_by_language.get(language, ())

    def maxims_in(self, language: str) -> tuple[Entry[Maxim], ...]:
        """Return the maxims of a language, in their order."""
        return self._maxims_by_language.get(language, ())

    def maxim(self, language: str, id_: str) -> Entry[Maxim] | None:
        """Return a maxim by its id."""
        return self._maxims_by_id.get((language, id_))

    def at(self, language: str, path: str) -> Entry[Article] | Entry[Maxim] | None:
        """Return what stands in a file of a language."""
        return self._entries_by_path.get((language, path))

    def paths_in(self, language: str) -> tuple[str, ...]:
        """Return the files of the articles and maxims of a language."""
        return tuple(path for code, path in self._entries_by_path if code == language)

    def article(self, language: str, id_: str) -> Entry[Article] | None:
        """Return an article by its id."""
        return self._articles_by_id.get((language, id_))

    def answering(self, language: str, topic: str) -> tuple[Entry[Article], ...]:
        """Return the articles that answer a topic, best first.

        Those about some hosts only come last, for most readers are with another; those that name the topic first lead.
        """
        return self._articles_by_topic.get((language, topic), ())

    def resolve(self, language: str, topics: Sequence[str]) -> tuple[Entry[Article], ...]:
        """Return the articles for all topics of a verdict, best first.

        Those that answer two of the topics (a code, for the reader's own host) come before those that answer one; of
        these, those of the more specific topic.

        Args:
            language: the language of the verdict.
            topics: its topics, most specific first.
        """
        pairs = (
            entry
            for topic in topics
            for entry in self.answering(language, topic)
            if not topic.startswith(HOST) and any(f"{HOST}{host}" in topics for host in entry.about.hosts)
        )
        single = (entry for topic in topics for entry in self.answering(language, topic))
        return tuple({entry.about.id: entry for entry in (*pairs, *single)}.values())

    def moved(self, language: str, path: str) -> Entry[Article] | Entry[Maxim] | None:
        """Return what stood at a path before it was moved."""
        return self._entries_by_old_path.get((language, path))

    def moves(self, language: str) -> tuple[tuple[str, Entry[Article] | Entry[Maxim]], ...]:
        """Return the old paths of a language, each with what stood there."""
        return tuple((path, entry) for (code, path), entry in self._entries_by_old_path.items() if code == language)

    def related(self, language: str, id_: str) -> tuple[Entry[Article], ...]:
        """Return the articles that an article names, then those that name it; none that nobody keeps up."""
        entry = self.article(language, id_)
        named = entry.about.related if entry is not None else ()
        ids = dict.fromkeys((*named, *self._related_back.get((language, id_), ())))
        found = (self.article(language, other) for other in ids)
        return tuple(
            other
            for other in found
            if other is not None and other.about.id != id_ and other.about.confidence is not Confidence.RETIRED
        )

    def topics(self, language: str) -> tuple[str, ...]:
        """Return every topic that some article of a language answers."""
        return tuple(sorted(topic for code, topic in self._articles_by_topic if code == language))

    def citing(self, language: str, maxim: str) -> tuple[Entry[Article], ...]:
        """Return the articles of a language that cite a maxim."""
        return self._articles_by_maxim.get((language, maxim), ())

    @cached_property
    def _articles_by_topic(self) -> Mapping[tuple[str, str], tuple[Entry[Article], ...]]:
        found = _grouped(
            ((entry.language, topic), entry)
            for entry in self.articles
            if entry.about.confidence is not Confidence.RETIRED
            for topic in entry.about.all_topics
        )

        def place(entry: Entry[Article], topic: str) -> tuple[bool, bool, int, str]:
            about = entry.about
            # To a host lead its own articles; one about a code at that host is found by both together.
            elsewhere = bool(about.topics) if topic.startswith(HOST) else bool(about.hosts)
            return elsewhere, about.confidence is Confidence.DRAFT, about.all_topics.index(topic), about.id

        return {key: tuple(sorted(entries, key=lambda entry: place(entry, key[1]))) for key, entries in found.items()}

    @cached_property
    def _articles_by_id(self) -> Mapping[tuple[str, str], Entry[Article]]:
        return {(entry.language, entry.about.id): entry for entry in reversed(self.articles)}

    @cached_property
    def _related_back(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return _grouped(
            ((entry.language, id_), entry.about.id) for entry in self.articles for id_ in entry.about.related
        )

    @cached_property
    def _articles_by_language(self) -> Mapping[str, tuple[Entry[Article], ...]]:
        kept = (entry for entry in self.articles if entry.about.confidence is not Confidence.RETIRED)
        newest_first = sorted(kept, key=lambda entry: (-entry.about.checked.toordinal(), entry.about.id))
        return _grouped((entry.language, entry) for entry in newest_first)

    @cached_property
    def _maxims_by_language(self) -> Mapping[str, tuple[Entry[Maxim], ...]]:
        def place(entry: Entry[Maxim]) -> tuple[bool, int, str]:
            return entry.about.order is None, entry.about.order or 0, entry.about.id

        return _grouped((entry.language, entry) for entry in sorted(self.maxims, key=place))

    @cached_property
    def _maxims_by_id(self) -> Mapping[tuple[str, str], Entry[Maxim]]:
        return {(entry.language, entry.about.id): entry for entry in reversed(self.maxims)}

    @cached_property
    def _articles_by_maxim(self) -> Mapping[tuple[str, str], tuple[Entry[Article], ...]]:
        return _grouped(
            ((entry.language, maxim), entry)
            for articles in self._articles_by_language.values()
            for entry in articles
            for maxim in dict.fromkeys(id_ for id_, _ in entry.cites)
        )

    @cached_property
    def _entries_by_path(self) -> Mapping[tuple[str, str], Entry[Article] | Entry[Maxim]]:
        return {(entry.language, entry.path): entry for entry in self.entries}

    @cached_property
    def _entries_by_old_path(self) -> Mapping[tuple[str, str], Entry[Article] | Entry[Maxim]]:
        return {(entry.language, path): entry for entry in self.entries for path in entry.old_paths}


def _grouped[K, V](pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}
