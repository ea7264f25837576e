"""Reference tables: every code and every reason, complete in each language, sorted, and with its source."""

from datetime import date
from itertools import groupby

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.bounce import checker
from kakugen_checkers.bounce.rules import all_rules
from kakugen_checkers.protocol import LocalText, ReferenceGroup, ReferenceRow, ReferenceTable

CODES, REASONS = checker.references()
ROWS = [pytest.param(row, id=row.id) for table in (CODES, REASONS) for row in table.rows]
REGISTERED = data.load("bounce/codes")["code"]


def code(written: str) -> ReferenceGroup:
    """The entry that a code leads to."""
    (found,) = [group for group in CODES.groups if written in (group.id, *group.anchors)]
    return found


def meanings(written: str) -> list[ReferenceRow]:
    return [row for row in CODES.rows if row.group == code(written).id]


def in_language(text: LocalText, locale: str) -> str:
    return text.get(locale) or text.get("", "")


def number(group: ReferenceGroup) -> tuple[int, ...]:
    digits = [int(part) for part in group.id.split(".")]
    return (0, *digits[1:], -digits[0]) if len(digits) == 3 else (1, *digits)


def test_every_reason_has_a_row() -> None:
    assert {row.topic for row in REASONS.rows} == {topic for topic in checker.topics if topic.startswith("bounce/")}
    assert REASONS.explains_topics


def test_reasons_that_the_reader_can_put_right_come_first() -> None:
    actors = [actor for actor, _ in groupby(REASONS.rows, key=lambda row: row.cells[2]["en"])]
    assert actors[0] == "You"
    assert len(actors) == len(set(actors))


@pytest.mark.parametrize("locale", checker.locales)
@pytest.mark.parametrize("table", [CODES, REASONS], ids=lambda table: table.id)
def test_title_intro_and_columns_are_there_in_each_language(table: ReferenceTable, locale: str) -> None:
    assert all(in_language(text, locale) for text in (table.title, table.intro, *table.columns))


@each("locale", checker.locales)
@each("row", ROWS)
def test_row_is_told_in_each_language(row: ReferenceRow, locale: str) -> None:
    assert len(row.cells) == len(CODES.columns if row.group else REASONS.columns)
    assert all(in_language(cell, locale) for cell in row.cells[:4])
    assert not any("{" in in_language(cell, locale) for cell in row.cells)


@each("row", ROWS)
def test_row_has_a_topic_a_source_and_the_day_on_which_it_was_read(row: ReferenceRow) -> None:
    assert row.topic in checker.topics
    assert row.source
    assert date(2024, 1, 1) <= date.fromisoformat(row.checked) <= date.today()


def test_codes_are_sorted() -> None:
    numbers = [number(group) for group in CODES.groups]
    assert numbers == sorted(numbers)


def test_no_code_is_there_twice() -> None:
    anchors = [anchor for group in CODES.groups for anchor in (group.id, *group.anchors)]
    assert len(anchors) == len(set(anchors))


@each("entry", REGISTERED, ids=lambda entry: entry["code"])
def test_every_registered_code_is_listed_with_what_it_says(entry: dict[str, str]) -> None:
    assert entry.keys() == {"code", "source", "checked", *checker.locales}
    written = entry["code"].replace("x", "5")
    assert code(written).note == {locale: entry[locale] for locale in checker.locales}
    assert code(written).source == entry["source"]


def test_the_registry_has_no_gap() -> None:
    last = {0: 0, 1: 10, 2: 4, 3: 6, 4: 7, 5: 6, 6: 10, 7: 30}
    subjects = {entry["code"].partition(".")[2] for entry in REGISTERED if "." in entry["code"]}
    assert subjects == {f"{subject}.{detail}" for subject, end in last.items() for detail in range(end + 1)}


def test_every_code_that_decides_by_itself_is_listed_under_its_reason() -> None:
    for rule in all_rules():
        if rule.patterns:
            continue
        for status in filter(None, rule.enhanced_status_codes or rule.reply_codes):
            topics = {row.topic for row in meanings(status.replace("x", "5"))}
            assert f"bounce/{rule.reason}" in topics, (rule.id, status)


def test_code_with_many_meanings_gives_them_all_with_the_systems_that_use_them() -> None:
    rows = {row.topic: row.cells[1]["en"] for row in meanings("5.7.1")}
    assert len(rows) >= 8
    assert "Gmail" in rows["bounce/spamdetected"]
    assert "any server" in rows["bounce/norelaying"]


def test_what_a_code_means_for_sure_comes_before_what_it_may_mean() -> None:
    assert meanings("5.2.2")[0].topic == "bounce/mailboxfull"
    assert meanings("5.7.1")[0].topic != "bounce/securityerror"


def test_lasting_and_temporary_code_stand_together_where_they_mean_the_same() -> None:
    assert code("5.7.26") is code("4.7.26")
    assert code("5.7.26").title == {"": "5.7.26 / 4.7.26"}
    assert code("5.7.1") is not code("4.7.1")


def test_a_system_that_means_two_things_is_told_apart_by_the_code() -> None:
    said = {row.topic: row.cells[1]["ja"] for row in meanings("5.2.1")}
    assert "Gmail（5.2.1）" in said["bounce/suspend"]
    assert "Gmail（4.2.1）" in said["bounce/ratelimited"]


def test_many_codes_in_a_row_with_one_meaning_are_one_entry() -> None:
    assert code("5.7.607") is code("5.7.615")
    assert code("5.7.607").title == {"": "5.7.607 … 5.7.615"}


def test_bare_reply_code_says_where_to_look() -> None:
    assert "うしろの番号と言葉" in code("550").note["ja"]
