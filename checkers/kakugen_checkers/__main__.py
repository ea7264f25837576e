"""The command line: ``python -m kakugen_checkers CHECKER [FILE…]``.

One file, or standard input, gives one answer for people, or with ``--json`` the verdict. ``--jsonl`` reads one
question a line, ``{"id", "text"}`` or ``{"id", "base64"}``, and writes one answer a line, ``{"id", "verdict"}``; a line
that cannot be read is answered with ``{"id", "error"}``. What is asked goes into the checker's first field.
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

from kakugen_checkers.protocol import Checker, to_json
from kakugen_checkers.terminal import as_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kakugen_checkers.protocol import Answer

GROUP = "kakugen.checkers"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    options = _options(arguments)
    checker = _load(options.checker)
    if options.jsonl:
        return _in_bulk(checker, options)
    status = 0
    for name in options.files or ["-"]:
        try:
            content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        except OSError as error:
            print(f"{name}: {error.strerror}", file=sys.stderr)
            status = 1
            continue
        verdict = checker.run({checker.form.fields[0].id: content}, today=options.today, locale=options.lang)
        print(to_json(verdict) if options.json else as_text(verdict, heading=name if len(options.files) > 1 else ""))
    return status


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    known = sorted(entry.name for entry in entry_points(group=GROUP))
    parser = argparse.ArgumentParser(prog="python -m kakugen_checkers", description="Ask a checker.")
    parser.add_argument("checker", choices=known, help="which checker")
    parser.add_argument("files", nargs="*", metavar="FILE", help="files to ask about; standard input without")
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
    field = checker.form.fields[0].id
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
