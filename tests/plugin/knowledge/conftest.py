"""Articles and maxims to break, one way at a time."""

from collections.abc import Callable

import pytest

from kakugen.knowledge import Document, Fault, Folders, check, read_catalog

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
until: 2027-01-31
---

Put it in.
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

It was raining.
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
def page() -> Callable[..., Document]:
    """Any other page."""

    def write(text: str, path: str = "index.md", language: str = "ja") -> Document:
        file = f"docs/{language}/{path}"
        return Document(language=language, path=path, url="", file=file, source=text.encode())

    return write


@pytest.fixture
def faults() -> Callable[..., list[str]]:
    """Everything that is wrong with some documents, a line each."""

    def find(*documents: Document, languages: tuple[str, ...] = ("ja",)) -> list[str]:
        catalog, found = read_catalog(documents, languages, Folders())
        every: list[Fault] = [*found, *check(catalog, frozenset({"kettle/no-power", "kettle/no-water"}))]
        return [str(fault) for fault in sorted(every, key=lambda fault: fault.place)]

    return find
