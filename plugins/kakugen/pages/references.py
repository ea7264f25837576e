"""Pages of reference tables: their Markdown, and what their templates ask for.

In: the tables of a language as plain data, and its catalog. Out: Markdown files that nobody wrote, one per table and
a list of them, and a ``ReferenceShelf`` that knows where the rows lead.
"""

import html
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean
from typing import Final

from kakugen.knowledge import Article, Catalog, Entry, EntryPage, Reference, ReferenceEntry, ReferenceRow
from kakugen.pages.labels import Labels
from kakugen.pages.reports import Reports

FOLDER: Final = "reference"
"""The folder of the tables in the pages of each language."""

INDEX: Final = f"{FOLDER}/index.md"
"""The list of the tables, where there is more than one."""

_WIDE: Final = 40
"""A column whose cells hold more letters than this on average gets more room."""

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+.!|>-])")


def path_of(table: str) -> str:
    """Return the Markdown file of a table."""
    return f"{FOLDER}/{table}.md"


def path_of_entry(table: str, entry: str) -> str:
    """Return the Markdown file of an entry that has a page of its own."""
    return f"{FOLDER}/{table}/{entry}.md"


def entry_paths(references: Sequence[Reference]) -> Iterator[str]:
    """Yield the Markdown files of all entries that have a page of their own; they are in no navigation."""
    return (
        path_of_entry(table.id, entry.id) for table in references for entry in table.entries if entry.page is not None
    )


def reference_pages(references: Sequence[Reference], paths: Collection[str], labels: Labels) -> Mapping[str, str]:
    """Return the pages of tables that a language lacks.

    Args:
        references: the tables of the language.
        paths: the Markdown files that it has.
        labels: its words.

    Returns:
        Markdown by path.
    """
    pages = {
        path_of(table.id): _page(table.title, f"/// reference | {table.id}\n///\n", table.intro) for table in references
    }
    for table in references:
        for entry in table.entries:
            if entry.page is not None:
                block = f"/// reference-entry | {table.id}/{entry.id}\n///\n"
                pages[path_of_entry(table.id, entry.id)] = _page(entry.page.title, block, entry.page.intro)
    if len(references) > 1:
        pages[INDEX] = _page(labels("nav.reference"), "/// references\n///\n")
    return {path: markdown for path, markdown in pages.items() if path not in paths}


def reference_nav(references: Sequence[Reference], labels: Labels) -> list[Mapping[str, str | list[str]]]:
    """Return the entry of the navigation for the tables of a language: none, one page, or a section."""
    tables = [path_of(table.id) for table in references]
    match tables:
        case []:
            return []
        case [only]:
            return [{labels("nav.reference"): only}]
        case _:
            return [{labels("nav.reference"): [INDEX, *tables]}]


def _page(title: str, block: str, description: str = "") -> str:
    head = ["hide: [navigation, toc]"]
    if description:
        head.append(f"description: {json.dumps(description, ensure_ascii=False)}")
    shown = _MARKDOWN.sub(r"\\\1", html.escape(title, quote=False))
    return "\n".join(["---", *head, "---", f"# {shown}", "", block])


