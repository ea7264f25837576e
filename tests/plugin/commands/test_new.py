"""A new article is written with its translation, valid and listed, and never over a file."""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from tests.plugin.commands.conftest import Run

from kakugen.commands import new
from kakugen.commands.drafts import questions
from kakugen.commands.terminal import Terminal, UnansweredError
from kakugen.commands.words import words_in
from kakugen.embed import InstalledTemplate
from kakugen.knowledge import draft, section_words
from kakugen_checkers.protocol import Field, FieldKind, Form, NewText

TODAY = date(2026, 11, 24)
ARTICLE = (
    *("--id", "no-tea", "--title", 'お茶が: "出ない" #1', "--summary", "- 差し込みます。", "--symptom", "[冷たい]"),
    *("--cause", "changed", "--actor", "reader", "--source-title", "説明書", "--source-url", "https://kettle.example/"),
)


def test_an_article_is_written_in_every_language_and_listed(base: Path, run: Run) -> None:
    ran = run("new", "article", *ARTICLE)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Written: docs/ja/articles/no-tea.md\nWritten: docs/en/articles/no-tea.md\n")
    text = (base / "docs/ja/articles/no-tea.md").read_text("utf-8")
    assert "confidence: draft" in text
    assert "## 症状\n\n<!-- " in text
    assert "# yaml-language-server: $schema=../../../schemas/front-matter.schema.json" in text
    assert "## Symptoms" in (base / "docs/en/articles/no-tea.md").read_text("utf-8")
    assert run("lint", "--strict").out == "Nothing is wrong.\n"


def test_a_maxim_is_written_too(base: Path, run: Run) -> None:
    assert run("new", "maxim", "--id", "plug-first", "--title", "まず差し込み", "--summary", "見ます。").code == 0
    assert "said_by" not in (base / "docs/ja/maxims/plug-first.md").read_text("utf-8")
    assert "unused-maxim" in run("lint").out


def test_an_article_that_is_there_is_left_alone(base: Path, run: Run) -> None:
    run("new", "article", *ARTICLE)
    file = base / "docs/ja/articles/no-tea.md"
    file.write_text("mine", "utf-8")
    ran = run("new", "article", *ARTICLE)
    assert ran.code == 1
    assert "there already: docs/ja/articles/no-tea.md, docs/en/articles/no-tea.md" in ran.err
    assert file.read_text("utf-8") == "mine"


def test_an_id_that_was_in_use_is_refused(base: Path, run: Run) -> None:
    ledger = base / "docs/ids.toml"
    ledger.write_text(ledger.read_text("utf-8") + "no-tea = 2026-01-01\n", "utf-8")
    ran = run("new", "article", *ARTICLE)
    assert ran.code == 1
    assert "was in use until 2026-01-01 and is retired" in ran.err
    assert not (base / "docs/ja/articles/no-tea.md").exists()


def test_answers_that_make_no_article_are_refused_with_their_cure(base: Path, run: Run) -> None:
    ran = run("new", "article", *ARTICLE, "--id", "No Tea", "--minutes", "long")
    assert ran.code == 1
    assert ran.err.splitlines() == [
        "'id' is 'No Tea', which has not the right form. Write something like 'gmail-authentication-failed'.",
        "'minutes' is 'long', not a whole number. Write a whole number without quotation marks, such as 'minutes: 5'.",
    ]
    assert list((base / "docs/ja/articles").iterdir()) == [base / "docs/ja/articles/page-does-not-change.md"]


def test_what_is_missing_is_listed_where_nobody_can_be_asked(base: Path, run: Run) -> None:
    ran = run("new", "article", "--id", "x", "--lang", "ja")
    assert ran.code == 1
    assert "--title  題（読む人の言い方で）" in ran.err
    assert "--cause  何が原因か (piled-up, changed, both, neither)" in ran.err
    assert "--topics" not in ran.err


def test_rules_and_hosts_are_offered_by_the_checkers(base: Path, run: Run) -> None:
    ran = run(
        "new", "rule", "--id", "x", "--example", "550 no", "--match", "yes", "--reason", "userunknown", "--source", "me"
    )
    assert ran.code == 1
    assert "The words that matter do not stand in the line" in ran.err
    ran = run("new", "host")
    assert "--hostnames  Names of its servers" in ran.err


# ---- asking ----


def terminal(lines: Iterator[str], said: list[str]) -> Terminal:
    return Terminal(words=words_in("en"), say=said.append, ask=lambda _: next(lines))


def test_a_person_is_asked_again_until_the_answer_fits() -> None:
    said: list[str] = []
    lines = iter(["id", "title", "", "summary", "symptom", "", "why", "changed", "reader", "", "", "book", "https://x"])
    answers = terminal(lines, said).answers(questions("article", "en"), {})
    assert answers["summary"] == "summary"
    assert answers["cause"] == "changed"
    assert answers["minutes"] == "5"
    assert said.count("Please answer with something that fits.") == 2


