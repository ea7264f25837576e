"""What an article and a maxim say about themselves: the shape of their front matter.

In: the values of front matter. Out: frozen models, or every fault at once. ``kind`` says which model a page
follows; a page without ``kind`` is left alone.
"""

import difflib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kakugen.knowledge.faults import Fault, Place, Rule
from kakugen.knowledge.frontmatter import FrontMatter, Path

type Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
type Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
type TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]
type Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]

type Cause = Literal["piled-up", "changed", "both", "neither"]
"""Whether something piled up (a full mailbox), something changed (a password), both or neither."""

type Actor = Literal["reader", "domain", "host", "recipient", "recipient-admin", "nobody"]
"""Who must act: the words of the verdicts of checkers."""

_STRICT: Final = ConfigDict(strict=True, extra="forbid", frozen=True)


class Source(BaseModel):
    """Where an article has something from.

    ```yaml
    title: Gmail ヘルプ
    url: https://…
    seen: 2026-11-24
    ```
    """

    model_config = _STRICT

    title: Text
    """What the source calls itself."""
    url: Url
    """Its address."""
    seen: date
    """The day on which it was read."""


class Article(BaseModel):
    """One trouble, solved.

    ```yaml
    id: gmail-authentication-failed
    kind: article
    title: …
    summary: …
    topics: [bounce/sendaspassword]
    symptoms: ["…"]
    cause: both
    actor: reader
    minutes: 5
    maxims: [look-at-what-changed]
    checked: 2026-11-24
    sources:
      - {title: …, url: "https://…", seen: 2026-11-24}
    until: 2027-01-31
    ```
    """

    model_config = _STRICT

    id: Id
    """Stable name, never reused, the same in every language."""
    kind: Literal["article"]
    title: Text
    """The trouble, as a reader would say it."""
    summary: Text
    """The answer, in one or two sentences."""
    topics: Annotated[tuple[TopicId, ...], Field(strict=False, min_length=1)]
    """What it answers: topics that checkers find."""
    symptoms: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    """What the reader sees, in the reader's words."""
    cause: Cause
    """Whether something piled up or changed."""
    actor: Actor
    """Who must act."""
    minutes: Annotated[int, Field(ge=1)]
    """How long it takes."""
    maxims: Annotated[tuple[Id, ...], Field(strict=False)]
    """The maxims that it follows."""
    checked: date
    """The day on which somebody last made sure that it is right."""
    sources: Annotated[tuple[Source, ...], Field(strict=False, min_length=1)]
    """Where it has it from."""
    until: date | None = None
    """The last day on which it holds, if it ends."""


class Maxim(BaseModel):
    """A short rule of thumb; the story behind it is the page's text.

    ```yaml
    id: look-at-what-changed
    kind: maxim
    title: 変えたものを見よ
    summary: …
    checked: 2026-11-24
    said_by: …
    order: 1
    ```
    """

    model_config = _STRICT

    id: Id
    """Stable name, never reused, the same in every language."""
    kind: Literal["maxim"]
    title: Text
    """The maxim itself."""
    summary: Text
    """What it means, in one or two sentences."""
    checked: date
    """The day on which somebody last made sure that it is right."""
    said_by: Text | None = None
    """Whose word it is."""
    order: int | None = None
    """Its place in the list of maxims, smallest first."""


KINDS: Final[Mapping[str, type[Article] | type[Maxim]]] = {"article": Article, "maxim": Maxim}
"""The model of each ``kind``."""

_EXAMPLES: Final[Mapping[str, str]] = {
    "id": "gmail-authentication-failed",
    "kind": "article",
    "title": '"…"',
    "summary": '"…"',
    "topics": "[bounce/mailboxfull]",
    "symptoms": '["…"]',
    "cause": "changed",
    "actor": "reader",
    "minutes": "5",
    "maxims": "[look-at-what-changed]",
    "checked": "2026-11-24",
    "sources": '[{title: "…", url: "https://…", seen: 2026-11-24}]',
    "until": "2027-01-31",
    "said_by": '"…"',
    "order": "1",
    "url": "https://…",
    "seen": "2026-11-24",
}


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
        kind = model.__name__.lower()
        return tuple(_faults(error, head, file, kind))


def nearest(word: str, known: Mapping[str, object] | frozenset[str]) -> str | None:
    """Return the known word that an author probably meant by ``word``."""
    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)), None)


def _faults(error: ValidationError, head: FrontMatter, file: str, kind: str) -> Iterator[Fault]:
    for problem in error.errors(include_url=False):
        path: Path = problem["loc"]
        rule, details = _rule(problem["type"], problem, path, kind)
        yield Fault(rule, Place(file, head.line(path)), details)


def _rule(name: str, problem: Mapping[str, Any], path: Path, kind: str) -> tuple[Rule, dict[str, str]]:
    key = str(path[-1]) if isinstance(path[-1], str) else str(path[-2])
    limits = problem.get("ctx", {})
    details = {
        "kind": "source" if path[0] == "sources" and len(path) > 2 else kind,
        "key": key,
        "value": _shown(problem["input"]),
        "example": _EXAMPLES.get(key, "…"),
        "why": problem["msg"],
    }
    match name:
        case "missing":
            return Rule.MISSING_KEY, details
        case "extra_forbidden":
            model = Source if details["kind"] == "source" else KINDS[kind]
            return Rule.UNKNOWN_KEY, details | {"hint": _key_hint(key, model)}
        case "string_type":
            return Rule.NOT_TEXT, details
        case "string_too_short" | "too_short":
            return Rule.EMPTY, details
        case "date_type" | "date_from_datetime_inexact" | "date_parsing":
            return Rule.NOT_A_DATE, details
        case "int_type":
            return Rule.NOT_A_NUMBER, details
        case "greater_than_equal":
            return Rule.TOO_SMALL, details | {"limit": str(limits["ge"])}
        case "tuple_type":
            return Rule.NOT_A_LIST, details
        case "model_type":
            return Rule.NOT_A_TABLE, details
        case "literal_error":
            return Rule.NOT_ONE_OF, details | {"choices": limits["expected"].replace("'", "")}
        case "string_pattern_mismatch":
            return Rule.BAD_FORM, details | {"example": details["example"].strip("[]")}
        case _:
            return Rule.INVALID, details


def _key_hint(key: str, model: type[BaseModel]) -> str:
    meant = nearest(key, model.model_fields)
    if meant is not None:
        return f"Write '{meant}'."
    return f"Remove it; the keys are {', '.join(model.model_fields)}."


def _shown(value: object) -> str:
    """Return a value as an author would recognise it, cut where it is long."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "a mapping"
        case bool():
            return "yes" if value else "no"
        case str():
            return f"'{value if len(value) <= 60 else value[:59] + '…'}'"
        case _:
            shown = str(value)
            return shown if len(shown) <= 60 else shown[:59] + "…"
