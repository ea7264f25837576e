"""Explain: from findings to a verdict in the reader's language.

Everything that is said comes from data; this module puts it together with what was read off the mail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.headers.case import AREA, FIELD, Case, fill, shown, topic_entry
from kakugen_checkers.headers.evidence import evidence
from kakugen_checkers.headers.facts import facts, notes_on_input, server_name
from kakugen_checkers.headers.figures import figures
from kakugen_checkers.headers.sections import sections, unknown_section
from kakugen_checkers.headers.trust import family_of
from kakugen_checkers.host_guess import guess_host
from kakugen_checkers.protocol import Actor, Handover, Labelled, Message, Status, Step, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kakugen_checkers.headers.route import Station

MAX_HANDED: Final = 60_000
"""So much of a paste is handed to the bounce checker."""


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    if not case.topics:
        return _unknown(case)
    name = case.topics[0]
    entry, words = topic_entry(name), case.words
    texts = entry[case.locale]
    speaker = case.findings.said.speaker
    host = _host(case)
    return Verdict(
        checker=AREA,
        locale=case.locale,
        status=Status.IDENTIFIED,
        topic=f"{AREA}/{name}",
        topics=(*(f"{AREA}/{one}" for one in case.topics), *((host.topic,) if host else ())),
        title=texts["title"],
        summary=fill(texts["summary"], **_slow(case)),
        confidence=entry["confidence"],
        confidence_meaning=words["confidence"][_level(entry["confidence"])],
        permanence=_permanence(entry, words),
        actor=Labelled(id=Actor(entry["actor"]), label=words["actor"][entry["actor"]]),
        speaker=Labelled(id=family_of(speaker) or speaker, label=server_name(speaker, case.locale))
        if speaker
        else None,
        evidence=evidence(case),
        facts=facts(case),
        steps=tuple(Step(**{**one, "where": tuple(one.get("where", ()))}) for one in texts["steps"]),
        questions=notes_on_input(case),
        maxims=tuple(entry["maxims"]),
        messages=tuple(_messages(case)),
        figures=figures(case),
        sections=sections(case),
        handovers=tuple(_handovers(case)),
    )


def _unknown(case: Case) -> Verdict:
    words = case.words["unknown"]
    return Verdict(
        checker=AREA,
        locale=case.locale,
        status=Status.UNKNOWN,
        topic=None,
        title=words["title"],
        summary=words["summary" if case.answer.strip() else "summary_empty"],
        questions=notes_on_input(case),
        sections=(unknown_section(words),),
        handovers=(_to_bounce(case),) if case.answer.strip() else (),
    )


def _level(confidence: float) -> str:
    return "high" if confidence >= 0.85 else "good" if confidence >= 0.75 else "fair"


def _permanence(entry: Mapping[str, Any], words: Mapping[str, Any]) -> Labelled | None:
    kind = entry.get("permanence", "")
    return Labelled(id=kind, label=words["permanence"][kind]) if kind else None


def _slow(case: Case) -> dict[str, str]:
    """Return where the mail waited longest, and how long."""
    if not case.findings.route.slow:
        return {}
    station = case.findings.route.slow[0]
    return {"slow": _place(case, station), "wait": case.spoken(station.wait or 0)}


def _place(case: Case, station: Station) -> str:
    words, source, name = case.words["slow"], shown(station.hop.source, 80), shown(case.name_of(station), 80)
    return fill(words["between" if source else "at"], source=source, name=name)


def _messages(case: Case) -> Iterator[Message]:
    if not case.findings.route.slow:
        return
    words, found = case.words["message"], case.findings
    values = {
        "ident": shown(found.pasted.value("message-id")) or "–",
        "sender": shown(found.sender.address) if found.sender else "–",
        "date": shown(found.pasted.value("date"), 80) or "–",
        **_slow(case),
    }
    yield Message(id="to-host", to=Actor.HOST, label=words["label"], text=fill(words["text"], **values).strip())


def _host(case: Case) -> Any:
    """Return the rental server on the way, where exactly one is known by its servers' names."""
    hops = [one.hop for one in case.findings.route.stations]
    names = dict.fromkeys(name for hop in hops for name in (hop.by, hop.reverse, hop.helo) if name)
    return guess_host("\n".join(names)[:20_000]) if names else None


def _handovers(case: Case) -> Iterator[Handover]:
    words, found = case.words["handover"], case.findings
    if found.bounce:
        yield _to_bounce(case)
    if found.forwards:
        host, family = _host(case), family_of(found.said.receiver)
        families: list[dict[str, Any]] = data.load("headers/servers")["family"]
        known: dict[str, Any] = next((one for one in families if one["id"] == family), {})
        answers: dict[str, str | float | bool | tuple[str, ...]] = {"arrives": ("forward",)}
        if host:
            answers["host"] = host.id
        if "destination" in known:
            answers["destination"] = known["destination"]
        yield Handover(checker="forwarding", label=words["forwarding"], answers=answers)
    if found.sender_domain and not found.bounce:
        label = fill(words["records"], domain=shown(found.sender_domain, 80))
        yield Handover(checker="records", label=label, answers={"domain": found.sender_domain[:255]})


def _to_bounce(case: Case) -> Handover:
    return Handover(checker="bounce", label=case.words["handover"]["bounce"], answers={FIELD: case.answer[:MAX_HANDED]})