def test_what_the_command_line_has_answered_is_not_asked() -> None:
    asked = questions("maxim", "en")
    answers = terminal(iter([]), []).answers(asked, {question.id: "x" for question in asked})
    assert set(answers.values()) == {"x"}


def test_nobody_is_asked_in_a_pipe() -> None:
    silent = Terminal(words=words_in("en"), say=print, ask=None)
    with pytest.raises(UnansweredError, match="--title"):
        silent.answers(questions("maxim", "en"), {})


# ---- templates of checkers ----


@dataclass(frozen=True)
class Kettles:
    """A template that adds a line to a file."""

    package: str
    extends: bool
    id: str = "kettle"
    form: Form = field(
        default_factory=lambda: Form(
            title={"en": "A kettle"},
            intro={},
            submit={},
            fields=(Field(id="name", kind=FieldKind.LINE, label={"en": "Name"}, required=True),),
        )
    )

    def problem(self, answers: Mapping[str, object], locale: str) -> str:
        return "No such kettle." if answers["name"] == "pot" else ""

    def texts(self, answers: Mapping[str, object], *, today: date) -> tuple[NewText, ...]:
        return (
            NewText(
                path="data/kettles.txt", text=f"{answers['name']} {today}\n", head="# head\n", extends=self.extends
            ),
        )

    def advice(self, answers: Mapping[str, object], locale: str) -> str:
        return "Boil it."


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "kettles"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "kettles", raising=False)
    return "kettles"


def test_a_template_adds_to_a_file_and_begins_a_new_one_with_its_head(package: str, tmp_path: Path) -> None:
    said: list[str] = []
    template = InstalledTemplate(template=Kettles(package, extends=True), locale="en")
    for name in ("red", "blue"):
        new.write_template(template, {"name": name}, TODAY, terminal(iter([]), said))
    file = tmp_path / "kettles" / "data" / "kettles.txt"
    assert file.read_text() == "# head\nred 2026-11-24\nblue 2026-11-24\n"
    assert said == [f"Written: {file}", "Boil it.", f"Added to: {file}", "Boil it."]


def test_a_template_that_may_not_add_leaves_a_file_alone(package: str, tmp_path: Path) -> None:
    template = InstalledTemplate(template=Kettles(package, extends=False), locale="en")
    new.write_template(template, {"name": "red"}, TODAY, terminal(iter([]), []))
    with pytest.raises(new.NotWrittenError, match="there already"):
        new.write_template(template, {"name": "blue"}, TODAY, terminal(iter([]), []))
    assert "blue" not in (tmp_path / "kettles" / "data" / "kettles.txt").read_text()


def test_a_template_refuses_answers_that_make_nothing(package: str) -> None:
    template = InstalledTemplate(template=Kettles(package, extends=True), locale="en")
    with pytest.raises(new.NotWrittenError, match="No such kettle"):
        new.write_template(template, {"name": "pot"}, TODAY, terminal(iter([]), []))


def test_what_a_web_editor_is_given_is_an_article_once_its_blanks_are_filled(base: Path, run: Run) -> None:
    text = draft("article", section_words("ja", None), "ja", confidence="unverified")
    file = base / "docs/ja/articles/no-tea.md"
    file.write_text(text, "utf-8")
    assert run("lint").code == 1
    for blank, written in (
        ("\nid:\n", "\nid: no-tea\n"),
        ('title: ""', 'title: "お茶が出ない"'),
        ('summary: ""', 'summary: "差し込みます。"'),
        ('  - ""', '  - "冷たい"'),
        ("\ncause:\n", "\ncause: changed\n"),
        ("\nactor:\n", "\nactor: reader\n"),
        ("\nchecked:\n", "\nchecked: 2026-11-24\n"),
        ('url: ""', 'url: "https://kettle.example/"'),
        ("seen:\n", "seen: 2026-11-24\n"),
    ):
        assert blank in text, blank
        text = text.replace(blank, written)
    file.write_text(text, "utf-8")
    ran = run("lint")
    assert ran.code == 0
    assert {line.rpartition("[")[2] for line in ran.out.splitlines()[:-1]} == {
        "KB031 untranslated]",
        "KB032 unlisted-id]",
    }


def test_the_templates_in_the_guides_for_contributors_pass_as_they_stand(base: Path, run: Run) -> None:
    for language, guide in (("ja", "CONTRIBUTING.ja.md"), ("en", "CONTRIBUTING.md")):
        text = (Path(__file__).parents[3] / guide).read_text("utf-8")
        (template,) = re.findall(r"```yaml\n(---\nid: .*?)```", text, re.DOTALL)
        (base / f"docs/{language}/articles/gmail-cannot-send.md").write_text(template, "utf-8")
    ran = run("lint")
    assert ran.code == 0, ran.out
    assert "error" not in ran.out
