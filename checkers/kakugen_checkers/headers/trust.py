"""Trust: whose results count, and whose are only claims.

In: the fields of a mail and its route. Out: the results of the server that the reader's mail arrived at, and all other
results as claims. Anybody can write a field of results into a mail that they send; a receiver removes those that bear
its own name (RFC 8601 §5). So only the topmost field counts whose writer is the server, or a server of the same
organization, that took the mail in for the reader.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.headers.names import organization, same_organization
from kakugen_checkers.headers.received import find_address
from kakugen_checkers.headers.results import Result, Written, read_received_spf, read_results

if TYPE_CHECKING:
    from kakugen_checkers.headers.pasted import HeaderField, Pasted
    from kakugen_checkers.headers.received import Hop
    from kakugen_checkers.headers.route import Route

MAX_CLAIMS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One field of results.

    Attributes:
        place: the field.
        written: what it says and who wrote it.
        counts: whether it is to be believed.
        why: why not: ``lower`` (a better one stands above it), ``stranger`` (its writer did not receive the mail for
            the reader), ``arc`` (a record of an earlier server), ``unplaced`` (nothing tells who received the mail).
    """

    place: HeaderField
    written: Written
    counts: bool
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All results of a mail.

    Attributes:
        receiver: the server that took the mail in for the reader; empty where nothing tells.
        statements: every field of results, from the top.
        table: what Gmail's own table shows, by method.
    """

    receiver: str
    statements: tuple[Statement, ...]
    table: dict[str, str] = field(default_factory=dict)

    @property
    def believed(self) -> tuple[Result, ...]:
        """The results that count."""
        found = tuple(result for one in self.statements if one.counts for result in one.written.results)
        if found or not self.table:
            return found
        return tuple(Result(method=method, result=word) for method, word in self.table.items() if word)

    @property
    def claimed(self) -> tuple[Result, ...]:
        """The results that are only claimed."""
        return tuple(result for one in self.statements if not one.counts for result in one.written.results)

    @property
    def speaker(self) -> str:
        """Who wrote the results that count."""
        named = (one.written.server for one in self.statements if one.counts and one.written.server)
        return next(named, self.receiver if self.believed else "")

    def result(self, method: str) -> Result | None:
        """Return the result of one method that counts; of several signatures one that passed."""
        found = [result for result in self.believed if result.method == method]
        return next((one for one in found if one.result == "pass"), found[0] if found else None)


def read_said(pasted: Pasted, route: Route) -> Said:
    """Return all results and whether they count."""
    receiver, boundary = _receiver(pasted, route)
    family = family_of(receiver)
    statements: list[Statement] = []
    taken: dict[str, bool] = {}
    keys = ("authentication-results", "received-spf", "arc-authentication-results")
    for line in pasted.all(*keys)[:MAX_CLAIMS]:
        written = read_received_spf(line.value) if line.key == "received-spf" else read_results(line.value)
        why = _why_not(line, written, receiver, family, boundary)
        kind = "spf" if line.key == "received-spf" else line.key
        if not why and kind in taken:
            why = "lower"
        if not why:
            taken[kind] = True
        statements.append(Statement(place=line, written=written, counts=not why, why=why))
    # the field of all results says more than that of SPF alone
    if "authentication-results" in taken:
        statements = [_without_double(one, statements) for one in statements]
    return Said(receiver=receiver, statements=tuple(statements), table=pasted.summary)


def family_of(name: str) -> str:
    """Return which large receiver a server belongs to, or its organizational domain."""
    known = next((entry["id"] for entry in data.load("headers/servers")["family"] if _is_of(name, entry["hosts"])), "")
    return known or (organization(name) if name and not find_address(name) else "")


def _is_of(name: str, hosts: list[str]) -> bool:
    return any(name == host or name.endswith(f".{host}") for host in hosts)


def _why_not(line: HeaderField, written: Written, receiver: str, family: str, boundary: int) -> str:
    if line.key == "arc-authentication-results":
        return "arc"
    if not receiver:
        return "unplaced"
    if line.start > boundary:
        return "stranger"
    if not written.server:
        nameless = next((one for one in data.load("headers/servers")["family"] if one["id"] == family), None)
        return "" if nameless and nameless.get("nameless") else "stranger"
    if same_organization(written.server, receiver) or family_of(written.server) == family:
        return ""
    return "stranger"


def _without_double(one: Statement, statements: list[Statement]) -> Statement:
    """Return a statement of SPF as a claim where the server has said the same in its field of all results."""
    if not one.counts or one.place.key != "received-spf":
        return one
    main = next(other for other in statements if other.counts and other.place.key == "authentication-results")
    if any(result.method == "spf" for result in main.written.results):
        return Statement(place=one.place, written=one.written, counts=False, why="lower")
    return one


def _receiver(pasted: Pasted, route: Route) -> tuple[str, int]:
    """Return the server that took the mail in for the reader, and where in the text what it wrote ends.

    The topmost lines are of the reader's own provider, down to its border: the line of the server that took the mail
    from somebody else. What that server wrote may stand below its line, down to the line of the server before. Whoever
    sends a mail can write all that follows, in any name. A border without a name leaves nobody to believe.
    """
    ordered = route.stations[::-1]
    name, family = "", ""
    for place, station in enumerate(ordered):
        by = station.hop.by.lower()
        named = "." in by and not find_address(by)
        if named and name and family_of(by) != family:
            return name, station.place.start
        if named:
            name, family = by, family_of(by)
        if not _from_inside(station.hop, family):
            below = ordered[place + 1].place.start if place + 1 < len(ordered) else len(pasted.text)
            return (name, below) if named else ("", 0)
    return name, len(pasted.text) if name else 0


def _from_inside(hop: Hop, family: str) -> bool:
    """Return whether a server took the mail from another of its own provider, rather than from outside."""
    private: list[str] = data.load("headers/limits")["private"]
    address = hop.address.lower()
    if address and address.startswith(tuple(private)):
        return True
    if not address and ("." not in hop.helo or hop.helo.endswith((".local", ".localdomain", ".internal"))):
        return True
    if hop.reverse:
        return family_of(hop.reverse.lower()) == family
    # What a server calls itself is free; only between the many servers of a large provider it is believed.
    known = any(entry["id"] == family for entry in data.load("headers/servers")["family"])
    return known and family_of(hop.helo.lower()) == family