@dataclass(frozen=True, kw_only=True)
class ReferenceShelf:
    """The tables of one language, and where their rows lead. All addresses are relative to the root of the language.

    Attributes:
        references: the tables.
        catalog: all articles and maxims.
        language: the code of the language.
        url_of: the address of the page of a Markdown file.
        reports: where readers tell that an entry has changed, or ``None`` where they cannot.
    """

    references: Sequence[Reference]
    catalog: Catalog
    language: str
    url_of: Callable[[str], str]
    reports: Reports | None = None

    def table(self, id_: str) -> Reference | None:
        """Return a table by its id."""
        return next((table for table in self.references if table.id == id_), None)

    def entry(self, name: str) -> tuple[Reference, ReferenceEntry] | None:
        """Return an entry with a page of its own by the ids of its table and of itself, ``<table>/<entry>``."""
        id_, _, wanted = name.partition("/")
        table = self.table(id_)
        entries = table.entries if table is not None else ()
        found = next((entry for entry in entries if entry.id == wanted and entry.page is not None), None)
        return None if table is None or found is None else (table, found)

    def url(self, table: Reference) -> str:
        """Return the page of a table."""
        return self.url_of(path_of(table.id))

    def entry_url(self, table: Reference, entry: ReferenceEntry) -> str:
        """Return where an entry is told: on its own page, or in its table."""
        return (
            self.url(table) + f"#{entry.id}" if entry.page is None else self.url_of(path_of_entry(table.id, entry.id))
        )

    @property
    def entry_pages(self) -> Iterator[tuple[str, EntryPage, str]]:
        """The topics that an entry with a page of its own answers, with that page and its address."""
        for table in self.references:
            for entry in table.entries:
                if entry.page is not None and entry.topic is not None:
                    yield entry.topic, entry.page, self.entry_url(table, entry)

    def ask_url(self, table: Reference) -> str | None:
        """Return the page whose checker has the table, or ``None`` where no page shows it."""
        page = self.catalog.checkers.get(self.language, {}).get(table.checker)
        return None if page is None else self.url_of(page)

    def report_url(self, table: Reference, entry: ReferenceEntry) -> str | None:
        """Return where to tell that an entry has changed, or ``None`` where the site takes no reports."""
        if self.reports is None:
            return None
        name = entry.title or " ".join(entry.rows[0].cells[0])
        return self.reports.changed(self.url(table), table.title, entry.id, name)

    def row_report_url(self, table: Reference, entry: ReferenceEntry, row: ReferenceRow) -> str | None:
        """Return where to tell that a row of the page of an entry has changed, or ``None``."""
        if self.reports is None or entry.page is None:
            return None
        return self.reports.changed(self.entry_url(table, entry), entry.page.title, row.id, " ".join(row.cells[0]))

    def articles(self, topic: str | None) -> tuple[Entry[Article], ...]:
        """Return the articles that answer the topic of a row."""
        return () if topic is None else self._articles.get(topic, ())

    def explanation(self, topic: str | None, asking: Reference) -> str | None:
        """Return the row of another table that tells of the topic of a row, or ``None``."""
        found = self._explanations.get(topic or "")
        return None if found is None or found[0] == asking.id else found[1]

    def told_of(self, topic: str) -> str | None:
        """Return the row or the entry that tells of a topic, of whichever table, or ``None``."""
        found = self._explanations.get(topic)
        return self._answers.get(topic) if found is None else found[1]

    def wide_columns(self, table: Reference) -> tuple[bool, ...]:
        """Return for each column whether its cells hold much text."""
        rows = [row.cells for entry in table.entries for row in entry.rows]
        lengths = [[sum(map(len, cells[column])) for cells in rows] for column in range(len(table.columns))]
        return tuple(bool(column) and fmean(column) > _WIDE for column in lengths)

    @cached_property
    def _articles(self) -> Mapping[str, tuple[Entry[Article], ...]]:
        topics = self.catalog.topics(self.language)
        return {topic: self.catalog.answering(self.language, topic) for topic in topics}

    @cached_property
    def _answers(self) -> Mapping[str, str]:
        """The address of the entry that answers each topic by itself."""
        return {
            entry.topic: self.entry_url(table, entry)
            for table in self.references
            for entry in table.entries
            if entry.topic is not None
        }

    @cached_property
    def _explanations(self) -> Mapping[str, tuple[str, str]]:
        """The table and the address of the row that tells of each topic."""
        return {
            row.topic: (table.id, f"{self.url(table)}#{row.id}")
            for table in self.references
            if table.explains_topics
            for entry in table.entries
            for row in entry.rows
            if row.topic is not None
        }
