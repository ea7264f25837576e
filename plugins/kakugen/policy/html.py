"""What a page uses: which inline scripts and styles it holds, and what it loads.

In: a page as written. Out: the sources that a policy must allow for it, and faults. A page in which something is
overlooked is no danger: what a policy does not name does not load.

The whole of a page goes through Python's HTML parser at two milliseconds a page, which would be more than rendering it
costs. So the elements that can load something are found by pattern, and only their tags are parsed, each once: most
stand on every page.
"""

import html.parser
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, override

from kakugen.policy.css import css_sources
from kakugen.policy.sources import ForbiddenAddressError, LoadFault, Source, hash_of, source_of

_ATTRIBUTES: Final = rb"""(?:[^>=]*+=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+)?+)*+[^>=]*+(?:>|\Z)"""
"""The rest of a tag. What is never closed goes on to the end of the page, as browsers read it."""

_ELEMENT: Final = re.compile(
    rb"<(?:!--.*?(?:-->|\Z)"
    rb"|(?P<raw>script|style|textarea|title)(?=[\s/>])" + _ATTRIBUTES + rb"(?P<content>.*?)(?:</(?P=raw)(?=[\s/>])|\Z)"
    rb"|(?P<loading>audio|base|body|button|embed|feimage|form|frame|iframe|image|img|input|link"
    rb"|meta(?=\s+http-equiv)|object|source|track|use|video)(?=[\s/>])" + _ATTRIBUTES + rb")",
    re.DOTALL,
)
"""Elements that can load something, elements whose content is text, and comments; in a page in small letters."""

_TAG: Final = re.compile(rb"<(?:script|style|[a-z][^\s/>]*+)(?=[\s/>])" + _ATTRIBUTES)
_DIAGRAMS: Final = re.compile(rb"<pre(?=[\s/>])" + _ATTRIBUTES)
_STYLED: Final = re.compile(rb"style\s*+=")
_HANDLED: Final = re.compile(rb"on[a-z]++\s*+=")

_BEFORE_NAME: Final = b" \t\r\n\f/\"'"

_LOADS: Final[Mapping[tuple[str, str], str]] = {
    ("audio", "src"): "media-src",
    ("base", "href"): "base-uri",
    ("body", "background"): "img-src",
    ("button", "formaction"): "form-action",
    ("embed", "src"): "object-src",
    ("feimage", "href"): "img-src",
    ("feimage", "xlink:href"): "img-src",
    ("form", "action"): "form-action",
    ("frame", "src"): "frame-src",
    ("iframe", "src"): "frame-src",
    ("image", "href"): "img-src",
    ("image", "xlink:href"): "img-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("input", "formaction"): "form-action",
    ("input", "src"): "img-src",
    ("object", "data"): "object-src",
    ("script", "src"): "script-src",
    ("source", "src"): "media-src",
    ("source", "srcset"): "img-src",
    ("track", "src"): "media-src",
    ("use", "href"): "img-src",
    ("use", "xlink:href"): "img-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
}
"""Which attribute of which element loads what."""

_LINKS: Final[Mapping[str, str]] = {
    "apple-touch-icon": "img-src",
    "dns-prefetch": "connect-src",
    "icon": "img-src",
    "manifest": "manifest-src",
    "mask-icon": "img-src",
    "modulepreload": "script-src",
    "preconnect": "connect-src",
    "prefetch": "connect-src",
    "prerender": "connect-src",
    "stylesheet": "style-src",
}
"""What a ``<link>`` loads, by its ``rel``; any other only names an address."""

_PRELOADS: Final[Mapping[str, str]] = {
    "font": "font-src",
    "image": "img-src",
    "script": "script-src",
    "style": "style-src",
}

_EXECUTABLE: Final = frozenset(
    {"", "module", "importmap", "speculationrules", "text/javascript", "application/javascript", "text/ecmascript"}
    | {"application/ecmascript", "application/x-javascript", "text/jscript", "text/livescript"}
)
"""Types of scripts that run or steer what runs; any other is a data block.

Source: https://html.spec.whatwg.org/multipage/scripting.html#attr-script-type.
"""

_HANDLER: Final = "runs a script from an attribute, which the site's policy does not allow. Put it into a file."
_DIAGRAM: Final = (
    "is a diagram that Mermaid draws in the reader's browser. Material loads Mermaid from elsewhere, and what it draws "
    "needs styles that the site's policy does not allow. Draw it once, put it as an SVG file beside the page, and show "
    "that as an image."
)
_PLUGIN: Final = "embeds a document, which the site's policy does not allow. Link to the file instead."


@dataclass(frozen=True, slots=True)
class PageUse:
    """What one page uses.

    Attributes:
        sources: what a policy must allow for it.
        faults: what it can never allow.
    """

    sources: frozenset[Source]
    faults: tuple[LoadFault, ...]


def read_page(file: str, content: bytes, site_url: str = "") -> PageUse:
    """Return what a page uses.

    Args:
        file: its path in the site, for faults.
        content: the page, UTF-8.
        site_url: the address of the whole site; empty when unknown.
    """
    reading = _Reading(file, content, site_url)
    reading.read()
    return PageUse(frozenset(reading.sources), tuple(reading.faults))


