"""The catalog: all articles and maxims of one site, in every language.

In: ``Document``s, the Markdown files of all languages. Out: a ``Catalog`` that cannot change, and the
faults of single files. What must hold between files is in ``checks``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from kakugen.knowledge.faults import Fault, Place, Rule
from kakugen.knowledge.frontmatter import FrontMatter, read_front_matter
from kakugen.knowledge.models import KINDS, Article, Maxim, nearest, validated


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
        head: the front matter with its lines.
        cites: the maxims that it cites with the place of each, in the front matter first, then in the text.
        file: its path as the author knows it.
    """

    about: M
    language: str
    path: str
    url: str
    file: str
    head: FrontMatter = field(repr=False)
    cites: tuple[tuple[str, Place], ...] = ()

    def place(self, *path: str | int) -> Place:
        """Return where the value at ``path`` of the front matter stands."""
        return Place(self.file, self.head.line(path))


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
        mentions: the maxims that other pages cite.
        checkers: for each language, the file of the page that shows a checker, by the checker's id: the
            home page if it does, else the first.
        broken: languages with the ids and paths of articles and maxims that are there but have faults, so
            that nobody is told that they are missing.
    """

    languages: tuple[str, ...]
    articles: tuple[Entry[Article], ...] = ()
    maxims: tuple[Entry[Maxim], ...] = ()
    mentions: tuple[Mention, ...] = ()
    checkers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    broken: frozenset[tuple[str, str]] = frozenset()

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

    def answering(self, language: str, topic: str) -> tuple[Entry[Article], ...]:
        """Return the articles that answer a topic; those that name it first lead."""
        found = [entry for entry in self.articles_in(language) if topic in entry.about.topics]
        return tuple(sorted(found, key=lambda entry: (entry.about.topics.index(topic), entry.about.id)))

    def topics(self, language: str) -> tuple[str, ...]:
        """Return every topic that some article of a language answers."""
        return tuple(sorted({topic for entry in self.articles_in(language) for topic in entry.about.topics}))

    def citing(self, language: str, maxim: str) -> tuple[Entry[Article], ...]:
        """Return the articles of a language that cite a maxim."""
        return self._articles_by_maxim.get((language, maxim), ())

    @cached_property
    def _articles_by_language(self) -> Mapping[str, tuple[Entry[Article], ...]]:
        newest_first = sorted(self.articles, key=lambda entry: (-entry.about.checked.toordinal(), entry.about.id))
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
        entries: list[Entry[Article] | Entry[Maxim]] = [*self.articles, *self.maxims]
        return {(entry.language, entry.path): entry for entry in entries}


def _grouped[K, V](pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in groups.items()}


def read_catalog(
    documents: Iterable[Document], languages: tuple[str, ...], folders: Folders
) -> tuple[Catalog, tuple[Fault, ...]]:
    """Read the articles and maxims among documents.

    Args:
        documents: the Markdown files of all languages; those that are neither are left alone.
        languages: the languages of the site, the main one first.
        folders: where articles and maxims lie.

    Returns:
        The catalog of all that are right, and what is wrong with the others.
    """
    articles: list[Entry[Article]] = []
    maxims: list[Entry[Maxim]] = []
    mentions: list[Mention] = []
    checkers: dict[str, dict[str, str]] = {language: {} for language in languages}
    broken: set[tuple[str, str]] = set()
    faults: list[Fault] = []
    for document in documents:
        head = read_front_matter(document.source, document.file)
        for checker, _ in _blocks("checker", head, document.file):
            known = checkers[document.language].setdefault(checker, document.path)
            if known != document.path == "index.md":
                checkers[document.language][checker] = document.path
        found: list[Fault] = list(head.faults)
        match _kind(head, document, folders, found):
            case "article":
                articles.extend(_entry(Article, head, document, found))
            case "maxim":
                maxims.extend(_entry(Maxim, head, document, found))
            case _:
                mentions.extend(
                    Mention(language=document.language, maxim=id_, place=place)
                    for id_, place in _blocks("maxim", head, document.file)
                )
        if found:
            faults.extend(found)
            names = (document.path, PurePosixPath(document.path).stem, str(head.values.get("id")))
            broken.update((document.language, name) for name in names)
    catalog = Catalog(
        languages=languages,
        articles=tuple(articles),
        maxims=tuple(maxims),
        mentions=tuple(mentions),
        checkers=checkers,
        broken=frozenset(broken),
    )
    return catalog, tuple(faults)


def _kind(head: FrontMatter, document: Document, folders: Folders, faults: list[Fault]) -> str | None:
    """Return the kind of a document; add what is wrong with it to ``faults``."""
    expected = folders.kind(document.path)
    if "kind" not in head.values:
        if expected is not None and not faults:
            faults.append(Fault(Rule.MISSING_KIND, Place(document.file, head.line(())), {"kind": expected}))
        return None
    kind = head.values["kind"]
    if isinstance(kind, str) and kind in KINDS:
        return kind
    meant = nearest(str(kind), KINDS) or expected or "article"
    place = Place(document.file, head.line(("kind",)))
    faults.append(Fault(Rule.UNKNOWN_KIND, place, {"value": f"'{str(kind)[:60]}'", "nearest": meant}))
    return None


def _entry[M: (Article, Maxim)](
    model: type[M], head: FrontMatter, document: Document, faults: list[Fault]
) -> Iterator[Entry[M]]:
    """Yield the document as an entry, or add what is wrong to ``faults``."""
    about = validated(model, head, document.file)
    if isinstance(about, tuple):
        # A value that could not be read has been named; that it has the wrong type too helps nobody.
        named = {fault.place for fault in faults}
        faults.extend(fault for fault in about if fault.place not in named)
        return
    maxims: tuple[str, ...] = about.maxims if isinstance(about, Article) else ()
    yield Entry(
        about=about,
        language=document.language,
        path=document.path,
        url=document.url,
        file=document.file,
        head=head,
        cites=(
            *((id_, Place(document.file, head.line(("maxims", at)))) for at, id_ in enumerate(maxims)),
            *_blocks("maxim", head, document.file),
        ),
    )


_BLOCK: Final = re.compile(r"[ ]{0,3}/{3,}[ ]*(?P<name>[\w-]+)[ ]*\|[ ]*(?P<argument>\S+)[ ]*")
_FENCE: Final = re.compile(r"[ ]{0,3}(?P<fence>`{3,}|~{3,})")


def _blocks(name: str, head: FrontMatter, file: str) -> Iterator[tuple[str, Place]]:
    """Find the blocks ``/// name | argument`` of a text, leaving out those in fenced code."""
    if f"/// {name}" not in head.body and f"///{name}" not in head.body:
        return
    fence = ""
    for number, line in enumerate(head.body.split("\n"), head.body_line):
        if match := _FENCE.match(line):
            if not fence:
                fence = match["fence"]
            elif match["fence"].startswith(fence):
                fence = ""
        elif not fence and (match := _BLOCK.fullmatch(line)) and match["name"] == name:
            yield match["argument"], Place(file, number)
