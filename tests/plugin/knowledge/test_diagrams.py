"""Diagrams: what a drawing may hold, and that every language tells all of it."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kakugen.knowledge import (
    Diagram,
    Document,
    Fault,
    Folders,
    Rule,
    check_diagrams,
    read_catalog,
    read_diagrams,
)
from kakugen.pages.diagrams import diagram_svg

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 328 100">'
DRAWING = HEAD + '<rect class="card seal" width="9" height="9"/>\n<text x="4" y="9" data-label="pot"/></svg>'
WORDS = """
[ja]
title = "湯わかし"
text = "湯わかしの絵です。"
[ja.labels]
pot = ["湯", "わかし"]
[en]
title = "A kettle"
text = "A kettle, \\"drawn\\"."
[en.labels]
pot = "kettle <b>"
"""

type Read = Callable[..., tuple[dict[str, Diagram], tuple[Fault, ...]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Writes one diagram and reads the folder."""

    def read(drawing: str = DRAWING, words: str = WORDS) -> tuple[dict[str, Diagram], tuple[Fault, ...]]:
        (tmp_path / "tea.svg").write_text(drawing, "utf-8")
        (tmp_path / "tea.toml").write_text(words, "utf-8")
        diagrams, faults = read_diagrams(tmp_path, "docs/diagrams", ("ja", "en"))
        return dict(diagrams), faults

    return read


def test_one_drawing_is_told_in_each_language_and_to_who_cannot_see_it(read: Read) -> None:
    diagrams, faults = read()
    assert faults == ()
    english = ElementTree.fromstring(diagram_svg(diagrams["tea"], "en"))
    assert (english.get("role"), english.get("aria-label")) == ("img", 'A kettle, "drawn".')
    assert [place.text for place in english.iter("text")] == ["kettle <b>"]
    japanese = ElementTree.fromstring(diagram_svg(diagrams["tea"], "ja"))
    assert [line.text for line in japanese.iter("tspan")] == ["湯", "わかし"]
    assert [line.get("dy") for line in japanese.iter("tspan")] == [None, "1.4em"]


def test_nothing_that_runs_loads_or_paints_comes_in_with_a_drawing(read: Read) -> None:
    rect = '<rect class="card seal" width="9" height="9"/>'
    for hostile in (
        "<script>x</script>",
        "<style>x</style>",
        '<image href="https://a.example/x.png"/>',
        "<use/>",
        "<foreignObject/>",
        "<a/>",
        "<svg/>",
        '<rect onclick="x"/>',
        '<rect style="fill:red"/>',
        '<rect fill="red"/>',
        '<rect class="admonition"/>',
        '<path d="url(https://a.example)"/>',
        '<g xmlns="http://a.example"/>',
        "words",
        "<?php x?>",
    ):
        diagrams, faults = read(DRAWING.replace(rect, hostile))
        assert not diagrams, hostile
        assert faults[0].rule is Rule.UNSAFE_DIAGRAM, (hostile, faults)
        assert str(faults[0].place) == "docs/diagrams/tea.svg:1"


def test_a_drawing_that_grows_when_it_is_read_is_refused(read: Read) -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + DRAWING
    assert Rule.UNSAFE_DIAGRAM in {fault.rule for fault in read(bomb)[1]}
    assert {fault.rule for fault in read(DRAWING + " " * 30_000)[1]} == {Rule.BROKEN_DIAGRAM}


def test_a_drawing_too_wide_for_a_phone_is_refused(read: Read) -> None:
    for view in ("0 0 329 10", "0 0 auto 10", "5 0 300 10"):
        (fault,) = read(DRAWING.replace("0 0 328 100", view))[1]
        assert fault.rule is Rule.WIDE_DIAGRAM, view


def test_what_is_not_told_or_told_of_nothing_is_named(read: Read) -> None:
    for old, new, key, case in (
        ('title = "A kettle"', "", "title", "missing"),
        ('text = "A kettle, \\"drawn\\"."', 'text = " "', "text", "missing"),
        ('pot = "kettle <b>"', "", "labels.pot", "missing"),
        ('pot = "kettle <b>"', 'pot = "a"\nlid = "b"', "labels.lid", "unused"),
        ('pot = "kettle <b>"', "pot = []", "labels.pot", "missing"),
    ):
        diagrams, (fault,) = read(words=WORDS.replace(old, new))
        assert not diagrams
        assert (fault.rule, fault.case) == (Rule.UNTOLD_DIAGRAM, case)
        assert dict(fault.details) == {"key": key, "language": "en"}


def test_half_a_diagram_and_one_that_cannot_be_read_say_so(read: Read, tmp_path: Path) -> None:
    assert read("<svg")[1][0].rule is Rule.BROKEN_DIAGRAM
    assert read(words="[ja")[1][0].rule is Rule.BROKEN_DIAGRAM
    read()
    (tmp_path / "tea.toml").unlink()
    _, (fault,) = read_diagrams(tmp_path, "docs/diagrams", ("ja",))
    assert (fault.rule, fault.place.file) == (Rule.BROKEN_DIAGRAM, "docs/diagrams/tea.toml")


def test_a_diagram_need_not_speak_a_language_that_does_not_show_it(read: Read) -> None:
    diagrams, faults = read(words=WORDS.partition("[en]")[0])
    assert faults == ()
    document = Document(language="en", path="x.md", url="x/", file="docs/en/x.md", source=b"\n/// diagram | tea\n///\n")
    catalog, _ = read_catalog([document], ("ja", "en"), Folders())
    (fault,) = check_diagrams(catalog, diagrams, ())
    assert (str(fault.place), fault.rule, fault.case) == ("docs/en/x.md:2", Rule.UNTOLD_DIAGRAM, "language")
