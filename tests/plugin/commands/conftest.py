"""A small knowledge base of its own for each test, and somebody who runs commands in it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kakugen.commands import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command did: its exit code and what it said."""

    code: int
    out: str
    err: str


type Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``kakugen`` with arguments, in English unless told otherwise."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        code = main(arguments)
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return run


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run) -> Path:
    """A new knowledge base in Japanese and English; commands run in its folder."""
    monkeypatch.chdir(tmp_path)
    assert run("init", ".", "--name", 'Tea: "hot"').code == 0
    return tmp_path


def edit(file: Path, *replacements: tuple[str, str]) -> None:
    """Replace words of a file."""
    text = file.read_text("utf-8")
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
