"""Checkers for pages that Kakugen did not make: what the command writes, and what it says when it cannot."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kakugen.embed import installed_checkers
from kakugen.embed.__main__ import main
from kakugen.embed.standalone import StandaloneError, standalone_checkers
from kakugen.runtime.pyodide import fetch_pyodide

ROOT = Path(__file__).parents[2]


@pytest.fixture
def write(
    made_once: Callable[[str, Callable[[Path], object]], Path],
) -> Callable[..., int]:
    """The command, with the cache that all tests share."""
    cache = made_once("pyodide-cache", fetch_pyodide)
    return lambda *arguments: main([*map(str, arguments), "--cache", str(cache)])


def test_folder_holds_all_that_a_page_loads(
    write: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "site" / "kakugen"
    assert write(folder, "--checker", "bounce", "--language", "en") == 0
    assert sorted(entry.name for entry in folder.iterdir()) == ["bounce.en.js", "client", "pack"]
    module = (folder / "bounce.en.js").read_text("utf-8")
    (imported,) = re.findall(r'from "\./(.+)";', module)
    assert (folder / imported).is_file()
    (pack,) = re.findall(r'"data-pack": "([^"]+)"', module)
    assert (folder / pack / "worker.js").is_file()
    said = capsys.readouterr().out
    assert said.startswith("runtime pack ")
    assert '<script type="module" src="kakugen/bounce.en.js"></script>' in said


def test_writing_again_replaces_what_was_written(write: Callable[..., int], tmp_path: Path) -> None:
    assert write(tmp_path / "kakugen") == 0
    assert {"bounce.en.js", "bounce.ja.js"} <= {path.name for path in (tmp_path / "kakugen").iterdir()}
    (tmp_path / "kakugen/pack/of-an-earlier-version").mkdir()
    (tmp_path / "kakugen/own.js").write_text("// by the owner of the site", "utf-8")
    assert write(tmp_path / "kakugen", "--language", "ja", "--checker", "bounce") == 0
    assert sorted(path.name for path in (tmp_path / "kakugen").iterdir()) == [
        "bounce.ja.js",
        "client",
        "own.js",
        "pack",
    ]
    assert not (tmp_path / "kakugen/pack/of-an-earlier-version").exists()


def test_folder_of_somebody_else_is_left_alone(
    write: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "index.html").write_text("mine", "utf-8")
    assert write(tmp_path) == 1
    assert "holds other files already; name a folder that is empty or not there yet" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]
    assert write(tmp_path / "index.html") == 1
    assert "is a file; name a folder" in capsys.readouterr().err


def test_unknown_checker_and_unknown_language_are_named_with_what_there_is(
    write: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert write(tmp_path / "new", "--checker", "bouncer") == 1
    assert "no installed package provides the checker 'bouncer'; installed are: " in capsys.readouterr().err
    assert write(tmp_path / "new", "--checker", "bounce", "--language", "fr") == 1
    assert "the checker 'bounce' does not speak 'fr', but: ja, en" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_without_languages_all_that_a_checker_speaks_are_written() -> None:
    checkers = installed_checkers(["bounce"])
    assert [one.script for one in standalone_checkers(checkers)] == ["bounce.ja.js", "bounce.en.js"]
    with pytest.raises(StandaloneError, match="does not speak"):
        standalone_checkers(checkers, ["en", "de"])


def test_readme_and_example_show_the_same_tag() -> None:
    tag = '<script type="module" src="kakugen/bounce.en.js"></script>'
    for name in ("README.md", "README.ja.md", "examples/plain-html/index.html"):
        assert tag.replace(".en.", ".ja." if ".ja." in name else ".en.") in (ROOT / name).read_text("utf-8")
