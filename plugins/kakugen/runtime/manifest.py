"""The manifest of a pack: what workers fetch, with sizes and hashes, and where they find each checker.

In: files and facts of a pack. Out: the text of ``manifest.json``, the same whenever the pack is the same.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kakugen.runtime.checkers import CheckerSource

NAME: Final = "manifest.json"
SCHEMA: Final = 2
"""Raised when the worker can no longer read an older manifest."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack.

    Attributes:
        name: its name in the pack, with slashes.
        bytes: its size, uncompressed.
        sha256: hash of its content, hexadecimal.
        gzip: its size when a server compresses it with gzip, as an estimate for people.
    """

    name: str
    bytes: int
    sha256: str
    gzip: int = 0


def describe(name: str, content: bytes) -> PackFile:
    """Return the entry of a file, without its compressed size."""
    return PackFile(name, len(content), hashlib.sha256(content).hexdigest())


def pack_hash(files: Sequence[PackFile], checkers: Sequence[CheckerSource]) -> str:
    """Return the name of a pack: it changes whenever a file or the list of checkers does."""
    facts = [[file.name, file.sha256] for file in files], [place_of(checker) for checker in checkers]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:20]


def manifest_text(
    *,
    pack: str,
    python: str,
    pyodide: str,
    lock: Mapping[str, Any],
    files: Sequence[PackFile],
    checkers: Sequence[CheckerSource],
    archives: Mapping[str, Sequence[str]],
) -> str:
    """Return the manifest as JSON.

    Args:
        pack: hash of the pack.
        python: version of Python, two numbers.
        pyodide: version of Pyodide.
        lock: what Pyodide gets in place of its list of packages.
        files: what workers fetch.
        checkers: what they can run.
        archives: the files that only workers with a checker fetch, by its id.
    """
    manifest = {
        "schema": SCHEMA,
        "pack": pack,
        "python": python,
        "pyodide": pyodide,
        "lock": lock,
        "files": [{"name": file.name, "bytes": file.bytes, "sha256": file.sha256} for file in files],
        "checkers": [{**place_of(checker), "archives": list(archives[checker.id])} for checker in checkers],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def place_of(checker: CheckerSource) -> dict[str, str]:
    """Return where a checker is, as ``answering.py`` reads it."""
    return {"id": checker.id, "module": checker.module, "attribute": checker.attribute}
