"""Pyodide's core, fetched once from npm and kept.

In: a cache folder and the lock file beside this module, which pins the package by version and hash. Out: the
folder of the npm package ``pyodide`` and what it says of itself.
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kakugen.npm import PackageUnavailableError, fetch_packages
from kakugen.runtime.errors import PyodideUnavailableError
from kakugen.runtime.stdlib import Library, read_library

_ROOM: Final = Path(__file__).parent

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
    try:
        packages = fetch_packages(
            _ROOM,
            cache / "pyodide",
            name=f"Pyodide {VERSION}",
            purpose="which runs the checkers in the browser",
            proof=f"{_PACKAGE.as_posix()}/pyodide.asm.wasm",
        )
    except PackageUnavailableError as error:
        raise PyodideUnavailableError(str(error)) from error
    return Pyodide(packages.directory / _PACKAGE, packages.key)
