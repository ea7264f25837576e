"""A small knowledge base about kettles in two languages, and ways to build it."""

import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from kakugen.knowledge import Document, Folders, read_catalog, revision_of

_KETTLE = Path(__file__).parent / "kettle"
_CHROMIUM = Path("/usr/bin/chromium")

_SETTINGS = """\
site_name: やかん
site_url: https://kettle.example/base/
edit_uri: https://git.example/kettle/edit/main/docs/
theme: {name: material}
plugins:
  - search
  - kakugen:
      checkers: [kettle]
      cache: CACHE
      report_url: https://git.example/kettle/report?form={kind}&title={title}&place={place}
      write_url: https://git.example/kettle/new/{folder}?name={filename}&text={text}
      languages:
        ja: {name: 日本語}
        en: {name: English, site_name: Kettles}
"""

_HOME = """\
# HEADLINE

Say what you see.

/// checker | kettle
///

/// articles
///

/// maxim | plug-first
///

/// diagram | pot
///
"""

_ARTICLE = """\
---
id: no-tea
kind: article
title: TITLE
summary: SUMMARY
topics: [kettle/no-power]
symptoms: ["It stays <cold>"]
cause: changed
actor: reader
minutes: 5
maxims: [plug-first]
checked: 2026-11-24
sources:
  - title: The manual
    url: https://kettle.example/manual
    seen: 2026-11-23
REVISION---

## SYMPTOMS

The water stays cold.

## CAUSE

Somebody pulled the plug.

## FIX

Put it in.

## CHECK

It sings.

## PREVENTION

Tell the cat.
"""

_MAXIM = """\
---
id: plug-first
kind: maxim
title: TITLE
summary: SUMMARY
checked: 2026-11-24
REVISION---

## STORY

It was raining.

## USE

Look at the plug.

## MISLEADS

When the lamp is on.
"""

_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text x="1" y="9" data-label="pot"/></svg>'
_DRAWN = """\
[ja]
title = "やかんの絵"
text = "やかんが描いてあります。"
labels = {pot = "やかん<1>"}
[en]
title = "A drawn kettle"
text = "There is a kettle."
labels = {pot = "kettle <1>"}
"""

_HEADINGS = {
    "ja": {
        "SYMPTOMS": "症状",
        "CAUSE": "原因",
        "FIX": "対処",
        "CHECK": "確認方法",
        "PREVENTION": "再発防止",
        "STORY": "そのときの話",
        "USE": "使い方",
        "MISLEADS": "いつ外れるか",
    },
    "en": {
        "SYMPTOMS": "Symptoms",
        "CAUSE": "Cause",
        "FIX": "Fix",
        "CHECK": "How to check",
        "PREVENTION": "Prevention",
        "STORY": "The story",
        "USE": "How to use it",
        "MISLEADS": "When it misleads",
    },
}


def _revision(original: str) -> str:
    folder = "maxims" if "kind: maxim" in original else "articles"
    document = Document(language="ja", path=f"{folder}/x.md", url="x/", file="x.md", source=original.encode())
    catalog, _ = read_catalog([document], ("ja",), Folders(articles="articles", maxims="maxims"))
    (entry,) = catalog.entries
    return revision_of(entry)


def written(template: str, language: str, title: str, summary: str, original: str = "") -> str:
    """An article or a maxim in a language; a translation says which text it was made from."""
    for mark, heading in _HEADINGS[language].items():
        template = template.replace(f"## {mark}\n", f"## {heading}\n")
    revision = f"revision: {_revision(original)}\n" if original else ""
    return template.replace("TITLE", title).replace("SUMMARY", summary).replace("REVISION", revision)


_NO_TEA = written(_ARTICLE, "ja", "お茶が<飲めない>", "コンセントを差します。")
_PLUG_FIRST = written(_MAXIM, "ja", "まずコンセント", "だいたいこれです。")

FILES = {
    "mkdocs.yml": _SETTINGS,
    "docs/diagrams/pot.svg": _DRAWING,
    "docs/diagrams/pot.toml": _DRAWN,
    "docs/ja/index.md": _HOME.replace("HEADLINE", "やかんが鳴らない"),
    "docs/ja/articles/no-tea.md": _NO_TEA,
    "docs/ja/maxims/plug-first.md": _PLUG_FIRST,
    "docs/en/index.md": _HOME.replace("HEADLINE", "The kettle is silent"),
    "docs/en/articles/no-tea.md": written(_ARTICLE, "en", "No <tea>", "Put the plug in.", _NO_TEA),
    "docs/en/maxims/plug-first.md": written(_MAXIM, "en", "The plug first", "Mostly it is that.", _PLUG_FIRST),
}


class Page(HTMLParser):
    """The elements of a page: ``all("a", "href")`` are the values of an attribute, ``text`` is what is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.text = re.sub(r"\s+", " ", self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        # HTML's parser reads script and style as one piece each, right after their tag.
        if self.cdata_elem is None:
            self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key.rstrip("_")) == value for key, value in wanted.items())
        ]


@dataclass
class KnowledgeBase:
    """The files of a site, and the site that was built of them."""

    root: Path
    environment: Mapping[str, str]
    output: str = field(default="", init=False)

    @property
    def site(self) -> Path:
        return self.root / "site"

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit(self, path: str, *replacements: tuple[str, str]) -> None:
        text = (self.root / path).read_text("utf-8")
        for old, new in replacements:
            assert old in text, old
            text = text.replace(old, new)
        self.write(path, text)

    def build(self, *options: str, fails: bool = False) -> str:
        """Run ``mkdocs build`` and return what it says."""
        result = subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", *options],
            cwd=self.root,
            env=dict(self.environment),
            capture_output=True,
            text=True,
            check=False,
        )
        self.output = result.stdout + result.stderr
        assert bool(result.returncode) is fails, self.output
        return self.output

    def page(self, path: str) -> Page:
        return Page((self.site / path).read_text("utf-8"))

    def catalog(self, path: str) -> Any:
        """Return the links that the answers of a page may lead to."""
        found = re.search(r"<script[^>]*data-catalog[^>]*>(.*?)</script>", self.page(path).html, re.DOTALL)
        assert found is not None
        return json.loads(found[1])


def _knowledge_base(root: Path) -> KnowledgeBase:
    # The runtime pack is made once for all tests: it is not what they are about.
    cache = Path(__file__).parents[3] / ".cache" / "kakugen"
    environment = {**os.environ, "PYTHONPATH": str(_KETTLE), "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    base = KnowledgeBase(root, environment)
    for path, text in FILES.items():
        base.write(path, text.replace("CACHE", str(cache)))
    return base


@pytest.fixture
def kettles(tmp_path: Path) -> KnowledgeBase:
    """The knowledge base about kettles, not yet built."""
    return _knowledge_base(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The same, built once with ``--strict``; not to be changed."""
    base = _knowledge_base(tmp_path_factory.mktemp("kettles"))
    base.build("--strict")
    return base


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same, built for and served at an address of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

    base = _knowledge_base(tmp_path_factory.mktemp("served"))
    handler = functools.partial(Quiet, directory=str(base.site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        base.edit("mkdocs.yml", ("https://kettle.example/base/", address))
        base.build("--strict")
        yield address
        server.shutdown()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Take the Chromium of the machine where there is one."""
    if not _CHROMIUM.exists():
        return browser_type_launch_args
    return {**browser_type_launch_args, "executable_path": str(_CHROMIUM), "args": ["--no-sandbox"]}
