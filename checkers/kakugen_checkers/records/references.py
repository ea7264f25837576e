"""The tables of the records checker that a site shows as pages: known includes, and all mistakes it looks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.protocol import ReferenceGroup, ReferenceRow, ReferenceTable
from kakugen_checkers.records import faults
from kakugen_checkers.records.faults import AREA, LOCALES

if TYPE_CHECKING:
    from kakugen_checkers.protocol import LocalText


_PLACEHOLDER: Final = re.compile(r"\{[a-z_]+\}")


def reference_tables() -> tuple[ReferenceTable, ...]:
    """Return the tables."""
    return _includes(), _faults()


def _includes() -> ReferenceTable:
    content = data.load("records/includes")
    return ReferenceTable(
        id="spf-includes",
        title=_local("includes_title"),
        intro=_local("includes_intro"),
        columns=_columns("includes_columns"),
        rows=tuple(
            ReferenceRow(
                id=entry["name"].replace(".", "-").strip("_-"),
                cells=({"": entry["name"]}, entry["title"], {"": str(entry["lookups"])}),
                topic=f"{AREA}/spf-too-many-lookups",
                source=entry["source"],
                checked=content["checked"],
            )
            for entry in content["include"]
        ),
    )


def _faults() -> ReferenceTable:
    entries = sorted(faults.entries().items(), key=lambda item: faults.topic_ids().index(item[1]["topic"]))
    used = dict.fromkeys(entry["topic"] for _ident, entry in entries)
    return ReferenceTable(
        id="record-mistakes",
        title=_local("faults_title"),
        intro=_local("faults_intro"),
        columns=_columns("faults_columns"),
        groups=tuple(ReferenceGroup(id=name, title=_title(name)) for name in used),
        rows=tuple(
            ReferenceRow(
                id=f"mistake-{ident}",  # a mistake and what it leads to may have one name
                cells=({"": ident}, {locale: _without_values(entry[locale]) for locale in LOCALES}),
                topic=f"{AREA}/{entry['topic']}",
                group=entry["topic"],
                source=entry["source"],
                checked=entry["checked"],
            )
            for ident, entry in entries
        ),
    )


def _without_values(text: str) -> str:
    """Return a text of a fault with dots where a paste would be quoted."""
    return _PLACEHOLDER.sub("…", text)


def _title(name: str) -> LocalText:
    return {locale: faults.topic_texts(name, locale)["title"] for locale in LOCALES}


def _local(key: str) -> LocalText:
    return {locale: data.load("records/words")[locale]["reference"][key] for locale in LOCALES}


def _columns(key: str) -> tuple[LocalText, ...]:
    names = {locale: data.load("records/words")[locale]["reference"][key] for locale in LOCALES}
    return tuple({locale: names[locale][number] for locale in LOCALES} for number in range(len(names["ja"])))
