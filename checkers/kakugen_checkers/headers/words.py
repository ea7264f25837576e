"""Words of a structured field: from its value to words and comments, in linear time whatever stands in it.

In: the value of a field such as ``Received``. Out: pieces, each a word or a comment (RFC 5322 §3.2.2, nested), or a
semicolon that stands outside of both. A bracket that never closes is a word like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE: Final = re.compile(r'"[^"]*"|[()]|;|\\.|[^\s();"\\]+|["\\]|\s+', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a comment or a semicolon.

    Attributes:
        text: what it says; of a comment, without its brackets.
        comment: whether it is a comment.
        spaced: whether white space stands before it.
    """

    text: str
    comment: bool = False
    spaced: bool = True

    @property
    def divides(self) -> bool:
        """Whether it is a semicolon outside of comments."""
        return self.text == ";" and not self.comment


def pieces(value: str) -> Iterator[Piece]:
    """Yield the pieces of a value."""
    balanced = _is_balanced(value)
    depth, spaced, inside = 0, True, list[str]()
    for match in _PIECE.finditer(value):
        text = match[0]
        if balanced and text == "(":
            depth += 1
            if depth > 1:
                inside.append(text)
        elif balanced and text == ")" and depth:
            depth -= 1
            if depth:
                inside.append(text)
            else:
                yield Piece("".join(inside).strip(), comment=True, spaced=spaced)
                inside, spaced = [], True
        elif depth:
            inside.append(text)
        elif text.isspace():
            spaced = True
        else:
            yield Piece(text, spaced=spaced)
            spaced = text == ";"


def _is_balanced(value: str) -> bool:
    """Return whether every bracket of a value has its other half, as far as words go."""
    depth = 0
    for match in _PIECE.finditer(value):
        if match[0] == "(":
            depth += 1
        elif match[0] == ")":
            if not depth:
                return False
            depth -= 1
    return depth == 0


def tags(value: str) -> dict[str, str]:
    """Return a list of ``name=value`` separated by semicolons (RFC 6376 §3.2), without white space in values."""
    found: dict[str, str] = {}
    for part in value.split(";"):
        name, equals, content = part.partition("=")
        if equals and 0 < len(name.strip()) <= 20:
            found.setdefault(name.strip().lower(), "".join(content.split()))
    return found
