"""Explain: from a decision to a verdict in the reader's language.

Everything that is said comes from data: the texts of the reason, the fixed words of the checker, the timeline. This
module puts them together with what was read off the paste.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data, timeline
from kakugen_checkers.bounce import reasons
from kakugen_checkers.bounce.decide import is_daemon
from kakugen_checkers.bounce.evidence import quote_passage, quote_text
from kakugen_checkers.bounce.mask import mask
from kakugen_checkers.bounce.rules import matches_of, systems
from kakugen_checkers.bounce.speaker import Speaker, find_speaker
from kakugen_checkers.host_guess import guess_host
from kakugen_checkers.protocol import (
    Actor,
    Alternative,
    Evidence,
    Fact,
    Handover,
    Labelled,
    Message,
    Permanence,
    Status,
    Step,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import date

    from kakugen_checkers.bounce.decide import Decision
    from kakugen_checkers.bounce.signals import Refusal, Signals
    from kakugen_checkers.bounce.unwrap import Unwrapped
    from kakugen_checkers.hosts import Host

FIELD: Final = "mail"
MAX_RECIPIENTS: Final = 20
MAX_HITS: Final = 3
MAX_SPANS: Final = 2
MAX_DIAGNOSTIC: Final = 600
MAX_GUESSED: Final = 4_000
"""In how much of a notice the name of a rental server is looked for."""
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Case:
    """One paste and all that was found out about it.

    Attributes:
        answer: the pasted text, or ``None`` where a file was given.
        parts: its parts.
        signals: what they state.
        decision: what was decided.
        systems: ids of the mail systems that take part.
        today: the day of the answer.
        locale: language of the answer.
    """

    answer: str | None
    parts: Unwrapped
    signals: Signals
    decision: Decision
    systems: frozenset[str]
    today: date
    locale: str

    @property
    def words(self) -> dict[str, Any]:
        """The checker's fixed words in the language of the answer."""
        words: dict[str, Any] = data.load("bounce/words")[self.locale]
        return words


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    if not case.decision.reason:
        return _unknown(case)
    decision, words, locale = case.decision, case.words, case.locale
    reason = reasons.reason(decision.reason)
    texts = reason[locale]
    others = tuple(_alternative(ident, locale) for ident in decision.others)
    title, summary = texts["title"], texts["summary"]
    reasonless = decision.hit is not None and decision.hit.rule.reasonless
    guessed = reasonless and decision.ambiguous
    if decision.ambiguous and others:
        doubt = words["reasonless" if guessed else "ambiguous"]
        title, summary = doubt["title"].format(first=title, second=others[0].title), doubt["summary"]
        others = (_alternative(decision.reason, locale), *others)
    topic = reasons.topic(reasons.family(decision.reason))
    going_on = reason.get("next", ())
    known_host = _host(case) if going_on else None
    host_topics = (known_host.topic,) if known_host else ()
    return Verdict(
        checker="bounce",
        locale=locale,
        status=Status.AMBIGUOUS if decision.ambiguous else Status.IDENTIFIED,
        topic=topic,
        topics=tuple(dict.fromkeys((reasons.topic(decision.reason), topic, *host_topics, *reason.get("topics", ())))),
        title=title,
        summary=summary,
        confidence=decision.confidence,
        confidence_meaning=_confidence_meaning(decision, words),
        permanence=_permanence(case, Permanence(reason["permanence"])),
        actor=Labelled(id=reason["actor"], label=words["actor"][reason["actor"]]),
        speaker=_speaker(case, find_speaker(case.signals, decision.reason)),
        evidence=_evidence(case),
        facts=_facts(case),
        steps=_steps(texts, case.today),
        cautions=_lasting(texts.get("cautions", ()), case.today),
        questions=tuple(words["unknown"]["questions"] if guessed else texts.get("questions", ())),
        alternatives=others,
        maxims=tuple(reason.get("maxims", ())),
        expiries=timeline.expiries(reason.get("expiries", ()), today=case.today, locale=locale),
        messages=tuple(_message(entry, case) for entry in texts.get("messages", ())),
        handovers=tuple(_handover(name, case, known_host) for name in going_on),
        report=mask(case.parts.notice) if reasonless else "",
    )


