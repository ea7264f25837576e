"""Explain: from a situation, the advice for it and the ways to compare, to a verdict in the reader's language.

Everything that is said comes from data: the rows of advice, the things to do, the facts of the host, the timeline and
the fixed words of the checker. This module puts them together; the parts around a change are made in ``care``, the
tables in ``figures``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers import timeline
from kakugen_checkers.forwarding import care, figures
from kakugen_checkers.forwarding.advice import all_rows
from kakugen_checkers.forwarding.entered import spoken
from kakugen_checkers.protocol import Actor, Alternative, Evidence, Fact, Labelled, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.forwarding.case import Case

MAX_LINE: Final = 200
"""So much of a pasted line is shown around a name in it."""


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    plan = case.plan
    if not plan.parts:
        return _unknown(case)
    locale, (lead, tasks), others = case.locale, plan.parts[0], plan.parts[1:]
    expiries = dict.fromkeys(ident for row in plan.rows for ident in row.expiries)
    return Verdict(
        checker="forwarding",
        locale=locale,
        status=Status.IDENTIFIED,
        topic=lead.topic,
        topics=_topics(case),
        title=case.fill(lead.risk[locale]),
        summary=_summary(case),
        confidence=1.0,
        confidence_meaning=case.words["confidence"]["meaning"],
        actor=_actor(case, Actor.NOBODY if lead.otherwise else Actor.READER),
        evidence=_evidence(case),
        facts=tuple(_facts(case)),
        steps=tuple(case.step(task) for task in tasks),
        cautions=care.cautions(case),
        questions=case.situation.complaints,
        alternatives=tuple(_alternatives(case)),
        maxims=tuple(dict.fromkeys(maxim for row in plan.rows for maxim in row.maxims)),
        expiries=timeline.expiries(expiries, today=case.situation.today, locale=locale),
        messages=care.messages(case),
        figures=figures.figures(case),
        sections=(
            care.before(case),
            *(care.further(case, row, added) for row, added in others),
            care.sending(case),
            care.cost(case),
            care.verify(case),
            care.back(case),
        ),
        handovers=care.handovers(case),
    )


def _unknown(case: Case) -> Verdict:
    words = case.words["unknown"]
    return Verdict(
        checker="forwarding",
        locale=case.locale,
        status=Status.UNKNOWN,
        topic=None,
        title=words["title"],
        summary=words["summary"],
        topics=(case.situation.host.topic,) if case.situation.host else (),
        evidence=_evidence(case),
        facts=tuple(_facts(case)),
        cautions=care.cautions(case),
        questions=(*case.situation.complaints, *words["questions"]),
        figures=figures.figures(case),
        handovers=care.handovers(case),
    )


def _topics(case: Case) -> tuple[str, ...]:
    host = case.situation.host
    return tuple(dict.fromkeys((*(row.topic for row in case.plan.rows), *((host.topic,) if host else ()))))


def _summary(case: Case) -> str:
    lead, *others = case.plan.rows
    why = case.fill(lead.why[case.locale])
    if not others:
        return why
    more: str = case.words["summary"]["one_more" if len(others) == 1 else "more"].format(count=len(others))
    separator: str = case.words["list"]["sentence"]
    return separator.join((why, more))


def _alternatives(case: Case) -> Iterator[Alternative]:
    """Yield what may be so instead, as long as something is not known."""
    locale = case.locale
    named = {ident for row in case.plan.rows for ident in row.alternatives}
    for row in all_rows():
        if row.id in named:
            yield Alternative(
                topic=row.topic,
                title=case.fill(row.risk[locale]),
                summary=case.fill(row.why[locale]),
                tell_apart=row.tell_apart[locale],
            )


def _actor(case: Case, actor: Actor) -> Labelled:
    return Labelled(id=actor, label=case.words["actor"][actor])


def _evidence(case: Case) -> tuple[Evidence, ...]:
    """Return the first name of a server of the host in the text that told it."""
    host, field = case.situation.host, case.situation.guessed_in
    if host is None or not field:
        return ()
    text = case.situation.entered.text(field)
    for line_start, line in _lines(text):
        # Small letters may be longer than the text they stand for; then their places say nothing.
        small = line.lower() if len(line.lower()) == len(line) else line
        for name in host.hostnames:
            ending = name.removeprefix("*.")
            end = small.find(ending) + len(ending)
            if end < len(ending):
                continue
            start = max(small.rfind(mark, 0, end - len(ending)) for mark in (" ", "\t", '"', ":", "@", "=")) + 1
            return (
                Evidence(
                    field=field,
                    text=line[start:end],
                    shows=case.words["evidence"]["host"].format(host=host.name[case.locale]),
                    start=line_start + start,
                    end=line_start + end,
                    before=line[max(0, start - MAX_LINE) : start],
                    after=line[end : end + MAX_LINE],
                ),
            )
    return ()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _facts(case: Case) -> Iterator[Fact]:
    words, situation = case.words["fact"], case.situation
    if situation.host:
        name = situation.host.name[case.locale]
        yield Fact(
            id="host", label=words["host"], value=name, note=words["host-guessed"] if situation.guessed_in else ""
        )
    else:
        yield Fact(id="host", label=words["host"], value=words["host-unknown"], note=words["host-unknown-note"])
    ticked = situation.entered.several("arrives")
    arrives = [label for ident, label in case.labels["arrives"].items() if ident in ticked]
    if arrives:
        yield Fact(id="arrives", label=words["arrives"], value=case.words["list"]["separator"].join(arrives))
    for field in ("destination", "sends"):
        if chosen := situation.entered.text(field):
            yield Fact(id=field, label=words[field], value=case.labels[field][chosen])
    if situation.days is not None:
        yield Fact(
            id="days",
            label=words["days"],
            value=case.days if situation.days else words["days-full"],
            note=words["days-note"].format(size=spoken(case.assumed_size)) if situation.assumed_size else "",
        )
    if situation.proofs.found or situation.lacks:
        value = words["lacking"].format(list=case.lacking) if situation.lacks else words["proven"]
        yield Fact(id="proofs", label=words["proofs"], value=value)
