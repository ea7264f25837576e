"""The words that a form and its answer use beside those of the checker itself, by language.

One JSON file per language under ``client/words/`` serves both the Python that writes the form and the client.
In: a locale. Out: its words by key.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

_WORDS: Final = Path(__file__).parent / "client" / "words"

FALLBACK: Final = "en"
"""The language of readers for whom there are no words."""


def words_locale(locale: str) -> str:
    """Return the language whose words serve a locale: itself, its base (``ja-JP``: ``ja``), or ``en``."""
    available = {path.stem for path in _WORDS.glob("*.json")}
    return next((name for name in (locale, locale.partition("-")[0]) if name in available), FALLBACK)


@cache
def words(locale: str) -> Mapping[str, str]:
    """Return the words for a locale, by key."""
    text = (_WORDS / f"{words_locale(locale)}.json").read_text(encoding="utf-8")
    loaded: dict[str, str] = json.loads(text)
    return MappingProxyType(loaded)
