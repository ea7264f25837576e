"""The toolbox checker: rows of tools → job → explain."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers.examples import written_examples
from kakugen_checkers.forms import read_form
from kakugen_checkers.toolbox.case import Case, words_of
from kakugen_checkers.toolbox.entered import read_job
from kakugen_checkers.toolbox.explain import TOPICS, explain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kakugen_checkers.protocol import Answers, Example, Form, ReferenceTable, Topic, Verdict

LOCALES: Final = ("ja", "en")


@dataclass(frozen=True)
class ToolboxChecker:
    """Counts what the tools of one job multiply into, and says what to drop first (see ``protocol.Checker``)."""

    id: str = "toolbox"
    locales: tuple[str, ...] = LOCALES

    @cached_property
    def form(self) -> Form:
        """The tools, one a row, with two examples to start from."""
        return read_form("toolbox/form", {})

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        """``toolbox/<outcome>``."""
        return tuple(f"toolbox/{topic}" for topic in TOPICS)

    def topic_title(self, topic: Topic, locale: str) -> str:
        """Return what was found, in a few words."""
        title: str = words_of(locale)["titles"][topic.removeprefix("toolbox/")]
        return title

    def references(self) -> Iterable[ReferenceTable]:
        """Return no tables: everything comes from the reader."""
        return ()

    def examples(self) -> Iterable[Example]:
        """Return the examples that prove its topics."""
        return written_examples(self.id)

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        """Return what the tools in ``answers`` multiply into."""
        job, faults = read_job(answers)
        return explain(Case(job=job, faults=faults, locale=locale if locale in self.locales else self.locales[0]))


checker: Final = ToolboxChecker()