def _host(case: Case) -> Host | None:
    """Return the rental server that the notice comes from or speaks of."""
    first = case.signals.refusals[0]
    told = (case.signals.hosts, first.diagnostic, first.recipient, case.parts.notice[:MAX_GUESSED])
    return guess_host("\n".join(told))


def _handover(checker: str, case: Case, known_host: Host | None) -> Handover:
    """Return the way to another checker, with what this one knows of its questions."""
    known: dict[str, str | tuple[str, ...]] = {"host": known_host.id} if known_host else {}
    if checker == "passwords" and case.signals.refusals[0].diagnostic:
        known["error"] = case.signals.refusals[0].diagnostic[:MAX_DIAGNOSTIC]
    if checker == "forwarding" and case.signals.forwarded:
        known["arrives"] = ("forward",)
    return Handover(checker=checker, label=case.words["next"][checker], answers=known)


def _unknown(case: Case) -> Verdict:
    words = case.words["unknown"]
    first = case.signals.refusals[0]
    codes = " ".join(code for code in (first.reply_code, first.enhanced_status_code) if code)
    if not case.signals.passages:
        summary = words["summary_empty"]
    elif codes:
        summary = words["summary_codes"].format(codes=codes)
    elif first.recipient or case.signals.kind or is_daemon(case.signals):
        summary = words["summary_mail"]
    else:
        summary = words["summary_nothing"]
    return Verdict(
        checker="bounce",
        locale=case.locale,
        status=Status.UNKNOWN,
        topic=None,
        title=words["title"],
        summary=summary,
        speaker=_speaker(case, find_speaker(case.signals, "")),
        facts=_facts(case),
        questions=tuple(words["questions"]),
        handovers=(_handover("triage", case, _host(case)),),
        report=mask(case.parts.notice),
    )


def _alternative(ident: str, locale: str) -> Alternative:
    texts = reasons.reason(ident)[locale]
    return Alternative(
        topic=reasons.topic(reasons.family(ident)),
        title=texts["title"],
        summary=texts["summary"],
        tell_apart=texts.get("tell_apart", ""),
    )


def _confidence_meaning(decision: Decision, words: dict[str, Any]) -> str:
    confidence = decision.confidence
    level = "high" if confidence >= 0.9 else "good" if confidence >= 0.75 else "fair" if confidence >= 0.5 else "low"
    meaning: str = words["confidence"]["ambiguous" if decision.ambiguous else level]
    return meaning


def _permanence(case: Case, usual: Permanence) -> Labelled:
    first = case.signals.refusals[0]
    words = case.words["permanence"]
    if first.action == "delayed" or case.decision.reason == "delayed":
        return Labelled(id=Permanence.TEMPORARY, label=words["trying"])
    code = first.enhanced_status_code or first.reply_code
    over = first.action == "failed" or "expired" in (case.decision.reason, *case.decision.others)
    if code.startswith("4") and not over and usual is Permanence.PERMANENT:
        usual = Permanence.TEMPORARY
    if usual is Permanence.TEMPORARY and (over or code.startswith("5")):
        # the cause will pass, and this mail is lost all the same
        return Labelled(id=usual, label=words["resend"])
    return Labelled(id=usual, label=words[usual])


def _speaker(case: Case, speaker: Speaker | None) -> Labelled | None:
    if speaker is None:
        return None
    words = case.words["speaker"]
    host = case.signals.refusals[0].remote_mta if speaker is not Speaker.REPORTING else case.signals.reporting_mta
    label = words[speaker]
    if host and speaker in (Speaker.REMOTE, Speaker.FORWARD_TARGET, Speaker.REPORTING):
        label = words["named"].format(speaker=label, host=host)
    return Labelled(id=speaker, label=label)


