"""Explain: from places and a guess to a verdict with a checklist, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data, timeline
from kakugen_checkers.passwords.places import Place, all_places
from kakugen_checkers.passwords.sheet import figure, sections, stopping, told_fact
from kakugen_checkers.protocol import (
    Actor,
    Alternative,
    Evidence,
    Expiry,
    Fact,
    Handover,
    Labelled,
    Message,
    Permanence,
    Status,
    Step,
    Verdict,
)
from kakugen_checkers.quoting import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.passwords.case import Case

MAX_NAMED: Final = 4
"""So many places are named in a sentence."""
MAX_ERROR_SHOWN: Final = 600


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    words, guess = case.words, case.guess
    name = _outcome(case)
    settings = data.load("passwords/words")["topic"][name]
    places = guess.places if name in ("forgotten", "locked-out") else ()
    topic = places[0].topic if name == "forgotten" else f"passwords/{name}"
    ambiguous = name == "forgotten" and len(places) > 1
    confidence = _confidence(case, name)
    return Verdict(
        checker="passwords",
        locale=case.locale,
        status=Status.AMBIGUOUS if ambiguous else Status.IDENTIFIED,
        topic=topic,
        topics=tuple(
            dict.fromkeys(
                (
                    topic,
                    *(place.topic for place in places),
                    "passwords/prepare" if case.preparing else "passwords/checklist",
                    *((case.host.topic,) if case.host else ()),
                )
            )
        ),
        title=_title(case, name),
        summary=_summary(case, name),
        confidence=confidence,
        confidence_meaning=words["confidence"][_level(confidence)],
        permanence=_permanence(name, words),
        actor=Labelled(id=Actor(settings["actor"]), label=words["actor"][settings["actor"]]),
        evidence=_evidence(case),
        facts=_facts(case),
        steps=_steps(case, name),
        cautions=_cautions(case),
        questions=_questions(case, name),
        alternatives=_alternatives(case, ambiguous),
        maxims=tuple(settings["maxims"]),
        expiries=_expiries(case),
        messages=_messages(case, name),
        figures=(figure(case),),
        sections=sections(case, name),
        handovers=_handovers(case, name),
    )


def _outcome(case: Case) -> str:
    """Return what the answer is about: an outcome, or ``forgotten`` where the error names places."""
    guess = case.guess
    if guess.sign and not guess.side and guess.sign in ("locked-out", "google-password", "not-password"):
        return guess.sign
    if guess.places:
        return "forgotten"
    return "prepare" if case.preparing else "checklist"


# ---- what is said ----


def _title(case: Case, name: str) -> str:
    titles = case.words["titles"]
    if name == "forgotten" and len(case.guess.places) > 1:
        return str(titles["several"].format(number=len(case.guess.places)))
    return str(titles[name].format(place=_names(case.guess.places[:1], case)))


def _summary(case: Case, name: str) -> str:
    summaries, guess = case.words["summaries"], case.guess
    if guess.side:
        return str(summaries[f"side-{guess.side}"])
    if name == "forgotten":
        key = "several" if len(guess.places) > 1 else "forgotten"
    elif name in ("checklist", "prepare"):
        number = len(case.live)
        key = name if number > 1 else f"{name}-one" if number else f"{name}-ended"
        key = key if case.ticked else f"{name}-none"
    else:
        key = name
    return str(
        summaries[key].format(
            number=len(case.live),
            place=_names(guess.places[:1], case),
            places=_names(guess.places[:MAX_NAMED], case),
        )
    )


def _names(places: tuple[Place, ...], case: Case) -> str:
    comma: str = case.words["join"]["comma"]
    return comma.join(place.texts[case.locale]["name"] for place in places)


def _steps(case: Case, name: str) -> tuple[Step, ...]:
    words = case.words["steps"]
    if name == "google-password":
        return (_step(words["google"], case),)
    if name == "not-password":
        return (_step(words["ask-bounce"], case),)
    stop = stopping(case)
    order = [*(["stop"] if stop else []), "change" if case.preparing else "confirm"]
    if name == "locked-out":
        order.insert(1 if stop else 0, "wait")
    if case.guess.places:
        order.append("first")
    order += ["mend", *(["wait"] if name != "locked-out" else []), "test"]
    known = {"names": _names(stop, case), "place": _names(case.guess.places[:1], case)}
    return tuple(_step(words[key], case, known) for key in order)


def _step(entry: Mapping[str, Any], case: Case, known: Mapping[str, str] | None = None) -> Step:
    text, where, note = entry["text"], tuple(entry.get("where", ())), entry.get("note", "")
    if "fact" in entry:
        told, where, doubt = told_fact(entry["fact"], case)
        text = text.replace("{fact}", told)
        note = " ".join(filter(None, (note, doubt)))
    for key, value in (known or {}).items():
        text = text.replace(f"{{{key}}}", value)
    return Step(text=text.strip(), where=where, note=note)


def _facts(case: Case) -> tuple[Fact, ...]:
    labels = case.words["fact"]
    smtp = case.host.facts.get("smtp") if case.host else None
    entries = (
        ("host", case.host.name[case.locale] if case.host else ""),
        ("guessed", _names(case.guess.places, case)),
        ("places", labels["count"].format(number=len(case.live)) if case.ticked else ""),
        ("smtp", smtp.text[case.locale] if smtp else ""),
    )
    return tuple(Fact(id=ident, label=labels[ident], value=value) for ident, value in entries if value)


def _evidence(case: Case) -> tuple[Evidence, ...]:
    shows = case.words["shows"]
    found: list[Evidence] = []
    names = {place.id: place.texts[case.locale]["name"] for place in all_places()}
    for hit in case.guess.hits:
        meaning = shows["place"].format(place=names[hit.shows]) if hit.shows in names else shows[hit.shows]
        if hit.span and not any(entry.start == hit.span[0] for entry in found):
            found.append(quote("error", case.error, *hit.span, meaning))
        elif not hit.span:
            found.append(Evidence(field="error", text=hit.words, shows=meaning))
    return tuple(found)


def _cautions(case: Case) -> tuple[str, ...]:
    words = case.words["cautions"]
    found = [words["tries"], words["again"]]
    live = {place.id for place in case.live}
    if "gmail-sending" in live:
        found.append(words["delete"])
        block = case.host.facts.get("foreign-block") if case.host else None
        if block and block.value == "on":
            found.append(block.text[case.locale])
    if live & {"outlook", "thunderbird", "mac-mail", "gmail-app", "android-mail"}:
        found.append(words["pop"])
    found += [
        entry[case.locale]
        for entry in data.load("passwords/words")["lockout"]
        if case.host and entry["host"] == case.host.id
    ]
    return tuple(found)


def _questions(case: Case, name: str) -> tuple[str, ...]:
    words, found = case.words["questions"], []
    if case.guess.side:
        found.append(words["tell"])
    elif case.error.strip() and not case.guess.hits:
        found.append(words["error"])
    if not case.ticked:
        found.append(words["none"])
    if case.host is None:
        found.append(words["host"])
    if "other-gmail" not in {place.id for place in case.ticked} and name != "google-password":
        found.append(words["others"])
    return tuple(found)


def _alternatives(case: Case, ambiguous: bool) -> tuple[Alternative, ...]:
    side = case.guess.side
    if ambiguous:
        places = case.guess.places
    elif side:
        places = tuple(place for place in case.ticked if place.side in (side, "both"))
    else:
        places = ()
    return tuple(
        Alternative(
            topic=place.topic,
            title=place.texts[case.locale]["name"],
            summary=place.texts[case.locale]["symptom"],
            tell_apart=place.texts[case.locale]["error"],
        )
        for place in places
    )


# ---- how sure, how long, what next ----


def _confidence(case: Case, name: str) -> float:
    levels = data.load("passwords/words")["confidence"]
    if case.guess.side:
        return float(levels["side"])
    if name == "forgotten":
        key = "several" if len(case.guess.places) > 1 else "side" if case.guess.sign else "place"
    else:
        key = "list" if name in ("checklist", "prepare") else "sign"
    return float(levels[key])


def _level(confidence: float) -> str:
    return "high" if confidence >= 0.9 else "good" if confidence >= 0.75 else "fair"


def _permanence(name: str, words: Mapping[str, Any]) -> Labelled | None:
    kinds = {"forgotten": Permanence.PERMANENT, "locked-out": Permanence.TEMPORARY}
    return Labelled(id=kinds[name], label=words["permanence"][kinds[name]]) if name in kinds else None


def _expiries(case: Case) -> tuple[Expiry, ...]:
    chosen = tuple(dict.fromkeys(place.expiry for place in (*case.guess.places, *case.ticked) if place.expiry))
    return timeline.expiries(chosen, today=case.today, locale=case.locale)


def _messages(case: Case, name: str) -> tuple[Message, ...]:
    if name != "locked-out":
        return ()
    words = case.words["message"]
    error = case.error.strip()[:MAX_ERROR_SHOWN]
    text = words["text"].replace("{error}", error).strip()
    return (Message(id="to-host", to=Actor.HOST, label=words["label"], text=text),)


def _handovers(case: Case, name: str) -> tuple[Handover, ...]:
    words = case.words["handover"]
    host: dict[str, str | float | bool | tuple[str, ...]] = {"host": case.host.id} if case.host else {}
    ids = {place.id for place in (*case.ticked, *case.guess.places)}
    sends = {"sends": "send-as"} if "gmail-sending" in ids else {}
    arrives = {"arrives": ("pop-fetch",)} if "gmail-receiving" in ids else {}
    mailbox = Handover(checker="mailbox", label=words["mailbox"], answers={**host, "changed": "password", **arrives})
    found = [mailbox, Handover(checker="forwarding", label=words["forwarding"], answers={**host, **sends, **arrives})]
    if sends or arrives:
        found.reverse()
    if case.error.strip():
        bounce = Handover(checker="bounce", label=words["bounce"], answers={"mail": case.error})
        found.insert(0 if name == "not-password" or not case.guess.hits else len(found), bounce)
    return tuple(found)
