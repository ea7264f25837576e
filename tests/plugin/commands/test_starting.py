"""A knowledge base on another subject begins with one command, right from the start."""

import subprocess
import sys
from pathlib import Path

from tests.plugin.commands.conftest import Run, edit


def test_a_new_base_has_nothing_wrong_with_it(base: Path, run: Run) -> None:
    ran = run("check", "--strict")
    assert "Nothing is wrong." in ran.out
    assert "Ready to be sent in." in ran.out
    assert ran.code == 0


def test_a_new_base_is_built_as_it_is(base: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"]
    done = subprocess.run(command, cwd=base, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    site = base / "site"
    assert "作り直しの結果を見て" in (site / "articles" / "page-does-not-change" / "index.html").read_text("utf-8")
    assert (site / "en" / "articles" / "page-does-not-change" / "index.html").is_file()
    assert (site / "assets" / "kakugen" / "schemas" / "front-matter.schema.json").is_file()
    assert 'Tea: "hot"' in (site / "index.html").read_text("utf-8").replace("&#34;", '"').replace("&quot;", '"')


def test_a_build_refuses_scripts_in_articles(base: Path) -> None:
    edit(base / "docs/ja/index.md", ("# ", "<script>alert(1)</script>\n\n# "))
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(command, cwd=base, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "docs/ja/index.md:1: '<script>' is not allowed in an article." in done.stderr


def test_nothing_is_written_over_what_is_there(base: Path, run: Run) -> None:
    before = (base / "mkdocs.yml").read_text("utf-8")
    ran = run("init", ".", "--name", "Other")
    assert ran.code == 1
    assert "there already: mkdocs.yml" in ran.err
    assert (base / "mkdocs.yml").read_text("utf-8") == before


def test_one_language_will_do(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "only"
    assert run("init", str(folder), "--languages", "en").code == 0
    assert not (folder / "docs" / "ja").exists()
    assert run("lint", "--strict", "--config", str(folder / "mkdocs.yml")).code == 0


def test_a_language_without_texts_is_named(tmp_path: Path, run: Run) -> None:
    ran = run("init", str(tmp_path / "x"), "--languages", "fr")
    assert ran.code == 1
    assert "'fr'" in ran.err
    assert not (tmp_path / "x").exists()


def test_the_checks_of_the_git_host_need_no_secret(base: Path) -> None:
    workflow = (base / ".github" / "workflows" / "check.yml").read_text("utf-8")
    assert "secrets" not in workflow
    assert "pull_request_target" not in workflow
    assert "kakugen check --format github" in workflow
