"""The fixed words of pages, in the language of the page.

In: a locale. Out: ``Labels``, read from ``labels/<locale>.toml`` over ``labels/en.toml``.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

_FALLBACK: Final = "en"


class Labels:
    """The words of one locale. ``labels("article.seen", day=…)`` gives the label with its value filled in."""

    def __init__(self, locale: str, words: Mapping[str, str]) -> None:
        self.locale = locale
        self._words = words

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a label.

        Args:
            name: table and key, ``article.seen``.
            **values: what to fill in; days are written as the locale writes them.

        Raises:
            KeyError: there is no such label.
        """
        shown = {key: self.day(value) if isinstance(value, date) else value for key, value in values.items()}
        return self._words[name].format_map(shown)

    def day(self, value: date) -> str:
        """Return a day as the locale writes it: ``2026年11月24日``, ``24 November 2026``."""
        if self.locale == "ja":
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {value:%B} {value.year}" if self.locale == "en" else value.isoformat()


@cache
def labels_for(locale: str) -> Labels:
    """Return the labels of a locale; what it lacks is English."""
    return Labels(locale, {**_words(_FALLBACK), **_words(locale)})


def _words(locale: str) -> Mapping[str, str]:
    source = files(__package__) / "labels" / f"{locale}.toml"
    if not source.is_file():
        return {}
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(source.read_text("utf-8"))
    return {f"{table}.{key}": text for table, words in tables.items() for key, text in words.items()}
