"""The table of the headers checker that a site shows as a page: words of results, fields, and ways of handing over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.protocol import ReferenceGroup, ReferenceRow, ReferenceTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.protocol import LocalText

LOCALES: Final = ("ja", "en")
_UNFIT: Final = re.compile(r"[^a-z0-9]+")


def reference_tables() -> tuple[ReferenceTable, ...]:
    """Return the table."""
    methods = data.load("headers/results")["method"]
    groups = (
        *(
            ReferenceGroup(id=f"result-{name}", title=_texts(entry), source=entry["source"])
            for name, entry in methods.items()
        ),
        ReferenceGroup(id="header-fields", title=_local("group-fields")),
        ReferenceGroup(id="header-protocols", title=_local("group-protocols")),
    )
    return (
        ReferenceTable(
            id="mail-headers",
            title=_local("reference"),
            intro=_local("reference-intro"),
            columns=tuple(
                {locale: data.load("headers/words")[locale]["title"]["reference-columns"][place] for locale in LOCALES}
                for place in range(2)
            ),
            groups=groups,
            rows=(*_results(), *_fields(), *_protocols()),
        ),
    )


def _results() -> Iterator[ReferenceRow]:
    content = data.load("headers/results")
    for entry in content["result"]:
        method = entry["method"] or "other"
        name = f"{method}={entry['word']}" if entry["method"] else entry["word"]
        yield _row(f"{method}-{entry['word']}", name, f"result-{method}", entry, content["checked"])


def _fields() -> Iterator[ReferenceRow]:
    content = data.load("headers/fields")
    for entry in content["field"]:
        yield _row(f"field-{entry['name']}", entry["name"], "header-fields", entry, content["checked"])


def _protocols() -> Iterator[ReferenceRow]:
    content = data.load("headers/protocols")
    for entry in content["protocol"]:
        yield _row(f"with-{entry['name']}", entry["name"], "header-protocols", entry, content["checked"])


def _row(ident: str, name: str, group: str, entry: dict[str, Any], checked: str) -> ReferenceRow:
    return ReferenceRow(
        id=_UNFIT.sub("-", ident.lower()),
        cells=({"": name}, _texts(entry)),
        group=group,
        source=entry["source"],
        checked=checked,
    )


def _texts(entry: dict[str, Any]) -> LocalText:
    return {locale: entry[locale] for locale in LOCALES}


def _local(key: str) -> LocalText:
    return {locale: data.load("headers/words")[locale]["title"][key] for locale in LOCALES}
