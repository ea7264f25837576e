"""What an article and a maxim say about themselves: the shape of their front matter.

In: the values of front matter. Out: frozen models. ``kind`` says which model a page follows; a page without ``kind`` is
left alone. ``validation`` makes them and names what is wrong; ``schema`` tells editors of them.
"""

import enum
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

type Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
type Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
type Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_/][a-z0-9]+)*$")]
type HostId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$")]
type TopicId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+([-_][a-z0-9]+)*$")]
type Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
type Reading = Annotated[str, StringConstraints(pattern=r"^[\u3041-\u3096\u30fc\u3001\u3002\u30fb0-9A-Za-z .-]+$")]
type Revision = Annotated[str, StringConstraints(pattern=r"^r[0-9a-f]{8}$")]

type Cause = Literal["piled-up", "changed", "both", "neither"]
"""Whether something piled up (a full mailbox), something changed (a password), both or neither."""

type Actor = Literal["reader", "domain", "host", "recipient", "recipient-admin", "nobody"]
"""Who must act: the words of the verdicts of checkers."""

ACTORS: Final = ("reader", "domain", "host", "recipient", "recipient-admin", "nobody")
"""The words for who must act."""


class Confidence(enum.StrEnum):
    """How far an article has come in its life."""

    DRAFT = "draft"
    """Being written: it is shown while serving and not published."""
    UNVERIFIED = "unverified"
    """Written from sources; nobody has tried it."""
    VALIDATED = "validated"
    """Somebody has followed it and it worked."""
    RETIRED = "retired"
    """No longer kept up: it stays for old links, under a notice, and no answer leads to it."""


_SHAPE: Final = ConfigDict(strict=True, extra="forbid", frozen=True, use_attribute_docstrings=True)


class Source(BaseModel):
    """Where an article has something from.

    ```yaml
    title: Gmail ヘルプ
    url: https://…
    seen: 2026-11-24
    secondary: true
    ```
    """

    model_config = _SHAPE

    title: Text
    """What the source calls itself."""
    url: Url
    """Its address."""
    seen: date
    """The day on which it was read."""
    secondary: bool = False
    """Whether it only tells of what another source says, such as a blog about a vendor's notice."""


class Symptom(BaseModel):
    """What a reader sees, in the reader's words: a text, or a text with its reading.

    ```yaml
    symptoms:
      - 送れない
      - {text: 容量がいっぱい, reading: ようりょうがいっぱい}
    ```
    """

    model_config = _SHAPE

    text: Text
    """The words."""
    reading: Reading | None = None
    """How they are read, in hiragana, for those who search by sound."""

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Tell editors that the text alone will do."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(schema)]}


def _symptom(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


class Known(BaseModel):
    """What articles and maxims have in common."""

    model_config = _SHAPE

    id: Id
    """Stable name, never used again, the same in every language."""
    title: Text
    """What a reader would call it."""
    reading: Reading | None = None
    """How the title is read, in hiragana, for those who search by sound."""
    summary: Text
    """The answer, in one or two sentences."""
    confidence: Annotated[Confidence, Field(strict=False)] = Confidence.UNVERIFIED
    """How far it has come: draft, unverified, validated or retired."""
    checked: date
    """The day on which somebody last made sure that it is right."""
    holds: Annotated[int, Field(ge=1)] | None = None
    """For how many days after that day it may be relied on, where the site's number does not fit."""
    moved_from: Annotated[tuple[Slug, ...], Field(strict=False)] = ()
    """Names that its file had before, without the ending: old addresses lead here."""
    revision: Revision | None = None
    """In a translation: the revision of the original that it was made from."""


class Article(Known):
    """One trouble, solved.

    ```yaml
    id: gmail-authentication-failed
    kind: article
    title: …
    summary: …
    topics: [bounce/sendaspassword]
    symptoms: ["…", {text: "…", reading: …}]
    cause: both
    actor: reader
    minutes: 5
    hosts: [xserver]
    confidence: validated
    maxims: [look-at-what-changed]
    related: [mailbox-full-first-aid]
    ends: [gmail-send-as]
    checked: 2026-11-24
    holds: 90
    sources:
      - {title: …, url: "https://…", seen: 2026-11-24}
    moved_from: [gmail-535]
    ```
    """

    kind: Literal["article"]
    """What the file is."""
    topics: Annotated[tuple[TopicId, ...], Field(strict=False)] = ()
    """What it answers: topics that checkers find, the one that it answers best first."""
    symptoms: Annotated[tuple[Annotated[Symptom, BeforeValidator(_symptom)], ...], Field(strict=False, min_length=1)]
    """What the reader sees, in the reader's words."""
    cause: Cause
    """Whether something piled up or changed."""
    actor: Actor
    """Who must act."""
    minutes: Annotated[int, Field(ge=1)]
    """How long it takes."""
    hosts: Annotated[tuple[HostId, ...], Field(strict=False)] = ()
    """The hosts that it is about: for their customers it is the better answer, for others the worse."""
    ends: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """What it relies on that ends on a known day: ids of the timelines of checkers."""
    maxims: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """The maxims that it follows."""
    related: Annotated[tuple[Id, ...], Field(strict=False)] = ()
    """Articles that a reader of this one may need; they lead back by themselves."""
    sources: Annotated[tuple[Source, ...], Field(strict=False, min_length=1)]
    """Where it has it from."""

    @property
    def all_topics(self) -> tuple[str, ...]:
        """Its topics, and one for each of its hosts: ``host/xserver``."""
        return (*self.topics, *(f"host/{host}" for host in self.hosts if f"host/{host}" not in self.topics))


class Maxim(Known):
    """A short rule of thumb; the story behind it, and when it misleads, are sections of the page's text.

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

    kind: Literal["maxim"]
    """What the file is. Its title is the maxim itself."""
    said_by: Text | None = None
    """Whose word it is."""
    order: int | None = None
    """Its place in the list of maxims, smallest first."""


KINDS: Final[Mapping[str, type[Article] | type[Maxim]]] = {"article": Article, "maxim": Maxim}
"""The model of each ``kind``."""

EXAMPLES: Final[Mapping[str, Any]] = {
    "id": "gmail-authentication-failed",
    "kind": "article",
    "title": '"…"',
    "text": '"…"',
    "reading": "よみがな",
    "summary": '"…"',
    "topics": "[area/topic]",
    "symptoms": '["…"]',
    "cause": "changed",
    "actor": "reader",
    "minutes": "5",
    "hosts": "[xserver]",
    "confidence": "unverified",
    "ends": "[gmail-send-as]",
    "maxims": "[look-at-what-changed]",
    "related": "[mailbox-full]",
    "moved_from": "[old-name]",
    "checked": "2026-11-24",
    "holds": "180",
    "revision": "r0123abcd",
    "sources": '[{title: "…", url: "https://…", seen: 2026-11-24}]',
    "said_by": '"…"',
    "order": "1",
    "url": "https://…",
    "seen": "2026-11-24",
    "secondary": "true",
}
"""What each key may look like, for the messages."""
