"""The checkers of a site: where they are registered, and all the code and data that they need.

In: the entry point group ``kakugen.checkers`` of the installed distributions. Out: the files of the
distributions that register the checkers and of all that those require, ready for the browser: Python as
bytecode, TOML as JSON.
"""

import importlib.util
import json
import sys
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.metadata import Distribution, PackageNotFoundError, distribution, entry_points
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kakugen.runtime.bytecode import compile_module
from kakugen.runtime.errors import (
    CheckerCodeError,
    CompiledCodeError,
    ForeignImportError,
    MissingRequirementError,
    UnknownCheckerError,
)
from kakugen.runtime.imports import imports_of
from kakugen.runtime.stdlib import BUILTIN, FROZEN, GIVEN, module_name

ENTRY_POINTS: Final = "kakugen.checkers"
"""The group under which distributions register checkers: ``bounce = "kakugen_checkers.bounce:checker"``."""

PROTOCOL: Final = "kakugen-checkers"
"""The distribution that every pack needs, for its protocol."""

_BROWSER: Final = {
    "os_name": "posix",
    "platform_machine": "wasm32",
    "platform_system": "Emscripten",
    "sys_platform": "emscripten",
}
_COMPILED: Final = (*EXTENSION_SUFFIXES, ".so", ".pyd", ".dylib", ".dll")
_LEFT_OUT: Final = (".pyc", ".pyi", ".pth", "/py.typed", "/__main__.py")


@dataclass(frozen=True, slots=True, order=True)
class CheckerSource:
    """Where a checker is.

    Attributes:
        id: name of the checker.
        module: module that holds it.
        attribute: its name in the module.
        distribution: the distribution that registers it.
    """

    id: str
    module: str
    attribute: str
    distribution: str


def find_checkers(ids: Sequence[str] | None = None) -> tuple[CheckerSource, ...]:
    """Return the registered checkers, without importing them.

    Args:
        ids: the checkers that a site turns on, in the order of the result; ``None`` for all installed ones.

    Raises:
        UnknownCheckerError: one of ``ids`` is not installed, or two distributions register the same id.
    """
    found: dict[str, CheckerSource] = {}
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        owner = entry.dist.name if entry.dist else PROTOCOL
        source = CheckerSource(entry.name, entry.module, entry.attr, owner)
        other = found.setdefault(entry.name, source)
        if other != source:
            raise UnknownCheckerError(
                f"both {other.distribution} and {source.distribution} register a checker {entry.name!r}; "
                "uninstall one of them"
            )
    for name in ids or ():
        if name not in found:
            raise UnknownCheckerError(
                f"no installed package provides the checker {name!r}; installed are: "
                f"{', '.join(found) or 'none'}. Correct the name, or install the package that registers it "
                f"under the entry point group {ENTRY_POINTS!r}."
            )
    return tuple(found[name] for name in (found if ids is None else ids))


def collect_files(checkers: Iterable[CheckerSource]) -> dict[str, bytes]:
    """Read the files of the checkers' distributions and of all that those require.

    Returns:
        Path relative to ``sys.path`` → content; Python and data as they are written.

    Raises:
        MissingRequirementError: a distribution or one that it requires is not installed.
        CompiledCodeError: one of them holds compiled code.
    """
    files: dict[str, bytes] = {}
    for owner in _with_requirements([PROTOCOL, *sorted({checker.distribution for checker in checkers})]):
        for name, path in _files_of(owner).items():
            if name.endswith(_COMPILED):
                raise CompiledCodeError(
                    name,
                    f"compiled code of {owner.name}. A pack holds pure Python only: use another package, "
                    "or make the checker do without it.",
                )
            if not f"/{name}".endswith(_LEFT_OUT):
                files[name] = path.read_bytes()
    return files


def editable_code(checkers: Iterable[CheckerSource]) -> tuple[Path, ...]:
    """Return where the code and data of checkers lie that are installed editable, and so may change at any time.

    Returns:
        Folders of packages and files of modules: of the checkers' distributions and of all that those require.

    Raises:
        MissingRequirementError: a distribution or one that it requires is not installed.
    """
    owners = _with_requirements([PROTOCOL, *sorted({checker.distribution for checker in checkers})])
    names = {name for owner in owners if _is_editable(owner) for name in _import_names(owner)}
    return tuple(path for name in sorted(names) for path in _code_of(name))


def library_imports(files: Mapping[str, bytes], library: Collection[str]) -> frozenset[str]:
    """Return what the files of checkers import from the standard library.

    Args:
        files: as ``collect_files`` returns them.
        library: the modules of Pyodide's standard library.

    Returns:
        Dotted names; some are of things inside a module.

    Raises:
        ForeignImportError: a module cannot be imported without something that will not be there.
        CheckerCodeError: a file is no Python.
    """
    own = {name.split("/")[0].removesuffix(".py") for name in files}
    there = BUILTIN | FROZEN | GIVEN | frozenset(library)
    imported: set[str] = set()
    for name, source in _python(files):
        module, is_package = module_name(name)
        try:
            entries = imports_of(source, module, is_package=is_package)
        except (SyntaxError, ValueError) as error:
            raise CheckerCodeError(name, f"not valid Python 3.13: {error}") from error
        for entry in entries:
            if entry.module.partition(".")[0] in own:
                continue
            imported.add(entry.module)
            needed = entry.certain and not (entry.lazy or entry.guarded or entry.fallback)
            if needed and entry.module not in there:
                raise ForeignImportError(name, f"imports {entry.module}, which {_why_missing(entry.module)}")
    return frozenset(imported)


