"""Evidence: each fault shown in the reader's own text.

In: a judgement and the paste. Out: ``Evidence`` with exact places. Where two faults overlap, one piece of evidence
says both, so that a page can mark each place once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers.quoting import quote
from kakugen_checkers.records import faults

if TYPE_CHECKING:
    from kakugen_checkers.protocol import Evidence
    from kakugen_checkers.records.judge import Judgement
    from kakugen_checkers.records.model import Fault

MAX_EVIDENCE: Final = 30
MAX_QUOTED: Final = 1_000
"""No more of one fault is quoted."""


def quote_faults(judgement: Judgement, field: str, text: str, locale: str) -> tuple[Evidence, ...]:
    """Return the faults of ``judgement`` as evidence, those of the worst first.

    Args:
        judgement: what was found out.
        field: id of the form field that the text stands in.
        text: what was pasted.
        locale: language of what is said.
    """
    places: list[tuple[int, int, list[str]]] = []
    for fault in judgement.faults[:MAX_EVIDENCE]:
        start, end = fault.start, min(fault.end, fault.start + MAX_QUOTED)
        said = [_says(fault, judgement, locale)]
        apart = []
        first = len(places)
        for number, (other_start, other_end, other_said) in enumerate(places):
            if other_start < end and start < other_end:
                start, end = min(start, other_start), max(end, other_end)
                said = [*other_said, *(words for words in said if words not in other_said)]
                first = min(first, number)
            else:
                apart.append((other_start, other_end, other_said))
        places = [*apart[:first], (start, end, said), *apart[first:]]
    return tuple(quote(field, text, start, end, " ".join(said)) for start, end, said in places)


def _says(fault: Fault, judgement: Judgement, locale: str) -> str:
    if fault.id == "spf-host-missing" and judgement.host:
        named = {**fault.values, "host": judgement.host.name[locale]}
        return faults.fill(faults.entries()[fault.id][locale], named)
    return faults.says(fault, locale)
