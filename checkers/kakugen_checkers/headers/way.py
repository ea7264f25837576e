"""The way of a mail as a figure: stations one after the other, with waits, and what is to be said of each.

In: a case. Out: a timeline. The first row is the machine that the mail was written on, by its own clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.headers.case import fill, shown
from kakugen_checkers.protocol import Figure, Mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.headers.case import Case
    from kakugen_checkers.headers.route import Station

MAX_STATIONS: Final = 30

type Row = tuple[str | float | None, ...]


def way(case: Case) -> Figure:
    """Return the way; without rows where the mail has none."""
    words, route = case.words["figure"], case.findings.route
    stations = route.stations[-MAX_STATIONS:]
    rows: list[Row] = []
    marks: list[Mark] = []
    day = ""
    if stations and len(stations) == len(route.stations):
        name = shown(stations[0].hop.source, 60) or words["route-written"]
        when = case.time(route.written.seconds) if route.written and not route.written_odd else ""
        day = when[:10]
        rows.append((f"1. {name}", None, "", when or words["none"], words["none"], words["route-start"], words["none"]))
    forwarding = _forwarding(case)
    for station in stations:
        name = f"{len(rows) + 1}. {shown(case.name_of(station), 60)}"
        when = _when(case, station)
        # the day is told where it changes
        rows.append(_row(case, station, name, when[11:] if day and when.startswith(day) else when))
        day = when[:10] if station.hop.moment else day
        found = _marks(case, station, station.place.start in forwarding)
        marks.extend(Mark(at=name, label=text) for text in found)
    return Figure(
        id="route",
        kind="timeline",
        title=words["route"],
        columns=tuple(fill(column, zone=case.words["zone"]) for column in words["route-columns"]),
        rows=tuple(rows),
        note=words["route-note"],
        marks=tuple(marks),
    )


def _forwarding(case: Case) -> set[int]:
    """Return where in the text the lines of the stations stand that sent the mail on to somebody else."""
    changed = {one.place.start: one.how for one in case.findings.forwards if one.how in ("recipient", "expanded")}
    found: set[int] = set()
    before: Station | None = None
    for station in case.findings.route.stations:
        how = changed.get(station.place.start)
        if how == "recipient" and before is not None:
            found.add(before.place.start)  # the line that has another recipient is of the server that got it
        elif how == "expanded":
            found.add(station.place.start)
        before = station
    return found


def _row(case: Case, station: Station, name: str, when: str) -> Row:
    words, hop = case.words["figure"], station.hop
    encrypted = {True: "encrypted-yes", False: "encrypted-no", None: "encrypted-unknown"}[hop.encrypted]
    return (
        name,
        station.wait,
        case.spoken(station.wait) if station.wait is not None and station.wait >= 0 else "",
        when,
        shown(" ".join(dict.fromkeys(filter(None, (hop.source, hop.address)))), 90) or words["none"],
        _how(case, hop.protocol) or words["none"],
        words[encrypted],
    )


def _when(case: Case, station: Station) -> str:
    if station.hop.moment:
        return case.time(station.hop.moment.seconds)
    return shown(station.hop.date, 60) or str(case.words["figure"]["none"])


def _how(case: Case, protocol: str) -> str:
    """Return the word for the way of handing over, with what it means."""
    name = protocol.split(" ", maxsplit=1)[0].upper()
    entries = data.load("headers/protocols")["protocol"]
    meaning = next((one[case.locale] for one in entries if one["name"] == name), "")
    return " — ".join(filter(None, (protocol, meaning)))


def _marks(case: Case, station: Station, forwarding: bool) -> Iterator[str]:
    words = case.words["figure"]
    if station.slow and station.wait is not None:
        yield fill(words["mark-slow"], wait=case.spoken(station.wait))
    if station.clock not in ("", "missing"):
        yield words["mark-clock"]
    if forwarding:
        yield words["mark-forward"]
