"""The tables of an answer: the ways compared, and what becomes of forwarded mail.

In: a case. Out: figures of kind ``table``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakugen_checkers.forwarding.ways import Use
from kakugen_checkers.protocol import Figure

if TYPE_CHECKING:
    from kakugen_checkers.forwarding.case import Case
    from kakugen_checkers.forwarding.outcomes import Fits
    from kakugen_checkers.forwarding.ways import Way

_MEANS = ("receive", "send", "passwords", "risk", "cost")
_TELLS = ("mail", "result", "reason", "fixer")


def figures(case: Case) -> tuple[Figure, ...]:
    """Return the tables for a case: the second only where mail is forwarded, or will be."""
    begins = any(task.sets.get("forward") == "on" for task in case.plan.tasks)
    if case.properties["will-forward"] or begins or case.situation.proofs.found:
        return (_ways(case), _outcomes(case))
    return (_ways(case),)


def _ways(case: Case) -> Figure:
    words, locale = case.words["ways"], case.locale
    return Figure(
        id="ways",
        kind="table",
        title=words["title"],
        columns=tuple(words["columns"]),
        rows=tuple(
            (
                case.fill(way.texts["name"][locale]),
                _use(case, way),
                *(case.fill(way.texts[name][locale]) for name in _MEANS),
            )
            for way in case.comparison.ways
        ),
        note=words["note"],
    )


def _use(case: Case, way: Way) -> str:
    words, locale = case.words["ways"], case.locale
    reasons = [reason[locale] for reason in way.reasons]
    if way.use is Use.RECOMMENDED:
        reasons.insert(0, case.comparison.reason[locale])
    verdict: str = words[way.use]
    if not reasons:
        return verdict
    joined: str = words["joined"].format(verdict=verdict, reasons=words["between"].join(reasons))
    return joined


def _outcomes(case: Case) -> Figure:
    words, locale = case.words["outcomes"], case.locale
    host = any(outcome.host is not None for outcome in case.outcomes)
    own = any(outcome.own is not None for outcome in case.outcomes)
    return Figure(
        id="outcomes",
        kind="table",
        title=words["title"],
        columns=(
            *words["columns"],
            *((words["column_host"],) if host else ()),
            *((words["column_own"],) if own else ()),
        ),
        rows=tuple(
            (
                *(outcome.texts[name][locale] for name in _TELLS),
                *((_fits(case, outcome.host),) if host else ()),
                *((_fits(case, outcome.own),) if own else ()),
            )
            for outcome in case.outcomes
        ),
        note=words["note"],
    )


def _fits(case: Case, fits: Fits | None) -> str | None:
    return None if fits is None else case.words["outcomes"][fits]
