"""What was answered: from the form's values to the ids of options, in the form's order, and what an error adds.

Answers go in; ``Answered`` comes out, in which every usable option stands once whatever the order of ticks. Where an
error was pasted, the bounce checker reads it, and what it reads counts as an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data, timeline
from kakugen_checkers.forms import entered_text
from kakugen_checkers.host_guess import guess_host
from kakugen_checkers.hosts import host
from kakugen_checkers.protocol import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kakugen_checkers.hosts import Host
    from kakugen_checkers.protocol import Answers, Evidence

NOTHING: Final = {"nothing-changed": "changed", "nothing-done": "did", "nothing-odd": "odd"}
"""The options that say that nothing happened, with their fields: other ticks there go before them."""

ERROR: Final = "error"
"""The field that an error is pasted into."""

REASON: Final = "reason/"
"""How answers begin that were read in an error; the id of a reason follows."""

MAX_GUESSED: Final = 4_000
"""In how much of a pasted text the name of a host is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read in a pasted text.

    Attributes:
        is_error: whether it holds an error, known or not.
        titles: what the error may mean, by id of the reason, likeliest first.
        evidence: the words that this rests on.
    """

    is_error: bool = False
    titles: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What is known.

    Attributes:
        given: ids of options in the form's order, then what the day and an error add.
        labels: their words, by id, in the language of the answer.
        contradicted: options that say "nothing" beside other ticks; they do not count.
        host: the reader's host, chosen or named in the error.
        error: what was pasted.
        reading: what was read in it.
    """

    given: tuple[str, ...]
    labels: Mapping[str, str]
    contradicted: tuple[str, ...]
    host: Host | None
    error: str
    reading: Reading


def read_answers(answers: Answers, *, today: date, locale: str) -> Answered:
    """Return what ``answers`` say on ``today``, in words of ``locale``."""
    ticked = [option for name in questions() for option in _ticked(answers.get(name), name)]
    contradicted = tuple(
        option
        for option, name in NOTHING.items()
        if option in ticked and any(other != option and field_of(other) == name for other in ticked)
    )
    given = [option for option in ticked if option not in contradicted]
    labels = {option: words[locale] for option, words in options().items() if option in ticked}
    for entry in data.load("triage/causes")["derived"]:
        if entry["answer"] in given and timeline.may_have_ended(entry["expiry"], today):
            given.append(entry["id"])
            labels[entry["id"]] = entry[locale]
    error = entered_text(answers.get(ERROR))
    reading = _read(error, today, locale) if error.strip() else Reading()
    reasons = {f"{REASON}{reason}": title for reason, title in reading.titles.items()}
    chosen = answers.get("host")
    known = host(chosen) if isinstance(chosen, str) else None
    return Answered(
        given=(*given, *reasons),
        labels=labels | reasons,
        contradicted=contradicted,
        host=known or (guess_host(error[:MAX_GUESSED]) if error else None),
        error=error,
        reading=reading,
    )


@cache
def questions() -> tuple[str, ...]:
    """Return the ids of the fields that offer options of the interview's own, in order."""
    return tuple(entry["id"] for entry in _fields() if "choices" in entry)


@cache
def options() -> Mapping[str, Mapping[str, Any]]:
    """Return every option by id, in the form's order."""
    return {one["id"]: one for entry in _fields() for one in entry.get("choices", ())}


@cache
def _fields_by_option() -> Mapping[str, str]:
    return {one["id"]: entry["id"] for entry in _fields() for one in entry.get("choices", ())}


def field_of(option: str) -> str:
    """Return the field that an option stands in; empty for what the day or an error adds."""
    return _fields_by_option().get(option, "")


def _fields() -> list[dict[str, Any]]:
    fields: list[dict[str, Any]] = data.load("triage/form")["field"]
    return fields


def _ticked(value: object, name: str) -> list[str]:
    ticked = (value,) if isinstance(value, str) else value if isinstance(value, tuple | list) else ()
    return [option for option in options() if field_of(option) == name and option in ticked]


def _read(error: str, today: date, locale: str) -> Reading:
    """Return what the bounce checker reads in a pasted text."""
    from kakugen_checkers.bounce import checker as bounce  # noqa: PLC0415 - the largest checker, seldom needed

    verdict = bounce.run({"mail": error}, today=today, locale=locale)
    if verdict.status is Status.UNKNOWN:
        return Reading(is_error=any(fact.id in ("reply-code", "enhanced-status-code") for fact in verdict.facts))
    topics = [verdict.topics[0], *(other.topic for other in verdict.alternatives)]
    if verdict.status is Status.IDENTIFIED:
        topics = topics[:1]
    return Reading(
        is_error=True,
        titles={topic.removeprefix("bounce/"): bounce.topic_title(topic, locale) for topic in topics},
        evidence=tuple(replace(entry, field=ERROR) for entry in verdict.evidence),
    )
