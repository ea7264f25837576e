"""What may not come in with an article: scripts and other active HTML, dangerous links, pictures from elsewhere.

In: a Markdown text and its file. Out: faults. Nothing is rendered, so the rule is narrow: of raw HTML only harmless
elements with harmless attributes are let through, and what is not certainly code counts as text.
"""

import html
import re
from collections.abc import Iterator
from typing import Final

from kakugen.knowledge.faults import Fault, Place
from kakugen.knowledge.rules import Rule
from kakugen.knowledge.text import MarkdownText

ELEMENTS: Final = frozenset(
    "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption figure "
    "h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rb rp rt rtc ruby s samp small span strong sub summary sup "
    "table tbody td tfoot th thead time tr u ul var wbr".split()
)
"""The elements that may stand in a text as HTML."""

ATTRIBUTES: Final = frozenset(
    "align alt class colspan datetime dir height href id lang loading markdown name open rowspan scope span src start "
    "title translate type width".split()
)
"""The attributes that they may have; besides, those that begin with ``data-`` or ``aria-``."""

SCHEMES: Final = frozenset({"", "http", "https", "mailto", "tel"})
"""How addresses of links may begin."""

_TAG: Final = re.compile(
    r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)"
    r"(?P<rest>(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^'\">]){0,2000}+)(?P<close>>?)"
)
_DECLARATION: Final = re.compile(r"<[!?](?!--)[^>]{0,60}")
_ATTRIBUTE: Final = re.compile(r"([^\s\"'=<>/]+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'<>]+))?")
_LIST_OF_ATTRIBUTES: Final = re.compile(r"\{:?[^{}\n]*\}")
_HANDLER: Final = re.compile(r"(?<![\w-])on[a-z]+\s*=|(?<![\w-])(?:style|srcdoc|formaction)\s*=", re.IGNORECASE)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")


def check_safety(text: MarkdownText, file: str) -> Iterator[Fault]:
    """Yield what may not stand in a text.

    Args:
        text: the text.
        file: its file, for the faults.
    """
    if "<" in text.body:
        yield from _html(text, file)
    if "{" in text.body:
        for found in _LIST_OF_ATTRIBUTES.finditer(text.outside_code):
            if _HANDLER.search(found[0]):
                yield _fault(text, file, found.start(), found[0])
    for link in text.links:
        place = Place(file, link.line)
        scheme = scheme_of(link.target)
        if scheme not in SCHEMES:
            yield Fault(Rule.UNSAFE_LINK, place, {"target": _short(link.target)})
        elif link.image and (scheme or link.target.startswith("//")):
            yield Fault(Rule.REMOTE_IMAGE, place, {"target": _short(link.target)})


def scheme_of(address: str) -> str:
    """Return how an address begins, as a browser reads it: whatever stands between its letters."""
    plain = _INVISIBLE.sub("", html.unescape(address)).replace("\\", "")
    found = _SCHEME.match(plain)
    return found[1].lower() if found else ""


def _html(text: MarkdownText, file: str) -> Iterator[Fault]:
    outside = text.outside_code
    for found in _DECLARATION.finditer(outside):
        yield _fault(text, file, found.start(), found[0] + ">")
    for found in _TAG.finditer(outside):
        name = found["name"].lower()
        if found["rest"].startswith(":") and not found["end"]:
            continue  # an address between angle brackets, which is looked at as a link
        if name not in ELEMENTS or not found["close"]:
            yield _fault(text, file, found.start(), f"<{found['end']}{name}>")
            continue
        for attribute in _ATTRIBUTE.finditer(found["rest"]):
            yield from _attribute(text, file, found.start(), name, attribute[1].lower(), attribute[2] or "")


def _attribute(text: MarkdownText, file: str, at: int, element: str, name: str, value: str) -> Iterator[Fault]:
    if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
        yield _fault(text, file, at, f"<{element} {name}>")
    elif name in {"href", "src"}:
        address = value.strip("\"'")
        scheme = scheme_of(address)
        place = Place(file, text.line(at))
        if scheme not in SCHEMES:
            yield Fault(Rule.UNSAFE_LINK, place, {"target": _short(address)})
        elif name == "src" and (scheme or address.startswith("//")):
            yield Fault(Rule.REMOTE_IMAGE, place, {"target": _short(address)})


def _fault(text: MarkdownText, file: str, at: int, shown: str) -> Fault:
    return Fault(Rule.UNSAFE_HTML, Place(file, text.line(at)), {"html": _short(shown)})


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
