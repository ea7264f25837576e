"""The ledger of ids: every id that an article or a maxim of a site has ever had, so that none is used again.

In: ``ids.toml``, a table for each kind with the day on which each id was listed, and a table of those whose file is
gone. Out: a ``Ledger``, what disagrees between it and the files, and the text of the ledger brought up to date.

```toml
[article]
gmail-authentication-failed = 2026-11-24

[retired]
old-article = 2026-12-01
```
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kakugen.knowledge.catalog import Catalog
from kakugen.knowledge.faults import Fault, Place, Term
from kakugen.knowledge.rules import Rule

RETIRED: Final = "retired"
"""The table of the ids whose file is gone."""

_TABLES: Final = ("article", "maxim", RETIRED)

_HEAD: Final = """\
# Every id that an article or a maxim has ever had here, with the day on which it was listed or retired.
# Links and reports lead by ids, so none is used again. `kakugen lint --fix` keeps this file.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """All ids ever used.

    Attributes:
        file: its path as the author knows it.
        tables: the day of each id, by table: ``article``, ``maxim``, ``retired``.
        lines: the line of each id.
    """

    file: str
    tables: Mapping[str, Mapping[str, date]]
    lines: Mapping[str, int] = field(default_factory=dict)

    def table(self, id_: str) -> str | None:
        """Return the table that holds an id."""
        return next((name for name, ids in self.tables.items() if id_ in ids), None)

    def text(self) -> str:
        """Return it as a file."""
        parts = [_HEAD]
        for name in _TABLES:
            ids = self.tables.get(name, {})
            parts.append("\n".join([f"[{name}]", *(f"{id_} = {day}" for id_, day in sorted(ids.items())), ""]))
        return "\n".join(parts)


def read_ledger(source: bytes, file: str) -> tuple[Ledger, tuple[Fault, ...]]:
    """Read a ledger.

    Args:
        source: the file's bytes.
        file: its path, for the faults.
    """
    try:
        text = source.decode()
        content = tomllib.loads(text)
        tables = {name: {id_: _day(day) for id_, day in content.get(name, {}).items()} for name in _TABLES}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, AttributeError) as error:
        line = re.search(r"line (\d+)", str(error))
        place = Place(file, int(line[1]) if line else 1)
        return Ledger(file=file, tables={}), (Fault(Rule.BROKEN_LEDGER, place, {"why": str(error)}),)
    lines = {
        found[1]: number
        for number, line in enumerate(text.splitlines(), 1)
        if (found := re.match(r"\s*\"?([\w-]+)\"?\s*=", line))
    }
    return Ledger(file=file, tables=tables, lines=lines), ()


def check_ledger(catalog: Catalog, ledger: Ledger, today: date) -> tuple[Fault, ...]:
    """Return what disagrees between a ledger and the files.

    Args:
        catalog: the articles and maxims, drafts among them.
        ledger: the ledger.
        today: the day to write beside new ids.
    """
    return (*_unlisted(catalog, ledger, today), *_without_file(catalog, ledger))


def updated(catalog: Catalog, ledger: Ledger, today: date) -> Ledger:
    """Return a ledger with the new ids in it and those without a file retired; a retired id stays retired."""
    tables = {name: dict(ledger.tables.get(name, {})) for name in _TABLES}
    for entry in catalog.entries:
        if ledger.table(entry.about.id) is None:
            tables[entry.about.kind][entry.about.id] = today
    for fault in _without_file(catalog, ledger):
        id_ = fault.details["id"]
        for name in ("article", "maxim"):
            tables[name].pop(id_, None)
        tables[RETIRED][id_] = today
    return Ledger(file=ledger.file, tables=tables)


def _unlisted(catalog: Catalog, ledger: Ledger, today: date) -> Iterator[Fault]:
    named: set[str] = set()
    tables = {id_: name for name, ids in ledger.tables.items() for id_ in ids}
    for entry in catalog.entries:
        about = entry.about
        listed = tables.get(about.id)
        if listed == about.kind:
            continue
        details = {
            "id": about.id,
            "kind": Term(about.kind),
            "table": about.kind,
            "ledger": ledger.file,
            "today": today.isoformat(),
        }
        if listed == RETIRED:
            day = ledger.tables[RETIRED][about.id].isoformat()
            yield Fault(Rule.RETIRED_ID, entry.place("id"), details | {"day": day})
        elif listed is not None:
            yield Fault(Rule.ID_OF_OTHER_KIND, entry.place("id"), details | {"other": Term(listed)})
        elif about.id not in named:
            # Said once, not again for each translation.
            named.add(about.id)
            yield Fault(Rule.UNLISTED_ID, entry.place("id"), details)


def _without_file(catalog: Catalog, ledger: Ledger) -> Iterator[Fault]:
    there = {entry.about.id for entry in catalog.entries} | {name for _, name in catalog.broken}
    for kind in ("article", "maxim"):
        for id_ in ledger.tables.get(kind, {}):
            if id_ not in there:
                place = Place(ledger.file, ledger.lines.get(id_, 1))
                yield Fault(Rule.ID_WITHOUT_FILE, place, {"id": id_, "kind": Term(kind)})


def _day(value: object) -> date:
    if type(value) is not date:
        raise TypeError(f"{value!r} is not a day such as 2026-11-24")
    return value
