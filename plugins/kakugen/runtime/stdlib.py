"""The slim standard library: of all the modules that Pyodide ships, those that the pack needs.

In: Pyodide's ``python_stdlib.zip`` and the modules that checkers import. Out: the modules to keep, and their
bytecode. What is needed is computed from the sources by following imports, from the checkers and from
Pyodide's own start. What no source shows is in ``stdlib.toml`` beside this module.
"""

import io
import tomllib
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from kakugen.runtime.bytecode import compile_module
from kakugen.runtime.imports import Import, closure, imports_of, with_parents

_FACTS: Final = tomllib.loads((Path(__file__).parent / "stdlib.toml").read_text(encoding="utf-8"))

FROZEN: Final = frozenset[str](_FACTS["frozen"])
"""Modules that are part of the interpreter itself; copies in the archive are never read."""

BUILTIN: Final = frozenset[str](_FACTS["builtin"])
"""Modules that Pyodide's interpreter has compiled in."""

GIVEN: Final = frozenset[str](_FACTS["given"])
"""Modules that the running interpreter makes."""

UNSEEN: Final[Mapping[str, Sequence[str]]] = _FACTS["unseen"]
"""Imports that no source shows, by importer."""

_START: Final[Mapping[str, str]] = _FACTS["start"]
_WITHOUT: Final[Mapping[str, str]] = _FACTS["without"]

_UNUSED_ENCODINGS: Final = frozenset(f"encodings.{name}" for name in _FACTS["unused_encodings"])

_DOCUMENTED: Final = ("pyodide", "_pyodide")
"""Packages whose docstrings are read at the start."""


@dataclass(frozen=True)
class LibraryModule:
    """One module of the standard library.

    Attributes:
        name: its dotted name.
        path: where it stands in the archive.
        is_package: whether it is the ``__init__`` of a package.
        source: its source text.
    """

    name: str
    path: str
    is_package: bool
    source: bytes

    @cached_property
    def imports(self) -> frozenset[Import]:
        """What it imports."""
        return imports_of(self.source, self.name, is_package=self.is_package)


type Library = Mapping[str, LibraryModule]
"""All modules of an archive, by dotted name."""


def read_library(archive: bytes) -> Library:
    """Return the modules of a standard library that is packed as source."""
    modules: dict[str, LibraryModule] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        for path in packed.namelist():
            if path.endswith(".py") and not path.startswith("site-packages/"):
                name, is_package = module_name(path)
                modules[name] = LibraryModule(name, path, is_package, packed.read(path))
    return modules


def module_name(path: str) -> tuple[str, bool]:
    """Return the dotted name of a module file, and whether it is the ``__init__`` of a package.

    Args:
        path: relative to ``sys.path``, with slashes, ending in ``.py``.
    """
    parts = path.removesuffix(".py").split("/")
    is_package = parts[-1] == "__init__"
    return ".".join(parts[:-1] if is_package else parts), is_package


def needed_modules(library: Library, wanted: Iterable[str]) -> frozenset[str]:
    """Return the modules that a pack must hold.

    Args:
        library: the whole standard library.
        wanted: dotted names that checkers import, modules or not, of the standard library or not.
    """
    # mail comes in any character set that mail is written in
    encodings = (name for name in library if name.startswith("encodings.") and name not in _UNUSED_ENCODINGS)
    roots = [*_START, *encodings, *(name for entry in wanted for name in with_parents(entry))]
    reached = closure(roots, lambda name: _targets(library, name))
    return frozenset(name for name in reached if name in library and name not in FROZEN)


def compile_library(library: Library, names: Collection[str]) -> dict[str, bytes]:
    """Return the bytecode of some modules: path in the archive → content."""
    return {
        f"{module.path}c": compile_module(module.source, module.path, docstrings=name.partition(".")[0] in _DOCUMENTED)
        for name in names
        for module in (library[name],)
    }


def _targets(library: Library, name: str) -> Iterator[str]:
    yield from UNSEEN.get(name, ())
    if name not in library:
        return
    for entry in library[name].imports:
        if (entry.lazy or entry.fallback) and _is_without(entry.module, importer=name):
            continue
        yield from with_parents(entry.module)


def _is_without(name: str, *, importer: str) -> bool:
    return any(parent in _WITHOUT and not f"{importer}.".startswith(f"{parent}.") for parent in with_parents(name))
