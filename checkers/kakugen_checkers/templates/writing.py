"""What templates share: their questions from ``words.toml``, and values as TOML writes them."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from kakugen_checkers.protocol import Choice, Field, FieldKind, Form, LocalText

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakugen_checkers.protocol import Answers


def form_of(template: str, choices: Mapping[str, Iterable[Choice]]) -> Form:
    """Return the questions of a template.

    Args:
        template: its name in ``words.toml``.
        choices: the options of those questions that have some.
    """
    words = _words()[template]
    return Form(
        title=words["title"],
        intro=words["intro"],
        submit=words["title"],
        fields=tuple(
            Field(
                id=name,
                kind=FieldKind.CHOICE if name in choices else FieldKind.LINE,
                label=entry["label"],
                help=entry.get("help", {}),
                required=entry.get("required", True),
                choices=tuple(choices.get(name, ())),
            )
            for name, entry in words["question"].items()
        ),
    )


def sentence(template: str, name: str, locale: str, **values: str) -> str:
    """Return one of the sentences of a template, filled in."""
    texts: LocalText = _words()[template]["sentence"][name]
    return (texts.get(locale) or texts["en"]).format_map(values)


def given(answers: Answers, name: str) -> str:
    """Return an answer as text without white space around it; empty where it is missing."""
    answer = answers.get(name)
    return answer.strip() if isinstance(answer, str) else ""


def quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


@cache
def _words() -> dict[str, Any]:
    source = resources.files(__package__) / "words.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
