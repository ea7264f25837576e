"""The Python side of the worker: imports checkers and runs them.

This module goes into the pack under the name ``kakugen_answering`` and runs in the reader's browser, so it
imports nothing of Kakugen but the protocol. JSON text comes in from JavaScript, JSON text goes out; nothing
else crosses.
"""

import importlib
import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from importlib.machinery import FileFinder
from typing import Any, Final

from kakugen_ready_made import read_ready_made, use_ready_made  # type: ignore[import-not-found] # its name in a pack

use_ready_made()

from kakugen_checkers.protocol import Answers, Checker, answers_from_json, to_json  # noqa: E402 - compiles, too

_ANY_DAY: Final = date(2026, 11, 24)

_BRIDGES: Final = ("js", "pyodide_js", "pyodide_js._api", "pyodide.http")
"""Modules through which Python reaches JavaScript, and with it the browser."""

_places: Final[dict[str, tuple[str, str]]] = {}
_checkers: Final[dict[str, Checker]] = {}


def register(sources: str) -> None:
    """Say where checkers are.

    Args:
        sources: the list ``checkers`` of the manifest, as JSON: ``[{"id": …, "module": …, "attribute": …}]``.
    """
    _places.update({entry["id"]: (entry["module"], entry["attribute"]) for entry in json.loads(sources)})


def load(checker: str) -> None:
    """Import a checker, so that its first answer comes at once.

    Raises:
        LookupError: the pack holds no such checker.
        Exception: whatever its import raises.
    """
    if checker not in _checkers:
        if checker not in _places:
            raise LookupError(f"the pack holds no checker {checker!r}, only {', '.join(sorted(_places))}")
        module, attribute = _places[checker]
        for finder in sys.path_importer_cache.values():
            if isinstance(finder, FileFinder):
                finder.invalidate_caches()  # its files may have come after others were imported
        read_ready_made()
        found: Any = importlib.import_module(module)
        for name in attribute.split("."):
            found = getattr(found, name)
        _checkers[checker] = found


def close() -> None:
    """Close the ways from Python to JavaScript: a checker is a pure function and has no business there.

    From now on ``import js`` fails, as it does outside a browser.
    """
    sys.meta_path[:] = [finder for finder in sys.meta_path if not hasattr(finder, "jsproxies")]
    modules: dict[str, Any] = sys.modules  # None in it means: not to be imported
    for name in _BRIDGES:
        modules[name] = None


def warm(checker: str) -> None:
    """Let a checker do what only its first answers need, such as reading its knowledge.

    It answers an empty form and one that holds its own examples, in each of its languages. What fails here is
    left to fail when a reader asks.

    Args:
        checker: id of the checker.
    """
    with suppress(Exception):
        load(checker)
        found = _checkers[checker]
        for locale in found.locales:
            for answers in ({}, _examples(found, locale)):
                with suppress(Exception):
                    to_json(found.run(answers, today=_ANY_DAY, locale=locale))


def prepared(checker: str) -> Mapping[str, bytes | None]:
    """Return what a checker has prepared for a pack (see ``kakugen_checkers.protocol.Prepares``); for the build."""
    found: Any = _checkers.get(checker)
    return found.prepared() if hasattr(found, "prepared") else {}


def _examples(checker: Checker, locale: str) -> Answers:
    """Return what a form shows in its empty boxes, or offers to start from."""
    shown = {
        field.id: field.placeholder[locale]
        for field in checker.form.fields
        if field.placeholder and locale in field.placeholder
    }
    return {**shown, **next((sample.answers.get(locale, {}) for sample in checker.form.samples), {})}


def run(checker: str, answers: str, today: str, locale: str) -> str:
    """Answer.

    Args:
        checker: id of the checker.
        answers: what the reader entered, as ``answers_from_json`` reads it.
        today: the day on which the reader asks, ISO 8601.
        locale: language of the verdict.

    Returns:
        The verdict as JSON.
    """
    load(checker)
    verdict = _checkers[checker].run(answers_from_json(answers), today=date.fromisoformat(today), locale=locale)
    return to_json(verdict)
