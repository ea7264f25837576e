"""Lines: from a text to its lines, without what a mail program or a chat has put before each of them.

In: the text. Out: each line with the place where it begins, without quote marks (``> ``) and without the indent that
the first line has; empty lines stay, because they end a header.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_LINES: Final = 60
"""So many lines tell how a text was copied."""

_LINE: Final = re.compile(r"[^\r\n\u2028\u2029]+|\r\n?|[\n\u2028\u2029]")
_QUOTED: Final = re.compile(r"(?:[ \t\u3000]{0,8}[>＞]){1,6} ?")
_MARKS: Final = "> \t＞"


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        begin: where it begins in the text, in code points.
        text: what it says.
    """

    begin: int
    text: str

    def without(self, count: int) -> Line:
        """Return the line without its first characters."""
        return Line(self.begin + count, self.text[count:])


def read_lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text."""
    found = list(_raw(text))
    filled = [line.text for line in found if line.text.strip(_MARKS)][:FIRST_LINES]
    quoted = sum(bool(_QUOTED.match(line)) for line in filled) >= 0.7 * max(1, len(filled))
    indent: str | None = None
    for raw in found:
        line = raw
        if quoted and (mark := _QUOTED.match(line.text)):
            line = line.without(mark.end())
        if indent is None and line.text.strip():
            # what the first line is indented by is no sign that the others go on
            indent = line.text[: len(line.text) - len(line.text.lstrip())]
        yield line.without(len(indent)) if indent and line.text.startswith(indent) else line


def _raw(text: str) -> Iterator[Line]:
    ended = True
    for match in _LINE.finditer(text):
        if match[0][0] in "\r\n\u2028\u2029":
            if ended:
                yield Line(match.start(), "")
            ended = True
        else:
            ended = False
            mark = match.start() == 0 and match[0].startswith("\ufeff")
            yield Line(match.start(), match[0]).without(int(mark))
