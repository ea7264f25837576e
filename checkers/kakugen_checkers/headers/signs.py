"""Signs: what in a header tells of spam, of bulk mail, of a list, or of an automatic notice.

In: the fields. Out: the signs that ``data/headers/signs.toml`` describes, each with the words that show it. Gmail
writes no reason into a mail; what other filters wrote is what they thought, not why the mail lies where it lies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.headers.pasted import HeaderField, Pasted
    from kakugen_checkers.headers.route import Route
    from kakugen_checkers.headers.trust import Said

_SEARCHED: Final = 4_000
MAX_SIGNS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One sign.

    Attributes:
        id: its name in the data.
        kind: ``spam``, ``clean``, ``hint`` (something that filters look at), ``bulk``, ``list`` or ``no-unsubscribe``.
        value: the words that show it.
        place: the field; ``None`` where something is missing.
    """

    id: str
    kind: str
    value: str
    place: HeaderField | None


def signs_of(pasted: Pasted, route: Route, said: Said) -> tuple[Sign, ...]:
    """Return all signs of a mail, in the order of the data."""
    found = list(_written(pasted))[:MAX_SIGNS]
    kinds = {one.kind for one in found}
    if "bulk" in kinds and "list" not in kinds and not pasted.first("list-unsubscribe"):
        found.append(Sign(id="no-unsubscribe", kind="no-unsubscribe", value="List-Unsubscribe", place=None))
    first = route.stations[0].hop if route.stations else None
    if first and first.encrypted is False and len(route.stations) > 1 and "." in first.by:
        found.append(Sign(id="not-encrypted", kind="note", value=first.protocol, place=route.stations[0].place))
    if pasted.first("from") and not pasted.first("message-id"):
        found.append(Sign(id="no-message-id", kind="hint", value="Message-ID", place=None))
    if len(pasted.all("from")) > 1:
        found.append(Sign(id="two-senders", kind="hint", value="From", place=pasted.all("from")[1]))
    if said.believed and (spf := said.result("spf")) and spf.result in ("permerror", "temperror"):
        found.append(Sign(id=f"spf-{spf.result}", kind="hint", value=f"spf={spf.result}", place=_place(said)))
    return tuple(found)


def is_bounce(pasted: Pasted) -> bool:
    """Return whether a mail is a notice that mail could not be delivered, by what its header says of it (RFC 3464)."""
    return any(_matches(entry, pasted) for entry in data.load("headers/signs")["bounce"])


def entry_of(ident: str) -> dict[str, Any]:
    """Return what the data says of a sign.

    Raises:
        KeyError: there is no such sign.
    """
    return _entries()[ident]


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in data.load("headers/signs")["sign"]}


def _written(pasted: Pasted) -> Iterator[Sign]:
    for entry in data.load("headers/signs")["sign"]:
        if "field" not in entry:
            continue
        for line in pasted.all(entry["field"]):
            if found := _pattern(entry["match"]).search(line.value[:_SEARCHED]):
                yield Sign(id=entry["id"], kind=entry["kind"], value=found[0].strip()[:200], place=line)
                break


def _matches(entry: dict[str, Any], pasted: Pasted) -> bool:
    needed = zip(entry["fields"], entry["matches"], strict=True)
    return all(
        any(_pattern(pattern).search(line.value[:_SEARCHED]) for line in pasted.all(field)) for field, pattern in needed
    )


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


def _place(said: Said) -> HeaderField | None:
    return next((one.place for one in said.statements if one.counts), None)
