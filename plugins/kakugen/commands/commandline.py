"""The command line: arguments in, one command called, an exit code out.

0 is success, 1 means that something was found or not written, 2 that the command line is wrong.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from kakugen import embed
from kakugen.commands import coverage, drafts, linting, new, output, starting
from kakugen.commands.project import Project, ProjectError, load_project
from kakugen.commands.terminal import Terminal, UnansweredError
from kakugen.commands.words import LOCALES, Words, locale_of, words_in
from kakugen.knowledge import Rule, Severity
from kakugen.knowledge.faults import messages_in
from kakugen.knowledge.schema import schema_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: the command line without the name of the program; that of the process by default.

    Returns:
        The exit code.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = words_in(_locale(given))
    options = _parser(words, given).parse_args(given)
    terminal = Terminal(words=words, say=print, ask=input if sys.stdin.isatty() else None)
    try:
        return int(_COMMANDS[options.command](options, terminal))
    except (ProjectError, UnansweredError, new.NotWrittenError) as error:
        print(error, file=sys.stderr)
        return 1
    except (EOFError, KeyboardInterrupt):
        print(words("new.stopped"), file=sys.stderr)
        return 1


def _locale(arguments: Sequence[str]) -> str:
    first = argparse.ArgumentParser(add_help=False)
    first.add_argument("--lang", choices=LOCALES)
    known, _ = first.parse_known_args([argument for argument in arguments if argument not in {"-h", "--help"}])
    return known.lang or locale_of(os.environ)


def _parser(words: Words, arguments: Sequence[str]) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LOCALES, help=words("help.lang"))
    common.add_argument("--config", default="mkdocs.yml", metavar="FILE", help=words("help.config"))
    parser = argparse.ArgumentParser(prog="kakugen", description=words("help.kakugen"), parents=[common])
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=words(f"help.{name}"), description=words(f"help.{name}"), parents=[common]
        )

    for name in ("lint", "check"):
        checking = command(name)
        checking.add_argument("--format", choices=output.FORMATS, default="text", help=words("help.format"))
        checking.add_argument("--changed", nargs="+", metavar="FILE", help=words("help.changed"))
        checking.add_argument("--strict", action="store_true", help=words("help.strict"))
        if name == "lint":
            checking.add_argument("--fix", action="store_true", help=words("help.fix"))
    covering = command("coverage")
    covering.add_argument("--format", choices=("text", "json"), default="text", help=words("help.format"))
    covering.add_argument("--strict", action="store_true", help=words("help.strict-coverage"))
    command("explain").add_argument("rule", nargs="?", help=words("help.rule"))
    command("schema")
    starter = command("init")
    starter.add_argument("folder", nargs="?", default=".", help=words("help.folder"))
    starter.add_argument("--name", default="Kakugen", help=words("help.name"))
    starter.add_argument("--languages", default="ja,en", help=words("help.languages"))
    writer = command("new")
    if "new" in arguments:
        _add_kinds(writer, common, words)
    return parser


def _add_kinds(writer: argparse.ArgumentParser, common: argparse.ArgumentParser, words: Words) -> None:
    kinds = writer.add_subparsers(dest="what", required=True, metavar="KIND")
    for kind, (title, questions) in _kinds(words).items():
        parser = kinds.add_parser(kind, help=title, description=title, parents=[common])
        for question in questions:
            parser.add_argument(f"--{question.id}", help=question.label.replace("%", "%%"), choices=question.choices)
        if kind not in new.KINDS and embed.installed_templates(words.locale)[kind].reads_reports:
            parser.add_argument("--from", dest="report", metavar="FILE", help=words("help.from"))


def _kinds(words: Words) -> Mapping[str, tuple[str, tuple[embed.Question, ...]]]:
    own = {kind: (words(f"help.{kind}"), drafts.questions(kind, words.locale)) for kind in new.KINDS}
    installed = embed.installed_templates(words.locale)
    return own | {id_: (template.title, template.questions) for id_, template in installed.items() if id_ not in own}


def _lint(options: argparse.Namespace, terminal: Terminal) -> int:
    project = load_project(options.config)
    if options.fix:
        _fix(project, terminal)
    return _report(project, options, terminal)


def _fix(project: Project, terminal: Terminal) -> None:
    try:
        text = linting.fixed_ledger(project, date.today())
    except ValueError as error:
        raise ProjectError(str(error)) from error
    old = project.ledger.read_text("utf-8") if project.ledger.is_file() else ""
    if text != old:
        project.ledger.parent.mkdir(parents=True, exist_ok=True)
        project.ledger.write_text(text, "utf-8")
        terminal.say(terminal.words("new.listed", file=project.options.ids))


def _report(project: Project, options: argparse.Namespace, terminal: Terminal) -> int:
    only = {_from_root(project, path) for path in options.changed} if options.changed else None
    faults = linting.lint(project, date.today(), only)
    text = output.shown(faults, options.format, terminal.words)
    if text:
        terminal.say(text)
    return int(any(fault.severity is Severity.ERROR or options.strict for fault in faults))


def _from_root(project: Project, path: str) -> str:
    resolved = Path(path).resolve()
    return project.shown(resolved) if resolved.is_relative_to(project.root) else path


def _check(options: argparse.Namespace, terminal: Terminal) -> int:
    project = load_project(options.config)
    failed = _report(project, options, terminal)
    if options.format == "text":
        for one in coverage.coverage_of(project):
            terminal.say(terminal.words("coverage.short", name=one.name, answered=one.answered, topics=one.topics))
        terminal.say(terminal.words("check.failed" if failed else "check.passed"))
    return failed


def _coverage(options: argparse.Namespace, terminal: Terminal) -> int:
    found = coverage.coverage_of(load_project(options.config))
    if options.format == "json":
        terminal.say(json.dumps(coverage.as_json(found), ensure_ascii=False, indent=2))
    else:
        terminal.say(coverage.as_text(found, terminal.words))
    return int(options.strict and any(one.missing for one in found))


def _explain(options: argparse.Namespace, terminal: Terminal) -> int:
    words = terminal.words
    messages = messages_in(words.locale)
    wanted = (options.rule or "").lower()
    found = [rule for rule in Rule if wanted in {"", str(rule), rule.number.lower()}]
    if not found:
        raise ProjectError(words("explain.unknown", rule=options.rule))
    for rule in found:
        severity = words(f"severity.{rule.severity}")
        terminal.say(f"{rule.number} {rule} ({severity})\n  {messages[rule]['why']}")
    return 0


def _schema(_: argparse.Namespace, terminal: Terminal) -> int:
    terminal.say(schema_text().rstrip("\n"))
    return 0


def _init(options: argparse.Namespace, terminal: Terminal) -> int:
    languages = list(dict.fromkeys(options.languages.split(",")))
    unknown = [code for code in languages if code not in LOCALES]
    if unknown:
        raise ProjectError(terminal.words("init.unknown", language=unknown[0], known=", ".join(LOCALES)))
    starting.start(Path(options.folder), options.name, languages, date.today(), terminal)
    return 0


def _new(options: argparse.Namespace, terminal: Terminal) -> int:
    today, words = date.today(), terminal.words
    given = {name.replace("_", "-"): value for name, value in vars(options).items()}
    if options.what in new.KINDS:
        project = load_project(options.config)
        answers = terminal.answers(drafts.questions(options.what, words.locale), given)
        new.write_document(project, options.what, answers, today, terminal)
    else:
        template = embed.installed_templates(words.locale)[options.what]
        questions = template.questions
        if given.get("report"):
            questions = new.begun(template, Path(given["report"]), words)
        new.write_template(template, terminal.answers(questions, given), today, terminal)
    return 0


_COMMANDS = {
    "lint": _lint,
    "check": _check,
    "coverage": _coverage,
    "explain": _explain,
    "schema": _schema,
    "init": _init,
    "new": _new,
}