def _evidence(case: Case) -> tuple[Evidence, ...]:
    shows = case.words["shows"]
    title = reasons.title(case.decision.reason, case.locale)
    found: list[Evidence] = []
    for hit in case.decision.support[:MAX_HITS]:
        if hit.passage is not None:
            for span in matches_of(hit)[:MAX_SPANS]:
                meaning = shows["support"] if found else shows["words"].format(title=title)
                found.append(quote_passage(FIELD, case.answer, hit.passage, span, meaning))
    first = case.signals.refusals[0]
    code = first.enhanced_status_code or first.reply_code
    decided_by_code = case.decision.hit is not None and case.decision.hit.passage is None
    meaning = shows["code"].format(title=title) if decided_by_code else case.words["fact"]["reply-code"]
    for entry in (
        quote_text(FIELD, case.answer, code, meaning),
        quote_text(FIELD, case.answer, first.recipient, shows["recipient"]),
    ):
        if entry and not any(_overlap(entry, other) for other in found):
            found.append(entry)
    return tuple(entry for number, entry in enumerate(found) if not any(_overlap(entry, o) for o in found[:number]))


def _overlap(one: Evidence, other: Evidence) -> bool:
    if one.start is None or one.end is None or other.start is None or other.end is None:
        return one.text == other.text
    return one.start < other.end and other.start < one.end


def _facts(case: Case) -> tuple[Fact, ...]:
    labels = case.words["fact"]
    first, *rest = case.signals.refusals
    names = ", ".join(system.name[case.locale] for system in systems() if system.id in case.systems)
    values = (
        ("final-recipient", first.recipient, ""),
        ("reply-code", first.reply_code, ""),
        ("enhanced-status-code", first.enhanced_status_code, ""),
        ("remote-mta", first.remote_mta, ""),
        ("reporting-mta", case.signals.reporting_mta, ""),
        ("mail-system", names, ""),
        ("diagnostic", first.diagnostic[:MAX_DIAGNOSTIC], ""),
        *(("other-recipient", other.recipient, _fate(other, labels)) for other in rest[:MAX_RECIPIENTS]),
    )
    return tuple(Fact(id=ident, label=labels[ident], value=value, note=note) for ident, value, note in values if value)


def _fate(refusal: Refusal, labels: dict[str, str]) -> str:
    action = "failed" if refusal.action not in ("delayed", "delivered") else refusal.action
    codes = " ".join(code for code in (refusal.reply_code, refusal.enhanced_status_code) if code)
    return f"{labels[f'action-{action}']} {codes}".strip()


def _steps(texts: dict[str, Any], today: date) -> tuple[Step, ...]:
    return tuple(
        Step(
            text=entry["text"],
            where=tuple(entry.get("where", ())),
            note=entry.get("note", ""),
            topic=entry.get("topic"),
        )
        for entry in texts.get("steps", ())
        if "expiry" not in entry or not timeline.has_ended(entry["expiry"], today)
    )


def _lasting(entries: list[str | dict[str, str]], today: date) -> tuple[str, ...]:
    """Return the texts that still hold; one that ends is written ``{ text = …, expiry = … }``."""
    return tuple(
        entry if isinstance(entry, str) else entry["text"]
        for entry in entries
        if isinstance(entry, str) or not timeline.has_ended(entry["expiry"], today)
    )


def _message(entry: dict[str, str], case: Case) -> Message:
    first = case.signals.refusals[0]
    known = {
        "recipient": first.recipient,
        "diagnostic": first.diagnostic[:MAX_DIAGNOSTIC],
        "reply_code": first.reply_code,
        "enhanced_status_code": first.enhanced_status_code,
        "date": case.parts.headers.get("date", ""),
        "remote_mta": first.remote_mta,
        "reporting_mta": case.signals.reporting_mta,
        "subject": _original_subject(case.parts.original),
    }
    blank = case.words["blank"]

    def fill(match: re.Match[str]) -> str:
        return known.get(match[1]) or blank.get(match[1], match[0])

    return Message(
        id=entry["id"],
        to=Actor(entry["to"]),
        label=entry["label"],
        text=_PLACEHOLDER.sub(fill, entry["text"]).strip(),
    )


def _original_subject(original: str) -> str:
    found = re.search(r"(?im)^subject:[ \t]*(\S[^\n]{0,200})", original[:4000])
    return found[1].strip() if found else ""
