"""Making cards: each once for each content, kept in the cache.

In: words. Out: PNG. Pillow and the typeface are asked for here, so that whoever has neither learns it in one place.
"""

import hashlib
from dataclasses import astuple
from pathlib import Path
from typing import Final

from kakugen.cards.words import CardWords, Typeface
from kakugen.npm import PackageUnavailableError, fetch_packages

_ROOM: Final = Path(__file__).parent
_FACE: Final = "node_modules/@expo-google-fonts/zen-old-mincho"
_SENTENCE: Final = f"{_FACE}/600SemiBold/ZenOldMincho_600SemiBold.ttf"
_SMALL: Final = f"{_FACE}/500Medium/ZenOldMincho_500Medium.ttf"
"""Zen Old Mincho, under the SIL Open Font License. The site publishes pictures of it, not the face."""


class CardsUnavailableError(Exception):
    """No cards can be made; the message says why and what to do, in one line."""


class CardMaker:
    """Makes the cards of a site."""

    def __init__(self, typeface: Typeface, cache: Path, key: str) -> None:
        """Begin.

        Args:
            typeface: what it draws with.
            cache: the folder for what it has made.
            key: changes whenever a card of the same words would look otherwise.
        """
        self._typeface = typeface
        self._cache = cache
        self._key = key

    def png(self, words: CardWords) -> bytes | None:
        """Return a card, from the cache or drawn; ``None`` where the typeface lacks a letter of it."""
        name = hashlib.blake2b(repr((self._key, astuple(words))).encode(), digest_size=12).hexdigest()
        kept = self._cache / f"{name}.png"
        if not kept.is_file():
            from kakugen.cards.drawing import card  # noqa: PLC0415 - Pillow is an extra

            self._cache.mkdir(parents=True, exist_ok=True)
            fresh = kept.with_suffix(".new")
            fresh.write_bytes(card(words, self._typeface) or b"")
            fresh.replace(kept)
        return kept.read_bytes() or None


def card_maker(cache: Path) -> CardMaker:
    """Return what makes cards.

    Args:
        cache: where typeface and cards are kept.

    Raises:
        CardsUnavailableError: Pillow is not installed, or the typeface cannot be fetched.
    """
    try:
        import PIL  # noqa: PLC0415 - an extra, and what this function is here to find out
    except ImportError as error:
        raise CardsUnavailableError("Pictures for shared links need Pillow: install 'kakugen[cards]'.") from error
    try:
        packages = fetch_packages(
            _ROOM,
            cache / "typeface",
            name="The typeface Zen Old Mincho",
            purpose="with which pictures for shared links are written",
            proof=_SENTENCE,
        )
    except PackageUnavailableError as error:
        raise CardsUnavailableError(str(error).replace("\n", " ")) from error
    drawing = (_ROOM / "drawing.py").read_bytes()
    key = hashlib.blake2b(drawing + packages.key.encode() + PIL.__version__.encode(), digest_size=8).hexdigest()
    face = Typeface(sentence=packages.directory / _SENTENCE, small=packages.directory / _SMALL)
    return CardMaker(face, cache / "cards", key)
