"""What is wrong is named with file, line and cure: for people, for programs, and for git hosts."""

import json
from pathlib import Path

import pytest
from tests.plugin.commands.conftest import Run, edit

ARTICLE = "docs/ja/articles/page-does-not-change.md"


def test_a_person_reads_place_severity_fault_and_cure(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("## 症状", "<script>\n\n## 症状"))
    ran = run("lint", "--changed", ARTICLE)
    assert ran.code == 1
    assert ran.out.splitlines()[0].startswith(
        f"{ARTICLE}:22: error: '<script>' is not allowed in an article. Say it in"
    )
    assert ran.out.splitlines()[0].endswith("[KB056 unsafe-html]")
    assert ran.out.splitlines()[-1] == "Errors: 1. Warnings: 0."


def test_messages_speak_japanese_when_asked(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("minutes: 5", "minutes: 0"))
    ran = run("lint", "--lang", "ja")
    assert f"{ARTICLE}:12: エラー: 「minutes」が 0 です。1以上にしてください。 [KB020 too-small]" in ran.out
    assert "エラー 1件" in ran.out


def test_the_language_of_the_environment_is_taken(base: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ja_JP.UTF-8")
    assert run("lint").out == "直すところはありません。\n"


def test_programs_get_json(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("minutes: 5", "minutes: 0"))
    report = json.loads(run("lint", "--format", "json").out)
    assert (report["schema"], report["errors"], report["warnings"]) == (1, 1, 0)
    (fault,) = report["faults"]
    assert fault == {
        "rule": "KB020",
        "name": "too-small",
        "severity": "error",
        "file": ARTICLE,
        "line": 12,
        "wrong": "'minutes' is 0.",
        "write": "Write 1 or more.",
    }


def test_git_hosts_get_annotations_on_one_line_each(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("https://www.mkdocs.org/user-guide/", "50% off"))
    (line,) = run("lint", "--format", "github", "--changed", ARTICLE).out.splitlines()
    assert line.startswith(f"::error file={ARTICLE},line=18,title=KB024 bad-form::'url' is '50%25 off'")


def test_a_base_without_faults_has_no_annotations(base: Path, run: Run) -> None:
    assert run("lint", "--format", "github").out == ""


def test_warnings_fail_only_when_strict(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("## 症状", "もっと。\n\n## 症状"))
    assert "[KB043 lagging]" in run("lint").out
    assert run("lint").code == 0
    assert run("lint", "--strict").code == 1


def test_only_changed_files_are_reported_on(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("minutes: 5", "minutes: 0"))
    other = "docs/en/maxims/what-changed-last.md"
    edit(base / other, ("Write down", "See [this](gone.md). Write down"))
    out = run("lint", "--changed", str(base / other)).out
    assert "[KB053 broken-link]" in out
    assert ARTICLE not in out
    assert run("lint", "--changed", ARTICLE).out.count("error:") == 1


def test_personal_data_is_found_in_code_too(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("## 原因", "```\nhanako.sato@kettle-shop.co.jp\n```\n\n## 原因"))
    assert "[KB059 real-address]" in run("lint").out


def test_examples_of_checkers_from_elsewhere_are_not_the_owners_to_put_right(base: Path, run: Run) -> None:
    edit(base / "mkdocs.yml", ("checkers: []", "checkers: [bounce]"))
    assert "real-address" not in run("lint").out


def test_an_owner_may_allow_addresses_that_are_published(base: Path, run: Run) -> None:
    edit(base / ARTICLE, ("## 原因", "Desk@Kettle-shop.co.jp\n\n## 原因"))
    edit(base / "mkdocs.yml", ("checkers: []", "checkers: []\n      public_addresses: [desk@kettle-shop.co.jp]"))
    assert "real-address" not in run("lint").out


def test_fixing_lists_a_new_id_and_retires_one_that_is_gone(base: Path, run: Run) -> None:
    for language in ("ja", "en"):
        file = base / "docs" / language / "articles" / "page-does-not-change.md"
        edit(file, ("id: page-does-not-change", "id: old-page"))
    ran = run("lint")
    assert "warning: The id 'old-page' is not in docs/ids.toml." in ran.out
    assert ran.code == 0, "whoever sends one file by a web editor is not stopped by the list"
    assert "docs/ids.toml:5: warning: The article 'page-does-not-change' is listed here" in ran.out
    fixed = run("lint", "--fix")
    assert "Brought up to date: docs/ids.toml" in fixed.out
    assert "Nothing is wrong." in fixed.out
    ledger = (base / "docs" / "ids.toml").read_text("utf-8")
    assert ledger.index("old-page") < ledger.index("[retired]") < ledger.index("page-does-not-change")
    assert "Brought" not in run("lint", "--fix").out


def test_a_base_without_a_ledger_is_told_how_to_get_one(base: Path, run: Run) -> None:
    (base / "docs" / "ids.toml").unlink()
    assert "[KB036 no-ledger]" in run("lint").out
    assert "Nothing is wrong." in run("lint", "--fix").out


def test_topics_that_no_example_proves_are_named(base: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(base / "mkdocs.yml", ("checkers: []", "checkers: [bounce]"))
    edit(base / ARTICLE, ("symptoms:", "topics: [bounce/mailboxfull]\nsymptoms:"))
    assert "unproven" not in run("lint").out
    monkeypatch.setattr("kakugen_checkers.bounce.examples.all_examples", lambda: iter(()))
    assert f"{ARTICLE}:7: warning: The checker says that it can find 'bounce/mailboxfull'" in run("lint").out


def test_links_into_tables_of_checkers_are_checked(base: Path, run: Run) -> None:
    edit(base / "mkdocs.yml", ("checkers: []", "checkers: [bounce]"))
    edit(base / ARTICLE, ("## 原因", "[a](../reference/bounce-reasons.md#nothing-like-that)\n\n## 原因"))
    out = run("lint").out
    assert "broken-anchor" in out or "broken-link" in out


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  - kakugen:", "  - kakugn:", "does not turn the plugin on. Write '- kakugen' below 'plugins:'."),
        ("checkers: []", "checkers: [kettle]", "no installed package provides the checker 'kettle'"),
        ("checkers: []", "checkers: 5", "mkdocs.yml: checkers: "),
        ("site_name:", "site_name: [", "cannot be read"),
    ],
)
def test_settings_that_are_wrong_say_what_to_write(old: str, new: str, message: str, base: Path, run: Run) -> None:
    edit(base / "mkdocs.yml", (old, new))
    ran = run("lint")
    assert ran.code == 1
    assert message in ran.err


def test_a_folder_that_is_no_base_says_what_to_do(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("lint")
    assert ran.code == 1
    assert "make one with 'kakugen init'" in ran.err
