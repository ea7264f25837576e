"""The tables of checkers are read in the language of the page; one that contradicts itself is named."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from kakugen.embed import ReferenceTableError, references_in
from kakugen_checkers.protocol import Form, ReferenceGroup, ReferenceRow, ReferenceTable, Shown

FORM = Form(title={"ja": "ランプを調べる", "en": "Look up a lamp"}, intro={}, fields=(), submit={})


@dataclass(frozen=True)
class Lamps:
    """A checker, as far as its tables go."""

    tables: tuple[ReferenceTable, ...]
    id: str = "lamps"
    form: Form = FORM
    locales: tuple[str, ...] = ("ja", "en")

    def references(self) -> Iterable[ReferenceTable]:
        return self.tables


ROW = ReferenceRow(
    id="red",
    cells=({"ja": "赤", "en": "red"}, {"": "1\n2"}),
    topic="lamps/red",
    source="One\nTwo",
    checked="2026-11-24",
)
PLAIN = ReferenceTable(
    id="colours",
    title={"ja": "色", "en": "Colours"},
    intro={"ja": "色です。", "en": "All colours."},
    columns=({"ja": "色", "en": "Colour"}, {"ja": "番号", "en": "Number"}),
    rows=(ROW,),
)
GROUP = ReferenceGroup(id="warm", title={"": "W"}, note={"en": "Warm ones"}, anchors=("hot",), source="S")
GROUPED = replace(PLAIN, groups=(GROUP, ReferenceGroup(id="cold", title={"": "C"})), rows=(replace(ROW, group="warm"),))


def read(table: ReferenceTable, locale: str = "en") -> Any:
    lamps: Any = Lamps((table,))
    return references_in({"lamps": lamps}, locale)


def test_a_plain_table_has_one_row_an_entry() -> None:
    (table,) = read(PLAIN)
    assert (table.id, table.checker, table.title, table.intro) == ("colours", "lamps", "Colours", "All colours.")
    assert table.checker_title == "Look up a lamp"
    assert table.columns == ("Colour", "Number")
    (entry,) = table.entries
    (row,) = entry.rows
    assert (entry.id, row.id, row.topic) == ("red", "red", "lamps/red")
    assert row.cells == (("red",), ("1", "2"))
    assert (row.provenance.sources, row.provenance.checked) == (("One", "Two"), date(2026, 11, 24))


def test_a_grouped_table_keeps_groups_that_have_no_row() -> None:
    (table,) = read(GROUPED)
    assert table.grouped
    assert [(entry.id, entry.title, entry.note, len(entry.rows)) for entry in table.entries] == [
        ("warm", "W", "Warm ones", 1),
        ("cold", "C", "", 0),
    ]


@pytest.mark.parametrize(("locale", "title"), [("ja", "色"), ("ja-JP", "色"), ("en", "Colours")])
def test_texts_are_in_the_language_of_the_page_or_its_base(locale: str, title: str) -> None:
    assert read(PLAIN, locale)[0].title == title


def test_a_language_that_a_checker_does_not_speak_has_none_of_its_tables() -> None:
    assert read(PLAIN, "fr") == ()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (replace(PLAIN, columns=PLAIN.columns[:1]), "row 'red' has 2 cells for 1 columns"),
        (replace(PLAIN, rows=(ROW, ROW)), "the anchor 'red' is empty, holds a space, or is there twice"),
        (replace(PLAIN, rows=(replace(ROW, id="a b"),)), "the anchor 'a b'"),
        (replace(PLAIN, rows=(replace(ROW, checked="yesterday"),)), "'yesterday' is no day; write it as 2026-11-24"),
        (replace(GROUPED, rows=(replace(ROW, group="wet"),)), "row 'red' is of a group 'wet' that there is not"),
        (replace(GROUPED, rows=(replace(ROW, group="warm", id="hot"),)), "the anchor 'hot'"),
    ],
)
def test_a_table_that_contradicts_itself_is_named(table: ReferenceTable, message: str) -> None:
    with pytest.raises(ReferenceTableError) as caught:
        read(table)
    assert "the table 'colours' of the checker 'lamps': " in str(caught.value)
    assert message in str(caught.value)


def test_two_checkers_with_one_table_are_both_named() -> None:
    one: Any = Lamps((PLAIN,))
    other: Any = Lamps((PLAIN,), id="bulbs")
    with pytest.raises(ReferenceTableError, match="'lamps' and 'bulbs' both have a table 'colours'"):
        references_in({"lamps": one, "bulbs": other}, "en")


def test_a_group_may_have_a_page_with_rows_that_would_make_the_table_too_long() -> None:
    rows = tuple(
        replace(ROW, id=name, group="warm", shown=shown)
        for name, shown in (("red", Shown.EVERYWHERE), ("rest", Shown.TABLE), ("pink", Shown.PAGE))
    )
    titles = {"page_title": {"en": "All about {group}"}, "page_intro": {"en": "{group} {x} and more."}}
    (table,) = read(replace(GROUPED, rows=rows, answers="colour", **titles))
    warm = table.entries[0]
    assert [row.id for row in warm.rows] == ["red", "rest"]
    assert (warm.topic, warm.page.title, warm.page.intro) == ("colour/warm", "All about W", "W {x} and more.")
    assert [row.id for row in warm.page.rows] == ["red", "pink"]
    with pytest.raises(ReferenceTableError, match="'pink' is empty"):
        read(replace(GROUPED, rows=(*rows, rows[-1]), **titles))


def test_without_a_title_for_pages_a_group_has_none() -> None:
    (table,) = read(GROUPED)
    assert [(entry.topic, entry.page) for entry in table.entries] == [(None, None), (None, None)]
