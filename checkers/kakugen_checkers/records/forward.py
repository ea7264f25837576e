"""What forwarding does to this domain's mail: the rules of SPF, DKIM and DMARC put together for one domain.

In: the records of a paste. Out: one row for each way in which a mail can travel, with what each check says of it and
what becomes of it at Gmail. Basis: Google's pages for forwarders (175365) and of SMTP errors (3726730), and RFC 7208,
6376 and 9989; the combination is reasoning from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kakugen_checkers.records.read import Records

WAYS: Final = ("direct", "rewritten", "plain", "changed")
"""Sent straight; forwarded with a new envelope sender (SRS); forwarded as it is; forwarded with its text changed."""


@dataclass(frozen=True, slots=True)
class Passage:
    """How a mail fares on one way.

    Attributes:
        way: one of ``WAYS``.
        spf: ``pass``, ``forwarder`` (passes, but for the forwarder's domain), ``fail`` or ``none``.
        dkim: ``pass``, ``fail``, ``broken`` (by a changed text) or ``unknown`` (no key was pasted).
        dmarc: ``pass``, ``fail`` or ``unknown``.
        outcome: what becomes of it; where DKIM is unknown, of a mail without a signature.
    """

    way: str
    spf: str
    dkim: str
    dmarc: str
    outcome: str


def passages(records: Records) -> tuple[Passage, ...]:
    """Return how this domain's mail fares on each of ``WAYS``."""
    return tuple(_passage(way, records) for way in WAYS)


def _passage(way: str, records: Records) -> Passage:
    own_spf = "pass" if records.has_spf else "fail" if records.spf else "none"
    spf = {"direct": own_spf, "rewritten": "forwarder"}.get(way, "none" if own_spf == "none" else "fail")
    key = {"works": "pass", "broken": "fail", "missing": "unknown"}[records.dkim_state]
    dkim = "broken" if way == "changed" and key != "fail" else key
    if spf == "pass" or dkim == "pass":
        dmarc = "pass"
    elif dkim == "unknown":
        dmarc = "unknown"
    else:
        dmarc = "fail"
    return Passage(way, spf, dkim, dmarc, _outcome(spf, dmarc, records))


def _outcome(spf: str, dmarc: str, records: Records) -> str:
    """Return what becomes of a mail that passes or fails DMARC so."""
    if dmarc == "pass":
        return "delivered"
    testing = any(record.testing for record in records.dmarc)
    policy = "none" if testing else records.dmarc_policy
    if policy == "reject":
        return "rejected"
    if policy == "quarantine":
        return "spam"
    if spf == "forwarder":
        return "usually"
    return "unauthenticated"
