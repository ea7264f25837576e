"""The knowledge of the checkers: TOML under this folder, loaded by name.

Names go in (``bounce/rules/gmail``), plain dictionaries and lists come out. A pack for the browser may hold the
same content as JSON beside or in place of the TOML (``gmail.json``), because reading TOML takes ten times as long;
dates are then ISO 8601 text, so ``load`` gives them as text in both cases.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_ENDINGS = (".json", ".toml")


@cache
def load(name: str) -> dict[str, Any]:
    """Return the content of one data file.

    Args:
        name: path below this folder, with slashes and without ending.

    Raises:
        FileNotFoundError: there is no such file.
    """
    folder = _folder(name)
    stem = name.rpartition("/")[2]
    prebuilt = folder / f"{stem}.json"
    if prebuilt.is_file():
        content: dict[str, Any] = json.loads(prebuilt.read_text(encoding="utf-8"))
        return content
    import tomllib  # noqa: PLC0415 - never needed in a browser, where importing it delays the first answer

    written = tomllib.loads((folder / f"{stem}.toml").read_text(encoding="utf-8"))
    return {key: _plain(value) for key, value in written.items()}


@cache
def names(folder: str) -> tuple[str, ...]:
    """Return the names of all data files below ``folder`` (itself below this one), as ``load`` takes them."""
    return tuple(sorted(set(_names(_folder(f"{folder}/"), folder))))


def _names(folder: Traversable, prefix: str) -> list[str]:
    found: list[str] = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _names(entry, f"{prefix}/{entry.name}")
        elif entry.name.endswith(_ENDINGS):
            found.append(f"{prefix}/{entry.name.rpartition('.')[0]}")
    return found


def _folder(name: str) -> Traversable:
    folder = resources.files(__name__)
    for step in name.split("/")[:-1]:
        folder = folder / step
    return folder


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value
