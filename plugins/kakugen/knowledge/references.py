"""Reference tables: lists of what is known beside articles and maxims, in one language.

In: whoever has such tables makes them. Out: plain data for pages. An entry is what a reader looks for (a code, a
reason): one row, or several under a heading.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where something comes from.

    Attributes:
        sources: titles or addresses.
        checked: the day on which they were last read.
    """

    sources: tuple[str, ...]
    checked: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceRow:
    """One row.

    Attributes:
        id: its anchor.
        cells: the lines of each cell, one cell per column; the first says what the row is about.
        topic: the topic that explains it, or ``None``.
        keywords: further words by which it is found.
        provenance: where it comes from.
    """

    id: str
    cells: tuple[tuple[str, ...], ...]
    topic: str | None
    keywords: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage:
    """The page that an entry has of its own.

    Attributes:
        title: its heading.
        intro: what it holds.
        rows: its rows; more or others than in the table.
    """

    title: str
    intro: str
    rows: tuple[ReferenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEntry:
    """What a reader looks for.

    Attributes:
        id: its anchor; that of the row itself in a plain table.
        anchors: further anchors that lead to it.
        title: heading of its rows; empty in a plain table.
        note: what holds for all its rows.
        provenance: where the note comes from.
        rows: its rows in the table: exactly one in a plain table.
        topic: the topic that it answers by itself, or ``None``.
        page: its own page, or ``None``.
        literal: whether the title is the same in every language, such as a code.
    """

    id: str
    anchors: tuple[str, ...]
    title: str
    note: str
    provenance: Provenance
    rows: tuple[ReferenceRow, ...]
    topic: str | None = None
    page: EntryPage | None = None
    literal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One table.

    Attributes:
        id: stable id, also the name of its page.
        checker: the checker whose data it shows.
        title: heading of its page.
        intro: what it holds.
        columns: headings of the columns.
        entries: what can be looked up in it.
        grouped: whether each entry has a heading over its rows.
        explains_topics: whether each row tells of its own topic, so that other tables may lead there.
        checker_title: what the checker calls itself, for a link to it.
    """

    id: str
    checker: str
    title: str
    intro: str
    columns: tuple[str, ...]
    entries: tuple[ReferenceEntry, ...]
    grouped: bool
    explains_topics: bool
    checker_title: str
