"""``kakugen new``: writes a new article, a new maxim, or a new piece of a checker's knowledge, and never over a file.

In: answers. Out: files, among them the stubs of the translations and the line in the ledger of ids.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from kakugen import embed, knowledge
from kakugen.commands.linting import fixed_ledger
from kakugen.commands.project import Project
from kakugen.commands.terminal import Terminal
from kakugen.commands.words import Words

KINDS: Final = ("article", "maxim")
"""What every knowledge base can have more of."""

SCHEMA: Final = "schemas/front-matter.schema.json"
"""Where a knowledge base keeps the JSON Schema of front matter, for editors."""


class NotWrittenError(Exception):
    """Nothing was written; the message says why, and what to do."""


def write_document(project: Project, kind: str, answers: Mapping[str, str], today: date, terminal: Terminal) -> None:
    """Write a new article or maxim and the stubs of its translations, and list its id.

    Args:
        project: the knowledge base.
        kind: ``article`` or ``maxim``.
        answers: what was asked.
        today: the day.
        terminal: who is told.

    Raises:
        NotWrittenError: a file is there already, or the answers do not make an article.
    """
    texts: dict[Path, str] = {}
    faults: list[knowledge.Fault] = []
    schema = project.root / SCHEMA
    for language in project.languages:
        path = f"{project.folders.of(kind)}/{answers['id']}.md"
        file = language.docs / path
        hint = os.path.relpath(schema, file.parent).replace(os.sep, "/") if schema.is_file() else ""
        text = knowledge.draft(
            kind, project.sections[language.code], language.code, answers=answers, today=today, schema=hint
        )
        document = knowledge.Document(
            language=language.code, path=path, url="", file=project.shown(file), source=text.encode()
        )
        catalog, found = knowledge.read_catalog([document], project.codes, project.folders)
        faults += found
        if not faults:
            faults += _taken(project, catalog, today)
        texts[file] = text
    if faults:
        locale = terminal.words.locale
        raise NotWrittenError(
            "\n".join(dict.fromkeys(f"{fault.wrong(locale)} {fault.write(locale)}" for fault in faults))
        )
    there = [project.shown(file) for file in texts if file.exists()]
    if there:
        raise NotWrittenError(terminal.words("new.there", files=", ".join(there)))
    for file, text in texts.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as opened:
            opened.write(text)
        terminal.say(terminal.words("new.wrote", file=project.shown(file)))
    project.ledger.write_text(fixed_ledger(project, today), "utf-8")
    terminal.say(terminal.words("new.listed", file=project.options.ids))
    terminal.say(terminal.words("new.next"))


def _taken(project: Project, catalog: knowledge.Catalog, today: date) -> tuple[knowledge.Fault, ...]:
    """Return that the id has been used before."""
    if not project.ledger.is_file():
        return ()
    ledger, broken = knowledge.read_ledger(project.ledger.read_bytes(), project.options.ids)
    found = broken or knowledge.check_ledger(catalog, ledger, today)
    expected = {knowledge.Rule.UNLISTED_ID, knowledge.Rule.ID_WITHOUT_FILE}
    return tuple(fault for fault in found if fault.rule not in expected)


def begun(template: embed.InstalledTemplate, report: Path, words: Words) -> tuple[embed.Question, ...]:
    """Return the questions of a template with the answers that a report gives in the place of their defaults.

    Args:
        template: the template.
        report: the file with the report.
        words: the language of whoever runs the command.

    Raises:
        NotWrittenError: the file cannot be read, or gives no answers.
    """
    try:
        answers = template.answers_in(report.read_text("utf-8", errors="replace"))
    except OSError as error:
        raise NotWrittenError(words("new.no-report", file=report)) from error
    if not answers:
        raise NotWrittenError(words("new.empty-report", file=report))
    return tuple(replace(question, default=answers.get(question.id, "")) for question in template.questions)


def write_template(
    template: embed.InstalledTemplate, answers: Mapping[str, str], today: date, terminal: Terminal
) -> None:
    """Write a new piece of a checker's knowledge.

    Raises:
        NotWrittenError: the answers have a problem, or a file is there that must not be added to.
    """
    problem = template.problem(answers)
    if problem:
        raise NotWrittenError(problem)
    texts = template.texts(answers, today)
    there = [str(file) for file, text in texts.items() if file.exists() and not text.extends]
    if there:
        raise NotWrittenError(terminal.words("new.there", files=", ".join(there)))
    for file, text in texts.items():
        new = not file.exists()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as opened:
            opened.write(text.head + text.text if new else text.text)
        terminal.say(terminal.words("new.wrote" if new else "new.extended", file=file))
    if advice := template.advice(answers):
        terminal.say(advice)
