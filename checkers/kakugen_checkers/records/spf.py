"""SPF records read strictly by RFC 7208.

In: a found record. Out: ``Spf``, its terms and its faults, each with its place in the paste. What only DNS could say
(what an ``include`` holds, void lookups) is not guessed here.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from kakugen_checkers.records import names, spf_terms
from kakugen_checkers.records.limits import limit
from kakugen_checkers.records.model import Fault, Found, Spf, Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.records.pasted import Paste

MAX_TERMS: Final = 400
MAX_ODD: Final = 60
"""So many odd characters in a row are pointed at."""

_VERSION: Final = re.compile(r"v=spf1(?= |\Z)", re.IGNORECASE)
_LIKE_VERSION: Final = re.compile(r"\s*(?:v\s*[=:]\s*)?=?spf\s?[\d.]*(?:/[a-z,]*)?[;,:]?", re.IGNORECASE)
_OLD: Final = re.compile(r"spf2\.0/", re.IGNORECASE)
_AGAIN: Final = re.compile(r"(?<![A-Za-z0-9])v=spf1(?![A-Za-z0-9])", re.IGNORECASE)
_WORD: Final = re.compile(r"\S+")


def parse_spf(found: Found, paste: Paste) -> Spf:
    """Return the parsed record."""
    body, faults = _version(found)
    faults += odd_characters(found, paste, "spf")
    terms: list[Term] = []
    text = found.value.text
    again = _AGAIN.search(text, body)
    end = again.start() if again else len(text)
    for word in islice(_WORD.finditer(text, body, end), MAX_TERMS):
        term, fault = spf_terms.read_term(found.value, word.start(), word.end())
        if fault:
            faults.append(fault)
        if term:
            terms.append(term)
    if again:
        start, stop = found.value.span(again.start(), len(text))
        faults.append(Fault(id="spf-two-in-one", start=start, end=stop))
        for word in islice(_WORD.finditer(text, again.end()), MAX_TERMS):
            term, fault = spf_terms.read_term(found.value, word.start(), word.end())
            faults += [fault] if fault and fault.id != "spf-unknown-modifier" else []
            terms += [term] if term else []
    else:
        faults += _order(terms)
    faults += _ending(found, terms)
    faults += _repeated(terms)
    faults += _length(found)
    return Spf(found=found, terms=tuple(terms), faults=tuple(faults))


def odd_characters(found: Found, paste: Paste, prefix: str) -> list[Fault]:
    """Return a fault for the first full-width letter, typographic quote or the like inside a value."""
    pieces = found.value.pieces
    ends = (*(begins for begins, _begun in pieces[1:]), len(found.value.text))
    for (begins, begun), stop in zip(pieces, ends, strict=True):
        size = stop - begins
        for at in range(begun, begun + size):
            if paste.is_odd(at):
                end = at + 1
                while end < min(begun + size, at + MAX_ODD) and paste.is_odd(end):
                    end += 1
                return [
                    Fault(id=f"{prefix}-characters", start=at, end=end, values={"character": paste.text[at:end][:20]})
                ]
    return []


def _version(found: Found) -> tuple[int, list[Fault]]:
    """Return where the terms begin, and what is wrong with ``v=spf1`` (§4.5)."""
    text = found.value.text
    faults = []
    if found.type == "SPF":
        faults.append(_fault(found, "spf-type", 0, 6))
    if version := _VERSION.match(text):
        return version.end(), faults
    if _OLD.match(text):
        end = len(text.split(maxsplit=1)[0])
        return end, [*faults, _fault(found, "spf-old-version", 0, end)]
    if like := _LIKE_VERSION.match(text):
        ident = "spf-version"
        end = like.end()
        if text[: like.end()].strip().lower() == "v=spf1":
            ident = "spf-leading-space" if text[0].isspace() else "spf-no-space"
            end = min(end + 8, len(text)) if ident == "spf-no-space" else end
        return like.end(), [*faults, _fault(found, ident, 0, end)]
    first = _WORD.search(text)
    return 0, [*faults, _fault(found, "spf-no-version", 0, first.end() if first else len(text))]


def _order(terms: list[Term]) -> Iterator[Fault]:
    """Mechanisms after ``all`` are never looked at, and neither is ``redirect`` beside it (§5.1, §6.1)."""
    last = next((index for index, term in enumerate(terms) if term.name == "all" and not term.modifier), None)
    redirects = [term for term in terms if term.modifier and term.name == "redirect" and term.good]
    if last is not None:
        unseen = [term for term in terms[last + 1 :] if not term.modifier]
        if unseen:
            words = " ".join(term.text for term in unseen)[:200]
            yield Fault(id="spf-after-all", start=unseen[0].start, end=unseen[-1].end, values={"terms": words})
        if redirects:
            yield Fault(id="spf-redirect-with-all", start=redirects[0].start, end=redirects[0].end)
    for name in ("redirect", "exp"):
        same = [term for term in terms if term.modifier and term.name == name]
        if len(same) > 1:
            yield Fault(id="spf-modifier-twice", start=same[1].start, end=same[1].end, values={"name": name})


def _ending(found: Found, terms: list[Term]) -> Iterator[Fault]:
    """What becomes of mail from all other servers (§4.7, §5.1, §8)."""
    last = next((term for term in terms if term.name == "all" and not term.modifier), None)
    if last is None:
        if not any(term.modifier and term.name == "redirect" for term in terms):
            start, end = (terms[-1].start, terms[-1].end) if terms else found.value.head
            yield Fault(id="spf-no-all", start=start, end=end)
    elif last.qualifier == "+":
        yield Fault(id="spf-plus-all", start=last.start, end=last.end)
    elif last.qualifier == "?":
        yield Fault(id="spf-neutral-all", start=last.start, end=last.end)
    for term in terms:
        if term.name == "ptr" and not term.modifier:
            yield Fault(id="spf-ptr", start=term.start, end=term.end)
            return


def _repeated(terms: list[Term]) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for term in (term for term in terms if term.good and not term.modifier and term.name != "all"):
        key = (term.name, names.canonical(term.argument))
        if key in seen:
            yield Fault(id="spf-repeated", start=term.start, end=term.end, values={"term": term.text[:80]})
            return
        seen.add(key)


def _length(found: Found) -> Iterator[Fault]:
    size = len(found.value.text.encode())
    longest = max(found.value.strings, default=size)
    start, end = found.value.head
    if longest > limit("txt-string"):
        yield Fault(id="spf-long-string", start=start, end=end, values={"size": str(longest)})
    elif size > limit("spf-record"):
        yield Fault(id="spf-long-record", start=start, end=end, values={"size": str(size)})


def _fault(found: Found, ident: str, start: int, end: int) -> Fault:
    begin, stop = found.value.span(start, end)
    return Fault(id=ident, start=begin, end=stop, values={"text": found.value.text[start:end].strip()[:80]})
