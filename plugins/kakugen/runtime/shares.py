"""Which file is for which checker, so that a page loads what its checkers need and no more.

In: the files of the checkers' distributions. Out: archives, one that every page loads, the others each with the files
that the same checkers need, and which of them a checker needs. What no checker needs in a page is in none of them.

Code is followed from a checker's module by its imports, also those inside of functions. Not followed are the methods
that only a build calls, and a package's ``__getattr__`` unless somebody asks the package for what is no module.

Data belongs to the code beside it: to whoever imports the package that it lies in. A package named ``data`` holds that
of its siblings: ``mail/data/bounce/words.toml`` belongs to those modules of ``mail/bounce/`` that import ``mail.data``,
and to every other that imports it and names the file (``"bounce/words"``).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kakugen.runtime.archive import ENDING
from kakugen.runtime.checkers import CheckerSource
from kakugen.runtime.errors import CheckerCodeError
from kakugen.runtime.imports import Import, closure, imports_of, texts_of, with_parents
from kakugen.runtime.stdlib import module_name

COMMON: Final = f"checkers{ENDING}"
"""The archive that every page loads."""

BUILD_ONLY: Final = frozenset({"examples", "prepared", "references", "timeline"})
"""Methods of the protocol for tests and pages, which no reader's question reaches."""

WORTH_AN_ARCHIVE: Final = 16_000
"""Bytes below which what some checkers share is put into the archive for all: a request costs more than that."""

_DATA: Final = "data"
"""What a package of data for its siblings is called."""

_DEMAND: Final = ":"
"""After the name of a package: what its ``__getattr__`` imports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """The files of a pack's checkers.

    Attributes:
        archives: the names of the files in each archive, by its name.
        of_checker: the names of the archives that a checker needs besides ``COMMON``, by its id.
    """

    archives: Mapping[str, tuple[str, ...]]
    of_checker: Mapping[str, tuple[str, ...]]


def share_out(files: Mapping[str, bytes], checkers: Sequence[CheckerSource], always: Iterable[str] = ()) -> Shares:
    """Put each file into the archive of those who need it.

    Args:
        files: path relative to ``sys.path`` → content, as written.
        checkers: the checkers.
        always: modules that every pack needs, whichever checkers it holds.

    Raises:
        CheckerCodeError: a file is no Python.
    """
    code = _Code(files)
    base = code.needed(always)
    users: dict[str, set[str]] = defaultdict(set)
    for checker in checkers:
        for name in code.needed([*always, checker.module], asked=checker.module):
            users[name].add(checker.id)
    groups: dict[frozenset[str], list[str]] = defaultdict(list)
    everybody = frozenset(checker.id for checker in checkers)
    for name in sorted(users.keys() | base):
        groups[everybody if name in base else frozenset(users[name])].append(name)
    common: list[str] = []
    archives: dict[str, tuple[str, ...]] = {}
    of_checker: dict[str, list[str]] = {checker.id: [] for checker in checkers}
    for ids, names in sorted(groups.items(), key=lambda group: sorted(group[0])):
        is_shared = len(ids) > 1
        if ids == everybody or (is_shared and sum(len(files[name]) for name in names) < WORTH_AN_ARCHIVE):
            common += names
            continue
        archive = f"checkers-{'_'.join(sorted(ids))}{ENDING}"
        archives[archive] = tuple(names)
        for ident in ids:
            of_checker[ident].append(archive)
    return Shares(
        archives={COMMON: tuple(sorted(common)), **archives},
        of_checker={ident: tuple(names) for ident, names in of_checker.items()},
    )


@dataclass(frozen=True)
class _Module:
    """One module of the files."""

    file: str
    name: str
    is_package: bool
    source: bytes

    @cached_property
    def imports(self) -> frozenset[Import]:
        """What it imports."""
        try:
            return imports_of(self.source, self.name, is_package=self.is_package)
        except (SyntaxError, ValueError) as error:
            raise CheckerCodeError(self.file, f"not valid Python 3.13: {error}") from error

    @cached_property
    def texts(self) -> frozenset[str]:
        """Every text in it."""
        return texts_of(self.source)


@dataclass(frozen=True)
class _Code:
    """The files, and what follows from what."""

    files: Mapping[str, bytes]

    @cached_property
    def modules(self) -> Mapping[str, _Module]:
        """All modules by dotted name."""
        code = ((file, source) for file, source in self.files.items() if file.endswith(".py"))
        found = (_Module(file, *module_name(file), source) for file, source in code)
        return {module.name: module for module in found}

    def needed(self, roots: Iterable[str], asked: str = "") -> set[str]:
        """Return the files that some modules need, in a page.

        Args:
            roots: dotted names of modules.
            asked: a module of which something is asked that is no module.
        """
        starts = [parent for root in roots for parent in with_parents(root)]
        reached = closure([*starts, f"{asked}{_DEMAND}"], self._targets)
        modules = [self.modules[name] for name in sorted(reached) if name in self.modules]
        data = (file for file in self.files if not file.endswith(".py") and self._is_read(file, modules))
        return {*(module.file for module in modules), *data}

    def _targets(self, node: str) -> Iterator[str]:
        """Yield what a module, or what is asked of it, leads to."""
        name = node.removesuffix(_DEMAND)
        if name.endswith(".*"):
            yield from (other for other in self.modules if other.startswith(name[:-1]))
        if name not in self.modules:
            return
        for entry in self.modules[name].imports:
            if entry.inside in BUILD_ONLY or (entry.inside == "__getattr__") != node.endswith(_DEMAND):
                continue
            yield from with_parents(entry.module)
            if entry.module not in self.modules:
                yield f"{entry.module.rpartition('.')[0]}{_DEMAND}"

    def _is_read(self, file: str, modules: Sequence[_Module]) -> bool:
        """Tell whether some modules need a file that is no code."""
        package = self._package_of(file)
        if not package:
            return True
        above, _, own = package.rpartition(".")
        path = file.removeprefix(f"{package.replace('.', '/')}/").rpartition(".")[0]
        sibling = f"{above}.{path.partition('/')[0]}"
        if own != _DATA or sibling not in self.modules:
            return any(module.name == package for module in modules)
        readers = (module for module in modules if any(entry.module == package for entry in module.imports))
        return any(f"{module.name}.".startswith(f"{sibling}.") or _names(module, path) for module in readers)

    def _package_of(self, file: str) -> str:
        """Return the package that a file lies in, in whatever folder of it; ``""`` for none."""
        folder = file.rpartition("/")[0]
        while folder and f"{folder}/__init__.py" not in self.files:
            folder = folder.rpartition("/")[0]
        return folder.replace("/", ".")


def _names(module: _Module, path: str) -> bool:
    """Tell whether a module names a file of data, or the folder that it lies in with a slash."""
    folder, slash, _ = path.partition("/")
    return any(text == path or bool(slash and text.startswith(f"{folder}/")) for text in module.texts)
