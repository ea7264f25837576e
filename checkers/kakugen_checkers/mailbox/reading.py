"""What was read: evidence in the paste, facts with their arithmetic, and sentences on what could not be used.

A situation and its outcome go in; the parts of a verdict that show where its numbers come from come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.mailbox.growth import Box, Effect, days_until_full
from kakugen_checkers.mailbox.wording import number, share, size, span, when, words_of
from kakugen_checkers.protocol import Fact
from kakugen_checkers.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kakugen_checkers.mailbox.outcome import Outcome
    from kakugen_checkers.mailbox.situation import Situation
    from kakugen_checkers.protocol import Evidence

MAX_UNEXPLAINED: Final = 3
KB_IN_MB: Final = 1024


def evidence(situation: Situation, text: str, locale: str) -> tuple[Evidence, ...]:
    """Return the words of the paste that were read, in their order."""
    shows = words_of(locale)["shows"]
    panel = situation.panel
    spans = [(reading.start, reading.end, shows[reading.role]) for reading in panel.readings]
    spans += [(one.start, one.end, shows["unexplained"]) for one in panel.unexplained[:MAX_UNEXPLAINED]]
    if panel.full:
        spans.append((*panel.full, shows["full"]))
    return tuple(quote("hints", text, start, end, meaning) for start, end, meaning in sorted(spans) if start < end)


def facts(situation: Situation, outcome: Outcome, today: date, locale: str) -> tuple[Fact, ...]:
    """Return the figures with the arithmetic beside them."""
    words = words_of(locale)["fact"]
    room = situation.room
    entries = [
        ("host", situation.host.name[locale] if situation.host else "", ""),
        ("used", size(room.used) if room.used is not None else "", _used_note(situation, words)),
        ("quota", size(room.quota) if room.quota is not None else "", ""),
        ("left", size(max(0.0, room.left)) if room.left is not None else "", ""),
        ("share", share(room.share) if room.share is not None else "", ""),
        ("inflow", size(situation.inflow) if situation.inflow is not None else "", _inflow_note(situation, words)),
    ]
    if outcome.box and outcome.topic != "full":
        entries += _dates(situation, outcome, outcome.box, today, locale)
    cause = words_of(locale)["cause"]
    entries.append(("cause", cause[outcome.cause], ""))
    labels = {**words, "cause": cause["label"]}
    return tuple(Fact(id=ident, label=labels[ident], value=value, note=note) for ident, value, note in entries if value)


def _dates(situation: Situation, outcome: Outcome, box: Box, today: date, locale: str) -> list[tuple[str, str, str]]:
    words = words_of(locale)["fact"]
    note = ""
    if outcome.days is not None and outcome.days >= 1 and situation.keeping.effect is Effect.GROWS:
        left, inflow = size(box.quota - box.used), size(box.inflow)
        note = words["days"].format(left=left, inflow=inflow, days=span(outcome.days, locale))
    entries = [
        ("fill", when(today, outcome.days, locale), note),
        ("fill-changed", when(today, outcome.days_changed, locale), ""),
    ]
    if situation.keeping.effect is not Effect.GROWS and not situation.fetched:
        entries.append(("unkept", when(today, outcome.unkept, locale), ""))
    if "size" in situation.assumed and outcome.days is not None:
        # twice and half the assumed size
        soon, late = (
            days_until_full(Box(used=box.used, quota=box.quota, inflow=box.inflow * times), situation.keeping)
            for times in (2.0, 0.5)
        )
        between = f"{when(today, soon, locale)} / {when(today, late, locale)}"
        entries.append(("range", between, words["range-note"]))
    return entries


def _used_note(situation: Situation, words: Mapping[str, Any]) -> str:
    room = situation.room
    pasted = situation.panel.values
    if room.quota is None or room.share is None or "used" in pasted or "left" in pasted:
        return ""
    told = "used-percent" in pasted or "left-percent" in pasted
    return str(words["from-percent"].format(quota=size(room.quota), share=share(room.share))) if told else ""


def _inflow_note(situation: Situation, words: Mapping[str, Any]) -> str:
    if situation.inflow is None:
        return ""
    inflow = size(situation.inflow)
    if situation.basis == "mails" and situation.daily is not None:
        mail = size(situation.size / KB_IN_MB)
        return str(words["mails"].format(daily=number(situation.daily), size=mail, inflow=inflow))
    used, months = situation.room.used or 0, situation.months or 0
    return str(words["from-months"].format(used=size(used), months=number(months), inflow=inflow))


def fault_sentences(situation: Situation, locale: str) -> tuple[str, ...]:
    """Return what is wrong with each value that could not be used, and what to enter instead."""
    words = words_of(locale)["fault"]
    fields = {field["id"]: field for field in data.load("mailbox/form")["field"]}
    return tuple(
        words[fault.kind].format(
            label=fields[fault.field]["label"][locale],
            shown=fault.shown,
            minimum=number(fields[fault.field]["minimum"]),
            maximum=number(fields[fault.field]["maximum"]),
            unit=fields[fault.field]["unit"][locale],
        )
        for fault in situation.faults
    )


def missing_questions(situation: Situation, locale: str) -> tuple[str, ...]:
    """Return what to find out, so that the answer gets surer."""
    words = words_of(locale)["missing"]
    room = situation.room
    open_figures = (
        ("quota", room.quota is None and room.left is None),
        ("used", room.used is None and room.left is None),
        ("daily", situation.inflow is None),
        ("changed", situation.changed in ("", "unknown")),
        ("deletes", not situation.deletes and not situation.copy),
    )
    return tuple(words[ident] for ident, is_open in open_figures if is_open)
