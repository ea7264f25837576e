"""Evidence: the lines of the paste that the answer rests on, and what each shows.

In: a case. Out: quotes with their places; where what was pasted is a file or a web page, the words alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers.headers.case import FIELD, fill, shown
from kakugen_checkers.headers.signs import entry_of
from kakugen_checkers.protocol import Evidence
from kakugen_checkers.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.headers.case import Case
    from kakugen_checkers.headers.pasted import HeaderField

MAX_EVIDENCE: Final = 16
MAX_QUOTED: Final = 400


def evidence(case: Case) -> tuple[Evidence, ...]:
    """Return the lines that count, those that are only claims, and what is odd, each place once."""
    found: dict[int, Evidence] = {}
    for field, words, shows in _shown(case):
        if field.start not in found and len(found) < MAX_EVIDENCE:
            found[field.start] = _quoted(case, field, words, shows)
    return tuple(found.values())


def _shown(case: Case) -> Iterator[tuple[HeaderField, str, str]]:
    findings, words = case.findings, case.words["shows"]
    said = findings.said
    for one in sorted(said.statements, key=lambda one: not one.counts):
        if one.counts:
            server = shown(one.written.server or said.receiver, 80)
            yield one.place, "", fill(words["counts" if one.written.server else "counts-nameless"], server=server)
    if sender := findings.pasted.first("from"):
        for key, holds in (
            ("claimed", findings.sender and findings.sender.claimed),
            ("hides", findings.sender and findings.sender.hides),
        ):
            if holds:
                yield sender, "", words[key]
    for station in findings.route.slow[:3]:
        yield station.place, "", fill(words["slow"], wait=case.spoken(station.wait or 0))
    for sign in findings.signs:
        if sign.place is not None and sign.kind in ("spam", "hint", "clean"):
            yield sign.place, sign.value, entry_of(sign.id)[case.locale]
    for one_forward in findings.forwards:
        yield one_forward.place, "", words["forward"]
    for station in findings.route.wrong_clocks[:3]:
        key = f"clock-{station.clock}" if f"clock-{station.clock}" in words else "clock"
        yield station.place, station.hop.date, words[key]
    if findings.reply and (line := findings.pasted.first("reply-to")):
        yield line, "", words["reply"]
    for one in said.statements:
        if not one.counts:
            yield one.place, "", words[one.why]


def _quoted(case: Case, field: HeaderField, words: str, shows: str) -> Evidence:
    text = case.findings.pasted.text
    if not case.findings.pasted.exact:
        return Evidence(field=FIELD, text=shown(words or f"{field.name}: {field.value}", MAX_QUOTED), shows=shows)
    start = text.find(words, field.start, field.end) if words else field.start
    if start < 0:
        start, words = field.start, ""
    end = start + len(words) if words else field.end
    return quote(FIELD, text, start, min(end, start + MAX_QUOTED), shows)
