"""What there is to keep: the files of a site in groups, each with its size and hash.

In: the folder of a finished site. Out: an ``Inventory``, the same whenever the files are the same.

The groups are what a browser keeps whole or not at all: ``shared`` is what all languages need; one group per language
holds the pages that come first and what every page of the language loads; ``<language>/rest`` holds its other pages
and what only some of them load.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

SHARED: Final = "shared"
REST: Final = "rest"

OWN: Final = "assets/kakugen/offline/"
"""Where the list lies: no part of what is kept."""

_ASSETS: Final = "assets/"
_SHARED_ASSETS: Final = "assets/kakugen/"

_LEFT_OUT_NAMES: Final = frozenset({"404.html", "_headers", "_redirects", "CNAME", "offline.js", "sitemap.xml"})
"""For servers, crawlers and developers. A sitemap names the day of its build, and offline nothing asks for it."""

_LEFT_OUT_ENDINGS: Final = (".map", ".gz", ".br")
_LEFT_OUT_FOLDERS: Final = ("/licenses/",)

_PAGES: Final = (".html", ".htm")


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of a site.

    Attributes:
        address: its address relative to the root of the site, encoded as in a link; of a page ``index.html``, that of
            its folder.
        bytes: its size, uncompressed.
        hash: the first 128 bits of its SHA-256, hexadecimal: enough to tell builds apart.
    """

    address: str
    bytes: int
    hash: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """All that may be kept of a site.

    Attributes:
        groups: the files by group, sorted.
    """

    groups: Mapping[str, tuple[KeptFile, ...]]

    def bytes_of(self, group: str) -> int:
        """Return the size of a group, uncompressed."""
        return sum(file.bytes for file in self.groups[group])


def read_site(
    site: Path,
    prefixes: Mapping[str, str],
    *,
    first: bytes,
    is_needed: Callable[[str, str], bool] = lambda language, path: True,
) -> Inventory:
    """Read a finished site.

    Args:
        site: its folder.
        prefixes: the folder of each language in the site, with a slash at its end, by code; ``""`` for the language
            at the root.
        first: what the HTML of the pages holds that come first.
        is_needed: called with a language and a path inside its folder; what it turns down is not kept.
    """
    groups: dict[str, list[KeptFile]] = {SHARED: []}
    for code in prefixes:
        groups |= {code: [], f"{code}/{REST}": []}
    for name in _files(site):
        content = (site / name).read_bytes()
        if name.startswith(_SHARED_ASSETS):
            groups[SHARED].append(_describe(name, content))
            continue
        language = max(
            (code for code in prefixes if name.startswith(prefixes[code])), key=lambda one: len(prefixes[one])
        )
        path = name.removeprefix(prefixes[language])
        if is_needed(language, path):
            comes_first = first in content if path.endswith(_PAGES) else path.startswith(_ASSETS)
            groups[language if comes_first else f"{language}/{REST}"].append(_describe(name, content))
    return Inventory({group: tuple(files) for group, files in groups.items()})


def _describe(name: str, content: bytes) -> KeptFile:
    folder, slash, file = name.rpartition("/")
    address = f"{folder}{slash}" if file == "index.html" else name
    return KeptFile(quote(address), len(content), hashlib.sha256(content).hexdigest()[:32])


def _files(site: Path) -> Iterator[str]:
    """Return the paths of all files to keep, relative to the site, in the same order on every machine."""
    for parent, folders, names in os.walk(site):
        folders[:] = sorted(folder for folder in folders if not folder.startswith("."))
        below = Path(parent).relative_to(site).as_posix()
        for file in sorted(names):
            name = file if below == "." else f"{below}/{file}"
            if not (
                file.startswith(".")
                or (file in _LEFT_OUT_NAMES and not name.startswith(_ASSETS))
                or file.endswith(_LEFT_OUT_ENDINGS)
                or name.startswith(OWN)
                or any(folder in name for folder in _LEFT_OUT_FOLDERS)
            ):
                yield name
