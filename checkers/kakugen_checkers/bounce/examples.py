"""The examples of the rules as answers: proof that the checker finds the reasons that it names.

In: the rules and ``data/bounce/examples.toml``. Out: one ``Example`` for each example line of a rule, pasted as a
reader would paste it, one for each code that decides without words, and the pastes for reasons that no rule names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakugen_checkers import data
from kakugen_checkers.bounce import reasons
from kakugen_checkers.bounce.explain import FIELD
from kakugen_checkers.bounce.rules import all_rules
from kakugen_checkers.protocol import Example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.bounce.rule import Rule


def all_examples() -> Iterator[Example]:
    """Yield an example for each line that a rule must match, then the other pastes."""
    for rule in all_rules():
        for line in rule.examples or _code_lines(rule):
            yield Example(
                topic=reasons.topic(rule.reason),
                answers={FIELD: _pasted(rule, line)},
                today=rule.checked,
                origin=f"rule {rule.id}",
            )
    for entry in data.load("bounce/examples")["example"]:
        yield Example(
            topic=reasons.topic(entry["reason"]),
            answers={FIELD: entry["paste"]},
            today=entry["checked"],
            origin=f"data/bounce/examples.toml, {entry['reason']}",
        )


def _code_lines(rule: Rule) -> Iterator[str]:
    """Yield lines that hold the codes of a rule without words."""
    for status in sorted(rule.enhanced_status_codes):
        written = status.replace("x", "5", 1)
        fitting = sorted(code for code in rule.reply_codes if code[:1] == written[0])
        yield f"{fitting[0]} {written}" if fitting else written
    if not rule.enhanced_status_codes:
        yield from sorted(rule.reply_codes)


def _pasted(rule: Rule, line: str) -> str:
    """Return a line as a reader pastes it; with the name of a server where the rule is of one mail system."""
    if rule.system is None:
        return line
    return f"{line}\n\n[mx.{(rule.system.hosts or rule.system.marks)[0]}]\n"
