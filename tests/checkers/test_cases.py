"""Golden cases: every ``<checker>/cases/*.toml`` is answered as it says, in Japanese and in English.

A case holds ``about``, the reader's ``answers``, ``today`` (one day or several, 2026-11-24 without), and what must come
out: ``status``, ``topic`` (empty for none), ``topics``, ``facts`` by id, ``evidence`` (words that must be quoted),
``steps`` (labels to click that must be among those of a step), ``sections``, ``handovers`` with their answers,
``expiries``, ``marks`` (days on a figure), and in ``[ja]`` and ``[en]`` what it ``says`` and ``never`` says.
"""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers import forwarding, mailbox, passwords
from kakugen_checkers.protocol import Checker, Verdict, to_json

HERE = Path(__file__).parent
CHECKERS: dict[str, Checker] = {
    "forwarding": forwarding.checker,
    "mailbox": mailbox.checker,
    "passwords": passwords.checker,
}
KEYS = set(
    "about answers today status topic topics facts evidence steps sections handovers expiries marks ja en".split(" ")
)
TODAY = date(2026, 11, 24)
CASES = sorted(path for name in CHECKERS for path in (HERE / name / "cases").glob("*.toml"))


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def days(case: dict[str, Any]) -> list[date]:
    today = case.get("today", TODAY)
    return today if isinstance(today, list) else [today]


ASKED = [
    pytest.param(path, day, locale, id=f"{path.parent.parent.name}-{path.stem}-{day}-{locale}")
    for path in CASES
    for day in days(read(path))
    for locale in ("ja", "en")
]


@pytest.mark.parametrize("name", CHECKERS)
def test_there_are_many_cases(name: str) -> None:
    assert len(list((HERE / name / "cases").glob("*.toml"))) >= 20


@each("path", CASES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_case_uses_only_known_words(path: Path) -> None:
    case = read(path)
    checker = CHECKERS[path.parent.parent.name]
    assert case["about"]
    assert case.keys() <= KEYS, f"unknown key: {case.keys() - KEYS}"
    assert {*case.get("topics", ()), case.get("topic", "")} - {""} <= set(checker.topics)
    assert case["answers"].keys() <= {field.id for field in checker.form.fields}


@each(("path", "today", "locale"), ASKED)
def test_case_is_answered_as_expected(path: Path, today: date, locale: str) -> None:
    case = read(path)
    answers = {name: tuple(value) if isinstance(value, list) else value for name, value in case["answers"].items()}
    verdict = CHECKERS[path.parent.parent.name].run(answers, today=today, locale=locale)
    found = differences(verdict, case, locale)
    assert not found, "\n".join(found)


def differences(verdict: Verdict, case: dict[str, Any], locale: str) -> list[str]:
    """What a verdict has otherwise than expected, each as a sentence; empty when all is well."""
    found: list[str] = []
    single = {"status": str(verdict.status), "topic": verdict.topic or ""}
    found += [
        f"{key}: expected {case[key]!r}, got {got!r} ({verdict.title})"
        for key, got in single.items()
        if key in case and case[key] != got
    ]
    clicks = [label for step in (*verdict.steps, *sectioned(verdict)) for label in step.where]
    several = {
        "topics": verdict.topics,
        "sections": [section.id for section in verdict.sections],
        "expiries": [expiry.id for expiry in verdict.expiries],
        "steps": clicks,
        "marks": [mark.at for figure in verdict.figures for mark in figure.marks],
        "evidence": [entry.text for entry in verdict.evidence],
    }
    found += [
        f"{key}: {wanted!r} is not among {got}"
        for key, got in several.items()
        for wanted in case.get(key, ())
        if wanted not in got
    ]
    found += wrong_facts(verdict, case)
    given = {handover.checker: handover.answers for handover in verdict.handovers}
    for name, answers in case.get("handovers", {}).items():
        for key, value in answers.items():
            wanted = tuple(value) if isinstance(value, list) else value
            if given.get(name, {}).get(key) != wanted:
                found.append(f"handover {name}: expected {key} = {wanted!r}, got {given.get(name)}")
    everything = json.dumps(json.loads(to_json(verdict)), ensure_ascii=False)
    texts = case.get(locale, {})
    found += [f"does not say {words!r}" for words in texts.get("says", ()) if words not in everything]
    found += [f"says {words!r}" for words in texts.get("never", ()) if words in everything]
    return found


def sectioned(verdict: Verdict) -> list[Any]:
    return [step for section in verdict.sections for step in section.steps]


def wrong_facts(verdict: Verdict, case: dict[str, Any]) -> list[str]:
    got = {fact.id: fact.value for fact in verdict.facts}
    return [
        f"fact {ident}: expected {value!r}, got {got.get(ident, '')!r}"
        for ident, value in case.get("facts", {}).items()
        if got.get(ident, "") != value
    ]
