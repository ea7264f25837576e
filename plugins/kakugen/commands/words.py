"""What the commands say, in the language of whoever runs them.

In: a locale, from ``--lang`` or the environment. Out: ``Words``, read from ``words/<locale>.toml``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

LOCALES: Final = ("en", "ja")
"""The languages that the commands speak."""

_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. ``words("lint.sum", errors=1)`` gives a sentence with its values filled in."""

    locale: str
    texts: Mapping[str, str]

    def __call__(self, name: str, /, **values: object) -> str:
        """Return a sentence.

        Args:
            name: table and key.
            **values: what to fill in.

        Raises:
            KeyError: there is no such sentence.
        """
        return self.texts[name].format_map(values)


@cache
def words_in(locale: str) -> Words:
    """Return the words of a language that the commands speak."""
    source = files("kakugen.commands") / "words" / f"{locale}.toml"
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(source.read_text("utf-8"))
    return Words(locale, {f"{table}.{key}": text for table, texts in tables.items() for key, text in texts.items()})


def locale_of(environment: Mapping[str, str]) -> str:
    """Return the language that an environment asks for; English where it asks for none that we speak."""
    asked = next((value for name in _VARIABLES if (value := environment.get(name))), "")
    return next((locale for locale in LOCALES if asked.startswith(locale)), "en")
