"""New articles and maxims: a file that is right but for what its author has yet to write.

In: what is known already, maybe nothing. Out: Markdown with every key that is asked for, each below a line that says
what belongs there, and every section with a comment of its own. ``kakugen new`` fills in what was answered; the page
for a new file of a git host gets the same with nothing filled in. The words of both stand in ``<locale>.toml``.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, get_args

from kakugen.knowledge.models import ACTORS, Cause
from kakugen.knowledge.sections import SectionWords

CAUSES: Final[tuple[str, ...]] = get_args(Cause.__value__)
"""The words for what may have caused a trouble."""

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

_FALLBACK: Final = "en"


@dataclass(frozen=True, slots=True)
class DraftWords:
    """What belongs where, in one language. ``words("article.title")`` gives the line about a title."""

    texts: Mapping[str, str]

    def __call__(self, name: str) -> str:
        """Return a line.

        Args:
            name: table and key.

        Raises:
            KeyError: there is no such line.
        """
        return self.texts[name]


@cache
def draft_words(locale: str) -> DraftWords:
    """Return the words of a language; those of English where it has none."""
    folder = files(__package__)
    source = folder / f"{locale}.toml"
    text = (source if source.is_file() else folder / f"{_FALLBACK}.toml").read_text("utf-8")
    tables: Mapping[str, Mapping[str, str]] = tomllib.loads(text)
    return DraftWords({f"{table}.{key}": line for table, lines in tables.items() for key, line in lines.items()})


def draft(
    kind: str,
    sections: SectionWords,
    language: str,
    *,
    answers: Mapping[str, str] = NOTHING,
    confidence: str = "draft",
    today: date | None = None,
    schema: str = "",
) -> str:
    """Return the file of a new article or maxim.

    Args:
        kind: ``article`` or ``maxim``.
        sections: the sections in the language of the file.
        language: that language.
        answers: what is known of it, by the name of the question; the rest is left blank.
        confidence: how far it has come.
        today: the day on which its source was read; blank where nobody has read one yet.
        schema: the path from the file to the JSON Schema of front matter; empty where there is none.
    """
    words = draft_words(language)
    day = today.isoformat() if today else ""
    head = _Head(words, kind, answers)
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines += [f"# {words('draft.comments')}", *head.plain("id"), f"kind: {kind}", *head.text("title", "summary")]
    lines += head.article() if kind == "article" else []
    lines += [f"# {words('draft.confidence')}", f"confidence: {confidence}"]
    lines += head.ids("maxims") if kind == "article" else head.text("said-by") if answers.get("said-by") else []
    lines += [f"# {words('draft.checked')}", f"checked: {day}".rstrip()]
    lines += head.source(day) if kind == "article" else []
    body = [
        f"## {section.title}\n\n<!-- {words(f'hint.{section.id}')} -->\n"
        for section in sections.kinds[kind]
        if not section.optional and not section.instead_of
    ]
    return "\n".join(["---", *lines, "---", "", *body])


@dataclass(frozen=True, slots=True)
class _Head:
    """Lines of front matter for one file."""

    words: DraftWords
    kind: str
    answers: Mapping[str, str]

    def article(self) -> list[str]:
        symptom = _text(self.answers.get("symptom", ""))
        return [
            *self.ids("topics"),
            *(self._about("symptom"), "symptoms:", f"  - {symptom}"),
            *self.choice("cause", CAUSES),
            *self.choice("actor", ACTORS),
            *(self._about("minutes"), f"minutes: {self.answers.get('minutes', '5')}"),
        ]

    def source(self, day: str) -> list[str]:
        title, url = (_text(self.answers.get(name, "")) for name in ("source-title", "source-url"))
        about = f"# {self.words('draft.sources')}"
        return [about, "sources:", f"  - title: {title}", f"    url: {url}", f"    seen: {day}".rstrip()]

    def plain(self, name: str) -> list[str]:
        return [self._about(name), f"{name}: {self.answers.get(name, '')}".rstrip()]

    def text(self, *names: str) -> list[str]:
        return [
            line
            for name in names
            for line in (self._about(name), f"{name.replace('-', '_')}: {_text(self.answers.get(name, ''))}")
        ]

    def ids(self, name: str) -> list[str]:
        words = self.answers.get(name, "").replace(",", " ").split()
        return [self._about(name), f"{name}: [{', '.join(words)}]"]

    def choice(self, name: str, choices: tuple[str, ...]) -> list[str]:
        meanings = " / ".join(f"{choice} = {self.words(f'{name}.{choice}')}" for choice in choices)
        return [f"{self._about(name)}: {meanings}", f"{name}: {self.answers.get(name, '')}".rstrip()]

    def _about(self, name: str) -> str:
        return f"# {self.words(f'{self.kind}.{name}')}"


def _text(text: str) -> str:
    """Return a text as YAML writes it, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)
