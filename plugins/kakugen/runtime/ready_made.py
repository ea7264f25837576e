"""What a checker would compile when it is imported, made by the build: regular expressions, methods of data classes.

This module goes into the pack under the name ``kakugen_ready_made`` and runs in the reader's browser before anything of
a checker is imported. In: the files that the build has put into the archives (see ``rehearsal.py``). Out: nothing;
``re`` and ``dataclasses`` find there what they are asked for, and make themselves what they do not find. In a browser
that takes as long as all else that an import does.
"""

import builtins
import dataclasses
import marshal
import sys
from _blake2 import blake2b  # hashlib brings more than is needed
from array import array
from pathlib import Path
from typing import Any, Final

FOLDER: Final = "kakugen_ready"
"""Where the files lie, beside this module: one from each archive."""

_read: Final[set[str]] = set()
_patterns: Final[dict[tuple[str | bytes, int], tuple[Any, ...]]] = {}
_methods: Final[dict[bytes, bytes]] = {}

_compiler: Final[Any] = sys.modules["re._compiler"]
_make_pattern: Final = _compiler.compile


def name_of(text: str) -> bytes:
    """Return the name under which the code of some methods is kept: shorter than their text."""
    return blake2b(text.encode(), digest_size=10).digest()


def read_ready_made() -> None:
    """Read the files that have come since the last time."""
    folder = Path(__file__).with_name(FOLDER)
    for file in sorted(folder.iterdir() if folder.is_dir() else ()):
        if file.name in _read:
            continue
        _read.add(file.name)
        patterns, methods = marshal.loads(file.read_bytes())  # noqa: S302 - of the same build as this
        _patterns.update({(pattern, flags): rest for pattern, flags, *rest in patterns})
        _methods.update(methods)


def _compile(pattern: Any, flags: int = 0) -> Any:
    """Stand in for the compiler of ``re``."""
    known = _patterns.get((pattern, flags)) if isinstance(pattern, str | bytes) else None
    if known is None:
        return _make_pattern(pattern, flags)
    all_flags, code, groups, names, places = known
    return _compiler._sre.compile(pattern, all_flags, array("I", code).tolist(), groups, dict(names), places)


def _execute(text: str, scope: dict[str, Any], names: dict[str, Any]) -> None:
    """Stand in for the ``exec`` of ``dataclasses``."""
    known = _methods.get(name_of(text))
    code = text if known is None else marshal.loads(known)  # noqa: S302
    builtins.exec(code, scope, names)  # noqa: S102 - as dataclasses does


def use_ready_made() -> None:
    """Let ``re`` and ``dataclasses`` look here first."""
    read_ready_made()
    _compiler.compile = _compile
    vars(dataclasses)["exec"] = _execute
