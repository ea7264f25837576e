"""Paragraphs: from the text of a notice to its paragraphs, each on one line, with the codes and server's words in it.

A server's words are often wrapped, indented, repeated code by code (``550-5.1.1 … 550 5.1.1 …``) or parted by a blank
line from the line that announces them. Rules look for patterns in the folded text in lower case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kakugen_checkers.bounce.codes import Codes, read_codes

MAX_NOTICE: Final = 40_000
MAX_PARAGRAPHS: Final = 120
MAX_LENGTH: Final = 6_000
"""How many characters of a paragraph are looked at."""
KEPT: Final = 512
"""How many paragraphs are remembered: each server opens all its notices with the same ones."""

_CJK: Final = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_JAPANESE_WRAP: Final = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
NARROW: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {ord("．"): ord(".")}
"""Letters and digits typed full-width, as a Japanese keyboard offers them."""
_REPEATED_CODE: Final = re.compile(r"(?<=\s)([245]\d\d)[- ](?:([245]\.\d{1,3}\.\d{1,3})[ :]+)?(?=\S)")
_DIAGNOSTIC_START: Final = re.compile(
    r"""(?x)
      \bsaid:[ ] | \breason:[ ]? | <<<[ ] | >>>[ ][45]\d\d
    | \bthe[ ]error[ ]that[ ]the[ ]other[ ]server[ ]returned[ ]was:[ ]?
    | \bthe[ ]response(?:[ ]from[ ]the[ ]remote[ ]server)?[ ]was:[ ]? | リモート[ ]?サーバーからの応答[:：][ ]?
    | 応答[:：][ ]? | \bserver[ ]returned[ ]? | \bdiagnostic[ -]code:[ ]? | \bserver[ ]message\b[ ]?
    | \bwith[ ]the[ ]following[ ]error:[ ]? | \bfailed[ ]with:[ ]? | \berror:[ ]
    """
)
_RECIPIENT_LINE: Final = re.compile(r"\n(?=[ \t]?<[^\s<>@]{1,80}@[^\s<>]{1,120}>[ :(])")
_COLON_BEFORE_GAP: Final = re.compile(r"[:：][ \t]*\n(?:[ \t]*\n)+")
_ANNOUNCEMENT: Final = re.compile(
    r"the response(?: from the remote server)? was|server returned was|following (?:reason|error)"
    r"|reason (?:for the problem|was)|problem appears to be|because|応答|理由"
)
_INDENT: Final = re.compile(r"\n[ \t]+")
_BRACES: Final = re.compile(r"[^\n{}]{0,100}\{([^{}]{0,3000})\}")
_PARAGRAPH_END: Final = re.compile(r"\n[ \t]*\n|\n[ \t]*[-=*_]{6,}[ \t]*(?=\n|$)")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the notice.

    Attributes:
        text: folded to one line.
        lower: the same in lower case.
        codes: the codes in it.
        words_start: where a server's words begin, or ``None`` where none is quoted.
    """

    text: str
    lower: str
    codes: Codes
    words_start: int | None = None

    @property
    def quotes_server(self) -> bool:
        """Whether a server's words stand in it."""
        return self.words_start is not None


def lower_words(text: str) -> str:
    """Return ``text`` in lower case, of the same length, names before an @ crossed out: they are nobody's words."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    return _LOCAL_PART.sub(_crossed_out, lower) if "@" in lower else lower


_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9.!#$%&*+/=?^_`{|}~-]{1,64}(?=@)")


def _crossed_out(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def read_paragraphs(notice: str) -> list[Paragraph]:
    """Return the paragraphs of a notice, those that hold text."""
    return [_paragraph(block) for block in _blocks(notice)]


def _blocks(notice: str) -> list[str]:
    """Return the paragraphs of a notice; a recipient's line opens a paragraph of its own."""
    text = _RECIPIENT_LINE.sub("\n\n", notice[:MAX_NOTICE])
    text = _COLON_BEFORE_GAP.sub(_closed_gap, text)
    if "{" in text:
        text = _BRACES.sub(_without_style_rule, text)
    return [block for block in _PARAGRAPH_END.split(text) if block.strip(" \t\n-=*_")][:MAX_PARAGRAPHS]


def _without_style_rule(match: re.Match[str]) -> str:
    """Return nothing for a rule of a style sheet, which some programs copy along with a notice in HTML."""
    return "\n" if ":" in match[1] and ";" in match[1] else match[0]


def _closed_gap(match: re.Match[str]) -> str:
    """Return the gap after a colon, closed where the line announces a server's words: they belong to it."""
    text = match.string
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()][-200:]
    return ":\n" if _ANNOUNCEMENT.search(line.lower()) else match[0]


@lru_cache(KEPT)
def _paragraph(block: str) -> Paragraph:
    text = fold(block)
    lower = lower_words(text)
    codes = read_codes(_INDENT.sub("\n", block[: 2 * MAX_LENGTH].translate(NARROW).lstrip()))
    words_start = _words_start(text, codes.written) if codes.written else None
    start = _DIAGNOSTIC_START.search(lower)
    if start:
        ends = len(text) - start.end() <= 8
        words_start = start.start() if ends else start.end()
    return Paragraph(text, lower, codes, words_start)


def _words_start(text: str, code: str) -> int:
    """Return where the server's words begin in a paragraph that holds ``code``; qmail puts it behind them: (#5.1.1)."""
    start = max(text.find(code), 0)
    return 0 if text[:start].endswith(("(", "(#")) else start


def fold(text: str) -> str:
    """Return the first ``MAX_LENGTH`` characters of ``text`` on one line.

    Line breaks inside Japanese are closed up, full-width letters and digits made narrow, the repeated codes of a long
    reply taken out.
    """
    text = text[: 2 * MAX_LENGTH]
    if not text.isascii():
        text = _JAPANESE_WRAP.sub("", text.translate(NARROW))
    text = " ".join(text.split())
    seen: set[str] = set()
    last = ""

    def once(match: re.Match[str]) -> str:
        nonlocal last
        code = match[1] + (match[2] or "")
        if code in seen or (match[1] == last and match[0][3] == "-"):
            return ""
        seen.add(code)
        last = match[1]
        return match[0]

    return (_REPEATED_CODE.sub(once, " " + text)[1:] if "-" in text else text)[:MAX_LENGTH]
