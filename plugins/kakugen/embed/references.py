"""The reference tables of checkers, in one language.

In: the checkers of a site and a language. Out: ``kakugen.knowledge.Reference``s, plain data that pages are made of.
A table that cannot be shown as it is names itself and what is wrong, for whoever writes the checker.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kakugen.knowledge import EntryPage, Provenance, Reference, ReferenceEntry, ReferenceRow
from kakugen_checkers import protocol
from kakugen_checkers.protocol import Checker, LocalText, ReferenceTable, Shown


class ReferenceTableError(ValueError):
    """A table of a checker contradicts itself; the message says where."""


def references_in(checkers: Mapping[str, Checker], locale: str) -> tuple[Reference, ...]:
    """Return the tables of all checkers that speak a language.

    Args:
        checkers: the checkers of the site, by id.
        locale: the language of the pages.

    Raises:
        ReferenceTableError: a table cannot be shown.
    """
    found: dict[str, Reference] = {}
    for checker in checkers.values():
        spoken = next((name for name in (locale, locale.partition("-")[0]) if name in checker.locales), None)
        for table in checker.references() if spoken is not None else ():
            if table.id in found:
                other = found[table.id].checker
                raise ReferenceTableError(f"the checkers {other!r} and {checker.id!r} both have a table {table.id!r}")
            found[table.id] = _Reading(checker, table, spoken or "").reference()
    return tuple(found.values())


class _Reading:
    """Reads one table in one language; holds what all its parts need."""

    def __init__(self, checker: Checker, table: ReferenceTable, locale: str) -> None:
        self._checker = checker
        self._table = table
        self._locale = locale

    def reference(self) -> Reference:
        table = self._table
        reference = Reference(
            id=table.id,
            checker=self._checker.id,
            checker_title=self._text(self._checker.form.title),
            title=self._text(table.title),
            intro=self._text(table.intro),
            columns=tuple(map(self._text, table.columns)),
            entries=tuple(self._groups() if table.groups else map(self._plain, table.rows)),
            grouped=bool(table.groups),
            explains_topics=table.explains_topics,
        )
        self._check_anchors(reference)
        return reference

    def _groups(self) -> Iterator[ReferenceEntry]:
        rows: dict[str, list[tuple[ReferenceRow, Shown]]] = {group.id: [] for group in self._table.groups}
        for row in self._table.rows:
            if row.group not in rows:
                raise self._error(f"row {row.id!r} is of a group {row.group!r} that there is not")
            rows[row.group].append((self._row(row), row.shown))
        for group in self._table.groups:
            title = self._text(group.title)
            yield ReferenceEntry(
                id=group.id,
                anchors=group.anchors,
                title=title,
                note=self._text(group.note),
                provenance=self._provenance(group.source, group.checked),
                rows=tuple(row for row, shown in rows[group.id] if shown is not Shown.PAGE),
                topic=f"{self._table.answers}/{group.id}" if self._table.answers else None,
                page=self._page(title, tuple(row for row, shown in rows[group.id] if shown is not Shown.TABLE)),
                literal=self._locale not in group.title,
            )

    def _page(self, group: str, rows: tuple[ReferenceRow, ...]) -> EntryPage | None:
        title = self._text(self._table.page_title)
        if not title:
            return None
        intro = self._text(self._table.page_intro)
        return EntryPage(title=title.replace("{group}", group), intro=intro.replace("{group}", group), rows=rows)

    def _plain(self, row: protocol.ReferenceRow) -> ReferenceEntry:
        nowhere = Provenance(sources=(), checked=None)
        return ReferenceEntry(id=row.id, anchors=(), title="", note="", provenance=nowhere, rows=(self._row(row),))

    def _row(self, row: protocol.ReferenceRow) -> ReferenceRow:
        if len(row.cells) != len(self._table.columns):
            raise self._error(f"row {row.id!r} has {len(row.cells)} cells for {len(self._table.columns)} columns")
        return ReferenceRow(
            id=row.id,
            cells=tuple(tuple(self._text(cell).splitlines()) for cell in row.cells),
            topic=row.topic,
            keywords=self._text(row.keywords),
            provenance=self._provenance(row.source, row.checked),
        )

    def _provenance(self, source: str, checked: str) -> Provenance:
        try:
            day = date.fromisoformat(checked) if checked else None
        except ValueError as error:
            raise self._error(f"{checked!r} is no day; write it as 2026-11-24") from error
        return Provenance(sources=tuple(source.splitlines()), checked=day)

    def _text(self, text: LocalText) -> str:
        return text.get(self._locale) or text.get("", "")

    def _check_anchors(self, reference: Reference) -> None:
        seen: set[str] = set()
        for anchor in _anchors(reference):
            if not anchor or anchor in seen or any(character.isspace() for character in anchor):
                raise self._error(f"the anchor {anchor!r} is empty, holds a space, or is there twice")
            seen.add(anchor)

    def _error(self, message: str) -> ReferenceTableError:
        return ReferenceTableError(f"the table {self._table.id!r} of the checker {self._checker.id!r}: {message}")


def _anchors(reference: Reference) -> Iterable[str]:
    for entry in reference.entries:
        yield from (entry.id, *entry.anchors)
        if reference.grouped:
            yield from (row.id for row in entry.rows)
            yield from (row.id for row in (entry.page.rows if entry.page else ()) if row not in entry.rows)
