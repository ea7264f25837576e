"""Explain: from a judgement to a verdict in the reader's language.

Everything that is said comes from data: the texts of topics and faults, the fixed words, the facts of hosts. This
module puts them together with what was read off the paste.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data, timeline
from kakugen_checkers.hosts import doubt
from kakugen_checkers.protocol import (
    Actor,
    Alternative,
    Fact,
    Handover,
    Labelled,
    Message,
    Permanence,
    Status,
    Step,
    Verdict,
)
from kakugen_checkers.records import faults
from kakugen_checkers.records.faults import AREA, fill
from kakugen_checkers.records.figures import forward_figure, terms_figure
from kakugen_checkers.records.limits import limit
from kakugen_checkers.records.lookups import count_lookups, review
from kakugen_checkers.records.publish import dmarc_to_publish, host_terms, left_out, spf_to_publish, strings_of
from kakugen_checkers.records.quote import quote_faults
from kakugen_checkers.records.read import MAX_TEXT, read_records
from kakugen_checkers.records.sections import sections

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from kakugen_checkers.records.judge import Judgement

FIELD: Final = "records"
MAX_MX: Final = 10
MAX_STEPS: Final = 6
MAX_HANDED: Final = 20_000
_GOOD: Final = "records-good"
_INCOMPLETE: Final = "records-incomplete"
_GOOGLE: Final = "_spf.google.com"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One paste and all that was found out about it.

    Attributes:
        text: what was pasted.
        judgement: what was found out.
        typed_domain: what the reader entered as the domain.
        today: the day of the answer.
        locale: language of the answer.
    """

    text: str
    judgement: Judgement
    typed_domain: str
    today: date
    locale: str

    @property
    def words(self) -> dict[str, Any]:
        """The checker's fixed words in the language of the answer."""
        words: dict[str, Any] = data.load("records/words")[self.locale]
        return words

    def topics(self) -> tuple[str, ...]:
        """Return the names of all topics of the answer, the worst first."""
        serious = [faults.topic_of(fault) for fault in self.judgement.serious]
        missing = [f"{kind}-missing" for kind in self.judgement.missing]
        notes = [faults.topic_of(fault) for fault in self.judgement.faults]
        fine = [] if serious else [_INCOMPLETE if missing else _GOOD]
        return tuple(dict.fromkeys((*serious, *missing, *fine, *notes)))


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    if not case.judgement.records.found_any and not case.judgement.faults:
        return _unknown(case)
    words, locale = case.words, case.locale
    first, *rest = case.topics()
    texts = faults.topic_texts(first, locale)
    good = first == _GOOD
    unsure = first.endswith("-missing") and not case.judgement.serious
    host = case.judgement.host
    actor = Actor.NOBODY if good else Actor.DOMAIN
    permanence = Permanence.NONE if good else Permanence.PERMANENT
    return Verdict(
        checker=AREA,
        locale=locale,
        status=Status.AMBIGUOUS if unsure else Status.IDENTIFIED,
        topic=f"{AREA}/{first}",
        topics=(*(f"{AREA}/{name}" for name in (first, *rest)), *((host.topic,) if host else ())),
        title=texts["title"],
        summary=texts["summary"],
        confidence=0.6 if unsure else 0.97,
        confidence_meaning=words["confidence"]["unsure" if unsure else "sure"],
        permanence=None if unsure else Labelled(id=permanence, label=words["permanence"][permanence]),
        actor=Labelled(id=actor, label=words["actor"][actor]),
        evidence=quote_faults(case.judgement, FIELD, case.text, locale),
        facts=tuple(_facts(case)),
        steps=tuple(_steps(case)),
        cautions=tuple(_cautions(case)),
        questions=_notes(case),
        alternatives=tuple(_alternatives(case, first)) if unsure else (),
        maxims=_maxims(case),
        expiries=_expiries(case),
        messages=tuple(_messages(case)),
        figures=(terms_figure(case.judgement, words, locale), forward_figure(case.judgement, words)),
        sections=sections(case.judgement, words, good=good),
        handovers=(_forwarding(case),),
    )


