"""Sections: who sent it, where it was forwarded, and what may have sent it to spam or held it up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.headers.case import AREA, fill, shown, topic_entry
from kakugen_checkers.headers.judge import BAD
from kakugen_checkers.headers.signs import entry_of
from kakugen_checkers.protocol import Section, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.headers.case import Case

MAX_SLOW: Final = 3
_RFC: Final = re.compile(r"rfc(\d{3,5})(?:#section-([\d.]+))?")
_TOLD: Final = ("spam", "hint", "no-unsubscribe", "clean", "note")


def sections(case: Case) -> tuple[Section, ...]:
    """Return the parts that stand after the steps."""
    also = (_also(case),) if len(case.topics) > 1 else ()
    return (_who(case), *also, _reasons(case), _way(case))


def unknown_section(words: Any) -> Section:
    """Return how to get at the source of a mail."""
    steps = tuple(
        Step(text=one["text"], where=tuple(one.get("where", ())), note=one.get("note", "")) for one in words["steps"]
    )
    return Section(id="get", title=words["get"], text=words["get-text"], steps=steps)


def _who(case: Case) -> Section:
    words, found = case.words["section"], case.findings
    domain = shown(found.sender_domain, 80)
    if not found.said.believed or not domain:
        text = words["who-unknown"]
    elif found.proven:
        methods = case.words["comma"].join(one.upper() for one in found.proven)
        text = fill(words["who-proven"], domain=domain, methods=methods)
    elif found.dmarc == "pass":
        text = fill(words["who-proven"], domain=domain, methods="DMARC")
    else:
        text = fill(words["who-unproven"], domain=domain)
    return Section(id="who", title=words["who"], text=text)


def _also(case: Case) -> Section:
    """Return what else the header shows, each with its article."""
    steps = tuple(
        Step(text=topic_entry(name)[case.locale]["title"], topic=f"{AREA}/{name}") for name in case.topics[1:]
    )
    return Section(id="also", title=case.words["section"]["also"], steps=steps)


def _way(case: Case) -> Section:
    words, how = case.words["section"], case.words["how"]
    steps = []
    for one in case.findings.forwards:
        names = {"source": shown(one.source, 80), "target": shown(one.target, 80)}
        if one.source and one.target:
            note = fill(words["way-from-to"], **names)
        else:
            note = fill(words["way-from"], source=names["source"] or names["target"])
        steps.append(Step(text=how[one.how], note=note))
    return Section(id="way", title=words["way"], text=words["way-text" if steps else "way-none"], steps=tuple(steps))


def _reasons(case: Case) -> Section:
    words = case.words["section"]
    steps = tuple(_hints(case))
    return Section(
        id="reasons", title=words["reasons"], text=words["reasons-text" if steps else "reasons-none"], steps=steps
    )


def _hints(case: Case) -> Iterator[Step]:
    found, words = case.findings, case.words["section"]
    checked = data.load("headers/results")["checked"]
    for method in ("dmarc", "dkim", "spf"):
        result = found.said.result(method)
        if result and result.result in BAD:
            text = fill(words["failed"], method=method.upper(), word=result.result)
            entry = data.load("headers/results")["method"][method]
            yield Step(text=text, note=f"{case.meaning(result)} {_source(case, entry['source'], checked)}")
    for kind in _TOLD:
        for sign in found.signs:
            if sign.kind == kind:
                entry = entry_of(sign.id)
                source = _source(case, entry["source"], data.load("headers/signs")["checked"])
                yield Step(text=entry[case.locale], note=f"{shown(sign.value, 120)} — {source}")
    for station in found.route.slow[:MAX_SLOW]:
        text = fill(words["slow"], name=shown(case.name_of(station), 80), wait=case.spoken(station.wait or 0))
        yield Step(text=text, note=_source(case, data.load("headers/limits")["received"], checked))


def _source(case: Case, source: str, checked: str) -> str:
    """Return where something is from, short enough for a sentence; the tables of the site hold the whole address."""
    host, _slash, rest = source.removeprefix("https://").partition("/")
    if found := _RFC.search(rest):
        host = f"RFC {found[1]}" + (f" §{found[2]}" if found[2] else "")
    return fill(case.words["section"]["source"], source=host.removeprefix("www."), checked=checked)
