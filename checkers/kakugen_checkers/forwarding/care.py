"""What belongs around a change: before it, after it, what it costs, how to go back, whom to ask, where to go on.

In: a case. Out: the sections, cautions, messages and handovers of its verdict, from ``data/forwarding/care.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakugen_checkers.forwarding.conditions import holds
from kakugen_checkers.forwarding.panel import spoken_fact
from kakugen_checkers.hosts import Sure
from kakugen_checkers.protocol import Actor, Handover, Message, Section, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kakugen_checkers.forwarding.advice import Row, Task
    from kakugen_checkers.forwarding.case import Case


def before(case: Case) -> Section:
    """Return what to look at before anything is changed, with what is known to go wrong on this host."""
    return Section(
        id="before",
        title=case.words["section"]["before"],
        steps=(*(case.entry_step(entry) for entry in case.entries("before")), *_order(case)),
        checklist=True,
    )


def _order(case: Case) -> tuple[Step, ...]:
    """Return in which order mail passes filter, sorting and forward on this host, where that is known."""
    host = case.situation.host
    if host is None or host.fact("order").sure is Sure.UNCONFIRMED:
        return ()
    where, text = case.place("order")
    return (Step(text=text, where=where),)


def further(case: Case, row: Row, tasks: Sequence[Task]) -> Section:
    """Return a further piece of advice."""
    return Section(
        id=row.id,
        title=case.fill(row.risk[case.locale]),
        text=case.fill(row.why[case.locale]),
        steps=tuple(case.step(task) for task in tasks),
    )


def sending(case: Case) -> Section:
    """Return what to do about sending once Gmail's own screen no longer sends as the reader's address."""
    words = case.words["sending"]
    advice = words["recommended"].format(way=case.way, reason=case.comparison.reason[case.locale])
    now = words[str(case.properties["send-as-is"])]
    return Section(
        id="sending",
        title=case.words["section"]["sending"],
        text=case.words["list"]["sentence"].join((now, advice)),
    )


def cost(case: Case) -> Section:
    """Return what it costs in money, time and places for the password."""
    texts = (case.fill(entry["text"][case.locale]) for entry in case.entries("cost"))
    return Section(id="cost", title=case.words["section"]["cost"], text=case.words["list"]["sentence"].join(texts))


def verify(case: Case) -> Section:
    """Return how to make sure that it works."""
    words = case.words["section"]
    steps = tuple(case.entry_step(entry) for entry in case.entries("verify"))
    return Section(id="verify", title=words["verify"], text=words["verify_text"], steps=steps, checklist=True)


def back(case: Case) -> Section:
    """Return how to go back, the last change first."""
    words = case.words["section"]
    steps = tuple(
        Step(text=case.fill(task.undo[case.locale]), where=() if task.undo_elsewhere else _where(case, task))
        for task in reversed(case.plan.tasks)
        if task.undo
    )
    return Section(
        id="back", title=words["back"], text=words["back_text"] if steps else words["back_nothing"], steps=steps
    )


def _where(case: Case, task: Task) -> tuple[str, ...]:
    return case.place(task.panel)[0] if task.panel else tuple(task.where.get(case.locale, ()))


def cautions(case: Case) -> tuple[str, ...]:
    """Return what not to do, with the traps of this host."""
    host, situation = case.situation.host, case.situation
    traps = (spoken_fact(fact, today=situation.today, locale=case.locale) for fact in (host.traps if host else ()))
    return (*(case.fill(entry["text"][case.locale]) for entry in case.entries("caution")), *traps)


def messages(case: Case) -> tuple[Message, ...]:
    """Return the text that asks the host's support for what nobody has confirmed."""
    host, words, locale = case.situation.host, case.words["message"], case.locale
    asks = [
        entry["text"][locale]
        for entry in case.entries("ask")
        if host is None or host.fact(entry["fact"]).sure is not Sure.CONFIRMED
    ]
    if not asks:
        return ()
    known = case.situation.entered
    text = words["text"].format(
        domain=known.text("domain") or case.situation.proofs.domain or words["domain"],
        destination=case.destination if known.text("destination") else words["destination"],
        asks="\n".join(f"{number}. {ask}" for number, ask in enumerate(asks, 1)),
    )
    return (Message(id="to-host", to=Actor.HOST, label=words["label"], text=text.strip()),)


def handovers(case: Case) -> tuple[Handover, ...]:
    """Return the checkers that can go on, each with what was entered and it asks for too."""
    found: dict[str, Handover] = {}
    for entry in case.entries("handover"):
        if entry["checker"] not in found:
            found[entry["checker"]] = Handover(
                checker=entry["checker"],
                label=case.words["handover"][entry["checker"]],
                answers={**_carried(case, entry["carry"]), **entry.get("gives", {}), **_ticked(case, entry)},
            )
    return tuple(found.values())


def _carried(case: Case, fields: Sequence[str]) -> dict[str, str | float | bool | tuple[str, ...]]:
    host = case.situation.host
    values = {**case.situation.entered.values, **({"host": host.id} if host else {})}
    if not case.situation.proofs.found:
        values.pop("records", None)
    carried: dict[str, str | float | bool | tuple[str, ...]] = {}
    for field in fields:
        if field in values:
            value = values[field]
            carried[field] = tuple(sorted(value)) if isinstance(value, frozenset) else value
    return carried


def _ticked(case: Case, entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    ticked: dict[str, tuple[str, ...]] = {}
    for tick in entry.get("ticks", ()):
        if holds(tick["when"], case.properties):
            ticked[tick["field"]] = (*ticked.get(tick["field"], ()), tick["id"])
    return ticked
