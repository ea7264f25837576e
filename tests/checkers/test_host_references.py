"""Tables of hosts, destinations and the timeline: complete in each language, each fact with how sure it is."""

import re

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.destinations import destinations
from kakugen_checkers.host_references import reference_tables
from kakugen_checkers.hosts import LOCALES, Sure, fact_ids, fact_label, hosts
from kakugen_checkers.protocol import LocalText, ReferenceRow, ReferenceTable, Shown

TABLES = reference_tables()
HOSTS, DESTINATIONS, TIMELINE = TABLES
EACH_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.id)
EACH_ROW = each(
    ("table", "row"), [pytest.param(table, row, id=f"{table.id}-{row.id}") for table in TABLES for row in table.rows]
)


def in_language(text: LocalText, locale: str) -> str:
    return text.get(locale) or text.get("", "")


def rows_of(group: str) -> list[ReferenceRow]:
    return [row for row in HOSTS.rows if row.group == group]


@pytest.mark.parametrize("locale", LOCALES)
@EACH_TABLE
def test_title_intro_columns_and_groups_are_there_in_each_language(table: ReferenceTable, locale: str) -> None:
    texts = (table.title, table.intro, *table.columns, *(group.title for group in table.groups))
    assert all(in_language(text, locale) for text in texts)


@EACH_ROW
def test_a_row_is_told_in_each_language(table: ReferenceTable, row: ReferenceRow) -> None:
    assert len(row.cells) == len(table.columns)
    for locale in LOCALES:
        for cell in row.cells:
            assert in_language(cell, locale).strip()
            assert "{" not in in_language(cell, locale)


@EACH_TABLE
def test_anchors_are_there_once(table: ReferenceTable) -> None:
    anchors = [*(group.id for group in table.groups), *(row.id for row in table.rows)]
    assert len(anchors) == len(set(anchors))
    assert not any(re.search(r"\s", anchor) for anchor in anchors)


@EACH_TABLE
def test_rows_of_a_group_stand_together_in_the_order_of_the_groups(table: ReferenceTable) -> None:
    order = [group.id for group in table.groups]
    places = [order.index(row.group) for row in table.rows if table.groups]
    assert places == sorted(places)


def test_each_host_is_a_group_with_all_of_its_facts() -> None:
    assert [group.id for group in HOSTS.groups] == [entry.id for entry in hosts()]
    for entry in hosts():
        shown = [row.id for row in rows_of(entry.id)]
        assert shown[: len(entry.facts)] == [f"{entry.id}-{ident}" for ident in entry.facts]


def test_a_fact_tells_its_source_how_sure_it_is_and_until_when() -> None:
    words = data.load("host_references")
    rows = {row.id: row for row in HOSTS.rows}
    for entry in hosts():
        for fact in entry.facts.values():
            row = rows[f"{entry.id}-{fact.id}"]
            assert (row.source, row.checked) == (fact.source, fact.checked)
            for locale in LOCALES:
                assert in_language(row.cells[2], locale).startswith(words[locale]["sure"][fact.sure])
            assert in_language(row.cells[2], "ja").endswith("\n2027年5月までに見直し")
            assert in_language(row.cells[2], "en").endswith("\nto be checked again by May 2027")


def test_a_fact_tells_where_to_click() -> None:
    (row,) = [row for row in HOSTS.rows if row.id == "xserver-forward"]
    assert row.cells[1]["ja"].endswith("\n場所：サーバーパネル ＞ メールアカウント設定 ＞ 転送")
    assert "\nWhere: サーバーパネル ＞ " in row.cells[1]["en"]


def test_what_is_not_known_of_a_host_is_named() -> None:
    for entry in hosts():
        missing = [ident for ident in fact_ids() if ident not in entry.facts]
        unknown = [row for row in rows_of(entry.id) if row.id == f"{entry.id}-unknown"]
        assert len(unknown) == bool(missing)
        for row in unknown:
            for ident in missing:
                assert all(fact_label(ident)[locale] in row.cells[1][locale] for locale in LOCALES)


def test_the_page_of_a_host_tells_all_kinds_of_facts_and_sends_to_the_screen_for_what_is_not_known() -> None:
    for entry in hosts():
        on_page = [row for row in rows_of(entry.id) if row.shown is not Shown.TABLE]
        kinds = [row.id.removeprefix(f"{entry.id}-") for row in on_page]
        assert set(fact_ids()) <= set(kinds)
        assert len(kinds) == len(set(kinds))
        for row in (row for row in on_page if row.shown is Shown.PAGE):
            assert not row.source
            assert "確かめられていません" in row.cells[1]["ja"], row.id
            assert row.cells[2] == {"ja": "まだ確かめていません", "en": "Not confirmed yet"}


def test_the_pages_of_hosts_say_whose_and_the_other_tables_have_none() -> None:
    assert HOSTS.page_title["ja"].startswith("{group}")
    assert all(word in HOSTS.page_intro["ja"] for word in ("転送", "容量", "パスワード", "DKIM"))
    assert not DESTINATIONS.page_title
    assert not TIMELINE.page_title


def test_a_host_is_found_by_its_other_names_and_by_its_servers() -> None:
    assert "Xサーバー" in rows_of("xserver")[0].keywords[""]
    (group,) = [group for group in HOSTS.groups if group.id == "xserver"]
    assert "*.xserver.jp" in group.note["ja"]
    assert [group.note for group in HOSTS.groups if group.id == "cpanel"] == [{}]


def test_each_destination_is_a_group_with_all_of_its_facts() -> None:
    assert [group.id for group in DESTINATIONS.groups] == [entry.id for entry in destinations()]
    assert [row.id for row in DESTINATIONS.rows] == [
        f"{entry.id}-{ident}" for entry in destinations() for ident in entry.facts
    ]


def test_the_timeline_begins_with_what_ends_last() -> None:
    until = {entry["id"]: entry["until"] for entry in data.load("timeline")["entry"]}
    days = [until[row.id] for row in TIMELINE.rows]
    assert days == sorted(until.values(), reverse=True)
    assert TIMELINE.rows[0].cells[1] == {
        "ja": "2027年1月（月だけが分かっています）",
        "en": "January 2027 (only the month is known)",
    }
    (arc,) = [row for row in TIMELINE.rows if row.id == "arc"]
    assert arc.cells[1] == {"ja": "2026年3月10日", "en": "10 March 2026"}


def test_every_degree_of_sureness_has_words() -> None:
    for locale in LOCALES:
        assert set(data.load("host_references")[locale]["sure"]) == {sure.value for sure in Sure}
