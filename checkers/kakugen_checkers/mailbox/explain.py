"""Explain: from a situation and its outcome to a verdict in the reader's language.

Everything that is said comes from data: the fixed words, the ways, what is known of the host, the timeline.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data, timeline
from kakugen_checkers.hosts import Sure, doubt, unknown_fact
from kakugen_checkers.mailbox.chart import figures
from kakugen_checkers.mailbox.reading import evidence, facts, fault_sentences, missing_questions
from kakugen_checkers.mailbox.situation import FETCH
from kakugen_checkers.mailbox.wording import share, size, span, when, words_of
from kakugen_checkers.protocol import Actor, Handover, Labelled, Message, Permanence, Section, Status, Step, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kakugen_checkers.mailbox.outcome import Outcome
    from kakugen_checkers.mailbox.situation import Situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question and what was found out.

    Attributes:
        situation: what is known.
        outcome: what follows.
        text: what was pasted.
        today: the day of the answer.
        locale: language of the answer.
    """

    situation: Situation
    outcome: Outcome
    text: str
    today: date
    locale: str

    @property
    def words(self) -> Mapping[str, Any]:
        """The checker's fixed words in the language of the answer."""
        return words_of(self.locale)

    @property
    def way(self) -> Mapping[str, Any]:
        """The texts of the recommended way."""
        return next(
            entry[self.locale] for entry in data.load("mailbox/ways")["way"] if entry["id"] == self.outcome.way.id
        )


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    situation, outcome, words = case.situation, case.outcome, case.words
    known = outcome.topic != "unknown-figures"
    settings = data.load("mailbox/words")["topic"][outcome.topic]
    title, summary = _headline(case)
    confidence = _confidence(case) if known else 0.0
    permanence = settings.get("permanence")
    topic = f"mailbox/{outcome.topic}"
    leading = ("mailbox/changed",) if outcome.cause in ("changed", "both") and known else ()
    return Verdict(
        checker="mailbox",
        locale=case.locale,
        status=Status.IDENTIFIED if known else Status.UNKNOWN,
        topic=topic if known else None,
        topics=tuple(dict.fromkeys((*leading, topic, *((situation.host.topic,) if situation.host else ())))),
        title=title,
        summary=summary,
        confidence=confidence,
        confidence_meaning=_confidence_meaning(confidence, words) if known else "",
        permanence=Labelled(id=Permanence(permanence), label=words["permanence"][permanence]) if permanence else None,
        actor=Labelled(id=Actor(settings["actor"]), label=words["actor"][settings["actor"]]),
        evidence=evidence(situation, case.text, case.locale),
        facts=facts(situation, outcome, case.today, case.locale),
        steps=(*_change_step(case), *_steps((case.way if known else words["find-figures"])["steps"], case)),
        cautions=_cautions(case),
        questions=(
            *fault_sentences(situation, case.locale),
            *_doubts(case),
            *missing_questions(situation, case.locale),
        ),
        maxims=tuple(settings["maxims"]),
        expiries=timeline.expiries(_expiring(situation), today=case.today, locale=case.locale),
        messages=_messages(case),
        figures=figures(situation, outcome, case.today, case.locale),
        sections=_sections(case),
        handovers=_handovers(case),
    )


# ---- title and summary ----


