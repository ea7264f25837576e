"""What a style sheet loads.

In: a style sheet, or what stands in a ``style`` attribute. Out: each address in it, and what kind of thing it is.
"""

import re
from collections.abc import Iterator
from typing import Final

# Strings before comments: the drawings in "data:" addresses may hold anything.
_TOKEN: Final = re.compile(
    rb"""/\*.*?\*/
    | (?P<face>@font-face\b)
    | (?P<import>@import\s*(?:url\()?\s*["']?(?P<sheet>[^"')\s;]*))
    | url\(\s*(?:"(?P<double>(?:[^"\\]|\\.)*+)" | '(?P<single>(?:[^'\\]|\\.)*+)' | (?P<bare>[^)"'\s]*))
    | "(?:[^"\\]|\\.)*+" | '(?:[^'\\]|\\.)*+'
    | (?P<end>\})""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)


def css_sources(css: bytes) -> Iterator[tuple[str, str, int]]:
    """Return the directive, the address, and the position of everything that a style sheet loads."""
    in_font_face = False
    for token in _TOKEN.finditer(css):
        kind = token.lastgroup
        if kind == "face":
            in_font_face = True
        elif kind == "end":
            in_font_face = False
        elif kind == "sheet" or token["import"]:
            yield "style-src", token["sheet"].decode("utf-8", "replace"), token.start()
        elif kind in ("double", "single", "bare"):
            address = token[kind].decode("utf-8", "replace")
            yield "font-src" if in_font_face else "img-src", address, token.start()
