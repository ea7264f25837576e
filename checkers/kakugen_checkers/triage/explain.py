"""Explain: from what was answered and found to a verdict in the reader's language.

Everything that is said comes from data: the texts of the causes, how two of them meet, the fixed words of the checker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data, timeline
from kakugen_checkers.protocol import Actor, Alternative, Fact, Handover, Labelled, Section, Status, Step, Verdict
from kakugen_checkers.triage.answered import options
from kakugen_checkers.triage.carry import carried

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from kakugen_checkers.protocol import Expiry
    from kakugen_checkers.triage.answered import Answered
    from kakugen_checkers.triage.finding import Finding
    from kakugen_checkers.triage.ranking import Cause, Ranked

MAX_MAXIMS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One interview and what it came to.

    Attributes:
        answered: what is known.
        finding: what that comes to.
        today: the day of the answer.
        locale: language of the answer.
    """

    answered: Answered
    finding: Finding
    today: date
    locale: str

    @property
    def words(self) -> Mapping[str, Any]:
        """The checker's fixed words in the language of the answer."""
        return words_of(self.locale)

    @property
    def causes(self) -> tuple[Ranked, ...]:
        """The causes that are told: the one that is mended first leads; none where nothing is decided."""
        lead, met, pair = self.finding.lead, self.finding.met, self.finding.pair
        if lead is None:
            return ()
        if met is None or pair is None:
            return (lead,)
        return (lead, met) if lead.cause.id == pair[pair["first"]] else (met, lead)

    @property
    def is_open(self) -> bool:
        """Whether several causes fit about as well. Two that met stand together, whatever is close behind them."""
        return self.finding.met is None and bool(self.finding.rivals)

    def text(self, cause: Cause, name: str) -> str:
        """Return a text of a cause."""
        found: str = cause.texts[self.locale][name]
        return found

    def listed(self, answers: Iterable[str]) -> str:
        """Return answers in the words of the form."""
        join, labels = self.words["join"], self.answered.labels
        separator: str = join["list"]
        return separator.join(join["quote"].format(text=labels[answer]) for answer in answers)


def words_of(locale: str) -> Mapping[str, Any]:
    """Return the checker's fixed words in one language."""
    words: Mapping[str, Any] = data.load("triage/words")[locale]
    return words


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    causes, host = case.causes, case.answered.host
    own = tuple(entry.cause.topic for entry in causes) or ("triage/open",)
    topics = ("triage/both", *own) if len(causes) > 1 else own
    title, summary = _headline(case)
    level, confidence = _confidence(case)
    status = Status.UNKNOWN if not causes else Status.AMBIGUOUS if case.is_open else Status.IDENTIFIED
    actor = causes[0].cause.actor if causes else ""
    return Verdict(
        checker="triage",
        locale=case.locale,
        status=status,
        topic=topics[0] if causes else None,
        topics=(*topics, *((host.topic,) if host else ())),
        title=title,
        summary=summary,
        confidence=confidence,
        confidence_meaning=case.words["confidence"][level] if causes else "",
        actor=Labelled(id=Actor(actor), label=case.words["actor"][actor]) if actor else None,
        evidence=case.answered.reading.evidence,
        facts=tuple(_facts(case)),
        steps=_steps(case),
        cautions=(case.words["cautions"]["one" if causes and not case.is_open else "open"],),
        questions=tuple(_questions(case)),
        alternatives=tuple(_alternatives(case)),
        maxims=_maxims(case),
        expiries=_expiries(case),
        sections=tuple(_sections(case)),
        handovers=_handovers(case),
    )


# ---- what it is ----


def _headline(case: Case) -> tuple[str, str]:
    """Return title and summary: what it is, and which of the two kinds, in so many words."""
    titles, summaries, finding = case.words["titles"], case.words["summaries"], case.finding
    separator: str = case.words["join"]["sentence"]
    if finding.lead is None:
        return titles["open"], summaries["open" if case.answered.given else "empty"]
    lead = finding.lead.cause
    if finding.pair is not None:
        return titles["both"], finding.pair[case.locale]["story"]
    if case.is_open:
        first, second = (case.text(cause, "title") for cause in (lead, finding.rivals[0].cause))
        return titles["either"], summaries["either"].format(first=first, second=second)
    return case.text(lead, "title"), separator.join((case.text(lead, "summary"), case.words["told"][lead.kind]))


def _confidence(case: Case) -> tuple[str, float]:
    """Return how sure it is: the level and the number."""
    levels, lead = data.load("triage/words")["confidence"], case.finding.lead
    if lead is None:
        return "fair", 0.0
    if case.is_open:
        return "ambiguous", levels["ambiguous"]["value"]
    level = next(
        name
        for name in ("high", "good", "fair")
        if lead.points >= levels[name]["points"] and case.finding.ahead >= levels[name]["lead"]
    )
    return level, levels[level]["value"]


