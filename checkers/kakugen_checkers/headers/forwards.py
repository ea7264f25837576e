"""Forwards: where a mail was sent on to another address.

In: the fields and the route. Out: each forward that something tells of, in the order of travel: a rewritten envelope
(SRS), ``X-Forwarded-To``, ``Resent-*``, several ``Delivered-To``, a recipient that changes from hop to hop, an address
that was expanded from another, and seals of ARC.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers.headers.names import bare_address, read_srs, same_organization
from kakugen_checkers.headers.trust import family_of
from kakugen_checkers.headers.words import tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.headers.pasted import HeaderField, Pasted
    from kakugen_checkers.headers.route import Route

MAX_FORWARDS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Forward:
    """One sign of a forward.

    Attributes:
        how: by what it shows: ``srs``, ``x-forwarded``, ``resent``, ``delivered-to``, ``recipient``, ``expanded`` or
            ``arc``.
        source: the address, or the server, that it was forwarded from; may be empty.
        target: where to; may be empty.
        place: the field that shows it.
    """

    how: str
    source: str
    target: str
    place: HeaderField


def forwards_of(pasted: Pasted, route: Route, envelope: str | None) -> tuple[Forward, ...]:
    """Return what tells of forwards, each kind once, in the order of travel."""
    found = [*_recipients(route), *_delivered(pasted), *_named(pasted), *_resent(pasted), *_rewritten(pasted, envelope)]
    # A seal alone shows that a server between them looked at the mail; it tells of a forward only if somebody else
    # than the receiver and the sender's own provider set it.
    found += _sealed(pasted, route, bool(found))
    seen: dict[tuple[str, str, str], Forward] = {}
    for one in found:
        seen.setdefault((one.how, one.source.lower(), one.target.lower()), one)
    return tuple(seen.values())[:MAX_FORWARDS]


def _recipients(route: Route) -> Iterator[Forward]:
    before = ""
    for station in route.stations:
        hop = station.hop
        if hop.expanded and hop.recipient:
            yield Forward(how="expanded", source=hop.expanded, target=hop.recipient, place=station.place)
        elif hop.recipient and before and hop.recipient.lower() != before.lower():
            yield Forward(how="recipient", source=before, target=hop.recipient, place=station.place)
        before = hop.recipient or before


def _delivered(pasted: Pasted) -> Iterator[Forward]:
    """Yield a forward for each further ``Delivered-To``: the topmost is the last mailbox."""
    lines = [line for line in pasted.all("delivered-to") if bare_address(line.value)][:MAX_FORWARDS]
    for above, below in zip(lines[::-1][1:], lines[::-1], strict=False):
        source, target = bare_address(below.value), bare_address(above.value)
        if source.lower() != target.lower():
            yield Forward(how="delivered-to", source=source, target=target, place=below)


def _named(pasted: Pasted) -> Iterator[Forward]:
    to, by = pasted.first("x-forwarded-to"), pasted.first("x-forwarded-for")
    place = to or by
    if place is None:
        return
    addresses = by.value.split() if by else []
    source = bare_address(addresses[0]) if addresses else ""
    target = bare_address(to.value) if to else bare_address(addresses[-1]) if len(addresses) > 1 else ""
    if source or target:
        yield Forward(how="x-forwarded", source=source, target=target, place=place)


def _resent(pasted: Pasted) -> Iterator[Forward]:
    place = pasted.first("resent-from") or pasted.first("resent-to")
    if place:
        source, target = bare_address(pasted.value("resent-from")), bare_address(pasted.value("resent-to"))
        yield Forward(how="resent", source=source, target=target, place=place)


def _rewritten(pasted: Pasted, envelope: str | None) -> Iterator[Forward]:
    found = read_srs(envelope or "")
    place = pasted.first("return-path") or pasted.first("received-spf") or pasted.first("authentication-results")
    if found and place:
        yield Forward(how="srs", source=found.forwarder, target="", place=place)


def _sealed(pasted: Pasted, route: Route, forwarded: bool) -> Iterator[Forward]:
    receiver = next((one.hop.by for one in route.stations[::-1] if "." in one.hop.by), "")
    for line in pasted.all("arc-seal")[:MAX_FORWARDS][::-1]:
        domain = tags(line.value).get("d", "").lower()
        own = bool(receiver) and (same_organization(domain, receiver) or family_of(domain) == family_of(receiver))
        if domain and not own and forwarded:
            yield Forward(how="arc", source=domain, target="", place=line)
