"""Signatures: what the DKIM signatures of a mail say of themselves (RFC 6376 §3.5).

In: the ``DKIM-Signature`` fields. Out: each with its domain, whether that is the sender's, and what is odd about it. A
signature is never checked here: that takes the body and DNS.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers.headers.names import same_organization
from kakugen_checkers.headers.words import tags

if TYPE_CHECKING:
    from kakugen_checkers.headers.pasted import HeaderField, Pasted

MAX_SIGNATURES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature.

    Attributes:
        place: its field.
        domain: who signed (``d=``).
        selector: the name of the key (``s=``).
        algorithm: how (``a=``).
        aligned: whether the domain belongs to that of ``From``.
        signed: when, in seconds since 1970 (``t=``); ``None`` where it does not say.
        expires: until when (``x=``).
        odd: what is odd: ``expired`` (before the mail arrived), ``part`` (only a part of the body is signed, ``l=``),
            ``sha1``, ``no-from`` (the sender's line is not signed), ``incomplete``.
    """

    place: HeaderField
    domain: str
    selector: str
    algorithm: str
    aligned: bool
    signed: int | None
    expires: int | None
    odd: tuple[str, ...]


def signatures_of(pasted: Pasted, sender: str, arrived: int | None) -> tuple[Signature, ...]:
    """Return the signatures of a mail, from the top.

    Args:
        pasted: the mail.
        sender: the domain in ``From``.
        arrived: when the mail arrived, in seconds since 1970.
    """
    return tuple(_signature(line, sender, arrived) for line in pasted.all("dkim-signature")[:MAX_SIGNATURES])


def _signature(line: HeaderField, sender: str, arrived: int | None) -> Signature:
    found = tags(line.value)
    domain = found.get("d", "").lower()[:255]
    expires = _number(found.get("x", ""))
    odd = (
        ("expired", expires is not None and arrived is not None and arrived > expires),
        ("part", "l" in found),
        ("sha1", found.get("a", "").lower().endswith("sha1")),
        ("no-from", "h" in found and "from" not in found["h"].lower().split(":")),
        ("incomplete", not all(found.get(name) for name in ("d", "s", "b", "bh", "h"))),
    )
    return Signature(
        place=line,
        domain=domain,
        selector=found.get("s", "")[:255],
        algorithm=found.get("a", "")[:40],
        aligned=same_organization(domain, sender),
        signed=_number(found.get("t", "")),
        expires=expires,
        odd=tuple(name for name, holds in odd if holds),
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 11 else None