def _facts(case: Case) -> Iterable[Fact]:
    labels, causes = case.words["fact"], case.causes
    kinds = case.words["kind"]
    kind = "both" if len(causes) > 1 else "open" if not causes or case.is_open else causes[0].cause.kind
    entries = [("kind", kinds["label"], kinds[kind])]
    if len(causes) > 1:
        by_kind = {entry.cause.kind: entry for entry in causes}
        entries += [(f"{name}-for", labels[f"{name}-for"], case.listed(by_kind[kind].pros)) for name, kind in _KINDS]
    else:
        entries += [("for", labels["for"], case.listed(entry.pros)) for entry in causes]
    against = dict.fromkeys(answer for entry in causes for answer in entry.cons)
    entries.append(("against", labels["against"], case.listed(against)))
    entries += [("error", labels["error"], title) for title in case.answered.reading.titles.values()]
    if case.answered.host:
        entries.append(("host", labels["host"], case.answered.host.name[case.locale]))
    return (Fact(id=ident, label=label, value=value) for ident, label, value in entries if value)


_KINDS: Final = (("piled", "piled-up"), ("changed", "changed"))


# ---- what to do ----


def _steps(case: Case) -> tuple[Step, ...]:
    if not case.causes:
        return tuple(Step(text=entry["text"]) for entry in case.words["open"]["steps"])
    if case.is_open:  # to mend one of them would be a guess
        return tuple(Step(text=text) for text in case.words["steps"]["contest"])
    return _mending(case.causes[0].cause, case)


def _mending(cause: Cause, case: Case) -> tuple[Step, ...]:
    """Return how to make sure of a cause, and what to do then."""
    first = case.words["steps"]["minute"].format(minute=case.text(cause, "minute"))
    return (
        Step(text=first, topic=cause.topic),
        *(Step(text=text) for text in cause.texts[case.locale]["steps"]),
    )


def _sections(case: Case) -> Iterable[Section]:
    if not case.causes or case.is_open:
        return
    titles = case.words["sections"]
    if case.finding.pair is not None:
        yield Section(id="kind", title=titles["kind"], text=case.finding.pair[case.locale]["order"])
    for entry in case.causes[1:]:
        name = "piled" if entry.cause.kind == "piled-up" else "changed"
        title = titles[name].format(title=case.text(entry.cause, "title"))
        yield Section(id=name, title=title, steps=_mending(entry.cause, case))
    after = tuple(Step(text=entry["text"]) for entry in case.words["after"]["steps"])
    yield Section(id="after", title=titles["after"], steps=after, checklist=True)


def _questions(case: Case) -> Iterable[str]:
    """Yield the one question that would settle it, and what could not be used."""
    words, finding, answered = case.words["questions"], case.finding, case.answered
    labels = {option: entry[case.locale] for option, entry in options().items()}
    undecided = case.is_open or not case.causes
    if undecided and finding.apart and finding.first and finding.second:
        yield words["apart"].format(
            label=labels[finding.apart],
            yes=case.text(finding.first, "title"),
            no=case.text(finding.second, "title"),
        )
    elif undecided:
        yield words["trouble"]
    for option in answered.contradicted:
        yield words["contradiction"].format(nothing=labels[option])
    if answered.error.strip() and not answered.reading.is_error:
        yield words["no-error"]


def _alternatives(case: Case) -> Iterable[Alternative]:
    own = case.causes if case.is_open else ()
    for entry in (*own, *case.finding.rivals):
        cause = entry.cause
        yield Alternative(
            topic=cause.topic,
            title=case.text(cause, "title"),
            summary=case.text(cause, "summary"),
            tell_apart=case.text(cause, "minute"),
        )


def _maxims(case: Case) -> tuple[str, ...]:
    settings = data.load("triage/words")["topic"]
    causes = case.causes
    general = settings["open"]["maxims"] if not causes else settings["both"]["maxims"] if len(causes) > 1 else ()
    return tuple(dict.fromkeys((*general, *(maxim for entry in causes for maxim in entry.cause.maxims))))[:MAX_MAXIMS]


def _expiries(case: Case) -> tuple[Expiry, ...]:
    """Return what ends of what the reader uses."""
    used = (entry for entry in data.load("triage/causes")["derived"] if entry["answer"] in case.answered.given)
    return timeline.expiries((entry["expiry"] for entry in used), today=case.today, locale=case.locale)


def _handovers(case: Case) -> tuple[Handover, ...]:
    causes = case.causes if case.causes and not case.is_open else (*case.causes, *case.finding.rivals)
    decided = len(causes) == len(case.causes)
    # where nothing is decided, only the best way of each cause is offered
    leads = [name for entry in causes for name in (entry.cause.leads if decided else entry.cause.leads[:1])]
    if case.finding.pair is not None:  # the best way for each of the two, then the others
        leads = [*(entry.cause.leads[0] for entry in causes), *leads]
    if case.answered.reading.is_error:
        leads = ["bounce", *leads] if not decided or not causes else [*leads, "bounce"]
    labels = case.words["handover"]
    return tuple(
        Handover(checker=name, label=labels[name], answers=carried(name, case.answered))
        for name in dict.fromkeys(leads)
    )
