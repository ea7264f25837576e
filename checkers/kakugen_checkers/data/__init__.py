"""The knowledge of the checkers: TOML under this folder, loaded by name.

Names go in (``bounce/rules/gmail``), plain dictionaries and lists come out. A pack for the browser may hold the
same content as JSON beside or in place of the TOML (``gmail.json``), because reading TOML takes ten times as long;
dates are then ISO 8601 text, so ``load`` gives them as text in both cases.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

# Not importlib.resources: in a browser, importing what that needs takes longer than reading all that is here.
_FOLDER: Final = Path(__file__).parent
_ENDINGS: Final = (".json", ".toml")


@cache
def load(name: str) -> dict[str, Any]:
    """Return the content of one data file.

    Args:
        name: path below this folder, with slashes and without ending.

    Raises:
        FileNotFoundError: there is no such file.
    """
    prebuilt = find_prepared(name)
    if prebuilt is not None:
        return prebuilt
    import tomllib  # noqa: PLC0415 - never needed in a browser, where importing it delays the first answer

    written = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return {key: _plain(value) for key, value in written.items()}


@cache
def find_prepared(name: str) -> dict[str, Any] | None:
    """Return the content of a file that only packs for browsers hold; ``None`` where it is not there.

    Args:
        name: as for ``load``.
    """
    try:
        text = (_FOLDER / f"{name}.json").read_bytes()
    except FileNotFoundError:
        return None
    content: dict[str, Any] = json.loads(text)
    return content


@cache
def names(folder: str) -> tuple[str, ...]:
    """Return the names of all data files below ``folder`` (itself below this one), as ``load`` takes them."""
    return tuple(sorted(set(_names(_FOLDER / folder, folder))))


def _names(place: Path, prefix: str) -> list[str]:
    found: list[str] = []
    for entry in place.iterdir():
        if entry.is_dir():
            found += _names(entry, f"{prefix}/{entry.name}")
        elif entry.name.endswith(_ENDINGS):
            found.append(f"{prefix}/{entry.name.rpartition('.')[0]}")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value
