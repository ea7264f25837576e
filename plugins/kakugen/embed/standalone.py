"""A checker for pages that Kakugen did not make: a folder of static files, and one tag that brings it to a page.

In: checkers, the folder of their runtime pack, and languages. Out: a folder with one module for each checker and
language, and beside them the client and the pack.
"""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakugen.embed.catalog import SiteLinks
from kakugen.embed.form import Placement, checker_attributes, checker_contents
from kakugen.embed.published import DIRECTORY, client_files
from kakugen_checkers.protocol import Checker

_CLIENT: Final = DIRECTORY.removeprefix("assets/kakugen/")
_OWN: Final = frozenset({"client", "pack"})
_MARK: Final = "// Written by Kakugen."


class StandaloneError(ValueError):
    """The folder cannot be written as it was asked for; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class StandaloneChecker:
    """One checker in one language.

    Attributes:
        checker: the checker.
        locale: a language that it speaks.
    """

    checker: Checker
    locale: str

    @property
    def script(self) -> str:
        """The name of its module."""
        return f"{self.checker.id}.{self.locale}.js"


def standalone_checkers(checkers: Mapping[str, Checker], locales: Iterable[str] = ()) -> tuple[StandaloneChecker, ...]:
    """Return each checker in each language.

    Args:
        checkers: the checkers, by id.
        locales: the languages; none for all that a checker speaks.

    Raises:
        StandaloneError: a checker does not speak one of them.
    """
    found: list[StandaloneChecker] = []
    for checker in checkers.values():
        for locale in tuple(locales) or checker.locales:
            if locale not in checker.locales:
                known = ", ".join(checker.locales)
                raise StandaloneError(f"the checker {checker.id!r} does not speak {locale!r}, but: {known}")
            found.append(StandaloneChecker(checker, locale))
    return tuple(found)


def write_standalone(folder: Path, wanted: Iterable[StandaloneChecker], pack: Path, pack_name: str) -> None:
    """Write the folder; what an earlier call has written there is replaced.

    Args:
        folder: made if it is not there.
        wanted: the checkers.
        pack: the folder of the runtime pack that holds them.
        pack_name: the name of the pack; it changes with its content.

    Raises:
        StandaloneError: the folder holds files of somebody else.
    """
    _make_room(folder)
    for name, source in client_files().items():
        _copy(source, folder / _CLIENT / name.removeprefix(f"{DIRECTORY}/"))
    shutil.copytree(pack, folder / "pack" / pack_name)
    for one in wanted:
        (folder / one.script).write_text(_module(one, f"pack/{pack_name}/"), "utf-8")


def _module(one: StandaloneChecker, pack: str) -> str:
    placement = Placement(locale=one.locale, root=".", pack=pack, links=SiteLinks())
    attributes, contents = (
        json.dumps(value, ensure_ascii=False)
        for value in (checker_attributes(one.checker, placement), checker_contents(one.checker, placement))
    )
    return (
        f"{_MARK} Puts the checker {one.checker.id} where the tag of this script stands.\n"
        f'import {{ place }} from "./{_CLIENT}/place.js";\n'
        f"place(import.meta.url, {attributes}, {contents});\n"
    )


def _make_room(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise StandaloneError(f"{folder} is a file; name a folder")
    entries = {entry.name for entry in folder.iterdir()} if folder.is_dir() else set()
    if entries and not entries >= _OWN:
        raise StandaloneError(f"{folder} holds other files already; name a folder that is empty or not there yet")
    for name in entries & _OWN:
        shutil.rmtree(folder / name)
    for module in folder.glob("*.js"):
        if module.read_text("utf-8").startswith(_MARK):
            module.unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
