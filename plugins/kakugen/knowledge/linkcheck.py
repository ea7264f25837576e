"""Links inside a site: whether each leads to a page that is there, and to a place on it that is there.

In: the catalog, and what the site has besides its Markdown files (generated lists and tables, with their anchors). Out:
faults. Links between languages count as well, since the files of a language lie beside those of the others.
"""

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from markdown.extensions.toc import slugify, unique

from kakugen.knowledge.catalog import Catalog, Entry, PlainPage
from kakugen.knowledge.faults import Fault, Place
from kakugen.knowledge.models import Article, Maxim
from kakugen.knowledge.rules import Rule
from kakugen.knowledge.sections import SectionWords
from kakugen.knowledge.text import MarkdownText, TextLink
from kakugen.knowledge.validation import nearest

type _Page = Entry[Article] | Entry[Maxim] | PlainPage

_MARKUP: Final = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])|[*`]|(?<!\w)_|_(?!\w)|</?\w[^>]*>")
_HTML_ANCHOR: Final = re.compile(r"<[a-zA-Z][^>]*\s(?:id|name)=[\"']?([^\"'\s>]+)")
_NOTE: Final = re.compile(r"^\[\^([^\]]+)\]:", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a site has besides the Markdown files of its catalog.

    Attributes:
        files: all other files, by their path as the author knows it: pictures and the like.
        made: for each language, the pages that nobody wrote, by path, with their anchors; ``None`` for any anchor.
        sections: the sections in each language, whose anchors are fixed.
        roots: the folder of the documents of each language, as the author knows it, with a slash at its end.
    """

    files: frozenset[str] = frozenset()
    made: Mapping[str, Mapping[str, frozenset[str] | None]] = field(default_factory=dict)
    sections: Mapping[str, SectionWords] = field(default_factory=dict)
    roots: Mapping[str, str] = field(default_factory=dict)


def check_links(catalog: Catalog, around: Surroundings, only: Collection[str] | None = None) -> Iterator[Fault]:
    """Yield the links that lead nowhere.

    Args:
        catalog: the articles, maxims and other pages.
        around: what else there is.
        only: the files whose links to check; all by default.
    """
    pages: list[_Page] = [*catalog.entries, *catalog.pages]
    site = _Site(catalog, around, {page.file: page for page in pages})
    for page in pages:
        if only is None or page.file in only:
            for link in page.text.links:
                fault = site.check(page, link)
                if fault is not None:
                    yield fault


class _Site:
    """The pages of a site by file, with their anchors once somebody asked for them."""

    def __init__(self, catalog: Catalog, around: Surroundings, pages: Mapping[str, _Page]) -> None:
        self._around = around
        self._pages = pages
        self._anchors: dict[str, Mapping[str, None]] = {}
        made = {
            around.roots.get(language, "") + path: anchors
            for language, found in around.made.items()
            for path, anchors in found.items()
        }
        self._made: Mapping[str, frozenset[str] | None] = made
        self._moved = {
            around.roots.get(language, "") + path: entry
            for language in catalog.languages
            for path, entry in catalog.moves(language)
        }
        self._broken = {around.roots.get(language, "") + name for language, name in catalog.broken}

    def check(self, page: _Page, link: TextLink) -> Fault | None:
        target = urlsplit(link.target)
        if target.scheme or target.netloc or target.path.startswith("/"):
            return None
        place = Place(page.file, link.line)
        file = page.file
        if target.path:
            file = posixpath.normpath(posixpath.join(posixpath.dirname(page.file), unquote(target.path)))
        anchor = unquote(target.fragment)
        if file in self._pages:
            return self._check_anchor(place, file, anchor, self._anchors_of(self._pages[file])) if anchor else None
        if file in self._made:
            anchors = self._made[file]
            known = dict.fromkeys(sorted(anchors or ()))
            return self._check_anchor(place, file, anchor, known) if anchor and anchors is not None else None
        if file in self._around.files or file in self._broken:
            return None
        if file in self._moved:
            now = _relative(self._moved[file].file, page.file) + (f"#{anchor}" if anchor else "")
            return Fault(Rule.MOVED_LINK, place, {"target": link.target, "nearest": now})
        return self._dead(place, link, file, page)

    def _dead(self, place: Place, link: TextLink, file: str, page: _Page) -> Fault:
        known = [name for name in (*self._pages, *self._made, *self._around.files) if _ending(name) == _ending(file)]
        # A slip in the name, or the right name in another folder.
        meant = next((name for name in known if posixpath.basename(name) == posixpath.basename(file)), None)
        meant = meant or nearest(file, known)
        details = {"target": link.target, "nearest": _relative(meant, page.file) if meant else ""}
        return Fault(Rule.BROKEN_LINK, place, details, "near" if meant else "")

    def _check_anchor(self, place: Place, file: str, anchor: str, known: Mapping[str, None]) -> Fault | None:
        if anchor in known:
            return None
        details = {"anchor": anchor, "file": file}
        meant = nearest(anchor, list(known))
        if meant is not None:
            return Fault(Rule.BROKEN_ANCHOR, place, details | {"nearest": meant}, "near")
        shown = ", ".join(list(known)[:8]) + (", …" if len(known) > 8 else "")
        return Fault(Rule.BROKEN_ANCHOR, place, details | {"known": shown}, "known" if known else "none")

    def _anchors_of(self, page: _Page) -> Mapping[str, None]:
        if page.file not in self._anchors:
            words = self._around.sections.get(page.language)
            sections = words.anchors(page.about.kind) if words and not isinstance(page, PlainPage) else {}
            self._anchors[page.file] = dict.fromkeys(anchors_of(page.text, sections))
        return self._anchors[page.file]


def anchors_of(text: MarkdownText, sections: Mapping[str, str]) -> Iterator[str]:
    """Yield the anchors that a text has on its page.

    Args:
        text: the text.
        sections: the anchors of its sections, by heading.
    """
    given = [heading.anchor for heading in text.headings if heading.anchor]
    fixed = [sections[heading.title] for heading in text.headings if heading.level == 2 and heading.title in sections]
    used = {*given, *fixed}
    yield from given
    yield from fixed
    for heading in text.headings:
        if not heading.anchor and not (heading.level == 2 and heading.title in sections):
            words = _MARKUP.sub(lambda found: found[1] or "", heading.title)
            yield unique(slugify(words.strip(), "-"), used)
    if "<" in text.body:
        yield from (found[1] for found in _HTML_ANCHOR.finditer(text.outside_code))
    if "[^" in text.body:
        yield from (f"fn:{found[1]}" for found in _NOTE.finditer(text.outside_fences))


def _relative(file: str, start: str) -> str:
    return posixpath.relpath(file, posixpath.dirname(start))


def _ending(file: str) -> str:
    return posixpath.splitext(file)[1]
