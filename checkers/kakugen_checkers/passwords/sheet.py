"""The sheet: the parts of the answer that are ticked off, on the screen and on paper.

A case goes in; its sections and the table of symptoms come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakugen_checkers.hosts import doubt, unknown_fact
from kakugen_checkers.passwords.places import Place, State, all_places, state
from kakugen_checkers.protocol import Figure, Section, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakugen_checkers.passwords.case import Case


def sections(case: Case, name: str) -> tuple[Section, ...]:
    """Return the sections of the answer, in the order in which they are needed."""
    if name in ("google-password", "not-password") and not case.ticked:
        return ()
    entries = {
        "prepare": _written(case, "prepare") if case.preparing else (),
        "stop": tuple(
            Step(text=_named(place, place.texts[case.locale].get("pause", ""), case)) for place in stopping(case)
        ),
        "places": tuple(step for place in case.shown for step in _mending(place, case)),
        "maybe": _maybe(case),
        "locked": _written(case, "locked"),
        "verify": _written(case, "verify"),
        "back": (),
        "keep": _written(case, "keep"),
    }
    titles, texts = case.words["sections"], case.words["texts"]
    made = {
        ident: Section(
            id=ident,
            title=titles[ident],
            text=texts.get(ident, ""),
            steps=steps,
            checklist=ident in ("prepare", "stop", "places", "maybe", "verify"),
        )
        for ident, steps in entries.items()
        if steps or ident == "back"
    }
    if name == "locked-out":  # what to do about that comes first
        made = {"locked": made["locked"], **made}
    return tuple(made.values())


def stopping(case: Case) -> tuple[Place, ...]:
    """Return the places in use that go on trying by themselves; all of the list where none was ticked."""
    return tuple(place for place in case.live if place.retries and place.texts[case.locale].get("pause"))


def figure(case: Case) -> Figure:
    """Return the table of what is noticed while a place is forgotten."""
    words = case.words["symptoms"]
    rows = tuple(
        (
            place.texts[case.locale]["name"],
            place.texts[case.locale]["symptom"],
            place.texts[case.locale]["error"],
        )
        for place in case.live
    )
    return Figure(
        id="symptoms",
        kind="table",
        title=words["title"],
        columns=tuple(words["columns"]),
        rows=rows,
        note=words["note"],
    )


def told_fact(ident: str, case: Case) -> tuple[str, tuple[str, ...], str]:
    """Return what is known of the reader's host, the labels to click, and what to doubt."""
    fact = case.host.fact(ident) if case.host else unknown_fact(ident)
    return fact.text[case.locale], fact.path, doubt(fact, case.today, case.locale)


def _mending(place: Place, case: Case) -> Iterable[Step]:
    """Return how a place is mended: its first step carries its name, the last what is noticed while it is forgotten."""
    texts, words = place.texts[case.locale], case.words
    now = state(place, case.today)
    if now is State.ENDED:
        return (Step(text=_named(place, texts["ended"], case), topic=place.topic),)
    about = (
        words["symptoms"]["forgotten"].format(symptom=texts["symptom"]),
        words["symptoms"]["who"].format(who=texts["who"]),
    )
    steps: list[Step] = []
    written = texts["steps"]
    for number, entry in enumerate(written):
        note = [entry.get("note", "")]
        if number == 0 and now is State.ENDING:
            note.insert(0, texts["ending"])
        if entry.get("where") and place.sure == "unconfirmed" and words["fact"]["differs"] not in note[-1]:
            note.append(words["fact"]["differs"])
        if number == len(written) - 1:
            note += about
        steps.append(
            Step(
                text=_named(place, entry["text"], case) if number == 0 else entry["text"],
                where=tuple(entry.get("where", ())),
                note=" ".join(filter(None, note)) if case.locale == "en" else "".join(filter(None, note)),
                topic=place.topic if number == 0 else None,
            )
        )
    return tuple(steps)


def _maybe(case: Case) -> tuple[Step, ...]:
    if not case.ticked:
        return ()
    rest = (place for place in all_places() if place not in case.shown and state(place, case.today) is State.THERE)
    return tuple(Step(text=place.texts[case.locale]["name"]) for place in rest)


def _named(place: Place, text: str, case: Case) -> str:
    name: str = place.texts[case.locale]["name"]
    return f"{name}：{text}" if case.locale == "ja" else f"{name}: {text}"


def _written(case: Case, ident: str) -> tuple[Step, ...]:
    entries: list[Mapping[str, Any]] = case.words[ident]["steps"]
    return tuple(Step(text=entry["text"], note=entry.get("note", "")) for entry in entries)
