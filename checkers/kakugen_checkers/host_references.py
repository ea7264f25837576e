"""Reference tables of the facts that several checkers share: hosts, destinations, and the timeline.

In: the hosts, the destinations and the timeline, all data. Out: three ``ReferenceTable``s, for whichever checker
returns them. A table knows no day, so each fact tells until when it may be relied on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.destinations import destination_fact_label, destinations
from kakugen_checkers.hosts import LOCALES, HostFact, fact_ids, fact_label, hosts, unknown_fact
from kakugen_checkers.protocol import ReferenceGroup, ReferenceRow, ReferenceTable, Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kakugen_checkers.hosts import Host
    from kakugen_checkers.protocol import LocalText

HOSTS: Final = "hosts"
DESTINATIONS: Final = "destinations"
TIMELINE: Final = "timeline"

_STEP: Final = " ＞ "
"""Between the labels of a path, as Japanese manuals write it; it is no letter of any label."""


def reference_tables() -> tuple[ReferenceTable, ...]:
    """Return the tables of hosts, of destinations and of the timeline."""
    return (
        _table(
            HOSTS,
            groups=tuple(ReferenceGroup(id=host.id, title=host.name, note=_servers(host)) for host in hosts()),
            rows=tuple(row for host in hosts() for row in _host_rows(host)),
        ),
        _table(
            DESTINATIONS,
            groups=tuple(ReferenceGroup(id=entry.id, title=entry.name) for entry in destinations()),
            rows=tuple(
                _fact_row(entry.id, fact, destination_fact_label)
                for entry in destinations()
                for fact in entry.facts.values()
            ),
        ),
        _table(TIMELINE, groups=(), rows=tuple(map(_timeline_row, _newest_first()))),
    )


def _table(ident: str, groups: tuple[ReferenceGroup, ...], rows: tuple[ReferenceRow, ...]) -> ReferenceTable:
    headings = [_words(locale)[ident]["columns"] for locale in LOCALES]
    return ReferenceTable(
        id=ident,
        title={locale: _words(locale)[ident]["title"] for locale in LOCALES},
        intro={locale: _words(locale)[ident]["intro"] for locale in LOCALES},
        columns=tuple(dict(zip(LOCALES, texts, strict=True)) for texts in zip(*headings, strict=True)),
        groups=groups,
        rows=rows,
        answers="host" if ident == HOSTS else "",
        page_title=_if_said(ident, "page_title"),
        page_intro=_if_said(ident, "page_intro"),
    )


def _if_said(ident: str, key: str) -> LocalText:
    return {locale: _words(locale)[ident][key] for locale in LOCALES if key in _words(locale)[ident]}


# ---- hosts and destinations ----


def _servers(host: Host) -> LocalText:
    if not host.hostnames:
        return {}
    names = " ".join(host.hostnames)
    return {locale: _words(locale)["servers"].format(names=names) for locale in LOCALES}


def _host_rows(host: Host) -> Iterator[ReferenceRow]:
    rows = [_fact_row(host.id, fact, fact_label) for fact in host.facts.values()]
    unknown = [ident for ident in fact_ids() if ident not in host.facts]
    if unknown:
        rows.append(_unknown_row(host.id, [fact_label(ident) for ident in unknown]))
    rows += [_open_row(host.id, unknown_fact(ident)) for ident in unknown]
    # Once in its group is enough to find the host by any of its names.
    yield replace(rows[0], keywords={"": " ".join((*host.names, *host.short_names))})
    yield from rows[1:]


def _unknown_row(group: str, labels: list[LocalText]) -> ReferenceRow:
    return ReferenceRow(
        id=f"{group}-unknown",
        shown=Shown.TABLE,
        group=group,
        cells=(
            {locale: _words(locale)["unknown"] for locale in LOCALES},
            {locale: _unknown_text([label[locale] for label in labels], locale) for locale in LOCALES},
            {locale: _words(locale)["sure"]["unconfirmed"] for locale in LOCALES},
        ),
    )


def _open_row(group: str, fact: HostFact) -> ReferenceRow:
    """What nobody has confirmed, by itself: where to look for it on the screen."""
    unsure = {locale: _words(locale)["sure"][fact.sure] for locale in LOCALES}
    cells = (fact_label(fact.id), fact.text, unsure)
    return ReferenceRow(id=f"{group}-{fact.id}", group=group, cells=cells, shown=Shown.PAGE)


def _unknown_text(labels: list[str], locale: str) -> str:
    words = _words(locale)
    text: str = words["unknown_text"].format(labels=words["separator"].join(labels))
    return text


def _fact_row(group: str, fact: HostFact, label: Callable[[str], LocalText]) -> ReferenceRow:
    return ReferenceRow(
        id=f"{group}-{fact.id}",
        group=group,
        cells=(
            label(fact.id),
            {locale: _fact_text(fact, locale) for locale in LOCALES},
            {locale: _sureness(fact, locale) for locale in LOCALES},
        ),
        source=fact.source,
        checked=fact.checked,
    )


def _fact_text(fact: HostFact, locale: str) -> str:
    if not fact.path:
        return fact.text[locale]
    return f"{fact.text[locale]}\n{_words(locale)['where'].format(path=_STEP.join(fact.path))}"


def _sureness(fact: HostFact, locale: str) -> str:
    words = _words(locale)
    return f"{words['sure'][fact.sure]}\n{words['until'].format(month=_month(fact.review, locale))}"


# ---- timeline ----


def _newest_first() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = data.load("timeline")["entry"]
    return sorted(entries, key=lambda entry: entry["until"], reverse=True)


def _timeline_row(entry: dict[str, Any]) -> ReferenceRow:
    return ReferenceRow(
        id=entry["id"],
        cells=(
            {locale: entry[locale]["name"] for locale in LOCALES},
            {locale: _end(entry, locale) for locale in LOCALES},
            {locale: entry[locale]["before"] for locale in LOCALES},
            {locale: entry[locale]["after"] for locale in LOCALES},
        ),
        source=entry["source"],
        checked=entry["checked"],
    )


def _end(entry: dict[str, Any], locale: str) -> str:
    if not entry["month_only"]:
        return _day(entry["until"], locale)
    text: str = _words(locale)["month_only"].format(month=_month(entry["until"], locale))
    return text


# ---- words ----


def _month(day: str, locale: str) -> str:
    return _written("month", day, locale)


def _day(day: str, locale: str) -> str:
    return _written("day", day, locale)


def _written(form: str, day: str, locale: str) -> str:
    year, month, date = map(int, day.split("-"))
    words = _words(locale)
    name = words["months"][month - 1] if "months" in words else ""
    text: str = words[form].format(year=year, month=month, day=date, name=name)
    return text


def _words(locale: str) -> dict[str, Any]:
    words: dict[str, Any] = data.load("host_references")[locale]
    return words
