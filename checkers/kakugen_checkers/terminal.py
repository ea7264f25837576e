"""A verdict for a terminal: plain text, wrapped by nobody, in the order in which it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kakugen_checkers.protocol import Verdict

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
        "steps": _steps(verdict),
        "cautions": iter(verdict.cautions),
        "alternatives": (f"{a.title}\n  {a.tell_apart or a.summary}" for a in verdict.alternatives),
        "questions": iter(verdict.questions),
        "evidence": (f"{e.before}【{e.text}】{e.after}\n  {e.shows}" for e in verdict.evidence),
        "facts": (f"{f.label}: {f.value} {f.note}".rstrip() for f in verdict.facts),
        "messages": (f"{m.label}\n{_indented(m.text)}" for m in verdict.messages),
        "report": iter((verdict.report,) if verdict.report else ()),
    }
    for name, entries in sections.items():
        lines += _section(headings[name], entries, numbered=name == "steps")
    return "\n".join(lines)


def _steps(verdict: Verdict) -> Iterator[str]:
    for step in verdict.steps:
        yield "\n   ".join(part for part in (step.text, " › ".join(step.where), step.note) if part)


def _section(heading: str, entries: Iterable[str], *, numbered: bool) -> Iterator[str]:
    shown = list(entries)
    if not shown:
        return
    yield ""
    yield f"― {heading}"
    for number, entry in enumerate(shown, 1):
        yield f"{number}. {entry}" if numbered else f"・{entry}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.splitlines())
