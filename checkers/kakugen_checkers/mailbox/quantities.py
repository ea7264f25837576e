"""Numbers with their units in a text: ``180.5MB``, ``90%``, ``1,234 mails``.

A text in small letters of one width goes in, quantities with their places come out. A number that is a part of
something longer, such as an address or a date, is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kakugen_checkers import data
from kakugen_checkers.mailbox.units import NUMBER, alternatives, units

MAX_QUANTITIES: Final = 400
PERCENT: Final = "%"
COUNT: Final = "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the paste.

    Attributes:
        start: where it begins.
        end: where it and its unit end.
        value: the number: MB, percent, mails, or bare.
        unit: ``MB``, ``%``, ``count`` or empty.
    """

    start: int
    end: int
    value: float
    unit: str


def read_quantities(lower: str) -> list[Quantity]:
    """Return the numbers in a text of narrow, small letters, in their order."""
    found: list[Quantity] = []
    for match in re.finditer(_quantity(), lower):
        word = match["unit"] or ""
        value = float(match["number"].replace(",", ""))
        if word in units():
            found.append(Quantity(match.start(), match.end(), value * units()[word], "MB"))
        else:
            unit = PERCENT if word in _words("percent") else COUNT if word else ""
            found.append(Quantity(match.start(), match.end(), value, unit))
        if len(found) == MAX_QUANTITIES:
            break
    return found


@cache
def _quantity() -> re.Pattern[str]:
    unit = alternatives((*units(), *_words("percent"), *_words("count")))
    return re.compile(
        rf"(?<![0-9a-z.,_@-])(?P<number>{NUMBER})(?:[ \t]{{0,2}}(?P<unit>{unit})(?![a-z0-9_]))?(?![.,]?[0-9])"
    )


def _words(kind: str) -> tuple[str, ...]:
    return tuple(data.load("mailbox/panel")[kind]["words"])
