"""Pasted text and the values of records in it: where each character of a value stands in the paste.

In: what was pasted. Out: ``Paste`` (the same text with full-width letters, typographic quotes and the like written
as DNS knows them, character for character, so that places stay the same) and ``Value`` (one DNS value put together
from several pieces of the paste, which can say for any part of itself where it was pasted).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

DROPPED: Final = "\u200b"
"""What stands in ``Paste.plain`` for every character that has no width."""

RECENT: Final = 2100
"""How much of a value can matter for what follows it; a longer key is no key."""
_WIDTHLESS: Final = (
    0xAD,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x2060,
    0xFEFF,
    *range(0x202A, 0x202F),
    0x2066,
    0x2069,
)
_PLAIN: Final[dict[int, str]] = {
    **{wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "〜∼˜"), "~"),
    **dict.fromkeys((0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F), " "),
    **dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n"),
    **dict.fromkeys(_WIDTHLESS, DROPPED),
    ord("\r"): "\n",
}


@dataclass(frozen=True)
class Paste:
    """What was pasted.

    Attributes:
        text: as it was pasted.
    """

    text: str

    @cached_property
    def plain(self) -> str:
        """The same text, as long, in the characters that DNS and its tools use."""
        return self.text.translate(_PLAIN)

    def is_odd(self, at: int) -> bool:
        """Return whether the character at ``at`` had to be replaced to be understood, or is not ASCII."""
        character = self.text[at]
        return character != "\r" and (character != self.plain[at] or not character.isascii())


@dataclass(frozen=True, slots=True)
class Value:
    """A DNS value, put together from pieces of a paste.

    Attributes:
        text: the value as DNS would hold it.
        pieces: for each piece, where it begins in ``text`` and where in the paste.
        strings: lengths of the quoted strings that it was written in; empty where nothing was quoted.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    strings: tuple[int, ...] = ()

    def place(self, at: int) -> int:
        """Return where in the paste the character ``at`` of ``text`` stands."""
        begins, begun = self.pieces[bisect_right(self.pieces, (at, 1 << 60)) - 1]
        return begun + at - begins

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the paste; of an empty part, the character before or after it."""
        start = max(0, min(start, len(self.text) - 1))
        return self.place(start), self.place(max(start, min(end, len(self.text)) - 1)) + 1

    @property
    def head(self) -> tuple[int, int]:
        """Where the first word of the value stands in the paste: what to point at when the whole is meant."""
        end = next((at for at, character in enumerate(self.text) if character in " ;" and at), len(self.text))
        return self.span(0, end)

    @property
    def whole(self) -> tuple[int, int]:
        """Where the value stands in the paste, from its first character to its last."""
        return self.span(0, len(self.text))


@dataclass(slots=True)
class ValueDraft:
    """A value while it is being put together."""

    paste: Paste
    parts: list[str] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    strings: list[int] = field(default_factory=list)
    size: int = 0
    recent: str = ""
    """The last of what has been put together."""

    def add(self, start: int, end: int) -> None:
        """Add ``paste[start:end]`` without its widthless characters."""
        plain = self.paste.plain
        while start < end:
            stop = plain.find(DROPPED, start, end)
            stop = end if stop < 0 else stop
            if stop > start:
                self._append(start, plain[start:stop])
            start = stop + 1

    def add_space(self, at: int) -> None:
        """Add a space, which stands in the paste as whatever is at ``at``: a line end, a tab."""
        self._append(at, " ")

    def _append(self, at: int, text: str) -> None:
        self.pieces.append((self.size, at))
        self.parts.append(text)
        self.size += len(text)
        self.recent = (self.recent + text)[-RECENT:]

    def add_string(self, start: int, end: int) -> None:
        r"""Add the content of a quoted string, with ``\;`` and ``\"`` as the characters that they stand for."""
        before = self.size
        while start < end:
            stop = self.paste.plain.find("\\", start, end)
            if stop < 0 or stop + 1 >= end:
                break
            self.add(start, stop)
            self.add(stop + 1, stop + 2)
            start = stop + 2
        self.add(start, end)
        self.strings.append(self.size - before)

    def value(self) -> Value | None:
        """Return the value, or ``None`` while there is nothing in it."""
        return Value("".join(self.parts), tuple(self.pieces), tuple(self.strings)) if self.size else None
