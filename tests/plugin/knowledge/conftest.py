"""Articles and maxims to break, one way at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from kakugen.knowledge import Background, Document, Fault, Folders, check, read_catalog, revision_of, section_words

BACKGROUND = Background(
    topics=frozenset({"kettle/no-power", "kettle/no-water", "host/kitchen"}),
    endings=frozenset({"steam-kettles"}),
    sections=dict.fromkeys(("ja", "en"), section_words("en")),
    holds=180,
    today=date(2026, 11, 24),
)

_ARTICLE = """\
---
id: no-tea
kind: article
title: No tea
summary: Put the plug in.
topics: [kettle/no-power]
symptoms: ["It stays cold"]
cause: changed
actor: reader
minutes: 1
maxims: [plug-first]
checked: 2026-11-24
sources:
  - title: The manual
    url: https://kettle.example/manual
    seen: 2026-11-23
ends: [steam-kettles]
---

## Symptoms

It stays cold.

## Cause

Put it in.

## Fix

Push.

## How to check

Wait.

## Prevention

Look.
"""

_MAXIM = """\
---
id: plug-first
kind: maxim
title: Look at the plug first
summary: Most kettles are whole.
checked: 2026-11-24
said_by: an old friend
order: 1
---

## The story

It was raining.

## How to use it

Look.

## When it misleads

In the dark.
"""


def _replaced(text: str, replacements: tuple[tuple[str, str], ...]) -> str:
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


@pytest.fixture
def article() -> Callable[..., Document]:
    """An article with some words replaced: ``article(("cause: changed", "cause: magic"), language="en")``."""

    def write(*replacements: tuple[str, str], path: str = "articles/no-tea.md", language: str = "ja") -> Document:
        source = _replaced(_ARTICLE, replacements).encode()
        return Document(
            language=language, path=path, url=path[:-3] + "/", file=f"docs/{language}/{path}", source=source
        )

    return write


@pytest.fixture
def maxim() -> Callable[..., Document]:
    """A maxim with some words replaced."""

    def write(*replacements: tuple[str, str], path: str = "maxims/plug-first.md", language: str = "ja") -> Document:
        source = _replaced(_MAXIM, replacements).encode()
        return Document(
            language=language, path=path, url=path[:-3] + "/", file=f"docs/{language}/{path}", source=source
        )

    return write


@pytest.fixture
def translated() -> Callable[[Document], Document]:
    """A document in English, made from its present original."""

    def translate(document: Document) -> Document:
        catalog, _ = read_catalog([document], ("ja",), Folders())
        revision = revision_of(catalog.entries[0]).encode()
        source = document.source.replace(b"checked:", b"revision: " + revision + b"\nchecked:", 1)
        return replace(document, language="en", file=document.file.replace("/ja/", "/en/"), source=source)

    return translate


@pytest.fixture
def page() -> Callable[..., Document]:
    """Any other page."""

    def write(text: str, path: str = "index.md", language: str = "ja") -> Document:
        file = f"docs/{language}/{path}"
        return Document(language=language, path=path, url="", file=file, source=text.encode())

    return write


@pytest.fixture
def faults() -> Callable[..., list[str]]:
    """Everything that is wrong with some documents, a line each."""

    def find(*documents: Document, languages: tuple[str, ...] = ("ja",), today: date = date(2026, 11, 24)) -> list[str]:
        catalog, found = read_catalog(documents, languages, Folders())
        every: list[Fault] = [*found, *check(catalog, replace(BACKGROUND, today=today))]
        return [str(fault) for fault in sorted(every, key=lambda fault: fault.place)]

    return find
