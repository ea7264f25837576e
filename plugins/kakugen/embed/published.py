"""The files of the browser client and where a site publishes them.

In: the folder ``client/`` beside this module. Out: published paths, relative to the root of the whole site.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

DIRECTORY: Final = "assets/kakugen/client"
"""Where the client is published, relative to the root of the whole site."""

ENTRY: Final = f"{DIRECTORY}/checker.js"
"""The module that every page loads. It defines the element and imports the rest on intent."""

STYLES: Final = f"{DIRECTORY}/checker.css"
"""The style sheet of form and answer."""

_SOURCE: Final = Path(__file__).parent / "client"
_PUBLISHED: Final = frozenset({".js", ".css", ".json"})


def client_files() -> Mapping[str, Path]:
    """Return the files to publish: published path → source file."""
    return {
        f"{DIRECTORY}/{path.relative_to(_SOURCE).as_posix()}": path
        for path in sorted(_SOURCE.rglob("*"))
        if path.suffix in _PUBLISHED and path.name != "tsconfig.json"
    }
