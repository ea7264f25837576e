"""What a card says and looks like: known also where nothing can be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FOLDER: Final = "assets/cards"
"""Where the cards of a language are published, relative to its root."""

WIDTH: Final = 1200
HEIGHT: Final = 630
"""In pixels, as Open Graph's readers ask for: twice as wide as high, large enough for the large form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """The words of a card.

    Attributes:
        phrases: the sentence, cut where its lines may break.
        site: the name of the site.
        label: what the page is: a maxim, the site itself.
    """

    phrases: Sequence[str]
    site: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """Two weights of one face: files of TrueType."""

    sentence: Path
    small: Path
