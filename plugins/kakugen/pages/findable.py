"""What the search finds: the articles, maxims, tables and other pages of one language as entries of the search.

In: the shelf of a language, which has its catalog and its tables, and all documents. Out: ``SearchDocument``s. Words
come from the Markdown, so that nothing has to be rendered first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kakugen.knowledge import Article, Catalog, Document, Entry, EntryPage, Maxim, Reference, read_front_matter
from kakugen.pages.readings import reading_of
from kakugen.pages.references import ReferenceShelf
from kakugen.search import SearchDocument

_FENCE: Final = re.compile(r"(?ms)^(?P<fence>```+|~~~+)[^\n]*\n(?P<text>.*?)^(?P=fence)[ \t]*$")
_HEADING: Final = re.compile(r"(?m)^#{1,4}[ \t]+(?P<text>.+?)[ \t#]*$")
_MARKUP: Final = re.compile(r"(?m)^///.*$|\{[^{}\n]*\}|[*_`]{1,3}|!?\[(?P<label>[^\[\]]*)\]\([^()\s]*\)")
_LONGEST: Final = 1500
"""How many characters of a page's text are looked in; symptoms and headings hold what readers ask."""

_ASKING: Final = 2.4
"""A page that answers counts more than one to read."""

_MAXIM: Final = 0.7
_PAGE: Final = 0.6
_TABLE: Final = 0.3
_ROW: Final = 0.2

_ENTRY: Final = 1.0
"""What has a page of its own is looked for by its name, and by nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingPage:
    """A page on which readers ask something, and that nobody wrote.

    Attributes:
        url: its address, relative to the root of the language.
        title: its title.
        intro: what it answers.
    """

    url: str
    title: str
    intro: str


def search_documents(
    shelf: ReferenceShelf, documents: Iterable[Document], asking: Iterable[AskingPage] = ()
) -> list[SearchDocument]:
    """Return what can be found in the language of ``shelf``.

    Args:
        shelf: its tables and its catalog.
        documents: all Markdown files; those of other languages are left out.
        asking: the pages on which readers ask something and that have no file.
    """
    catalog, language = shelf.catalog, shelf.language
    found = [_article(entry) for entry in catalog.articles_in(language)]
    found += [_maxim(entry) for entry in catalog.maxims_in(language)]
    for document in documents:
        if document.language == language and catalog.at(language, document.path) is None:
            found += _page(document)
    found += [_asking(page, catalog, language) for page in asking]
    for table in shelf.references:
        found += _table(table, shelf)
    # The owner may have written the page of a table or of a list: what somebody wrote stands first here.
    return list({document.location: document for document in reversed(found)}.values())[::-1]


def _asking(page: AskingPage, catalog: Catalog, language: str) -> SearchDocument:
    pairs = [
        (str(text), reading)
        for entry in catalog.articles_in(language)
        for text, reading in (
            (entry.about.title, entry.about.reading),
            *((symptom.text, symptom.reading) for symptom in entry.about.symptoms),
        )
        if reading
    ]
    reading = reading_of(page.title, pairs)
    return SearchDocument(
        location=page.url,
        title=page.title,
        summary=page.intro,
        readings=(reading,) if reading else (),
        weight=_ASKING,
    )


def _article(entry: Entry[Article]) -> SearchDocument:
    about, body = entry.about, entry.head.body
    return SearchDocument(
        location=entry.url,
        title=about.title,
        summary=about.summary,
        symptoms=tuple(symptom.text for symptom in about.symptoms),
        readings=tuple(filter(None, (about.reading, *(symptom.reading for symptom in about.symptoms)))),
        headings=_headings(body),
        text=_text(body),
    )


def _maxim(entry: Entry[Maxim]) -> SearchDocument:
    about, body = entry.about, entry.head.body
    return SearchDocument(
        location=entry.url,
        title=about.title,
        summary=about.summary,
        readings=(about.reading,) if about.reading else (),
        headings=_headings(body),
        text=_text(body),
        weight=_MAXIM,
    )


def _page(document: Document) -> Iterator[SearchDocument]:
    head = read_front_matter(document.source, document.file)
    if isinstance(options := head.values.get("search"), dict) and options.get("exclude"):
        return
    headings = _headings(head.body)
    title = str(head.values.get("title") or next(iter(headings), ""))
    if title:
        summary = str(head.values.get("description") or _text(head.body)[:160])
        yield SearchDocument(
            location=document.url,
            title=title,
            summary=summary,
            headings=headings[1:],
            text=_text(head.body),
            weight=_PAGE,
        )


def _table(table: Reference, shelf: ReferenceShelf) -> Iterator[SearchDocument]:
    url = shelf.url(table)
    yield SearchDocument(location=url, title=table.title, summary=table.intro, weight=_TABLE)
    for entry in table.entries:
        if entry.page is not None:
            yield _entry_page(entry.page, shelf.entry_url(table, entry))
            continue
        title = entry.title or " ".join(entry.rows[0].cells[0])
        cells = [" ".join(cell) for row in entry.rows for cell in row.cells[0 if entry.title else 1 :]]
        yield SearchDocument(
            location=f"{url}#{entry.id}",
            title=title,
            summary=entry.note or (cells[0] if cells else ""),
            text=" ".join((*entry.anchors, *cells, *(row.keywords for row in entry.rows)))[:_LONGEST],
            weight=_ROW,
        )


def _entry_page(page: EntryPage, url: str) -> SearchDocument:
    cells = (" ".join(cell) for row in page.rows for cell in row.cells)
    return SearchDocument(
        location=url,
        title=page.title,
        summary=page.intro,
        symptoms=tuple(filter(None, (row.keywords for row in page.rows))),
        text=" ".join(cells)[:_LONGEST],
        weight=_ENTRY,
    )


def _headings(body: str) -> tuple[str, ...]:
    plain = _FENCE.sub("", body)
    return tuple(_MARKUP.sub(_label, match["text"]) for match in _HEADING.finditer(plain))


def _text(body: str) -> str:
    """Return the lines of servers and programs that a page quotes, then its own words."""
    quoted = " ".join(match["text"] for match in _FENCE.finditer(body))
    plain = _HEADING.sub("", _FENCE.sub("", body))
    return f"{quoted} {_MARKUP.sub(_label, plain)}"[:_LONGEST]


def _label(match: re.Match[str]) -> str:
    return match["label"] or ""
