"""``kakugen init``: a new knowledge base for another subject, with one article, one maxim and checks for a git host.

In: a folder, a name and languages. Out: files; what is there stays as it is.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from kakugen.commands.new import SCHEMA, NotWrittenError
from kakugen.commands.terminal import Terminal
from kakugen.commands.words import LOCALES
from kakugen.knowledge import Document, Entry, Folders, read_catalog, revision_of
from kakugen.knowledge.schema import schema_text

_TEMPLATES: Final = "templates"

_SHARED: Final = ("mkdocs.yml", ".gitignore", ".github/workflows/check.yml")
"""The files that all languages share, as they are called in the new folder."""

_DOCUMENTS: Final = ("index.md", "articles/page-does-not-change.md", "maxims/what-changed-last.md")


def start(folder: Path, name: str, languages: Sequence[str], today: date, terminal: Terminal) -> None:
    """Write a new knowledge base.

    Args:
        folder: where.
        name: what the site is called.
        languages: the codes of its languages, the main one first; of ``ja`` and ``en``.
        today: the day on which the first article is checked.
        terminal: who is told.

    Raises:
        NotWrittenError: one of the files is there already.
    """
    texts = _texts(name, languages, today)
    there = [path for path in texts if (folder / path).exists()]
    if there:
        raise NotWrittenError(terminal.words("new.there", files=", ".join(there)))
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        terminal.say(terminal.words("new.wrote", file=path))
    terminal.say(terminal.words("init.next", folder=folder))


def _texts(name: str, languages: Sequence[str], today: date) -> Mapping[str, str]:
    entries = "\n".join(f"        {code}: {{name: {_OWN_NAMES[code]}}}" for code in languages)
    values = {"name": json.dumps(name, ensure_ascii=False), "languages": entries, "today": today.isoformat()}
    texts = {path: _filled(path.rsplit("/", 1)[-1].lstrip("."), values) for path in _SHARED}
    originals: dict[str, str] = {}
    for code in languages:
        for path in _DOCUMENTS:
            text = _filled(f"{code}/{path}", values)
            if path in originals and path != "index.md":
                text = text.replace("checked:", f"revision: {_revision(originals[path], path)}\nchecked:", 1)
            originals.setdefault(path, text)
            texts[f"docs/{code}/{path}"] = text
    texts["docs/ids.toml"] = _filled("ids.toml", values)
    texts[SCHEMA] = schema_text()
    return texts


_OWN_NAMES: Final = {"ja": "日本語", "en": "English"}
assert set(_OWN_NAMES) == set(LOCALES)


def _revision(original: str, path: str) -> str:
    document = Document(language="-", path=path, url="", file=path, source=original.encode())
    catalog, _ = read_catalog([document], ("-",), Folders())
    (entry,) = catalog.entries
    assert isinstance(entry, Entry)
    return revision_of(entry)


def _filled(path: str, values: Mapping[str, str]) -> str:
    source = files("kakugen.commands") / _TEMPLATES / path
    return Template(source.read_text("utf-8")).substitute(values)
