"""From the values of front matter to a model, or to everything that is wrong with them at once.

In: front matter with its lines. Out: an ``Article`` or a ``Maxim``, or faults, each at the line of its key.
"""

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from kakugen.knowledge.faults import Fault, Place, Term
from kakugen.knowledge.frontmatter import FrontMatter, Path
from kakugen.knowledge.models import EXAMPLES, KINDS, Article, Maxim, Source, Symptom
from kakugen.knowledge.rules import Rule


def validated[M: (Article, Maxim)](model: type[M], head: FrontMatter, file: str) -> M | tuple[Fault, ...]:
    """Return front matter as a model, or everything that is wrong with it.

    Args:
        model: ``Article`` or ``Maxim``.
        head: the front matter.
        file: the file's path, for the faults.
    """
    try:
        return model.model_validate(dict(head.values))
    except ValidationError as error:
        return tuple(_faults(error, head, file, model.__name__.lower()))


def nearest(word: str, known: Collection[str]) -> str | None:
    """Return the known word that an author probably meant by ``word``."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def _faults(error: ValidationError, head: FrontMatter, file: str, kind: str) -> Iterator[Fault]:
    problems = error.errors(include_url=False)
    within = {problem["loc"][:1] for problem in problems if len(problem["loc"]) > 1}
    for problem in problems:
        path: Path = problem["loc"]
        if problem["type"] == "too_short" and path in within:
            continue  # it only seems empty, since what stands in it is wrong
        rule, details, case = _rule(problem["type"], problem, path, kind)
        yield Fault(rule, Place(file, head.line(path)), details, case)


def _rule(name: str, problem: Mapping[str, Any], path: Path, kind: str) -> tuple[Rule, dict[str, str], str]:
    part = _PARTS.get(str(path[0])) if len(path) > 2 else None
    keys = [step for step in path if isinstance(step, str)]
    # A symptom written as a text is looked at as one of its keys.
    key = str(path[0]) if keys[-1] == "text" and not isinstance(problem["input"], dict) else keys[-1]
    limits = problem.get("ctx", {})
    details = {
        "kind": Term(part.__name__.lower() if part else kind),
        "key": key,
        "value": _shown(problem["input"]),
        "example": EXAMPLES.get(key, "…"),
        "why": problem["msg"],
    }
    match name:
        case "missing":
            return Rule.MISSING_KEY, details, ""
        case "extra_forbidden":
            return Rule.UNKNOWN_KEY, *_key_hint(details, key, part or KINDS[kind])
        case "string_type":
            return Rule.NOT_TEXT, details, ""
        case "string_too_short" | "too_short":
            return Rule.EMPTY, details, ""
        case "date_type" | "date_from_datetime_inexact" | "date_parsing":
            return Rule.NOT_A_DATE, details, ""
        case "int_type":
            return Rule.NOT_A_NUMBER, details, ""
        case "greater_than_equal":
            return Rule.TOO_SMALL, details | {"limit": str(limits["ge"])}, ""
        case "tuple_type":
            return Rule.NOT_A_LIST, details, ""
        case "model_type":
            return Rule.NOT_A_TABLE, details, ""
        case "literal_error" | "enum":
            choices = limits["expected"].replace("'", "").replace(" or ", ", ")
            return Rule.NOT_ONE_OF, details | {"choices": choices}, ""
        case "string_pattern_mismatch":
            return Rule.BAD_FORM, details | {"example": details["example"].strip("[]")}, ""
        case _:
            return Rule.INVALID, details, ""


_PARTS: Mapping[str, type[BaseModel]] = {"sources": Source, "symptoms": Symptom}


def _key_hint(details: dict[str, str], key: str, model: type[BaseModel]) -> tuple[dict[str, str], str]:
    meant = nearest(key, model.model_fields)
    if meant is not None:
        return details | {"nearest": meant}, "near"
    return details | {"known": ", ".join(model.model_fields)}, "known"


def _shown(value: object) -> str:
    """Return a value as an author would recognise it, cut where it is long."""
    match value:
        case None:
            return Term("nothing")
        case dict():
            return Term("mapping")
        case bool():
            return Term("yes" if value else "no")
        case str():
            return f"'{value if len(value) <= 60 else value[:59] + '…'}'"
        case _:
            shown = str(value)
            return shown if len(shown) <= 60 else shown[:59] + "…"
