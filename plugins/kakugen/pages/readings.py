"""How titles are read that nobody gave a reading: learned from those of the articles.

In: texts with their readings, as front matter has them. Out: the reading of another text, as far as its words stand in
these too. From 「転送のやり方」 and 「てんそうのやりかた」 it is plain how 転送 is read, because the kana between the
Chinese characters are the same in both.
"""

import re
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"[\u3400-\u9fff々]+")
_KANA: Final = re.compile(r"[\u3041-\u309f\u30a0-\u30ffー]+")
_MARKS: Final = re.compile(r"[^\u3041-\u309f\u30a0-\u30ff\u3400-\u9fffー々A-Za-z0-9]+")
_WIDEST: Final = 24
"""How many kana at most are read for what stands between two pieces of kana."""


def reading_of(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    """Return how a text is read; empty where some word of it stands in none of the others.

    Args:
        text: a title.
        pairs: texts with their readings, in hiragana.
    """
    words = dict.fromkeys(_WORD.findall(text))
    known = {word: _learned(word, pairs) for word in words}
    if not words or not all(known.values()):
        return ""
    return _WORD.sub(lambda found: known[found[0]], text)


def _learned(word: str, pairs: Sequence[tuple[str, str]]) -> str:
    for text, reading in pairs:
        if word in text:
            found = _aligned(_MARKS.sub("", text), _hiragana(_MARKS.sub("", reading)), word)
            if found:
                return found
    return ""


def _aligned(text: str, reading: str, word: str) -> str:
    """Return what stands in a reading for a word of its text: the kana that both have show where it begins and ends."""
    end = at = 0
    found = ""
    for kana in (*_KANA.finditer(text), None):
        between = text[end : kana.start() if kana else len(text)]
        piece = _hiragana(kana[0]) if kana else ""
        start = reading.find(piece, at + bool(between), at + _WIDEST + len(piece)) if kana else len(reading)
        if start < 0 or (start > at) != bool(between):
            return ""
        if between == word and not found:
            found = reading[at:start]
        at, end = start + len(piece), kana.end() if kana else len(text)
    return found


def _hiragana(text: str) -> str:
    return "".join(chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter for letter in text)
