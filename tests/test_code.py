"""The code itself: types, lint and format, by the settings in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(("mypy", "checkers", "plugins"), id="types"),
        pytest.param(("ruff", "check"), id="lint"),
        pytest.param(("ruff", "format", "--check"), id="format"),
    ],
)
def test_code_is_clean(tool: tuple[str, ...]) -> None:
    done = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_lock_files_name_no_registry() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    locks = [ROOT / name for name in tracked if name.endswith(("package-lock.json", "uv.lock"))]
    assert [
        lock.relative_to(ROOT).as_posix() for lock in locks if '"resolved"' in lock.read_text(encoding="utf-8")
    ] == []
    assert [lock for lock in locks if lock.name == "uv.lock"] == []
