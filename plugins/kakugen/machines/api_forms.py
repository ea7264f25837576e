"""The forms of the JSON that a site publishes: their keys, and what each means.

In: values from ``api``. Out: JSON, and from the same models the JSON Schema that is published beside it.
"""

from datetime import date
from typing import Final

from pydantic import BaseModel, ConfigDict

_SHAPE: Final = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class SourceJson(BaseModel):
    """Where something has been read."""

    model_config = _SHAPE
    title: str
    """What the source calls itself."""
    url: str
    """Its address."""
    seen: date
    """The day on which it was read."""
    secondary: bool
    """Whether it only tells of what another source says."""


class EntryJson(BaseModel):
    """What articles and maxims have in common."""

    model_config = _SHAPE
    id: str
    """Stable name, never used again, the same in every language."""
    url: str
    """Its page."""
    markdown: str
    """The same as Markdown."""
    title: str
    """What a reader would call it; of a maxim, the maxim itself."""
    summary: str
    """The answer, or what it means, in one or two sentences."""
    confidence: str
    """How far it has come: draft, unverified, validated or retired."""
    listed: date
    """From which day on it is there."""
    checked: date
    """The day on which somebody last made sure that it is right."""


class ArticleJson(EntryJson):
    """One trouble, solved."""

    review: date
    """The last day on which it may be relied on without looking again."""
    topics: tuple[str, ...]
    """What it answers, the one that it answers best first."""
    symptoms: tuple[str, ...]
    """What the reader sees, in the reader's words."""
    cause: str
    """Whether something piled up or changed: piled-up, changed, both or neither."""
    actor: str
    """Who must act: reader, domain, host, recipient, recipient-admin or nobody."""
    minutes: int
    """How long it takes."""
    hosts: tuple[str, ...]
    """The hosts that it is about."""
    ends: tuple[str, ...]
    """What it relies on that ends on a known day."""
    maxims: tuple[str, ...]
    """The maxims that it follows, by id."""
    related: tuple[str, ...]
    """Articles that its readers may need, by id."""
    sources: tuple[SourceJson, ...]
    """Where it has it from."""


class MaximJson(EntryJson):
    """A rule of thumb."""

    said_by: str | None
    """Whose word it is."""


class TopicJson(BaseModel):
    """Something that a checker can find."""

    model_config = _SHAPE
    id: str
    """Its stable name."""
    title: str
    """What it is called."""
    articles: tuple[str, ...]
    """The articles that answer it, by id, best first."""


class CheckerJson(BaseModel):
    """A page on which readers are asked something and answered."""

    model_config = _SHAPE
    id: str
    """Its stable name."""
    title: str
    """What it calls itself."""
    url: str
    """Its page."""
    topics: tuple[TopicJson, ...]
    """All that it can find."""


class TableLinkJson(BaseModel):
    """Where a reference table is."""

    model_config = _SHAPE
    id: str
    """Its stable name."""
    title: str
    """What it is called."""
    url: str
    """Its page."""
    json_url: str
    """The same as JSON."""


class CatalogJson(BaseModel):
    """All that a site knows, in one language."""

    model_config = _SHAPE
    version: int
    """The version of this form."""
    language: str
    """The language, as in the ``lang`` of HTML."""
    site: str
    """What the site is called."""
    url: str
    """Its home page in this language."""
    articles: tuple[ArticleJson, ...]
    """Its articles, those checked last first."""
    maxims: tuple[MaximJson, ...]
    """Its maxims, in their order."""
    checkers: tuple[CheckerJson, ...]
    """Its checkers."""
    tables: tuple[TableLinkJson, ...]
    """Its reference tables."""


class RowJson(BaseModel):
    """One row of a table."""

    model_config = _SHAPE
    id: str
    """Its anchor in the page."""
    cells: tuple[tuple[str, ...], ...]
    """The lines of each cell, one cell per column."""
    topic: str | None
    """The topic that explains it."""
    keywords: str
    """Further words by which it is found."""
    sources: tuple[str, ...]
    """Where it comes from: titles or addresses."""
    checked: date | None
    """The day on which these were last read."""


class GroupJson(BaseModel):
    """What a reader looks for: one row, or several under a heading."""

    model_config = _SHAPE
    id: str
    """Its anchor in the page."""
    anchors: tuple[str, ...]
    """Further anchors that lead to it."""
    title: str
    """Heading of its rows; empty in a plain table."""
    note: str
    """What holds for all its rows."""
    sources: tuple[str, ...]
    """Where the note comes from."""
    checked: date | None
    """The day on which these were last read."""
    rows: tuple[RowJson, ...]
    """Its rows."""


class TableJson(BaseModel):
    """One reference table, in one language."""

    model_config = _SHAPE
    version: int
    """The version of this form."""
    language: str
    """The language, as in the ``lang`` of HTML."""
    id: str
    """Its stable name, the same in every language."""
    checker: str
    """The checker whose data it shows."""
    url: str
    """Its page."""
    title: str
    """What it is called."""
    intro: str
    """What it holds."""
    columns: tuple[str, ...]
    """Headings of the columns."""
    entries: tuple[GroupJson, ...]
    """What can be looked up in it."""


class LanguageJson(BaseModel):
    """Where to find what is known in one language."""

    model_config = _SHAPE
    language: str
    """The language, as in the ``lang`` of HTML."""
    name: str
    """What it calls itself."""
    catalog: str
    """Its catalog."""
    feed: str
    """Its feed of new and changed articles."""
    llms: str
    """Its list for language models."""


class IndexJson(BaseModel):
    """Where to begin: the languages of a site."""

    model_config = _SHAPE
    version: int
    """The version of this form."""
    languages: tuple[LanguageJson, ...]
    """The languages, the main one first."""
