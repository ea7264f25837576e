"""What is wrong with a knowledge base, and how it is said.

In: a rule that was broken, the place, and the words to fill in. Out: ``Fault``, one line of text that names
file, line, what is wrong and what to write instead. The sentences stand in ``messages/<locale>.toml``, a
table per rule.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kakugen.knowledge.rules import Rule, Severity

LOCALES: Final = ("en", "ja")
"""The languages that have messages of their own."""


class Term(str):
    """A word to fill in that is translated with the message: a name of the table ``words``."""

    __slots__ = ()


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
        case: which of several cures is meant; empty for rules with one.
    """

    rule: Rule
    place: Place
    details: Mapping[str, str]
    case: str = ""

    @property
    def severity(self) -> Severity:
        """Whether it ends the build."""
        return self.rule.severity

    def wrong(self, locale: str = "en") -> str:
        """Return what is wrong, in a sentence of a language; one without messages gives English."""
        return self._filled("wrong", locale)

    def write(self, locale: str = "en") -> str:
        """Return what to write instead."""
        return self._filled("write", locale)

    def text(self, locale: str = "en") -> str:
        """Return the fault in one line: ``file:line: what is wrong. What to write instead. [KB026 repeated-id]``."""
        gap = "" if locale == "ja" else " "
        return f"{self.place}: {self.wrong(locale)}{gap}{self.write(locale)} [{self.rule.number} {self.rule}]"

    def __str__(self) -> str:
        return self.text()

    def _filled(self, part: str, locale: str) -> str:
        messages = messages_in(locale)
        template = messages[self.rule][part]
        if not isinstance(template, str):
            template = template[self.case]
        words: Mapping[str, str] = messages["words"]
        details = {name: words[value] if isinstance(value, Term) else value for name, value in self.details.items()}
        return " ".join(template.format_map(details).split())


@cache
def messages_in(locale: str) -> Mapping[str, Mapping[str, Any]]:
    """Return the messages of a locale by rule, and its ``words``; what it lacks is English."""
    folder = files(__package__) / "messages"
    english: dict[str, Any] = tomllib.loads((folder / "en.toml").read_text("utf-8"))
    translated = folder / f"{locale}.toml"
    return english | (tomllib.loads(translated.read_text("utf-8")) if translated.is_file() else {})
