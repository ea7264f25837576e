"""Which pages tables get, and where they stand in the navigation."""

from dataclasses import replace

from kakugen.knowledge import Reference
from kakugen.pages import labels_for, reference_pages
from kakugen.pages.references import reference_nav

ENGLISH = labels_for("en")
TABLE = Reference(
    id="one",
    checker="c",
    title="A *bold* <b>",
    intro='Says "x: y".',
    columns=(),
    entries=(),
    grouped=False,
    explains_topics=False,
    checker_title="C",
)
OTHER = replace(TABLE, id="two")


def test_nothing_of_a_title_is_taken_for_markdown_or_html() -> None:
    (page,) = reference_pages([TABLE], (), ENGLISH).values()
    assert "# A \\*bold\\* &lt;b&gt;\n" in page
    assert 'description: "Says \\"x: y\\"."' in page


def test_one_table_needs_no_list_and_is_itself_in_the_navigation() -> None:
    assert list(reference_pages([TABLE], (), ENGLISH)) == ["reference/one.md"]
    assert reference_nav([TABLE], ENGLISH) == [{"Reference": "reference/one.md"}]


def test_several_tables_have_a_list_and_a_section() -> None:
    assert set(reference_pages([TABLE, OTHER], (), ENGLISH)) == {
        "reference/index.md",
        "reference/one.md",
        "reference/two.md",
    }
    assert reference_nav([TABLE, OTHER], ENGLISH) == [
        {"Reference": ["reference/index.md", "reference/one.md", "reference/two.md"]}
    ]


def test_a_site_without_tables_has_nothing_of_them() -> None:
    assert reference_pages([], (), ENGLISH) == {}
    assert reference_nav([], ENGLISH) == []


def test_what_the_owner_wrote_is_not_made() -> None:
    assert reference_pages([TABLE], {"reference/one.md"}, ENGLISH) == {}
