"""Drawing a card: ink on paper, the sentence between the corners of Japanese quotation marks.

In: the words of a card, cut into phrases, and a typeface. Out: the picture as PNG. Lines break between phrases only;
the sentence takes the largest size in which it fits, and its lines are about equally long.
"""

import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

from kakugen.cards.words import HEIGHT, WIDTH, CardWords, Typeface

_PAPER: Final = "#fbf9f4"
_INK: Final = "#2a2622"
_SOFT: Final = "#5d564c"
_SEAL: Final = "#a8321f"
_LINE: Final = "#e2dccf"
"""The colours of the site in daylight, from ``theme/styles/colours.css``."""

_MARGIN: Final = 84
_TOP: Final = 74
_FOOT: Final = 508
"""The sentence stands between these two heights; below the second stands the name of the site."""

_SIZES: Final = (92, 84, 76, 68, 62, 56, 50, 44, 38)
_MOST_LINES: Final = 4
_LEADING: Final = 1.5
_COLOURS: Final = 48
_NOWHERE: Final = "\uffff"
"""No letter, and in no typeface."""


def card(words: CardWords, typeface: Typeface) -> bytes | None:
    """Return a card as PNG, or ``None`` where the typeface lacks a letter of it."""
    if _lacks(_font(typeface.sentence, _SIZES[-1]), "".join((*words.phrases, words.site, words.label))):
        return None
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    size, lines = _fitting(words.phrases, typeface)
    _draw_sentence(draw, size, lines, typeface)
    _draw_foot(draw, words, typeface)
    # Few colours make a small file: paper, ink, vermilion and their mixtures.
    buffer = io.BytesIO()
    image.quantize(_COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _draw_sentence(draw: ImageDraw.ImageDraw, size: int, lines: Sequence[str], typeface: Typeface) -> None:
    font = _font(typeface.sentence, size)
    leading = size * _LEADING
    height = leading * len(lines)
    top = (_TOP + _FOOT - height) / 2
    width = max(_width(font, line) for line in lines)
    left = (WIDTH - width) / 2
    for number, line in enumerate(lines):
        draw.text((left, top + leading * (number + 0.5)), line, _INK, font, anchor="lm")
    _draw_corners(draw, left, top, left + width, top + height, size)


def _draw_corners(draw: ImageDraw.ImageDraw, left: float, top: float, right: float, bottom: float, size: int) -> None:
    """Draw 「 before and 」 behind, as on the page of a maxim."""
    wide, high, stroke = size * 0.75, size * 1.1, max(6, size / 11)
    out = size * 0.75
    west, north = max(_MARGIN / 2, left - out), top - size * 0.16
    east, south = min(WIDTH - _MARGIN / 2, right + out), bottom + size * 0.16
    for box in (
        (west, north, west + wide, north + stroke),
        (west, north, west + stroke, north + high),
        (east - wide, south - stroke, east, south),
        (east - stroke, south - high, east, south),
    ):
        draw.rectangle(box, _SEAL)


def _draw_foot(draw: ImageDraw.ImageDraw, words: CardWords, typeface: Typeface) -> None:
    font = _font(typeface.small, 30)
    line = 562
    draw.rectangle((_MARGIN, line - 34, WIDTH - _MARGIN, line - 33), _LINE)
    # The seal: the logo of the site, small.
    side, west, north = 34, _MARGIN, line - 17 + 4
    draw.rounded_rectangle((west, north, west + side, north + side), radius=5, fill=_SEAL)
    unit = side / 32
    for box in ((8, 8, 14, 11), (8, 8, 11, 17), (18, 21, 24, 24), (21, 15, 24, 24)):
        x1, y1, x2, y2 = (value * unit for value in box)
        draw.rectangle((west + x1, north + y1, west + x2, north + y2), _PAPER)
    middle = north + side / 2
    draw.text((west + side + 16, middle), words.site, _INK, font, anchor="lm")
    draw.text((WIDTH - _MARGIN, middle), words.label, _SOFT, font, anchor="rm")


def _fitting(phrases: Sequence[str], typeface: Typeface) -> tuple[int, tuple[str, ...]]:
    """Return the largest size in which the sentence fits, and its lines."""
    room = WIDTH - 2 * _MARGIN - 110
    for size in _SIZES:
        font = _font(typeface.sentence, size)
        lines = _lines(phrases, font, room)
        most = min(_MOST_LINES, int((_FOOT - _TOP) / (size * _LEADING)))
        if len(lines) <= most and all(_width(font, line) <= room for line in lines):
            return size, _balanced(phrases, font, room, len(lines))
    size = _SIZES[-1]
    # Too long for any card: as much as there is room for.
    lines = _lines(tuple("".join(phrases)), _font(typeface.sentence, size), room)[:_MOST_LINES]
    return size, (*lines[:-1], lines[-1][:-1] + "…")


def _lines(phrases: Sequence[str], font: ImageFont.FreeTypeFont, room: float) -> tuple[str, ...]:
    lines: list[str] = [""]
    for phrase in phrases:
        if lines[-1] and _width(font, (lines[-1] + phrase).strip()) > room:
            lines.append(phrase)
        else:
            lines[-1] += phrase
    return tuple(line.strip() for line in lines)


def _balanced(phrases: Sequence[str], font: ImageFont.FreeTypeFont, room: float, count: int) -> tuple[str, ...]:
    """Return as many lines in the narrowest column that holds them: none is much shorter than the others."""
    low, high = 0.0, room
    while high - low > font.size / 8:
        middle = (low + high) / 2
        fits = _lines(phrases, font, middle)
        if len(fits) <= count and all(_width(font, line) <= middle for line in fits):
            high = middle
        else:
            low = middle
    return _lines(phrases, font, high)


def _lacks(font: ImageFont.FreeTypeFont, text: str) -> bool:
    """Return whether any letter of a text would be drawn as the box that stands for a missing one."""
    box = bytes(font.getmask(_NOWHERE))
    return any(bytes(font.getmask(letter)) == box for letter in set(text) if not letter.isspace())


def _width(font: ImageFont.FreeTypeFont, text: str) -> float:
    return font.getlength(text)


@lru_cache(maxsize=32)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