def _headline(case: Case) -> tuple[str, str]:
    """Return title and summary."""
    situation, outcome, words = case.situation, case.outcome, case.words
    titles, headlines, summaries = words["titles"], words["headlines"], words["summaries"]
    known = {
        "date": when(case.today, outcome.days, case.locale),
        "days": span(max(1, outcome.days or 0), case.locale),
        "share": share(situation.room.share or 0),
        "change": case.way["change"],
    }
    topic = outcome.topic
    if topic == "fetch-ends":
        return _fetch_headline(case, known)
    if topic in ("fills-soon", "fills-later") and not outcome.dated:
        return headlines["nearly"].format(**known), summaries["nearly"].format(**known)
    if topic in ("fills-soon", "fills-later"):
        days = outcome.days or 0
        name = "today" if days < 1 else "far" if days > data.load("mailbox/words")["thresholds"]["far"] else "dated"
        return headlines[name].format(**known), summaries[name].format(**known)
    if topic in ("hand-kept", "never-fills") and outcome.unkept is not None:
        known["date"] = when(case.today, outcome.unkept, case.locale)
        name = "hand-kept" if topic == "hand-kept" else "never-fills-dated"
        return titles[topic], summaries[name].format(**known)
    if topic == "never-fills" and situation.inflow == 0 and situation.keeping.effect == "grows":
        return titles[topic], summaries["never-fills-zero"]
    return titles[topic], summaries[topic].format(**known)


def _fetch_headline(case: Case, known: dict[str, str]) -> tuple[str, str]:
    headlines, summaries = case.words["headlines"], case.words["summaries"]
    ended = timeline.has_ended(FETCH, case.today)
    now = not ended and case.situation.keeping.lasts == 0
    if case.outcome.days is None:
        head = headlines["fetch-ended-open" if ended else "fetch-open"]
        name = "fetch-ended-open" if ended else "fetch-now-open" if now else "fetch-open"
        return head, summaries[name].format(**known)
    head = headlines["fetch-over" if ended else "fetch-maybe"].format(**known)
    name = "fetch-ended" if ended else "fetch-now" if now else "fetch"
    return head, summaries[name].format(**known)


def _confidence(case: Case) -> float:
    levels = data.load("mailbox/words")["confidence"]
    situation, outcome = case.situation, case.outcome
    if outcome.topic == "full":
        found = levels["said"] if situation.panel.full and (situation.room.share or 0) < 1 else levels["full"]
    elif outcome.topic == "changed":
        found = levels["changed"]
    elif not outcome.dated:
        found = levels["kept"] if outcome.topic in ("never-fills", "fetch-ends") else levels["share"]
    elif {"size", "days", "every"} & set(situation.assumed):
        found = levels["assumed"]
    else:
        found = levels[situation.basis]
    return float(found)


def _confidence_meaning(confidence: float, words: Mapping[str, Any]) -> str:
    level = "high" if confidence >= 0.9 else "good" if confidence >= 0.7 else "fair"
    meaning: str = words["confidence"][level]
    return meaning


# ---- what to do ----


def _change_step(case: Case) -> tuple[Step, ...]:
    """Return what to look at first where something that was changed is the only clue."""
    change = case.words["cause"]["change"].get(case.situation.changed, "")
    return (Step(text=change),) if case.outcome.topic == "changed" and change else ()


def _steps(entries: Iterable[Mapping[str, Any]], case: Case) -> tuple[Step, ...]:
    days = case.outcome.days if case.outcome.topic != "full" else 0.0
    return tuple(
        _step(entry, case)
        for entry in entries
        if (days is None or days >= entry.get("least_days", 0))
        and ("most_days" not in entry or (days is not None and days < entry["most_days"]))
    )


def _step(entry: Mapping[str, Any], case: Case) -> Step:
    """Return a step; where it names a kind of fact, with what is known of the reader's host."""
    text, note, where = entry["text"], entry.get("note", ""), tuple(entry.get("where", ()))
    if "fact" in entry:
        host = case.situation.host
        fact = host.fact(entry["fact"]) if host else unknown_fact(entry["fact"])
        told = fact.text[case.locale]
        where = where or fact.path
        if "{fact}" not in text:  # beside the step rather than in it
            note = " ".join(part for part in (note, told if fact.sure is not Sure.UNCONFIRMED else "") if part)
        text = text.replace("{fact}", told).strip()
        note = " ".join(part for part in (note, doubt(fact, case.today, case.locale)) if part)
    return Step(text=text, where=where, note=note)


