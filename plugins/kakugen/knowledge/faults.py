"""What can be wrong with a knowledge base, and how it is said.

In: a rule that was broken, the place, and the words to fill in. Out: ``Fault``, one line of text that names
file, line, what is wrong and what to write instead. The sentences stand in ``messages/<locale>.toml``, a
table per rule.
"""

import enum
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final


class Severity(enum.StrEnum):
    """What a fault does to the build."""

    ERROR = "error"
    """It ends the build."""
    WARNING = "warning"
    """It is shown; under ``--strict`` it ends the build."""


class Rule(enum.StrEnum):
    """Every rule that an article, a maxim or a whole knowledge base can break."""

    NOT_UTF8 = "not-utf8"
    UNREADABLE = "unreadable"
    TOO_LONG = "too-long"
    UNCLOSED = "unclosed"
    NOT_YAML = "not-yaml"
    NOT_A_MAPPING = "not-a-mapping"
    KEY_NOT_TEXT = "key-not-text"
    REPEATED_KEY = "repeated-key"
    ALIAS = "alias"
    TOO_DEEP = "too-deep"
    BAD_VALUE = "bad-value"
    MISSING_KIND = "missing-kind"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    EMPTY = "empty"
    NOT_TEXT = "not-text"
    NOT_A_DATE = "not-a-date"
    NOT_A_NUMBER = "not-a-number"
    TOO_SMALL = "too-small"
    NOT_A_LIST = "not-a-list"
    NOT_A_TABLE = "not-a-table"
    NOT_ONE_OF = "not-one-of"
    BAD_FORM = "bad-form"
    INVALID = "invalid"
    REPEATED_ID = "repeated-id"
    UNKNOWN_MAXIM = "unknown-maxim"
    UNKNOWN_TOPIC = "unknown-topic"
    OTHER_ID = "other-id"
    UNUSED_MAXIM = "unused-maxim"
    UNTRANSLATED = "untranslated"


_WARNINGS: Final = frozenset({Rule.UNUSED_MAXIM, Rule.UNTRANSLATED})


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands.

    Attributes:
        file: path as the author knows it, from the folder of ``mkdocs.yml``.
        line: line number, from 1.
    """

    file: str
    line: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule.

    Attributes:
        rule: which.
        place: where.
        details: the words to fill into the message of the rule, by name.
    """

    rule: Rule
    place: Place
    details: Mapping[str, str]

    @property
    def severity(self) -> Severity:
        """Whether it ends the build."""
        return Severity.WARNING if self.rule in _WARNINGS else Severity.ERROR

    def text(self, locale: str = "en") -> str:
        """Return the fault in one line: ``file:line: what is wrong. What to write instead. [rule]``.

        Args:
            locale: language of the message; one without messages gives English.
        """
        message = _messages(locale)[self.rule]
        sentence = f"{message['wrong']} {message['write']}".format_map(dict(self.details))
        return f"{self.place}: {' '.join(sentence.split())} [{self.rule}]"

    def __str__(self) -> str:
        return self.text()


@cache
def _messages(locale: str) -> Mapping[str, Mapping[str, str]]:
    folder = files(__package__) / "messages"
    english: dict[str, Mapping[str, str]] = tomllib.loads((folder / "en.toml").read_text("utf-8"))
    translated = folder / f"{locale}.toml"
    return english | (tomllib.loads(translated.read_text("utf-8")) if translated.is_file() else {})
