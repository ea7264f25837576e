"""The command line: ``python -m kakugen_checkers CHECKER [FILE…]``.

One file, or standard input, gives one answer for people, or with ``--json`` the verdict. ``--jsonl`` reads one
question a line, ``{"id", "text"}`` or ``{"id", "base64"}``, and writes one answer a line, ``{"id", "verdict"}``; a line
that cannot be read is answered with ``{"id", "error"}``. What is asked goes into the first field that takes text;
``--answer FIELD=VALUE`` fills any field, and with it nothing is read from standard input.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import json
import sys
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kakugen_checkers.protocol import Checker, FieldKind, to_json
from kakugen_checkers.terminal import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kakugen_checkers.protocol import Answer, Form, Verdict

GROUP = "kakugen.checkers"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = _options(arguments)
    checker = _load(options.checker)
    if options.jsonl:
        return _in_bulk(checker, options)
    try:
        given = dict(_entered(checker.form, text) for text in options.answer)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if given and not options.files:
        print(_shown(checker.run(given, today=options.today, locale=options.lang), options))
        return 0
    status = 0
    for name in options.files or ["-"]:
        try:
            content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            print(f"{name}: {error.strerror}", file=sys.stderr)
            status = 1
            continue
        verdict = checker.run({**given, _box(checker): content}, today=options.today, locale=options.lang)
        print(_shown(verdict, options, heading=name if len(options.files) > 1 else ""))
    return status


def _shown(verdict: Verdict, options: argparse.Namespace, heading: str = "") -> str:
    return to_json(verdict) if options.json else as_text(verdict, heading=heading)


def _box(checker: Checker) -> str:
    """Return the field that a file or a pipe goes into."""
    fields = checker.form.fields
    return next((field.id for field in fields if field.kind is FieldKind.TEXT), fields[0].id)


def _entered(form: Form, text: str) -> tuple[str, Answer]:
    """Return a field and its answer from ``FIELD=VALUE``, as a page would send it.

    Raises:
        ValueError: there is no such field or option, or the value is not of its kind.
    """
    name, _, value = text.partition("=")
    field = next((field for field in form.fields if field.id == name), None)
    if field is None:
        raise ValueError(
            f"--answer {text}: no field {name!r}; there are {', '.join(field.id for field in form.fields)}"
        )
    options = [choice.id for choice in field.choices]
    chosen = tuple(value.split(",")) if field.kind is FieldKind.CHOICES else (value,)
    if options and not set(chosen) <= set(options):
        raise ValueError(f"--answer {text}: {name!r} takes {', '.join(options)}")
    match field.kind:
        case FieldKind.CHOICES:
            return name, chosen
        case FieldKind.YES_NO:
            return name, value.lower() in ("yes", "true", "1")
        case FieldKind.NUMBER:
            try:
                return name, float(value)
            except ValueError:
                return name, value
        case _:
            return name, value


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    known = sorted(entry.name for entry in entry_points(group=GROUP))
    parser = argparse.ArgumentParser(prog="python -m kakugen_checkers", description="Ask a checker.")
    parser.add_argument("checker", choices=known, help="which checker")
    parser.add_argument("files", nargs="*", metavar="FILE", help="files to ask about; standard input without")
    parser.add_argument(
        "--answer", action="append", default=[], metavar="FIELD=VALUE", help="an answer of the form; may be repeated"
    )
    parser.add_argument("--lang", default="ja", help="language of the answer (ja, en)")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), help="day of the answer, YYYY-MM-DD")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the verdict as JSON")
    form.add_argument("--jsonl", action="store_true", help="read and write JSON Lines")
    return parser.parse_intermixed_args(arguments)


def _load(name: str) -> Checker:
    (entry,) = entry_points(group=GROUP, name=name)
    checker = entry.load()
    if not isinstance(checker, Checker):
        raise SystemExit(f"{entry.value} is registered as a checker but is none: see kakugen_checkers.protocol")
    return checker


def _in_bulk(checker: Checker, options: argparse.Namespace) -> int:
    field = _box(checker)
    out = sys.stdout
    for line in sys.stdin.buffer:
        if not line.strip():
            continue
        ident: Any = None
        try:
            question = json.loads(line)
            ident = question["id"]
            answer = _answer(question)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            out.write(json.dumps({"id": ident, "error": f"not a question: {error}"}) + "\n")
            continue
        verdict = checker.run({field: answer}, today=options.today, locale=options.lang)
        out.write(f'{{"id":{json.dumps(ident)},"verdict":{to_json(verdict)}}}\n')
    out.flush()
    return 0


def _answer(question: dict[str, Any]) -> Answer:
    if "base64" in question:
        try:
            return base64.b64decode(question["base64"], validate=True)
        except binascii.Error as error:
            raise ValueError(f"base64: {error}") from error
    return str(question["text"])


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except BrokenPipeError:
        # whoever read the output has seen enough
        sys.stderr.close()
