"""A page for each rule that a knowledge base is checked by, and a list of them: for those who contribute.

In: the rules and their messages. Out: Markdown by path. The pages are in no navigation and in no search, since readers
have no use for them.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from kakugen.knowledge import Rule
from kakugen.knowledge.faults import messages_in
from kakugen.pages.labels import Labels

FOLDER: Final = "rules"
"""The folder of the pages in each language."""

_HEAD: Final = "---\nhide: [navigation, toc]\nsearch: {exclude: true}\n---\n"
_HOLE: Final = re.compile(r"(?<!\{)\{(\w+)\}")
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>#|])")


def rule_pages(paths: Collection[str], labels: Labels) -> Mapping[str, str]:
    """Return the pages of the rules that a language lacks.

    Args:
        paths: the Markdown files that it has.
        labels: its words.
    """
    pages = {f"{FOLDER}/{rule.number.lower()}.md": _page(rule, labels) for rule in Rule}
    made = {f"{FOLDER}/index.md": _list(labels), **pages}
    return {path: markdown for path, markdown in made.items() if path not in paths}


def _list(labels: Labels) -> str:
    rows = (
        f"| [{rule.number}]({rule.number.lower()}.md) | `{rule}` | {labels(f'rules.{rule.severity}')} | "
        f"{_shown(messages_in(labels.locale)[rule]['wrong'])} |"
        for rule in Rule
    )
    head = (
        f"| {labels('rules.number')} | {labels('rules.name')} | {labels('rules.severity')} | {labels('rules.wrong')} |"
    )
    return "\n".join(
        [_HEAD, f"# {labels('rules.title')}", "", labels("rules.intro"), "", head, "|---|---|---|---|", *rows, ""]
    )


def _page(rule: Rule, labels: Labels) -> str:
    message = messages_in(labels.locale)[rule]
    return "\n".join(
        [
            _HEAD,
            f"# {rule.number} {rule}",
            "",
            f"**{labels(f'rules.{rule.severity}')}** · {labels(f'rules.{rule.severity}-means')}",
            "",
            f"## {labels('rules.wrong')} {{#wrong}}",
            "",
            _shown(message["wrong"]),
            "",
            f"## {labels('rules.write')} {{#write}}",
            "",
            *(f"- {_shown(cure)}" for cure in _cures(message)),
            "",
            f"## {labels('rules.why')} {{#why}}",
            "",
            _shown(message["why"]),
            "",
            f"[{labels('rules.all')}](index.md)",
            "",
        ]
    )


def _cures(message: Mapping[str, Any]) -> Iterator[str]:
    write = message["write"]
    yield from write.values() if isinstance(write, dict) else [write]


def _shown(text: str) -> str:
    """Return a message as Markdown, with an ellipsis where words are filled in."""
    plain = _HOLE.sub("…", text).replace("{{", "{").replace("}}", "}")
    return _SPECIAL.sub(r"\\\1", plain)