def _unknown(case: Case) -> Verdict:
    words = case.words["unknown"]
    return Verdict(
        checker=AREA,
        locale=case.locale,
        status=Status.UNKNOWN,
        topic=None,
        title=words["title"],
        summary=words["summary" if case.text.strip() else "summary_empty"],
        questions=(*_notes(case), *words["questions"]),
    )


def _facts(case: Case) -> Iterator[Fact]:
    labels, values, notes = case.words["fact"], case.words["value"], case.words["note"]
    records, host, lookups = case.judgement.records, case.judgement.host, case.judgement.lookups

    def fact(ident: str, value: str, note: str = "") -> Fact:
        return Fact(id=ident, label=labels[ident], value=value, note=note)

    if records.domain:
        yield fact("domain", records.domain)
    if host:
        yield fact("host", host.name[case.locale])
    if lookups:
        counted = {"least": str(lookups.least), "most": str(limit("spf-lookups"))}
        said = [fill(notes["unknown"], {"names": ", ".join(lookups.unknown[:10])})] if lookups.unknown else []
        if lookups.from_data and case.today.isoformat() > review():
            said.append(fill(notes["data-old"], {"review": review()}))
        value = fill(values["lookups-least" if lookups.unknown else "lookups"], counted)
        yield fact("spf-lookups", value, " ".join(said))
    for spf in records.spf[:3]:
        yield fact("spf-length", fill(values["length"], {"size": str(len(spf.found.value.text))}))
    for dkim in records.dkim[:MAX_MX]:
        if dkim.alias:
            value = fill(values["key-alias"], {"argument": dkim.alias[:100]})
        elif dkim.bits is None:
            value = values["key-unreadable"]
        else:
            value = fill(values["key"], {"type": dkim.key_type, "bits": str(dkim.bits)})
        yield fact("dkim-key", value, dkim.selector[:60])
    for dmarc in records.dmarc[:3]:
        yield fact("dmarc-policy", values[f"policy-{dmarc.policy if dmarc.valid else ''}"])
    for mx in records.mx[:MAX_MX]:
        yield fact("mx", mx.host or values["mx-null"])
    if case.judgement.missing:
        yield fact("missing", ", ".join(case.words["record"][kind] for kind in case.judgement.missing))


def _steps(case: Case) -> Iterator[Step]:
    words = case.words["step"]
    worth = {faults.topic_of(fault) for fault in case.judgement.serious}
    worth |= {f"{kind}-missing" for kind in case.judgement.missing}
    names = [name for name in case.topics() if name in worth]
    if not names:
        return
    yield Step(text=words["photo"])
    done: set[str] = set()
    for name in names[:MAX_STEPS]:
        kind = faults.topic_fact(name)
        text = faults.topic_texts(name, case.locale)["step"]
        if faults.is_covered(name):
            # one record to publish mends all mistakes of its kind at once
            if kind in done:
                continue
            done.add(kind)
            if not _published(case, kind):
                text = words["alone"]
        where, note = _where(case, kind)
        yield Step(text=text, where=where, note=note, topic=f"{AREA}/{name}")
    yield Step(text=words["dns"], note=words["one_at_a_time"] if len(names) > 1 else "")


def _published(case: Case, kind: str) -> str:
    """Return the record to publish of one kind; empty where there is none."""
    records = case.judgement.records
    return spf_to_publish(records, case.judgement.host) if kind == "spf" else dmarc_to_publish(records)


def _where(case: Case, kind: str) -> tuple[tuple[str, ...], str]:
    """Return where the host's panel keeps a record, and what else is known of it there."""
    host = case.judgement.host
    if host is None or not kind:
        return (), ""
    fact = host.fact(kind)
    note = f"{fact.text[case.locale]} {doubt(fact, case.today, case.locale)}"
    return fact.path, note.strip()


