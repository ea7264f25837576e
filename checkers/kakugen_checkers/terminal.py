"""A verdict for a terminal: plain text, wrapped by nobody, in the order in which it is needed."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kakugen_checkers.protocol import Figure, Handover, Section, Step, Verdict

_HEADINGS: Final = {
    "ja": {
        "steps": "すること",
        "cautions": "しないこと",
        "alternatives": "ほかの可能性",
        "questions": "思い出すこと・確かめること",
        "expiries": "期限があります",
        "evidence": "よりどころ",
        "facts": "読み取ったこと",
        "messages": "コピーして使える文",
        "report": "伏せ字にした報告文",
        "handovers": "続けて調べる",
    },
    "en": {
        "steps": "What to do",
        "cautions": "What not to do",
        "alternatives": "Other possibilities",
        "questions": "To ask and to look at",
        "expiries": "This ends",
        "evidence": "What this rests on",
        "facts": "What was read",
        "messages": "Texts to copy",
        "report": "Masked report",
        "handovers": "To go on",
    },
}


def as_text(verdict: Verdict, *, heading: str = "") -> str:
    """Return ``verdict`` as text for people.

    Args:
        verdict: what a checker answered.
        heading: a line to put first, such as the name of the file asked about.
    """
    headings = _HEADINGS.get(verdict.locale, _HEADINGS["en"])
    lines = [f"== {heading}", ""] if heading else []
    lines += [f"■ {verdict.title}", verdict.summary, ""]
    lines += [part.label for part in (verdict.actor, verdict.permanence, verdict.speaker) if part]
    if verdict.confidence_meaning:
        lines.append(verdict.confidence_meaning)
    sections = {
        "expiries": (expiry.text for expiry in verdict.expiries),
        "steps": map(_step, verdict.steps),
        "cautions": iter(verdict.cautions),
        "alternatives": (f"{a.title}\n  {a.tell_apart or a.summary}" for a in verdict.alternatives),
        "questions": iter(verdict.questions),
        "evidence": (f"{e.before}【{e.text}】{e.after}\n  {e.shows}" for e in verdict.evidence),
        "facts": (f"{f.label}: {f.value} {f.note}".rstrip() for f in verdict.facts),
        "messages": (f"{m.label}\n{_indented(m.text)}" for m in verdict.messages),
        "report": iter((verdict.report,) if verdict.report else ()),
    }
    for name, entries in sections.items():
        lines += _listed(headings[name], entries, mark="{}. " if name == "steps" else "・")
        if name == "steps":
            for section in verdict.sections:
                lines += _part(section)
            for figure in verdict.figures:
                lines += _table(figure)
    ways = (f"{way.label} (python -m kakugen_checkers {way.checker}{_given(way)})" for way in verdict.handovers)
    lines += _listed(headings["handovers"], ways, mark="・")
    return "\n".join(lines)


def _step(step: Step) -> str:
    return "\n   ".join(part for part in (step.text, " › ".join(step.where), step.note) if part)


def _listed(heading: str, entries: Iterable[str], *, mark: str) -> Iterator[str]:
    shown = list(entries)
    if not shown:
        return
    yield ""
    yield f"― {heading}"
    for number, entry in enumerate(shown, 1):
        yield mark.format(number) + entry


def _part(section: Section) -> Iterator[str]:
    yield ""
    yield f"― {section.title}"
    if section.text:
        yield section.text
    for number, step in enumerate(section.steps, 1):
        yield ("□ " if section.checklist else f"{number}. ") + _step(step)


def _table(figure: Figure) -> Iterator[str]:
    yield ""
    yield f"― {figure.title}"
    for row in (figure.columns, *figure.rows):
        yield "  " + " ｜ ".join("" if cell is None else str(cell) for cell in row)
    yield from (f"  ({mark.at}: {mark.label})" for mark in figure.marks)
    if figure.note:
        yield f"  {figure.note}"


def _given(way: Handover) -> str:
    given = ((name, ",".join(value) if isinstance(value, tuple) else value) for name, value in way.answers.items())
    return "".join(f" --answer {shlex.quote(f'{name}={value}')}" for name, value in given)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
