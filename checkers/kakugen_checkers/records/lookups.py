"""How many questions to DNS an SPF record costs (RFC 7208 §4.6.4).

In: the records of a paste. Out: the number that is certain, term by term, and the includes whose content is not known.
What an include holds is known where the reader pasted it too, or where ``data/records/includes`` tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.records import names
from kakugen_checkers.records.spf_terms import LOOKUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakugen_checkers.records.model import Spf, Term
    from kakugen_checkers.records.read import Records

MAX_DEPTH: Final = 12
MAX_TOTAL: Final = 1000
"""Counting stops here: records in a paste may include each other in ever wider circles."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """What a record costs.

    Attributes:
        least: questions that are certain.
        each: for each term that asks, itself and what it costs at least.
        unknown: names that are included and whose content is not known.
        from_data: names whose cost was taken from our data.
    """

    least: int
    each: tuple[tuple[Term, int], ...]
    unknown: tuple[str, ...]
    from_data: tuple[str, ...]


def count_lookups(terms: Iterable[Term], records: Records) -> Lookups:
    """Return what the terms of an SPF record cost.

    Args:
        terms: the terms, in their order; those after ``all`` are never looked at and cost nothing.
        records: the paste, in which the records of included names may stand too.
    """
    pasted = {name: record for name, record in records.others if name}
    each: list[tuple[Term, int]] = []
    unknown: list[str] = []
    from_data: list[str] = []
    for term in asking(terms):
        cost = 1
        name = names.canonical(term.argument)
        if term.name in ("include", "redirect"):
            if name in pasted:
                cost += _nested(name, pasted, unknown, from_data, (records.domain,))
            elif (known := includes().get(name)) is not None:
                cost = known["lookups"]
                from_data.append(name)
            else:
                unknown.append(name)
        each.append((term, cost))
    return Lookups(
        sum(cost for _term, cost in each), tuple(each), tuple(dict.fromkeys(unknown)), tuple(dict.fromkeys(from_data))
    )


def asking(terms: Iterable[Term]) -> list[Term]:
    """Return the terms that make a receiver ask DNS."""
    found: list[Term] = []
    ended = False
    for term in terms:
        if term.name == "all" and not term.modifier:
            ended = True
        elif term.name in LOOKUPS and not ended and term.modifier == (term.name == "redirect"):
            found.append(term)
    # a redirect beside "all" is not followed, wherever it stands
    return [term for term in found if not (ended and term.modifier)]


@cache
def includes() -> dict[str, dict[str, Any]]:
    """Return what is known of records that domains include, by name."""
    return {entry["name"]: entry for entry in data.load("records/includes")["include"]}


def review() -> str:
    """Return the day until which what is known of includes may be relied on, ISO 8601."""
    day: str = data.load("records/includes")["review"]
    return day


def _nested(
    name: str, pasted: Mapping[str, Spf], unknown: list[str], from_data: list[str], above: tuple[str, ...]
) -> int:
    """Return what the pasted record of ``name`` costs; one that leads back to what is ``above`` costs one more."""
    if name in above or len(above) > MAX_DEPTH:
        return 0
    total = 0
    for term in asking(pasted[name].terms):
        inner = names.canonical(term.argument)
        if term.name not in ("include", "redirect"):
            total += 1
        elif inner in pasted:
            total += 1 + _nested(inner, pasted, unknown, from_data, (*above, name))
        elif (known := includes().get(inner)) is not None:
            total += known["lookups"]
            from_data.append(inner)
        else:
            total += 1
            unknown.append(inner)
        if total > MAX_TOTAL:
            return total
    return total
