"""The Markdown block ``/// checker``: it becomes a form, and mistakes in it name file, line and cure."""

from collections.abc import Iterable
from datetime import date
from types import SimpleNamespace

import pytest
from markdown import Markdown

from kakugen.embed import (
    CheckerExtension,
    CheckerNotInstalledError,
    PageContext,
    PlacementFault,
    SiteLinks,
    UnplacedPageError,
    installed_checkers,
)
from kakugen_checkers.protocol import (
    Answers,
    Field,
    FieldKind,
    Form,
    ReferenceTable,
    Status,
    Topic,
    Verdict,
)


class Echo:
    """The smallest checker."""

    id = "echo"
    locales = ("en",)
    topics: tuple[Topic, ...] = ()
    form = Form(
        title={"en": "Echo"},
        intro={},
        submit={"en": "Go"},
        fields=(Field(id="text", kind=FieldKind.TEXT, label={"en": "Text"}),),
    )

    def topic_title(self, topic: Topic, locale: str) -> str:
        return topic

    def references(self) -> Iterable[ReferenceTable]:
        return ()

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        return Verdict(checker=self.id, locale=locale, status=Status.UNKNOWN, topic=None, title="", summary="")


def page(text: str) -> PageContext:
    return PageContext(path="docs/en/index.md", text=text, root="..", locale="en", pack="p/", links=SiteLinks())


def convert(text: str, *, whole: str | None = None) -> str:
    """The HTML of a page; ``whole`` is its file where that holds more than ``text``."""
    embed = CheckerExtension({"echo": Echo()})
    embed.page = page(whole or text)
    return Markdown(extensions=[embed, "pymdownx.superfences", "attr_list"]).convert(text)


def fault(text: str, *, whole: str | None = None) -> str:
    with pytest.raises(PlacementFault) as raised:
        convert(text, whole=whole)
    return str(raised.value)


def test_block_becomes_the_form_and_the_text_around_it_stays() -> None:
    html = convert("before *this*\n\n/// checker | echo\n///\n\nafter\n")
    assert html.startswith("<p>before <em>this</em></p>\n<kakugen-checker ")
    assert '<textarea id="kakugen-echo-text" name="text"' in html
    assert html.endswith("</kakugen-checker><p>after</p>")


def test_nothing_in_a_form_is_read_as_markdown() -> None:
    checker = Echo()
    checker.form = Form(
        title={"en": "*Not* emphasised [link](x)"}, intro={}, submit={"en": "Go"}, fields=Echo.form.fields
    )
    embed = CheckerExtension({"echo": checker})
    embed.page = page("")
    html = Markdown(extensions=[embed]).convert("/// checker | echo\n///")
    assert "*Not* emphasised [link](x)" in html


def test_level_of_the_title_can_be_chosen() -> None:
    assert "<h1 " in convert("/// checker | echo\n    level: 1\n///\n")


def test_two_blocks_on_a_page_have_ids_of_their_own() -> None:
    html = convert("/// checker | echo\n///\n\n/// checker | echo\n///\n")
    assert 'id="kakugen-echo-text"' in html
    assert 'id="kakugen-echo-2-text"' in html


def test_unknown_checker_names_file_and_line_and_the_known_ones() -> None:
    whole = "---\ntitle: x\n---\n\n# T\n\n/// checker | eccho\n///\n"
    assert fault("# T\n\n/// checker | eccho\n///\n", whole=whole) == (
        "docs/en/index.md:7: there is no checker 'eccho'; known are: echo"
    )


def test_line_of_a_fault_is_not_that_of_an_example_in_a_code_block() -> None:
    text = "```\n/// checker | eccho\n///\n```\n\n/// checker | eccho\n///\n"
    assert fault(text).startswith("docs/en/index.md:6: ")


def test_block_without_a_name_says_how_to_write_it() -> None:
    message = fault("/// checker\n///\n")
    assert message == (
        "docs/en/index.md:1: the checker block names no checker; write '/// checker | <id>' with one of: echo"
    )


def test_block_that_is_not_closed_is_reported() -> None:
    assert "is not closed: write '///' below it" in fault("/// checker | echo\n\nmore text\n")


def test_text_in_a_block_is_reported_and_not_lost_silently() -> None:
    assert "holds text; write it above or below" in fault("/// checker | echo\n\nmore text\n\n///\n")


def test_unknown_option_is_reported_and_does_not_stand_in_the_page() -> None:
    assert "its one option is" in fault("text\n\n/// checker | echo\n    size: 3\n///\n")


@pytest.mark.parametrize("level", ["7", "-1", "big"])
def test_impossible_level_is_reported(level: str) -> None:
    assert f"has level '{level}'; write a number from 0 to 6" in fault(f"/// checker | echo\n    level: {level}\n///\n")


def test_form_that_cannot_be_shown_is_reported_where_it_is_placed() -> None:
    checker = Echo()
    field = Field(id="text", kind=FieldKind.TEXT, label={"en": "Text"}, group="nowhere")
    checker.form = Form(title={"en": "Echo"}, intro={}, submit={"en": "Go"}, fields=(field,))
    embed = CheckerExtension({"echo": checker})
    embed.page = page("# T\n\n/// checker | echo\n///\n")
    with pytest.raises(PlacementFault, match=r"index\.md:3: the form of the checker 'echo'"):
        Markdown(extensions=[embed]).convert("# T\n\n/// checker | echo\n///\n")


def test_all_faults_of_a_build_can_be_collected() -> None:
    faults: list[PlacementFault] = []
    embed = CheckerExtension({"echo": Echo()}, on_fault=faults.append)
    for text in ("/// checker | a\n///\n\n/// checker | b\n///\n", "/// checker | c\n///\n"):
        embed.page = page(text)
        Markdown(extensions=[embed]).convert(text)
    assert [(one.line, one.message[:22]) for one in faults] == [
        (1, "there is no checker 'a"),
        (4, "there is no checker 'b"),
        (1, "there is no checker 'c"),
    ]


def test_generator_that_forgets_to_name_the_page_is_told() -> None:
    with pytest.raises(UnplacedPageError):
        Markdown(extensions=[CheckerExtension({"echo": Echo()})]).convert("/// checker | echo\n///")


def test_page_without_a_checker_needs_no_context() -> None:
    embed = CheckerExtension({"echo": Echo()})
    assert Markdown(extensions=[embed]).convert("plain") == "<p>plain</p>"


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two installed checkers, one of which is not a checker."""
    entries = [
        SimpleNamespace(name="echo", value="tests:echo", load=Echo),
        SimpleNamespace(name="broken", value="tests:broken", load=object),
    ]
    monkeypatch.setattr("kakugen.embed.installed.entry_points", lambda *, group: entries)


@pytest.mark.usefixtures("registered")
def test_checkers_are_found_by_their_entry_points() -> None:
    assert list(installed_checkers(["echo"])) == ["echo"]


@pytest.mark.usefixtures("registered")
def test_checker_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(CheckerNotInstalledError, match="'bounce'; installed are: broken, echo") as raised:
        installed_checkers(["bounce"])
    assert raised.value.known == ("broken", "echo")


@pytest.mark.usefixtures("registered")
def test_entry_point_that_is_no_checker_is_refused() -> None:
    with pytest.raises(TypeError, match="tests:broken, which is not a checker"):
        installed_checkers()
