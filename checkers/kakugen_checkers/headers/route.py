"""Route: the way of a mail, from the first server to the last, with the time that each step took.

In: the ``Received`` lines, read, and the date of writing. Out: stations in the order of travel, with waits, and the
clocks that cannot be right: the time of each station must lie between those of its neighbours, and the one that does
not is the one that is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.headers.moments import Moment, read_moment
from kakugen_checkers.headers.received import Hop, read_received

if TYPE_CHECKING:
    from kakugen_checkers.headers.pasted import HeaderField, Pasted

MAX_HOPS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A server on the way.

    Attributes:
        hop: what its line says.
        place: the line.
        wait: seconds since the station before it, or since the mail was written; ``None`` where that is unknown.
        slow: whether that is long.
        clock: what is wrong with its time: ``impossible`` (no such date), ``missing``, ``future``, ``wrong`` (it does
            not fit between its neighbours), ``unclear`` (it or the one before is wrong), or nothing.
    """

    hop: Hop
    place: HeaderField
    wait: int | None = None
    slow: bool = False
    clock: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """The whole way.

    Attributes:
        stations: the servers, in the order of travel.
        written: when the mail was written, by the sender's own clock.
        written_odd: ``late`` where that is after the first server had it, ``early`` where it is long before,
            ``impossible`` where there is no such date; else nothing.
        total: seconds from the first to the last server, by clocks that can be right.
        left_out: how many lines were not looked at, because there are too many.
    """

    stations: tuple[Station, ...]
    written: Moment | None
    written_odd: str
    total: int | None
    left_out: int

    @property
    def slow(self) -> tuple[Station, ...]:
        """The stations that mail waited for, the longest wait first."""
        return tuple(sorted((one for one in self.stations if one.slow), key=lambda one: -(one.wait or 0)))

    @property
    def wrong_clocks(self) -> tuple[Station, ...]:
        """The stations whose clock cannot be right."""
        return tuple(one for one in self.stations if one.clock not in ("", "missing"))


def read_route(pasted: Pasted, today: int) -> Route:
    """Return the way that the ``Received`` lines tell.

    Args:
        pasted: the mail.
        today: the day of the answer, in seconds since 1970.
    """
    lines = pasted.all("received")
    kept = lines[:MAX_HOPS][::-1]
    hops = [read_received(line.value) for line in kept]
    date = pasted.value("date")
    written = read_moment(date) if date else None
    clocks = _clocks(hops, today)
    limits = data.load("headers/limits")
    stations: list[Station] = []
    before: int | None = None
    start: int | None = None
    for hop, line, clock in zip(hops, kept, clocks, strict=True):
        seconds = hop.moment.seconds if hop.moment and clock in ("", "unclear") else None
        wait = None if seconds is None or before is None else seconds - before
        slow = wait is not None and wait >= limits["slow_seconds"]
        stations.append(Station(hop=hop, place=line, wait=wait, slow=slow, clock=clock))
        if seconds is not None:
            before = seconds
            start = seconds if start is None else start
    odd = _written_odd(date, written, start)
    if stations and start is not None and written and not odd and stations[0].hop.moment and not stations[0].clock:
        wait = start - written.seconds
        first = stations[0]
        stations[0] = Station(hop=first.hop, place=first.place, wait=max(0, wait), slow=False)
    total = None if before is None or start is None or len(stations) < 2 else max(0, before - start)
    return Route(
        stations=tuple(stations), written=written, written_odd=odd, total=total, left_out=len(lines) - len(kept)
    )


def _written_odd(date: str, written: Moment | None, first: int | None) -> str:
    limits = data.load("headers/limits")
    if date and written is None:
        return "impossible"
    if written is None or first is None:
        return ""
    if written.seconds - first > limits["clock_seconds"]:
        return "late"
    return "early" if first - written.seconds >= limits["slow_seconds"] else ""


def _clocks(hops: list[Hop], today: int) -> list[str]:
    """Return what is wrong with the time of each hop."""
    limits = data.load("headers/limits")
    tolerance, future, past = limits["clock_seconds"], today + limits["future_seconds"], limits["earliest"]
    clocks = ["" for _ in hops]
    known: list[int] = []
    for place, hop in enumerate(hops):
        if hop.moment is None:
            clocks[place] = "impossible" if hop.date else "missing"
        elif hop.moment.seconds > future or hop.moment.seconds < past:
            clocks[place] = "future" if hop.moment.seconds > future else "impossible"
        else:
            known.append(place)
    times = [hop.moment.seconds if hop.moment else 0 for hop in hops]
    index = 1
    while index < len(known):
        before, here = known[index - 1], known[index]
        if times[here] - times[before] >= -tolerance:
            index += 1
            continue
        # Time runs backwards from `before` to `here`: whose neighbours agree without it?
        earlier = known[index - 2] if index >= 2 else None
        later = known[index + 1] if index + 1 < len(known) else None
        before_is_wrong = later is not None and times[here] - times[later] <= tolerance
        before_is_wrong &= earlier is None or times[earlier] - times[here] <= tolerance
        here_is_wrong = earlier is not None and later is not None and times[before] - times[later] <= tolerance
        if here_is_wrong and not (before_is_wrong and earlier is not None):
            clocks[here] = "wrong"
            del known[index]
        elif before_is_wrong:
            clocks[before] = "wrong"
            del known[index - 1]
            index = max(1, index - 1)
        else:
            clocks[here] = "unclear"
            index += 1
    return clocks
