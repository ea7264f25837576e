"""New articles and maxims: what is asked, and the files that are written for each language.

In: answers. Out: Markdown by language, complete enough to be read by the catalog, with comments that say what belongs
where. A new one is a draft: it is shown while serving and published when its author says so.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Final, get_args

from kakugen.commands.words import LOCALES, Words, words_in
from kakugen.embed import Question
from kakugen.knowledge import ACTORS, SectionWords
from kakugen.knowledge.models import Cause

CAUSES: Final = get_args(Cause.__value__)
"""The words for what may have caused a trouble."""


def questions(kind: str, words: Words) -> tuple[Question, ...]:
    """Return what is asked for a new article or maxim.

    Args:
        kind: ``article`` or ``maxim``.
        words: the language of the questions.
    """

    def ask(name: str, *, required: bool = True, choices: tuple[str, ...] = (), default: str = "") -> Question:
        meanings = {choice: words(f"{name}.{choice}") for choice in choices}
        label = words(f"{kind}.{name}")
        return Question(id=name, label=label, required=required, choices=meanings or None, default=default)

    common = (ask("id"), ask("title"), ask("summary"))
    if kind == "maxim":
        return (*common, ask("said-by", required=False))
    return (
        *common,
        ask("symptom"),
        ask("topics", required=False),
        ask("cause", choices=CAUSES),
        ask("actor", choices=ACTORS),
        ask("minutes", default="5"),
        ask("maxims", required=False),
        ask("source-title"),
        ask("source-url"),
    )


def draft(
    kind: str, answers: Mapping[str, str], sections: SectionWords, language: str, today: date, schema: str = ""
) -> str:
    """Return the file of a new article or maxim.

    Args:
        kind: ``article`` or ``maxim``.
        answers: what was asked.
        sections: the sections in the language of the file.
        language: that language.
        today: the day on which its source was read.
        schema: the path from the file to the JSON Schema of front matter; empty where there is none.
    """
    words = words_in(language if language in LOCALES else "en")
    head = _article_head(answers, words, today) if kind == "article" else _maxim_head(answers, words, today)
    hint = [f"# yaml-language-server: $schema={schema}"] if schema else []
    body = [
        f"## {section.title}\n\n<!-- {words(f'hint.{section.id}')} -->\n"
        for section in sections.kinds[kind]
        if not section.optional and not section.instead_of
    ]
    return "\n".join(["---", *hint, *head, "---", "", *body])


def _article_head(answers: Mapping[str, str], words: Words, today: date) -> list[str]:
    return [
        f"id: {answers['id']}",
        "kind: article",
        f"title: {_text(answers['title'])}",
        f"summary: {_text(answers['summary'])}",
        f"topics: {_list(answers['topics'])}",
        "symptoms:",
        f"  - {_text(answers['symptom'])}",
        f"cause: {answers['cause']}",
        f"actor: {answers['actor']}",
        f"minutes: {answers['minutes']}",
        f"confidence: draft  # {words('hint.confidence')}",
        f"maxims: {_list(answers['maxims'])}",
        f"checked: {today.isoformat()}",
        "sources:",
        f"  - title: {_text(answers['source-title'])}",
        f"    url: {_text(answers['source-url'])}",
        f"    seen: {today.isoformat()}",
    ]


def _maxim_head(answers: Mapping[str, str], words: Words, today: date) -> list[str]:
    said_by = [f"said_by: {_text(answers['said-by'])}"] if answers["said-by"] else []
    return [
        f"id: {answers['id']}",
        "kind: maxim",
        f"title: {_text(answers['title'])}",
        f"summary: {_text(answers['summary'])}",
        f"confidence: draft  # {words('hint.confidence')}",
        f"checked: {today.isoformat()}",
        *said_by,
    ]


def _text(text: str) -> str:
    """Return a text as YAML writes it, whatever it holds."""
    return json.dumps(text, ensure_ascii=False)


def _list(text: str) -> str:
    return f"[{', '.join(word for word in text.replace(',', ' ').split())}]"
