"""Faults as text, as JSON, and as annotations of a git host.

In: faults and a language. Out: what is printed.
"""

import json
from collections.abc import Sequence
from typing import Final

from kakugen.commands.words import Words
from kakugen.knowledge import Fault, Severity

FORMATS: Final = ("text", "json", "github")
"""How faults can be shown."""

SCHEMA: Final = 1
"""The version of the JSON."""


def shown(faults: Sequence[Fault], form: str, words: Words) -> str:
    """Return faults in one of the formats.

    Args:
        faults: the faults.
        form: one of ``FORMATS``.
        words: the language.
    """
    match form:
        case "json":
            return _json(faults, words.locale)
        case "github":
            return "\n".join(_annotation(fault, words.locale) for fault in faults)
        case _:
            return "\n".join([*(_line(fault, words) for fault in faults), _sum(faults, words)])


def counts(faults: Sequence[Fault]) -> tuple[int, int]:
    """Return how many errors and how many warnings there are."""
    errors = sum(fault.severity is Severity.ERROR for fault in faults)
    return errors, len(faults) - errors


def _line(fault: Fault, words: Words) -> str:
    place, _, rest = fault.text(words.locale).partition(": ")
    return f"{place}: {words(f'severity.{fault.severity}')}: {rest}"


def _sum(faults: Sequence[Fault], words: Words) -> str:
    errors, warnings = counts(faults)
    return words("lint.sum", errors=errors, warnings=warnings) if faults else words("lint.clean")


def _json(faults: Sequence[Fault], locale: str) -> str:
    errors, warnings = counts(faults)
    entries = [
        {
            "rule": fault.rule.number,
            "name": str(fault.rule),
            "severity": str(fault.severity),
            "file": fault.place.file,
            "line": fault.place.line,
            "wrong": fault.wrong(locale),
            "write": fault.write(locale),
        }
        for fault in faults
    ]
    report = {"schema": SCHEMA, "errors": errors, "warnings": warnings, "faults": entries}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _annotation(fault: Fault, locale: str) -> str:
    """Return a workflow command, as GitHub and its compatible hosts read it from the log."""
    title = f"{fault.rule.number} {fault.rule}"
    file, line = _escaped(fault.place.file, property_=True), fault.place.line
    message = _escaped(f"{fault.wrong(locale)} {fault.write(locale)}")
    return f"::{fault.severity} file={file},line={line},title={_escaped(title, property_=True)}::{message}"


def _escaped(text: str, *, property_: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if property_ else text