class _Reading:
    """Reads one page; holds what has been found."""

    def __init__(self, file: str, content: bytes, site_url: str) -> None:
        self._file = file
        self._content = content
        self._small = content.lower()  # ASCII only: every position stays what it is
        self._site_url = site_url
        self.sources: set[Source] = set()
        self.faults: list[LoadFault] = []

    def read(self) -> None:
        texts: list[tuple[int, int]] = []
        for found in _ELEMENT.finditer(self._small):
            if name := found["raw"] or found["loading"]:
                end = found.start("content") if found["raw"] else found.end()
                self._element(name.decode(), found.start(), end, found.span("content"))
            if not found["loading"]:
                texts.append(found.span("content") if found["raw"] else found.span())
        read_to = 0
        for at in sorted(found.start() for pattern in (_STYLED, _HANDLED) for found in pattern.finditer(self._small)):
            # Names of other attributes end in the same letters: "data-md-component=".
            if (
                at < read_to
                or self._small[at - 1] not in _BEFORE_NAME
                or any(start <= at < end for start, end in texts)
            ):
                continue
            start = self._small.rfind(b"<", read_to, at)
            if start >= 0:
                read_to = max(at, self._attributes_of_any(start))

        if b"mermaid" in self._small:
            self._diagrams(texts)

    def _diagrams(self, texts: list[tuple[int, int]]) -> None:
        """Find what Material's script takes for a diagram: ``pre.mermaid``."""
        for found in _DIAGRAMS.finditer(self._small):
            tag = self._content[slice(*found.span())]
            is_diagram = "mermaid" in _attributes(tag).get("class", "").split()
            if is_diagram and not any(start <= found.start() < end for start, end in texts):
                self._fault(found.start(), tag, _DIAGRAM)

    def _element(self, name: str, start: int, end: int, content: tuple[int, int]) -> None:
        tag = self._content[start:end]
        needs = _needs(name, tag, self._site_url)
        self.sources |= needs.sources
        for problem in needs.problems:
            self._fault(start, tag, problem)
        if needs.runs_content:
            self.sources.add(Source("script-src", hash_of(self._content[slice(*content)])))
        elif name == "style":
            css = self._content[slice(*content)]
            self.sources.add(Source("style-src", hash_of(css)))
            self._css(css, start, tag)

    def _attributes_of_any(self, start: int) -> int:
        """Look at the attributes that any element may have; return where its tag ends."""
        found = _TAG.match(self._small, start)
        if found is None:
            return start
        tag = self._content[start : found.end()]
        for name, value in _attributes(tag).items():
            if name.startswith("on"):
                self._fault(start, tag, _HANDLER)
            elif name == "style" and value:
                self.sources.add(Source("style-src", "'unsafe-hashes'"))
                self.sources.add(Source("style-src", hash_of(value.encode())))
                self._css(value.encode(), start, tag)
        return found.end()

    def _css(self, css: bytes, start: int, tag: bytes) -> None:
        for directive, address, _ in css_sources(css):
            try:
                source = source_of(directive, address, self._site_url)
            except ForbiddenAddressError as error:
                self._fault(start, tag, str(error))
            else:
                self.sources.update((source,) if source else ())

    def _fault(self, start: int, tag: bytes, problem: str) -> None:
        line = self._content.count(b"\n", 0, start) + 1
        element = " ".join(tag.decode("utf-8", "replace").split())
        self.faults.append(LoadFault(self._file, line, element, problem))


@dataclass(frozen=True, slots=True)
class _Needs:
    """What one element needs; the same for every page that it stands on."""

    sources: frozenset[Source]
    problems: tuple[str, ...]
    runs_content: bool


@lru_cache(maxsize=4096)
def _needs(name: str, tag: bytes, site_url: str) -> _Needs:
    sources: set[Source] = set()
    problems: list[str] = []
    for directive, address in _loads(name, tag):
        try:
            source = source_of(directive, address, site_url)
        except ForbiddenAddressError as error:
            problems.append(str(error))
            continue
        if source and directive == "object-src":
            problems.append(_PLUGIN)
        elif source:
            sources.add(source)
    return _Needs(frozenset(sources), tuple(problems), name == "script" and _runs_its_content(tag))


def _loads(name: str, tag: bytes) -> tuple[tuple[str, str], ...]:
    """Return the directive and the address of each thing that an element loads."""
    attributes = _attributes(tag)
    if name == "meta":
        if attributes.get("http-equiv", "").lower() != "refresh":
            return ()
        return (("connect-src", attributes.get("content", "").partition("=")[2].strip(" '\"")),)
    if name == "link":
        addresses = [attributes.get("href", ""), *_candidates(attributes.get("imagesrcset", ""))]
        directives = [_link_directive(rel, attributes) for rel in attributes.get("rel", "").lower().split()]
        return tuple((directive, address) for directive in directives if directive for address in addresses)
    return tuple(
        (directive, address)
        for attribute, value in attributes.items()
        if (directive := _LOADS.get((name, attribute)))
        for address in (_candidates(value) if attribute == "srcset" else [value])
    )


def _link_directive(rel: str, attributes: Mapping[str, str]) -> str | None:
    if rel == "preload":
        return _PRELOADS.get(attributes.get("as", "").lower(), "connect-src")
    return _LINKS.get(rel)


def _runs_its_content(script: bytes) -> bool:
    attributes = _attributes(script)
    return "src" not in attributes and attributes.get("type", "").strip().lower() in _EXECUTABLE


def _candidates(srcset: str) -> list[str]:
    """Return the addresses in a ``srcset``: each is followed by its size and a comma."""
    return re.findall(r"[\s,]*(\S*[^\s,])(?:\s[^,]*)?", srcset)


@lru_cache(maxsize=4096)
def _attributes(tag: bytes) -> Mapping[str, str]:
    """Return the attributes of a tag, names in small letters, values as a browser reads them."""
    parser = _TagParser()
    parser.feed(tag.decode("utf-8", "replace"))
    return parser.attributes


class _TagParser(html.parser.HTMLParser):
    """Reads a single tag."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.setdefault(name, value or "")  # of two with the same name, browsers take the first
