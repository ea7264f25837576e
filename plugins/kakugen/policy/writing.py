"""The policy of a whole site, read from its pages and written into them.

In: the folder of a finished site. Out: the same with the policy in every page and in ``_headers``. Pages are read and
written one at a time: a site may be larger than the memory.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakugen.policy.css import css_sources
from kakugen.policy.headers import NAME, headers_text
from kakugen.policy.html import read_page
from kakugen.policy.rules import Policy
from kakugen.policy.sources import ForbiddenAddressError, LoadFault, Source, source_of

_OURS: Final = re.compile(rb'\n?<meta http-equiv="Content-Security-Policy" content="[^"]*" data-kakugen>')

_PLACE: Final = re.compile(
    rb"<head(?:\s[^>]*)?>(?:\s*<meta\s+charset=[^>]*>|\s*<meta\s+http-equiv=.?content-type[^>]*>)?", re.IGNORECASE
)
"""Right behind the character set, which must come first, and before anything that runs or loads."""


@dataclass(frozen=True, slots=True)
class SiteUse:
    """What a site uses.

    Attributes:
        sources: what its policy must allow.
        faults: what no policy allows, in the order of files and lines.
        pages: its pages.
        wasm: its WebAssembly files, relative to its folder.
    """

    sources: frozenset[Source]
    faults: tuple[LoadFault, ...]
    pages: tuple[Path, ...]
    wasm: tuple[str, ...]


def read_site(site: Path, site_url: str = "") -> SiteUse:
    """Return what the pages and style sheets of a site use.

    Args:
        site: its folder.
        site_url: its address; empty when unknown.
    """
    sources: set[Source] = set()
    faults: list[LoadFault] = []
    pages: list[Path] = []
    wasm: list[str] = []
    for name in _files(site):
        match name.rpartition(".")[2].lower():
            case "html" | "htm":
                use = read_page(name, (site / name).read_bytes(), site_url)
                sources |= use.sources
                faults.extend(use.faults)
                pages.append(site / name)
            case "css":
                _read_sheet(name, (site / name).read_bytes(), site_url, sources, faults)
            case "wasm":
                wasm.append(name)
    return SiteUse(frozenset(sources), tuple(sorted(faults)), tuple(pages), tuple(wasm))


def write_policy(site: Path, use: SiteUse, *, runs_python: bool) -> Policy:
    """Write the policy into every page of a site, and into its ``_headers``.

    Args:
        site: its folder.
        use: what it uses.
        runs_python: whether any page has a checker.
    """
    policy = Policy.for_use(use.sources, runs_python=runs_python)
    element = policy.element.encode()
    for path in use.pages:
        content = path.read_bytes()
        with_policy = put_into(content, element)
        if with_policy != content:
            path.write_bytes(with_policy)
    headers = site / NAME
    own = headers.read_text("utf-8") if headers.is_file() else ""
    headers.write_text(headers_text(policy, use.wasm, own), "utf-8")
    return policy


def put_into(page: bytes, element: bytes) -> bytes:
    """Return a page with the element in its place, and none that was there before.

    A page without ``<head>`` is a fragment for other pages and stays as it is.
    """
    page = _OURS.sub(b"", page, count=1) if b"data-kakugen>" in page else page
    place = _PLACE.search(page)
    return page if place is None else page[: place.end()] + b"\n" + element + page[place.end() :]


def _read_sheet(name: str, css: bytes, site_url: str, sources: set[Source], faults: list[LoadFault]) -> None:
    for directive, address, at in css_sources(css):
        try:
            source = source_of(directive, address, site_url)
        except ForbiddenAddressError as error:
            line = css.count(b"\n", 0, at) + 1
            faults.append(LoadFault(name, line, f"url({address})", str(error)))
        else:
            sources.update((source,) if source else ())


def _files(folder: Path) -> Iterator[str]:
    """Return the paths of all files below a folder, relative to it, in the same order on every machine."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        below = Path(parent).relative_to(folder).as_posix()
        yield from (name if below == "." else f"{below}/{name}" for name in sorted(names))
