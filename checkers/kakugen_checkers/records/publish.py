"""The records to publish instead: what the reader has, mended, with what the reader's host asks for.

In: the records of a paste and the reader's host. Out: the text of an SPF and of a DMARC record, or nothing where
nothing need change or nothing sure can be said. No include is ever made up: each was pasted, or is what the host asks
for by our data.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers.hosts import Sure
from kakugen_checkers.records import names
from kakugen_checkers.records.limits import limit
from kakugen_checkers.records.pasted import Value
from kakugen_checkers.records.spf_terms import read_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.hosts import Host
    from kakugen_checkers.records.model import Dmarc, Term
    from kakugen_checkers.records.read import Records

MAX_PASTE: Final = 20_000
_STARS: Final = re.compile(r"\*+")


def host_terms(host: Host, paste: str) -> tuple[tuple[str, ...], bool]:
    """Return the SPF terms that a host asks for, and whether those are all.

    Args:
        host: the reader's host.
        paste: what was pasted: a name of a server that the data writes with stars is taken from it.
    """
    fact = host.fact("spf-include")
    if fact.sure is Sure.UNCONFIRMED or not isinstance(fact.value, str):
        return (), False
    terms: list[str] = []
    whole = True
    for written in fact.value.split():
        term = written.removeprefix("+")
        if "*" in term:
            name = term.partition(":")[2]
            pattern = _STARS.sub("[a-z0-9]{1,12}", re.escape(name).replace(r"\*", "*"))
            found = re.search(rf"(?<![a-z0-9.-]){pattern}(?![a-z0-9-])", paste[:MAX_PASTE].lower())
            if found is None:
                whole = False
                continue
            term = f"{term.partition(':')[0]}:{found[0]}"
        terms.append(term)
    return tuple(terms), whole


def spf_to_publish(records: Records, host: Host | None) -> str:
    """Return the SPF record to publish; empty where what was pasted can stay, or where nothing sure can be said."""
    asked = host_terms(host, records.paste.plain)[0] if host else ()
    if not records.spf:
        return _written(asked, "~all") if any(term.startswith("include:") for term in asked) else ""
    kept, redirect = _kept(records)
    if host and not any(term.startswith("include:") and records.spf_allows(term[8:]) for term in asked):
        have = {_key(term) for term in kept}
        kept += [term for term in asked if _key(term) not in have]
    if redirect and not kept and len(records.spf) == 1:
        ending = f"redirect={redirect}"
    else:
        kept += [f"include:{redirect}"] if redirect else []
        qualifiers = [record.all_qualifier for record in records.spf if record.all_qualifier]
        ending = "-all" if qualifiers and set(qualifiers) == {"-"} else "~all"
    if not kept and not redirect:
        return ""
    explained = [term for record in records.spf for term in record.terms if term.modifier and term.name == "exp"]
    if explained and _is_right(explained[0]):
        ending = f"{ending} {explained[0].text}"
    written = _written(kept, ending)
    same = len(records.spf) == 1 and _plain(records.spf[0].found.value.text) == _plain(written)
    return "" if same and not records.spf[0].faults else written


def left_out(records: Records) -> tuple[str, ...]:
    """Return the words of SPF records that could not be read and so are not in the record to publish."""
    mended = {term.start for record in records.spf for term in record.terms if _is_right(term)}
    return tuple(
        dict.fromkeys(
            fault.values["term"]
            for record in records.spf
            for fault in record.faults
            if "meant" in fault.values and fault.start not in mended
        )
    )


def dmarc_to_publish(records: Records) -> str:
    """Return the DMARC record to publish; empty where what was pasted can stay."""
    address = f"postmaster@{records.domain}" if records.domain else ""
    reports = f"; rua=mailto:{address}" if address else ""
    if not records.dmarc:
        return f"v=DMARC1; p=none{reports}"
    if len(records.dmarc) == 1 and not records.dmarc[0].faults:
        return ""
    # of several records none counts, so the mildest of them surprises nobody
    order = ("none", "quarantine", "reject")
    record = min(records.dmarc, key=lambda entry: order.index(entry.policy or "none"))
    return "; ".join(("v=DMARC1", *_dmarc_parts(record, address)))


def strings_of(record: str) -> str:
    """Return a record as a zone file writes it, in strings of no more octets than one may have."""
    size = limit("txt-string")
    parts = [record[at : at + size] for at in range(0, len(record), size)]
    return record if len(parts) == 1 else " ".join(f'"{part}"' for part in parts)


def _dmarc_parts(record: Dmarc, address: str) -> Iterator[str]:
    by_name = {tag.name.lower(): tag.value.strip(" ,;") for tag in reversed(record.tags)}
    wrong = {fault.values.get("tag", "").lower() for fault in record.faults if fault.id in _DROPPED}
    policy = by_name.get("p", "none").lower()
    yield f"p={policy if policy in ('none', 'quarantine', 'reject') else 'none'}"
    for name in ("sp", "np"):
        if name in by_name and name not in wrong:
            yield f"{name}={by_name[name].lower()}"
    if record.reports:
        yield "rua=" + ",".join(f"mailto:{report}" for report in record.reports)
    elif bare := re.fullmatch(r"(?:mailto:)?\s*([^\s@,;:]{1,64}@[A-Za-z0-9.-]{1,253})", by_name.get("rua", "")):
        yield f"rua=mailto:{bare[1]}"
    elif address:
        yield f"rua=mailto:{address}"
    if "ruf" in by_name and "ruf" not in wrong:
        yield f"ruf={by_name['ruf']}"
        if "fo" in by_name and "fo" not in wrong:
            yield f"fo={by_name['fo']}"
    for name in ("adkim", "aspf"):
        if by_name.get(name, "").lower() == "s":
            yield f"{name}=s"
    if by_name.get("t", "").lower() == "y" or by_name.get("pct") == "0":
        yield "t=y"


_DROPPED: Final = frozenset(
    ("dmarc-value", "dmarc-policy-value", "dmarc-report", "dmarc-report-mailto", "dmarc-no-semicolon")
)
"""Faults of a tag with which it can't be kept."""


def _kept(records: Records) -> tuple[list[str], str]:
    """Return the terms worth keeping of all SPF records, and where one redirects to."""
    kept: list[str] = []
    seen: set[tuple[str, str]] = set()
    redirect = ""
    for record in records.spf:
        if not record.all_qualifier:
            redirect = redirect or next((term.argument for term in record.terms if term.name == "redirect"), "")
        for term in record.terms:
            if not _is_worth_keeping(term, records.domain):
                continue
            text = term.text.removeprefix("+")
            if _key(text) not in seen:
                seen.add(_key(text))
                kept.append(text)
    return kept, redirect


def _is_worth_keeping(term: Term, domain: str) -> bool:
    if term.modifier or term.name in ("all", "ptr"):
        return False
    if term.name == "include" and domain and names.canonical(term.argument) == domain:
        return False
    return _is_right(term)


def _is_right(term: Term) -> bool:
    """Return whether a term is right, as it was written or as it was mended."""
    return term.good or read_term(Value(term.text, ((0, 0),)), 0, len(term.text))[1] is None


def _key(term: str) -> tuple[str, str]:
    name, _colon, argument = term.lstrip("+").partition(":")
    return name.lower(), names.canonical(argument)


def _written(terms: tuple[str, ...] | list[str], ending: str) -> str:
    return " ".join(("v=spf1", *terms, ending))


def _plain(record: str) -> str:
    return " ".join(record.lower().replace(" +", " ").split())
