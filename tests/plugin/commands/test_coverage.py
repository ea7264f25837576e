"""Every topic of a checker is answered in every language, or is named."""

import json
from pathlib import Path

import pytest
from tests.plugin.commands.conftest import Run, edit

from kakugen_checkers.bounce import checker


@pytest.fixture
def answering(base: Path) -> Path:
    """A base with the checker of bounces and one article, in Japanese, about full mailboxes."""
    edit(base / "mkdocs.yml", ("checkers: []", "checkers: [bounce]"))
    article = base / "docs/ja/articles/page-does-not-change.md"
    edit(article, ("symptoms:", "topics: [bounce/mailboxfull]\nsymptoms:"))
    return base


def test_what_is_missing_is_listed_for_each_language(answering: Path, run: Run) -> None:
    ran = run("coverage")
    topics = len(checker.topics)
    assert ran.code == 0
    assert f"日本語: 1 of {topics} topics have an article." in ran.out
    assert f"English: 0 of {topics} topics have an article." in ran.out
    assert ran.out.count("bounce/mailboxfull") == 1


def test_programs_get_json(answering: Path, run: Run) -> None:
    found = json.loads(run("coverage", "--format", "json").out)
    assert found["schema"] == 1
    japanese, english = found["languages"]["ja"], found["languages"]["en"]
    assert japanese["answered"] == 1
    missing = [entry for entry in english["missing"] if entry["topic"] == "bounce/mailboxfull"]
    assert missing == [
        {"topic": "bounce/mailboxfull", "checker": "bounce", "title": checker.topic_title("bounce/mailboxfull", "en")}
    ]


@pytest.mark.parametrize("confidence", ["draft", "retired"])
def test_drafts_and_retired_articles_answer_nothing(confidence: str, answering: Path, run: Run) -> None:
    edit(
        answering / "docs/ja/articles/page-does-not-change.md", ("confidence: unverified", f"confidence: {confidence}")
    )
    assert "日本語: 0 of" in run("coverage").out


def test_strict_coverage_fails_where_something_is_missing(answering: Path, run: Run) -> None:
    assert run("coverage", "--strict").code == 1


def test_a_base_without_checkers_lacks_nothing(base: Path, run: Run) -> None:
    assert run("coverage", "--strict").code == 0


def test_a_check_tells_the_coverage_and_whether_it_is_ready(answering: Path, run: Run) -> None:
    ran = run("check")
    assert ran.code == 0
    assert "日本語: 1 of" in ran.out
    assert ran.out.endswith("Ready to be sent in.\n")
    edit(answering / "docs/ja/index.md", ("# ", "# <script>"))
    assert run("check").out.endswith("Not ready yet: correct the errors above.\n")
