"""Reasons: the bounce taxonomy, one data file each, read when it is needed."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from kakugen_checkers import data

FOLDER: Final = "bounce/reasons"
LOCALES: Final = ("ja", "en")


@cache
def reason_ids() -> tuple[str, ...]:
    """Return the ids of all reasons, in alphabetical order."""
    return tuple(name.rpartition("/")[2] for name in data.names(FOLDER))


def reason(ident: str) -> dict[str, Any]:
    """Return the content of one reason's file.

    Raises:
        FileNotFoundError: there is no such reason.
    """
    return data.load(f"{FOLDER}/{ident}")


def title(ident: str, locale: str) -> str:
    """Return what broke, in a few words."""
    words: str = reason(ident)[locale]["title"]
    return words


def family(ident: str) -> str:
    """Return the reason of the published taxonomy that ``ident`` is, or is a case of."""
    wider: str = reason(ident).get("kind_of", ident)
    return wider


def topic(ident: str) -> str:
    """Return the topic of a reason."""
    return f"bounce/{ident}"
