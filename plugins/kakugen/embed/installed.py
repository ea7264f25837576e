"""The checkers that are installed beside Kakugen, found by their entry points.

In: the group ``kakugen.checkers`` of the installed distributions. Out: checkers by id.
"""

import importlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from kakugen_checkers import protocol
from kakugen_checkers.protocol import Checker

ENTRY_POINTS: Final = "kakugen.checkers"
"""The group under which distributions register checkers: ``bounce = "kakugen_checkers.bounce:checker"``."""


class CheckerNotInstalledError(LookupError):
    """A site asks for a checker that no installed distribution registers.

    Attributes:
        checker: the id that was asked for.
        known: the ids that there are.
    """

    def __init__(self, checker: str, known: Sequence[str]) -> None:
        self.checker = checker
        self.known = tuple(known)
        super().__init__(
            f"no installed package provides the checker {checker!r}; installed are: "
            f"{', '.join(self.known) or 'none'}. Correct the name, or install the package that registers it "
            f"under the entry point group {ENTRY_POINTS!r}."
        )


def forget_code(code: Iterable[Path]) -> None:
    """Make the next ``installed_checkers`` read changed code and data, in a process that goes on.

    The protocol stays as it is: the generator itself works with its classes.

    Args:
        code: folders and files of the checkers' modules.
    """
    roots = tuple(code)
    kept = {protocol.__name__, protocol.__name__.partition(".")[0]}
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file is None or name in kept or not any(Path(file).is_relative_to(root) for root in roots):
            continue
        del sys.modules[name]
        package, _, own = name.rpartition(".")
        if package in sys.modules:
            vars(sys.modules[package]).pop(own, None)
    importlib.invalidate_caches()


def installed_checkers(ids: Sequence[str] | None = None) -> Mapping[str, Checker]:
    """Load checkers.

    Args:
        ids: the checkers that a site turns on, in the order of the result; ``None`` for all installed ones.

    Returns:
        The checkers by id.

    Raises:
        CheckerNotInstalledError: one of ``ids`` is not installed.
        TypeError: what an entry point names is not a checker.
    """
    found = {entry.name: entry for entry in entry_points(group=ENTRY_POINTS)}
    checkers: dict[str, Checker] = {}
    for name in sorted(found) if ids is None else ids:
        if name not in found:
            raise CheckerNotInstalledError(name, sorted(found))
        checker = found[name].load()
        if not isinstance(checker, Checker):
            raise TypeError(
                f"the entry point {name!r} names {found[name].value}, which is not a checker: it lacks a "
                f"member of kakugen_checkers.protocol.Checker"
            )
        checkers[name] = checker
    return checkers
