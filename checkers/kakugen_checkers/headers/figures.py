"""Figures: the way (``way``), and the tables of results, of forwarding, of signatures and of fields.

In: a case. Out: figures with all words in the language of the answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers.headers.case import fill, shown
from kakugen_checkers.headers.moments import day_of
from kakugen_checkers.headers.names import decoded
from kakugen_checkers.headers.way import way
from kakugen_checkers.headers.whatif import outcomes
from kakugen_checkers.protocol import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from kakugen_checkers.headers.case import Case

MAX_FIELDS: Final = 60
MAX_ROWS: Final = 40

type Row = tuple[str | float | None, ...]


def figures(case: Case) -> tuple[Figure, ...]:
    """Return the figures that the mail gives rise to."""
    made = (way(case), _results(case), _whatif(case), _signatures(case), _fields(case))
    return tuple(figure for figure in made if figure.rows)


def _table(name: str, words: Mapping[str, Any], rows: Sequence[Row], note: str = "") -> Figure:
    """Return a table with the title, the columns and, if no other is given, the note that ``words`` have for it."""
    return Figure(
        id=name,
        kind="table",
        title=words[name],
        columns=tuple(words[f"{name}-columns"]),
        rows=tuple(rows),
        note=note or words[f"{name}-note"],
    )


def _results(case: Case) -> Figure:
    words, said = case.words["figure"], case.findings.said
    rows: list[Row] = []
    for one in sorted(said.statements, key=lambda one: not one.counts):
        server = shown(one.written.server, 80) or (shown(said.receiver, 80) if one.counts else "") or words["nameless"]
        for result in one.written.results:
            about = f"{shown(result.domain, 60)}" if result.domain else ""
            what = " ".join(filter(None, (result.method.upper()[:30], about)))
            count = words["yes" if one.counts else "no"]
            rows.append((what, result.result[:40], server, count, case.meaning(result)))
    if not rows:
        rows = [
            (result.method.upper(), result.result, "Gmail", words["yes"], case.meaning(result))
            for result in said.believed
        ]
    return _table("results", words, rows[:MAX_ROWS])


def _whatif(case: Case) -> Figure:
    words = case.words["figure"]
    rows: list[Row] = []
    for outcome in outcomes(case.findings):
        way = words[f"whatif-{outcome.way}"]
        way = fill(words["whatif-this"], way=way) if outcome.this else way
        cells = (f"spf-{outcome.spf}", f"dkim-{outcome.dkim}", f"dmarc-{outcome.dmarc}", f"outcome-{outcome.result}")
        rows.append((way, *(words[cell] for cell in cells)))
    return _table("whatif", words, rows)


def _signatures(case: Case) -> Figure:
    words = case.words["figure"]
    rows: list[Row] = [
        (
            shown(one.domain, 80) or words["none"],
            shown(one.selector, 60) or words["none"],
            words["aligned" if one.aligned else "unaligned"],
            day_of(one.signed) if one.signed is not None else words["none"],
            day_of(one.expires) if one.expires is not None else words["none"],
            case.words["comma"].join(words[f"odd-{name}"] for name in one.odd) or words["none"],
        )
        for one in case.findings.signatures
    ]
    note = f"{words['signatures-note']} {case.words['note']['list']}"
    return _table("signatures", words, rows, note=note)


def _fields(case: Case) -> Figure:
    words = case.words["figure"]
    first = {field.key: field for field in reversed(case.findings.pasted.fields)}
    order = dict.fromkeys(field.key for field in case.findings.pasted.fields)
    rows: list[Row] = [
        (first[key].name[:60], shown(decoded(first[key].value), 120), case.explanation(first[key]))
        for key in list(order)[:MAX_FIELDS]
    ]
    return _table("fields", words, rows)