def compile_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files as the browser reads them.

    ``a.py`` becomes ``a.pyc`` and ``a.toml`` becomes ``a.json``; others stay as they are. Reading TOML takes
    ten times as long as reading JSON. Its dates become ISO 8601 text.

    Raises:
        CheckerCodeError: a file is no Python or no TOML, or is there both as TOML and as JSON.
    """
    compiled: dict[str, bytes] = {}
    for name, content in files.items():
        if name.endswith(".py"):
            compiled[f"{name}c"] = compile_module(content, name)
        elif name.endswith(".toml"):
            prebuilt = f"{name.removesuffix('.toml')}.json"
            if prebuilt in files:
                raise CheckerCodeError(name, f"takes the place of {prebuilt}; rename one of them")
            compiled[prebuilt] = _toml_to_json(name, content)
        else:
            compiled[name] = content
    return compiled


def _with_requirements(names: Iterable[str]) -> Iterator[Distribution]:
    """Yield distributions and, once each, all that they require in a browser."""
    waiting = [(Requirement(name), "the site") for name in names]
    done: set[tuple[str, str]] = set()
    while waiting:
        wanted, by = waiting.pop()
        try:
            owner = distribution(wanted.name)
        except PackageNotFoundError as error:
            raise MissingRequirementError(f"{by} requires {wanted.name}, which is not installed; install it") from error
        name = canonicalize_name(wanted.name)
        if (name, "") not in done:
            yield owner
        for extra in ("", *sorted(wanted.extras)):
            if (name, extra) not in done:
                done.add((name, extra))
                waiting += [
                    (requirement, owner.name)
                    for requirement in map(Requirement, owner.requires or ())
                    if requirement.marker is None or requirement.marker.evaluate({**_BROWSER, "extra": extra})
                ]


def _files_of(owner: Distribution) -> dict[str, Path]:
    """Return what a distribution puts on ``sys.path``: relative path with slashes → file."""
    listed = {
        file.as_posix(): Path(str(owner.locate_file(file)))
        for file in owner.files or ()
        if file.parts[0] != ".."
        and not file.parts[0].endswith((".dist-info", ".egg-info", ".data"))
        and not file.name.startswith(("__editable__", "_editable_impl_"))
        and "__pycache__" not in file.parts
    }
    if any(name.endswith(".py") for name in listed):
        return listed
    return {name: path for module in _import_names(owner) for name, path in _files_below(module)}


def _import_names(owner: Distribution) -> set[str]:
    """Return the names that an editable distribution makes importable; its list of files does not say."""
    declared = (owner.read_text("top_level.txt") or "").split()
    registered = [entry.module.partition(".")[0] for entry in owner.entry_points]
    return {*declared, *registered} or {canonicalize_name(owner.name).replace("-", "_")}


def _is_editable(owner: Distribution) -> bool:
    """Return whether a distribution is used where it is written (PEP 610)."""
    return bool(getattr(getattr(owner.origin, "dir_info", None), "editable", False))


def _files_below(module: str) -> Iterator[tuple[str, Path]]:
    for root in _code_of(module):
        if root.is_file():
            yield root.name, root
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{module}/{path.relative_to(root).as_posix()}", path


def _code_of(module: str) -> tuple[Path, ...]:
    """Return the folders of a package, or the file of a module."""
    spec = importlib.util.find_spec(module)
    if spec is None:
        raise MissingRequirementError(
            f"{module} cannot be found, though its distribution is installed; install it again"
        )
    if spec.submodule_search_locations is not None:
        return tuple(map(Path, spec.submodule_search_locations))
    return () if spec.origin is None else (Path(spec.origin),)


def _python(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    return ((name, content) for name, content in files.items() if name.endswith(".py"))


def _why_missing(module: str) -> str:
    if module.partition(".")[0] in sys.stdlib_module_names:
        return "Python has but Pyodide's core has not: a checker in a page must do without it"
    return "belongs neither to the distribution of a checker nor to what that requires: add it to `dependencies`"


def _toml_to_json(name: str, content: bytes) -> bytes:
    try:
        return json.dumps(
            tomllib.loads(content.decode()),
            default=_iso,
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        ).encode()
    except ValueError as error:
        raise CheckerCodeError(name, f"cannot be made into JSON: {error}") from error


def _iso(value: object) -> str:
    match value:
        case date() | datetime() | time():
            return value.isoformat()
        case _:
            raise ValueError(f"{type(value).__name__} has no form in JSON")
