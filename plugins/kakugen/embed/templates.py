"""The templates that are installed beside Kakugen: what `kakugen new` can write besides articles and maxims.

In: the entry point group ``kakugen.templates``. Out: questions and texts as plain data, in one language.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Final

from kakugen_checkers.protocol import LocalText, NewText, ReadsReports, Template

GROUP: Final = "kakugen.templates"
"""The group under which distributions register templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question.

    Attributes:
        id: name of the answer.
        label: the question.
        help: more about it.
        required: whether it must be answered.
        choices: the words that may be answered, with what they mean; any text where there are none.
        default: what an empty answer means.
    """

    id: str
    label: str
    help: str = ""
    required: bool = True
    choices: Mapping[str, str] | None = None
    default: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstalledTemplate:
    """A template in one language.

    Attributes:
        template: it.
        locale: the language.
    """

    template: Template
    locale: str

    @property
    def title(self) -> str:
        """What it writes."""
        return self._text(self.template.form.title)

    @property
    def questions(self) -> tuple[Question, ...]:
        """What it asks."""
        return tuple(
            Question(
                id=field.id,
                label=self._text(field.label),
                help=self._text(field.help),
                required=field.required,
                choices={choice.id: self._text(choice.label) for choice in field.choices} or None,
            )
            for field in self.template.form.fields
        )

    @property
    def reads_reports(self) -> bool:
        """Whether it can begin with the report of a reader."""
        return isinstance(self.template, ReadsReports)

    def answers_in(self, report: str) -> Mapping[str, str]:
        """Return the answers that a report gives, by question; nothing where it gives none."""
        if not isinstance(self.template, ReadsReports):
            return {}
        return {name: answer for name, answer in self.template.answers_in(report).items() if isinstance(answer, str)}

    def problem(self, answers: Mapping[str, str]) -> str:
        """Return what is wrong with the answers; empty if nothing is."""
        return self.template.problem(answers, self.locale)

    def texts(self, answers: Mapping[str, str], today: date) -> Mapping[Path, NewText]:
        """Return what to write, by file."""
        folder = Path(str(files(self.template.package)))
        return {folder / text.path: text for text in self.template.texts(answers, today=today)}

    def advice(self, answers: Mapping[str, str]) -> str:
        """Return what remains to be done by hand."""
        return self.template.advice(answers, self.locale)

    def _text(self, text: LocalText) -> str:
        return text.get(self.locale) or text.get("en", "")


def installed_templates(locale: str) -> Mapping[str, InstalledTemplate]:
    """Return the templates that there are, by id.

    Args:
        locale: the language of their questions.
    """
    found = sorted(entry_points(group=GROUP), key=lambda entry: entry.name)
    return {entry.name: InstalledTemplate(template=entry.load(), locale=locale) for entry in found}
