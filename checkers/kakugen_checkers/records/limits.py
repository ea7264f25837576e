"""Limits that the standards set, by id: numbers from ``data/records/limits``."""

from __future__ import annotations

from kakugen_checkers import data


def limit(ident: str) -> int:
    """Return one limit.

    Raises:
        KeyError: there is no such limit.
    """
    value: int = data.load("records/limits")[ident]["value"]
    return value
