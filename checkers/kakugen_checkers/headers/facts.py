"""Facts: what was read off the header, each with a plain word on what it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.bounce.unwrap import MAX_TEXT
from kakugen_checkers.headers.case import fill, shown
from kakugen_checkers.headers.names import decoded, same_organization
from kakugen_checkers.headers.trust import family_of
from kakugen_checkers.protocol import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.headers.case import Case

METHODS: Final = ("spf", "dkim", "dmarc", "arc")


def facts(case: Case) -> tuple[Fact, ...]:
    """Return all facts of a mail, the sender first."""
    labels = case.words["fact"]
    found = (*_who(case), *_results(case), *_way(case))
    return tuple(Fact(id=ident, label=labels[ident], value=value, note=note) for ident, value, note in found if value)


def server_name(server: str, locale: str) -> str:
    """Return the name of a receiving server, with whose it is where that is known."""
    family = family_of(server)
    known = next((one for one in data.load("headers/servers")["family"] if one["id"] == family), None)
    return f"{shown(server, 80)} · {known['name'][locale]}" if known else shown(server, 80)


def _who(case: Case) -> Iterator[tuple[str, str, str]]:
    found, notes = case.findings, case.words["note"]
    if sender := found.sender:
        odd = [notes["from"]]
        if sender.claimed:
            odd.append(fill(notes["claimed"], address=shown(sender.claimed, 80)))
        if sender.hides:
            odd.append(notes["hides"])
        if sender.foreign:
            odd.append(notes["foreign"])
        if sender.count > 1:
            odd.append(fill(notes["senders"], number=str(sender.count)))
        yield "from", shown(f"{sender.name} <{sender.address}>" if sender.name else sender.address), " ".join(odd)
    if found.envelope is not None:
        yield "envelope", shown(found.envelope) or case.words["value"]["null"], _envelope_note(case)
    if found.said.believed:
        proven = case.words["comma"].join(one.upper() for one in found.proven)
        if found.proven and not found.said.statements:
            yield "proven", proven, notes["proven-table"]
        elif found.proven:
            value = fill(case.words["value"]["proven"], domain=shown(found.sender_domain, 80), methods=proven)
            yield "proven", value, fill(notes["proven"], server=shown(found.said.speaker, 80))
        else:
            yield "proven", case.words["value"]["unproven"], notes["unproven"]
    if found.reply:
        yield "reply", shown(found.reply.address), notes["reply"]
    yield "to", shown(decoded(found.pasted.value("to"))), ""
    for line in found.pasted.all("delivered-to")[:5]:
        yield "delivered", shown(line.value), ""
    yield "subject", shown(decoded(found.pasted.value("subject"))), ""


def _envelope_note(case: Case) -> str:
    found, notes = case.findings, case.words["note"]
    if not found.envelope:
        return str(notes["envelope-null"])
    if srs := found.rewritten:
        key = "envelope-srs" if srs.original else "envelope-srs-unknown"
        return fill(notes[key], forwarder=shown(srs.forwarder, 80), original=shown(srs.original, 80))
    other = found.sender_domain and not same_organization(
        found.envelope.rpartition("@")[2].lower(), found.sender_domain
    )
    return str(notes["envelope-other" if other else "envelope"])


def _results(case: Case) -> Iterator[tuple[str, str, str]]:
    for method in METHODS:
        if result := case.findings.said.result(method):
            yield method, result.result[:40], case.meaning(result)


def _way(case: Case) -> Iterator[tuple[str, str, str]]:
    found, notes = case.findings, case.words["note"]
    if found.said.receiver:
        yield "receiver", server_name(found.said.receiver, case.locale), ""
    if route := found.route.stations:
        yield "hops", fill(case.words["value"]["hops"], number=str(len(route) + found.route.left_out)), ""
        if found.route.total is not None:
            yield "total", case.spoken(found.route.total), ""
        first = route[0].hop
        yield "first", shown(" ".join(dict.fromkeys(filter(None, (first.source, first.address))))), notes["first"]
    if date := found.pasted.value("date"):
        odd = found.route.written_odd
        wait = ""
        known = next((one.hop.moment for one in route if one.hop.moment and not one.clock), None)
        if odd == "early" and found.route.written and known:
            wait = case.spoken(known.seconds - found.route.written.seconds)
        value = case.time(found.route.written.seconds) if found.route.written else shown(date, 80)
        yield (
            "date",
            f"{value} ({case.words['zone']})" if found.route.written else value,
            fill(notes[f"date-{odd}"], wait=wait) if odd else "",
        )
    yield "message-id", shown(found.pasted.value("message-id")), ""
    yield "list", shown(found.pasted.value("list-id")), ""
    yield "mailer", shown(found.pasted.value("x-mailer") or found.pasted.value("user-agent")), ""


def notes_on_input(case: Case) -> tuple[str, ...]:
    """Return what the reader should know of what was left out."""
    notes, said = case.words["note"], []
    if case.findings.pasted.cut:
        said.append(fill(notes["cut"], size=f"{MAX_TEXT:,}"))
    if left := case.findings.route.left_out:
        said.append(fill(notes["left-out"], number=str(left), kept=str(len(case.findings.route.stations))))
    return tuple(said)
