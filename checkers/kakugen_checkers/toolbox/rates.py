"""How often something stops, as people write it.

Text such as ``まれに``, ``月1回``, ``twice a week`` or ``3`` goes in; times a year come out, or what is wrong with it.
The words are data (``data/toolbox/rates.toml``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST: Final = 40
"""Longer texts are no statement of how often."""

_NUMBER: Final = re.compile(r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]{1,400})?|\.[0-9]{1,400})(?:e[-+]?[0-9]{1,6})?")
_BESIDE: Final = re.compile(r"[^\w]")


class RateError(ValueError):
    """A text does not say how often. ``kind`` says why: ``unread``, ``negative`` or ``too-often``."""

    def __init__(self, kind: str) -> None:
        """Keep what is wrong."""
        super().__init__(kind)
        self.kind = kind


def read_rate(text: str) -> float | None:
    """Return how often a year, or ``None`` where nothing is said or the reader does not know.

    Raises:
        RateError: it cannot be read, is below zero or above all reason.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text[: LONGEST + 1]).lower().split()).replace("\u2212", "-")
    if not plain:
        return None
    if len(plain) > LONGEST:
        raise RateError("unread")
    known = data.load("toolbox/rates")
    squeezed = plain.replace(" ", "")
    if squeezed in _squeezed(known["unknown"]):
        return None
    for entry in known["word"]:
        if squeezed in _squeezed(entry["words"]):
            return float(entry["times"])
    return _counted(plain, known)


def _counted(plain: str, known: dict[str, Any]) -> float:
    """Return a number with the words around it: ``年3回``, ``3 times a year``, ``2年に1回``, ``every 3 months``."""
    for word, digit in known["numbers"].items():
        plain = plain.replace(word, f" {digit} ")
    numbers = [float(number) for number in _NUMBER.findall(plain)]
    rest = "".join(_BESIDE.sub(" ", _NUMBER.sub(" ", plain)).split())
    period = next((entry for entry in known["period"] if rest in (*entry["words"], *entry["every"])), None)
    if period is None or not 1 <= len(numbers) <= 2:
        raise RateError("unread")
    # In Japanese the period stands first (「2年に1回」), in English last ("once in 2 years").
    if len(numbers) == 2:
        count, periods = numbers if rest.isascii() else numbers[::-1]
    else:
        count, periods = (1.0, numbers[0]) if rest in period["every"] else (numbers[0], 1.0)
    if count < 0 or periods < 0:
        raise RateError("negative")
    times = count * float(period["times"]) / periods if periods else float("inf")
    if not times <= known["most"]:
        raise RateError("too-often")
    return times


def _squeezed(words: Iterable[str]) -> set[str]:
    return {word.replace(" ", "") for word in words}
