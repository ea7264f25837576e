"""Sizes as people and panels write them, and numbers typed into a form.

Text goes in, MB or a plain number comes out, or what is wrong with it. A GB is 1,024 MB and a MB 1,024 KB, as panels
count; the difference to thousands is smaller than any estimate made from it.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.protocol import Answer

MAX_SHOWN: Final = 40
"""So much of a value that cannot be read is repeated to the reader."""

NARROW: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2044: 0x2F, 0x2215: 0x2F}
"""Full-width letters, digits and signs, each to one narrow character, so that places in a text stay the same."""

NUMBER: Final = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}(?![0-9,])|[0-9]{1,12})(?:\.[0-9]{1,8})?(?![0-9])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A value that cannot be used.

    Attributes:
        field: id of its form field.
        kind: what is wrong: ``not-a-number``, ``negative``, ``too-small`` or ``too-large``.
        shown: the value as the reader entered it, cut short.
    """

    field: str
    kind: str
    shown: str


@cache
def units() -> Mapping[str, float]:
    """Return how many MB each word for a unit stands for; the words are in small letters."""
    return {word: entry["megabytes"] for entry in data.load("mailbox/panel")["unit"] for word in entry["words"]}


def alternatives(words: tuple[str, ...]) -> str:
    """Return a regular expression for any of ``words``, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def read_number(answer: Answer, field: Mapping[str, Any]) -> float | Fault | None:
    """Return a number from a form in the unit of its field, what is wrong with it, or ``None`` where nothing is.

    Args:
        answer: a number, or text; with a unit behind it where the field asks for a size.
        field: the field's entry in ``data/mailbox/form.toml``.
    """
    if answer is None or answer in ("", ()) or (isinstance(answer, str) and not answer.strip()):
        return None
    value = _value(answer, field)
    if value is None or math.isnan(value):
        return Fault(field=field["id"], kind="not-a-number", shown=_shown(answer))
    if value < 0:
        return Fault(field=field["id"], kind="negative", shown=_shown(answer))
    if value > field["maximum"]:
        return Fault(field=field["id"], kind="too-large", shown=_shown(answer))
    if value < field["minimum"]:
        return Fault(field=field["id"], kind="too-small", shown=_shown(answer))
    return value


def _value(answer: Answer, field: Mapping[str, Any]) -> float | None:
    if isinstance(answer, bool):
        return None
    if isinstance(answer, int | float):
        return float(answer)
    if not isinstance(answer, str):
        return None
    text = answer.translate(NARROW).strip().lower()
    if len(text) > MAX_SHOWN:
        return None
    found = re.fullmatch(rf"([-+−]?)({NUMBER})\s{{0,3}}(\S{{0,20}})", text)
    if not found:
        return _scientific(text)
    sign, number, unit = found.groups()
    value = float(number.replace(",", "")) * (-1 if sign in ("-", "−") else 1)
    if not unit or unit in (field["unit"]["ja"].lower(), field["unit"]["en"]):
        return value
    if field.get("read_as") == "size" and unit in units():
        return value * units()[unit] / units()[field.get("reads_in", "MB").lower()]
    return None


def _scientific(text: str) -> float | None:
    """Return what programs write for very large numbers, such as ``1e99``."""
    return float(text) if re.fullmatch(r"[-+]?[0-9]{1,20}(?:\.[0-9]{1,20})?e[-+]?[0-9]{1,6}", text) else None


def _shown(answer: Answer) -> str:
    if isinstance(answer, str):
        text = answer
    elif isinstance(answer, tuple):
        text = ", ".join(map(str, answer))
    elif isinstance(answer, float | int) and not isinstance(answer, bool):
        text = f"{answer:g}"
    else:
        return "?"
    plain = "".join(character if character.isprintable() else " " for character in text[: MAX_SHOWN * 2])
    plain = " ".join(plain.split())
    return plain if len(plain) <= MAX_SHOWN else plain[:MAX_SHOWN] + "…"
