"""The text of a Markdown file as its checks see it: headings, blocks and links with their lines, and what is code.

In: the text below the front matter. Out: ``MarkdownText``. Nothing is rendered: a knowledge base of a thousand articles
is looked through within a second. Where it is not certain that something is code, it counts as text, so that nothing
that a page would show escapes the checks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_OPTION: Final = r"(?:title|linenums|hl_lines)=\"[^\"\n]*\""
_OPENING: Final = re.compile(rf"[ \t>]*(?P<fence>`{{3,}}|~{{3,}})[ \t]*(?:\.?[\w#.+-]+)?(?:[ \t]+{_OPTION})*[ \t]*")
_SPAN: Final = re.compile(r"(?<![\\`])(?P<ticks>`+)(?!`)(?P<code>(?:[^\n]|\n(?!\s*\n))+?)(?<!`)(?P=ticks)(?!`)")
_LINE_SPAN: Final = re.compile(r"(?<![\\`])(?P<ticks>`+)(?!`)(?P<code>[^\n]+?)(?<!`)(?P=ticks)(?!`)")
_HEADING: Final = re.compile(r"^(?P<level>#{1,6})[ \t]+(?P<title>.+?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ATTRIBUTES: Final = re.compile(r"[ \t]*\{:?[^}\n]*\}$")
_ANCHOR: Final = re.compile(r"#([\w:.-]+)")
_BLOCK: Final = re.compile(r"^[ ]{0,3}/{3,}[ ]*(?P<name>[\w-]+)[ ]*\|[ ]*(?P<argument>\S+)[ ]*$", re.MULTILINE)
# From the end of the words on: they may hold line breaks, other links and images.
_LINK: Final = re.compile(r"\]\(\s*(?:<(?P<angle>[^>\n]*)>|(?P<target>[^)\s]+))")
_DEFINITION: Final = re.compile(
    r"^[ ]{0,3}\[(?!\^)(?P<label>[^\]\n]+)\]:[ \t]*\n?[ \t]*(?:<(?P<angle>[^>\n]*)>|(?P<target>\S+))", re.MULTILINE
)
_IMAGE_LABEL: Final = re.compile(r"!\[(?P<words>[^\]]*)\][ ]?(?:\[(?P<label>[^\]\n]*)\])?(?!\()")
_AUTOLINK: Final = re.compile(r"<(?P<target>[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]+)>")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1 for ``#``.
        title: its words, without attributes.
        anchor: the anchor that the author gave it; empty where none.
        line: its line in the file.
    """

    level: int
    title: str
    anchor: str
    line: int


@dataclass(frozen=True, slots=True)
class TextLink:
    """A link or an image.

    Attributes:
        target: where it leads, as written.
        image: whether it is an image.
        line: its line in the file.
    """

    target: str
    image: bool
    line: int


@dataclass(frozen=True)
class MarkdownText:
    """The text of one file.

    Attributes:
        body: the text.
        first_line: the line of the file on which it begins.
    """

    body: str
    first_line: int = 1

    def line(self, position: int) -> int:
        """Return the line of the file at a position in the text."""
        return self.first_line + self.body.count("\n", 0, position)

    @cached_property
    def outside_fences(self) -> str:
        """The text with fenced code blanked out; positions and lines stay."""
        if "```" not in self.body and "~~~" not in self.body:
            return self.body
        lines = self.body.split("\n")
        opened, fence = 0, ""
        for at, line in enumerate(lines):
            if "```" not in line and "~~~" not in line:
                continue
            if not fence:
                found = _OPENING.fullmatch(line)
                opened, fence = (at, found["fence"]) if found else (0, "")
            elif line.strip(" \t>") == fence:
                lines[opened : at + 1] = [" " * len(code) for code in lines[opened : at + 1]]
                fence = ""
        # What is opened and never closed is no code.
        return "\n".join(lines)

    @cached_property
    def outside_code(self) -> str:
        """The text with all code blanked out.

        A span of code counts as one only if it is one on its line as well as in its paragraph: a sign too many
        anywhere before must not hide what a page would show.
        """
        text = self.outside_fences
        if "`" not in text:
            return text
        paragraph = [match.span("code") for match in _SPAN.finditer(text)]
        inside = bytearray(len(text))
        for start, end in paragraph:
            inside[start:end] = b"\1" * (end - start)

        def blank(found: re.Match[str]) -> str:
            start, end = found.span("code")
            return _blank(found[0]) if all(inside[start:end]) else found[0]

        return _LINE_SPAN.sub(blank, text)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order."""
        return tuple(self._headings())

    def blocks(self, name: str) -> Iterator[tuple[str, int]]:
        """Yield the arguments and lines of the blocks ``/// name | argument``."""
        return ((argument, line) for block, argument, line in self._blocks if block == name)

    @cached_property
    def _blocks(self) -> tuple[tuple[str, str, int], ...]:
        if "///" not in self.body:
            return ()
        found = _BLOCK.finditer(self.outside_fences)
        return tuple((block["name"], block["argument"], self.line(block.start())) for block in found)

    @cached_property
    def links(self) -> tuple[TextLink, ...]:
        """The links and images, in order of their kinds."""
        return tuple(self._links())

    def _links(self) -> Iterator[TextLink]:
        text = self.outside_code
        if "](" in text:
            for found in _LINK.finditer(text):
                image = text[: _opening(text, found.start())].endswith("!")
                yield TextLink(found["angle"] or found["target"] or "", image, self.line(found.start()))
        if "]:" in text:
            images = {(found["label"] or found["words"]).casefold() for found in _IMAGE_LABEL.finditer(text)}
            for found in _DEFINITION.finditer(text):
                image = found["label"].casefold() in images
                yield TextLink(found["angle"] or found["target"] or "", image, self.line(found.start()))
        if "<" in text:
            for found in _AUTOLINK.finditer(text):
                yield TextLink(found["target"], False, self.line(found.start()))

    def _headings(self) -> Iterator[Heading]:
        for found in _HEADING.finditer(self.outside_fences):
            title, anchor = found["title"], ""
            if attributes := _ATTRIBUTES.search(title):
                title = title[: attributes.start()]
                given = _ANCHOR.search(attributes[0])
                anchor = given[1] if given else ""
            yield Heading(len(found["level"]), title.strip(), anchor, self.line(found.start()))


def _opening(text: str, end: int) -> int:
    """Return where the bracket opens that closes at ``end``; bounded, as nobody writes words that long."""
    depth = 0
    for at in range(end, max(-1, end - 2000), -1):
        depth += {"]": 1, "[": -1}.get(text[at], 0)
        if depth == 0:
            return at
    return end


def _blank(text: str) -> str:
    return "\n".join(" " * len(line) for line in text.split("\n"))