def _cautions(case: Case) -> Iterator[str]:
    words, topics = case.words["caution"], case.topics()
    if any(name.startswith("spf-") for name in topics):
        yield words["second"]
        yield words["invent"]
        if lost := left_out(case.judgement.records):
            yield fill(words["left_out"], {"terms": " ".join(lost[:5])})
        if _costs_too_much(case):
            yield words["merged"]
    if any(name.startswith("dmarc-") for name in topics):
        yield words["reject"]
        if dmarc_to_publish(case.judgement.records):
            yield words["report_address"]


def _costs_too_much(case: Case) -> bool:
    """Return whether even the SPF record to publish asks DNS too often."""
    spf = spf_to_publish(case.judgement.records, case.judgement.host)
    terms = read_records(spf).spf[0].terms if spf else ()
    return count_lookups(terms, case.judgement.records).least > limit("spf-lookups")


def _notes(case: Case) -> tuple[str, ...]:
    """Return what the reader should know of the input itself."""
    notes = case.words["note"]
    said = []
    if case.typed_domain.strip() and not case.judgement.records.domain:
        said.append(fill(notes["domain-invalid"], {"domain": case.typed_domain.strip()[:80]}))
    if len(case.text) > MAX_TEXT:
        said.append(fill(notes["cut"], {"size": f"{MAX_TEXT:,}"}))
    return tuple(said)


def _alternatives(case: Case, first: str) -> Iterator[Alternative]:
    for name in (first, _INCOMPLETE):
        texts = faults.topic_texts(name, case.locale)
        yield Alternative(
            topic=f"{AREA}/{name}", title=texts["title"], summary=texts["summary"], tell_apart=texts["tell_apart"]
        )


def _maxims(case: Case) -> tuple[str, ...]:
    if not case.judgement.serious:
        return ()
    many = {"spf-too-many-lookups", "mx-several-hosts", "spf-two-records"} & set(case.topics())
    return ("last-change-first", "every-tool-multiplies") if many else ("last-change-first",)


def _expiries(case: Case) -> tuple[Any, ...]:
    """Sending through Gmail without Workspace ends; who lets Google send and receives elsewhere may do just that."""
    records = case.judgement.records
    google = any("google" in host for host in records.mx_hosts)
    if not records.spf_allows(_GOOGLE) or google or not records.mx_hosts:
        return ()
    return timeline.expiries(("gmail-send-as",), today=case.today, locale=case.locale)


def _messages(case: Case) -> Iterator[Message]:
    words, records = case.words["publish"], case.judgement.records
    if any(fault.id.startswith("mx-null") for fault in case.judgement.faults):
        return
    name = records.domain or words["here"]
    if spf := spf_to_publish(records, case.judgement.host):
        label = fill(words["spf"], {"name": name})
        host = case.judgement.host
        if host and not host_terms(host, records.paste.plain)[1] and not records.spf:
            label = f"{label} {words['rest']}"
        yield Message(id="spf", to=Actor.DOMAIN, label=label, text=strings_of(spf))
    if dmarc := dmarc_to_publish(records):
        below = f"_dmarc.{records.domain}" if records.domain else "_dmarc"
        yield Message(id="dmarc", to=Actor.DOMAIN, label=fill(words["dmarc"], {"name": below}), text=dmarc)
    before = [spf.found.value.text for spf in records.spf] + [dmarc.found.value.text for dmarc in records.dmarc]
    if case.judgement.serious and before:
        yield Message(id="before", to=Actor.DOMAIN, label=words["before"], text="\n".join(before)[:4000])


def _forwarding(case: Case) -> Handover:
    records, host = case.judgement.records, case.judgement.host
    known: dict[str, str | float | bool | tuple[str, ...]] = {FIELD: case.text[:MAX_HANDED]}
    if records.domain:
        known["domain"] = records.domain
    if host:
        known["host"] = host.id
    return Handover(checker="forwarding", label=case.words["handover"]["forwarding"], answers=known)
