"""The files of the browser client and where a site publishes them.

In: the folder ``client/`` beside this module. Out: published paths, relative to the root of the whole site. A hash of
all files is in the name of their folder: a page only ever loads the modules that it was built with, whatever a browser
has kept and whenever the site changes.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

_SOURCE: Final = Path(__file__).parent / "client"
_PUBLISHED: Final = frozenset({".js", ".css", ".json"})


def _files() -> Mapping[str, Path]:
    return {
        path.relative_to(_SOURCE).as_posix(): path
        for path in sorted(_SOURCE.rglob("*"))
        if path.suffix in _PUBLISHED and path.name != "tsconfig.json"
    }


def _hash() -> str:
    total = hashlib.blake2b(digest_size=6)
    for name, path in _files().items():
        content = path.read_bytes()
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


DIRECTORY: Final = f"assets/kakugen/client/{_hash()}"
"""Where the client is published, relative to the root of the whole site."""

ENTRY: Final = f"{DIRECTORY}/checker.js"
"""The module that every page loads. It defines the element and imports the rest on intent."""

STYLES: Final = f"{DIRECTORY}/checker.css"
"""The style sheet of form and answer."""


def client_files() -> Mapping[str, Path]:
    """Return the files to publish: published path → source file."""
    return {f"{DIRECTORY}/{name}": path for name, path in _files().items()}
