"""Judging: what is wrong with the records of a domain, taken one by one and together.

In: the records of a paste and the reader's host. Out: ``Judgement``: all faults, the worst first, what SPF costs, and
which kinds of record are not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers.host_guess import guess_hosts
from kakugen_checkers.records import faults, names
from kakugen_checkers.records.limits import limit
from kakugen_checkers.records.lookups import Lookups, count_lookups
from kakugen_checkers.records.model import Fault, Kind
from kakugen_checkers.records.publish import host_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.hosts import Host
    from kakugen_checkers.records.read import Records

NEEDED: Final = (Kind.SPF, Kind.DKIM, Kind.DMARC)
MAX_FAULTS: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was found out about a paste.

    Attributes:
        records: its records.
        host: the reader's host, where it is known.
        faults: what is wrong, the worst first.
        missing: kinds of record that a domain needs and that were not pasted.
        lookups: what the SPF record costs, where there is one.
    """

    records: Records
    host: Host | None
    faults: tuple[Fault, ...]
    missing: tuple[Kind, ...]
    lookups: Lookups | None

    @property
    def serious(self) -> tuple[Fault, ...]:
        """Faults that change what becomes of mail."""
        return tuple(fault for fault in self.faults if faults.grade(fault) != "note")


def judge(records: Records, host: Host | None) -> Judgement:
    """Return what is to be said of ``records``."""
    lookups = count_lookups(records.spf[0].terms, records) if records.spf else None
    found = [
        *(fault for record in records.spf for fault in record.faults),
        *(fault for record in records.dkim for fault in record.faults),
        *(fault for record in records.dmarc for fault in record.faults),
        *(fault for record in records.mx for fault in record.faults),
        *_together_spf(records, lookups),
        *_together_dkim(records),
        *_together_dmarc(records),
        *_together_mx(records),
    ]
    if host and records.spf and (fault := _host_missing(records, host)):
        found.append(fault)
    found.sort(key=lambda fault: (-faults.weight(fault), fault.start))
    there = {Kind.SPF: records.spf, Kind.DKIM: records.dkim, Kind.DMARC: records.dmarc}
    no_mail = any(fault.id == "mx-null" for fault in found)
    return Judgement(
        records=records,
        host=host,
        faults=tuple(found[:MAX_FAULTS]),
        missing=() if no_mail or not records.found_any else tuple(kind for kind in NEEDED if not there[kind]),
        lookups=lookups,
    )


def _together_spf(records: Records, lookups: Lookups | None) -> Iterator[Fault]:
    count = str(len(records.spf))
    if len(records.spf) > 1:
        for record in records.spf:
            start, end = record.found.value.head
            yield Fault(id="spf-two-records", start=start, end=end, values={"count": count})
    if lookups is None:
        return
    values = {"count": str(lookups.least)}
    if lookups.least > limit("spf-lookups"):
        # the term that passes the limit, and all that follow it
        total = 0
        over = []
        for term, cost in lookups.each:
            total += cost
            over += [term] if total > limit("spf-lookups") else []
        yield Fault(id="spf-too-many-lookups", start=over[0].start, end=over[0].end, values=values)
    elif lookups.unknown and lookups.least + len(lookups.unknown) > limit("spf-lookups"):
        term = next(term for term, _cost in lookups.each if names.canonical(term.argument) in lookups.unknown)
        yield Fault(id="spf-near-limit", start=term.start, end=term.end, values=values)
    for record in records.spf:
        for term in record.terms:
            if term.name == "include" and records.domain and names.canonical(term.argument) == records.domain:
                yield Fault(id="spf-self", start=term.start, end=term.end)


def _together_dkim(records: Records) -> Iterator[Fault]:
    if records.private_key:
        yield Fault(id="dkim-private-key", start=records.private_key[0], end=records.private_key[1])
    seen: set[str] = set()
    for record in records.dkim:
        owner = record.found.owner
        if owner and owner in seen:
            start, end = record.found.value.head
            yield Fault(id="dkim-two-records", start=start, end=end)
        seen.add(owner)
    keys = [record for record in records.dkim if record.works]
    if keys and all(record.key_type == "ed25519" for record in keys):
        start, end = keys[0].found.value.head
        yield Fault(id="dkim-ed25519-only", start=start, end=end)


def _together_dmarc(records: Records) -> Iterator[Fault]:
    if len(records.dmarc) > 1:
        for record in records.dmarc:
            start, end = record.found.value.head
            yield Fault(id="dmarc-two-records", start=start, end=end, values={"count": str(len(records.dmarc))})


def _together_mx(records: Records) -> Iterator[Fault]:
    null = [record for record in records.mx if not record.host]
    if null and len(records.mx) > len(null):
        start, end = null[0].found.value.whole
        yield Fault(id="mx-null-with-others", start=start, end=end)
    owners: dict[str, tuple[int, int]] = {}
    shown: list[str] = []
    for record in records.mx:
        found = guess_hosts(record.host) if record.host else ()
        if len(found) == 1 and found[0].id not in owners:
            size = len(record.found.value.text)
            owners[found[0].id] = record.found.value.span(size - len(record.found.value.text.split()[-1]), size)
            shown.append(record.host)
    if len(owners) > 1:
        start, end = list(owners.values())[1]
        yield Fault(id="mx-several-hosts", start=start, end=end, values={"hosts": ", ".join(shown[:4])})


def _host_missing(records: Records, host: Host) -> Fault | None:
    """Return a fault if the SPF record names nothing of the reader's host, as far as one can tell without DNS."""
    wanted, _whole = host_terms(host, records.paste.plain)
    included = [term.removeprefix("include:") for term in wanted if term.startswith("include:")]
    if not included or any(records.spf_allows(name) for name in included):
        return None
    for record in records.spf:
        for term in record.terms:
            if term.name in ("mx", "ip4", "ip6", "exists", "redirect") or (term.name == "a" and term.argument):
                return None
    start, end = records.spf[0].found.value.head
    values = {"host": host.id, "value": " ".join(f"include:{name}" for name in included)}
    return Fault(id="spf-host-missing", start=start, end=end, values=values)
