"""A new rule: what a mail server says, and the reason that it shows.

In: the line, the words in it that matter, the reason, where it was seen. Out: the entry of a rule file: that of a mail
system if only that one says it, else that of the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kakugen_checkers.bounce import checker, reasons
from kakugen_checkers.bounce.explain import FIELD
from kakugen_checkers.bounce.pattern import PatternError, compile_pattern
from kakugen_checkers.bounce.rules import all_rules, systems
from kakugen_checkers.protocol import Choice, Form, NewText
from kakugen_checkers.templates.report import answers_in
from kakugen_checkers.templates.writing import form_of, given, quoted, sentence

if TYPE_CHECKING:
    from kakugen_checkers.protocol import Answers

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class RuleTemplate:
    """Writes a rule (see ``protocol.Template``)."""

    id: str = "rule"
    package: str = "kakugen_checkers"

    @cached_property
    def form(self) -> Form:
        """The line, its words, the reason, the source."""
        known = [
            Choice(id=ident, label={locale: reasons.title(ident, locale) for locale in reasons.LOCALES})
            for ident in reasons.reason_ids()
        ]
        return form_of("rule", {"reason": known})

    def answers_in(self, report: str) -> Answers:
        """Return the line, its words, a name and the mail system; what it means must be said by somebody."""
        return answers_in(report)

    def problem(self, answers: Answers, locale: str) -> str:
        """Return what keeps the answers from becoming a rule."""
        ident, example, match = (given(answers, name) for name in ("id", "example", "match"))
        if not _ID.fullmatch(ident):
            return sentence("rule", "id", locale)
        if any(rule.id == ident for rule in all_rules()):
            return sentence("rule", "taken", locale, id=ident)
        if given(answers, "reason") not in reasons.reason_ids():
            return sentence("rule", "reason", locale, known=", ".join(reasons.reason_ids()))
        system = given(answers, "system")
        if system and system not in {known.id for known in systems()}:
            return sentence("rule", "system", locale, known=", ".join(known.id for known in systems()))
        try:
            pattern = compile_pattern(match)
        except PatternError as error:
            return sentence("rule", "pattern", locale, why=str(error))
        if not pattern.search(" ".join(example.lower().split())):
            return sentence("rule", "example", locale)
        return ""

    def texts(self, answers: Answers, *, today: date) -> tuple[NewText, ...]:
        """Return the entry, for the end of its file."""
        reason, system = given(answers, "reason"), given(answers, "system")
        lines = [
            "",
            "[[rule]]",
            f"id = {quoted(given(answers, 'id'))}",
            f"reason = {quoted(reason)}",
            f"match = [{quoted(given(answers, 'match'))}]",
            f"source = {quoted(given(answers, 'source'))}",
            f"checked = {today.isoformat()}",
            f"examples = [{quoted(given(answers, 'example'))}]",
            "",
        ]
        path = f"data/bounce/rules/{system or f'any/{reason}'}.toml"
        head = f"# Words of any server that mean: {reasons.title(reason, 'en')}\n"
        return (NewText(path=path, text="\n".join(lines), head=head, extends=True),)

    def advice(self, answers: Answers, locale: str) -> str:
        """Return what the line has meant so far, and that the tests try it against all other rules."""
        # The rules were read before this one was written.
        verdict = checker.run({FIELD: given(answers, "example")}, today=date.min, locale=locale)
        found = "understood" if verdict.topic else "unknown"
        so_far = sentence("rule", found, locale, title=verdict.title)
        return f"{so_far}\n{sentence('rule', 'advice', locale)}"
