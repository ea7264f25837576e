"""The tables of an answer: what each part of the records means, and what forwarding does to the domain's mail.

In: a judgement and the language. Out: ``Figure`` objects.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.protocol import Figure
from kakugen_checkers.records import names
from kakugen_checkers.records.faults import fill
from kakugen_checkers.records.forward import passages
from kakugen_checkers.records.lookups import count_lookups, includes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.records.judge import Judgement
    from kakugen_checkers.records.model import Dkim, Tag, Term

MAX_ROWS: Final = 80
MAX_SHOWN: Final = 60
_ALL: Final = {"+": "all-pass", "-": "all-fail", "~": "all-softfail", "?": "all-neutral"}

type Row = tuple[str | float | None, ...]


def terms_figure(judgement: Judgement, words: dict[str, Any], locale: str) -> Figure:
    """Return the table of all parts of all records."""
    return Figure(
        id="terms",
        kind="table",
        title=words["figure"]["terms_title"],
        columns=tuple(words["figure"]["terms_columns"]),
        rows=tuple(_rows(judgement, words["record"], locale))[:MAX_ROWS],
        note=words["figure"]["terms_note"],
    )


def forward_figure(judgement: Judgement, words: dict[str, Any]) -> Figure:
    """Return the table of the ways in which a mail of this domain can travel."""
    check, outcome = words["check"], words["outcome"]
    found = passages(judgement.records)
    return Figure(
        id="forward",
        kind="table",
        title=words["section"]["forward_title"],
        columns=tuple(words["figure"]["forward_columns"]),
        rows=tuple(
            (
                words["way"][passage.way],
                check[f"spf-{passage.spf}"],
                check[f"dkim-{passage.dkim}"],
                check[f"dmarc-{passage.dmarc}"],
                outcome[passage.outcome],
            )
            for passage in found
        ),
        note=words["section"]["forward_unknown"] if any(entry.dmarc == "unknown" for entry in found) else "",
    )


def _rows(judgement: Judgement, labels: dict[str, str], locale: str) -> Iterator[Row]:
    meanings = data.load("records/terms")[locale]
    costs: dict[Term, int] = {}
    for spf in judgement.records.spf:
        costs |= dict(count_lookups(spf.terms, judgement.records).each)
    for spf in judgement.records.spf:
        for term in spf.terms:
            yield labels["spf"], _short(term.text), _term(term, meanings["spf"], locale), costs.get(term)
    for dkim in judgement.records.dkim:
        yield from _key(dkim, labels["dkim"], meanings["dkim"])
    for dmarc in judgement.records.dmarc:
        for tag in dmarc.tags:
            yield labels["dmarc"], _tag(tag), meanings["dmarc"].get(tag.name.lower(), meanings["dmarc"]["other"]), None
    for mx in judgement.records.mx:
        yield labels["mx"], _short(mx.found.value.text), meanings["mx"]["host" if mx.host else "null"], None


def _term(term: Term, meanings: dict[str, str], locale: str) -> str:
    name = term.name
    if name == "all" and not term.modifier:
        return meanings[_ALL[term.qualifier]]
    if name == "include" and (known := includes().get(names.canonical(term.argument))):
        return fill(meanings["include-known"], {"title": known["title"][locale]})
    if name in ("a", "mx") and term.argument and not term.argument.startswith("/"):
        name = f"{name}-of"
    return fill(meanings.get(name, meanings["other"]), {"argument": _short(term.argument)})


def _key(dkim: Dkim, label: str, meanings: dict[str, str]) -> Iterator[Row]:
    if dkim.alias:
        yield label, _short(dkim.alias), fill(meanings["alias"], {"argument": _short(dkim.alias)}), None
    for tag in dkim.tags:
        yield label, _tag(tag), meanings.get(tag.name, meanings["other"]), None


def _tag(tag: Tag) -> str:
    return _short(f"{tag.name}={tag.value}")


def _short(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"