def _sections(case: Case) -> tuple[Section, ...]:
    words, outcome = case.words, case.outcome
    titles = words["sections"]
    cause = words["cause"]["text"][outcome.cause]
    change = words["cause"]["change"].get(case.situation.changed, "")
    separator = "" if case.locale == "ja" else " "
    sections = [Section(id="cause", title=titles["cause"], text=separator.join(filter(None, (change, cause))))]
    nearly = (case.situation.room.share or 0) >= data.load("mailbox/words")["thresholds"]["nearly"]
    if outcome.topic == "full" or nearly or (outcome.days is not None and outcome.days < 1):
        aid = words["first-aid"]
        steps = _steps(aid["steps"], case)
        sections.insert(
            0, Section(id="first-aid", title=titles["first-aid"], text=aid["text"], steps=steps, checklist=True)
        )
    if outcome.topic == "unknown-figures":
        return (*sections,)
    check, back = _steps(case.way["check"], case), _steps(case.way["back"], case)
    sections.append(Section(id="check", title=titles["check"], steps=check, checklist=True))
    sections.append(
        Section(id="verify", title=titles["verify"], steps=_steps(words["verify"]["steps"], case), checklist=True)
    )
    sections.append(Section(id="back", title=titles["back"], steps=back))
    if not outcome.dated:
        finding = words["find-figures"]
        sections.append(
            Section(id="figures", title=titles["figures"], text=finding["text"], steps=_steps(finding["steps"], case))
        )
    return tuple(sections)


def _cautions(case: Case) -> tuple[str, ...]:
    words, situation, topic = case.words["cautions"], case.situation, case.outcome.topic
    found: list[str] = []
    if situation.host and case.outcome.way.forwards:
        found += [trap.text[case.locale] for trap in situation.host.traps]
    if topic == "full" or (situation.room.share or 0) >= data.load("mailbox/words")["thresholds"]["nearly"]:
        found += [words["delete"], words["gone"]]
    if {"pop-fetch"} & {*situation.arrives, *situation.deletes} and not timeline.has_ended(FETCH, case.today):
        found.append(words["fetch"])
    return tuple(found)


def _doubts(case: Case) -> tuple[str, ...]:
    return tuple(case.words["doubt"][ident] for ident in case.situation.doubts)


def _expiring(situation: Situation) -> tuple[str, ...]:
    fetching = "pop-fetch" in (*situation.arrives, *situation.deletes) or situation.changed == "fetch"
    return (FETCH,) if fetching else ()


def _messages(case: Case) -> tuple[Message, ...]:
    if case.outcome.topic != "full":
        return ()
    room = case.situation.room
    known = {
        "used": size(room.used) if room.used is not None else "?",
        "quota": size(room.quota) if room.quota is not None else "?",
    }
    return tuple(
        Message(
            id=entry["id"],
            to=Actor(entry["to"]),
            label=entry["label"],
            text=entry["text"].replace("{used}", known["used"]).replace("{quota}", known["quota"]).strip(),
        )
        for entry in case.words["messages"]
    )


def _handovers(case: Case) -> tuple[Handover, ...]:
    situation, words = case.situation, case.words["handover"]
    host = {"host": situation.host.id} if situation.host else {}
    known: dict[str, str | float | bool | tuple[str, ...]] = {**host}
    for ident, number in (
        ("quota", situation.room.quota),
        ("used", situation.room.used),
        ("daily", situation.daily),
        ("size", situation.size if situation.daily is not None and "size" not in situation.assumed else None),
    ):
        if number is not None:
            known[ident] = round(number, 1)
    if situation.arrives:
        known["arrives"] = situation.arrives
    if situation.copy:
        known["copy"] = situation.copy
    forwarding = Handover(checker="forwarding", label=words["forwarding"], answers=known)
    changed = {"changed": "changed"} if situation.changed == "password" else {}
    passwords = Handover(checker="passwords", label=words["passwords"], answers={**host, **changed})
    return (passwords, forwarding) if changed else (forwarding, passwords)
