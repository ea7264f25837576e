"""What parsed records look like, and what can be wrong with them: the nouns that all modules here share."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kakugen_checkers.records.limits import limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.records.pasted import Value


class Kind(enum.StrEnum):
    """Which record a value is, or was meant to be."""

    SPF = "spf"
    DKIM = "dkim"
    DMARC = "dmarc"
    MX = "mx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something wrong, or worth knowing, with the place in the paste that shows it.

    Attributes:
        id: its entry in ``data/records/faults``.
        start: where its words begin in the paste.
        end: where they end, exclusive.
        values: what its texts name, by placeholder.
    """

    id: str
    start: int
    end: int
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A record found in the paste, not yet parsed.

    Attributes:
        kind: which record it is.
        owner: the name that it stands under, without a final dot, in lower case; empty where none was pasted.
        type: the type written beside it, such as ``TXT``; empty where none was pasted.
        value: what it says.
    """

    kind: Kind
    owner: str
    type: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of an SPF record (RFC 7208 §4.6.1).

    Attributes:
        text: as it was written.
        qualifier: ``+``, ``-``, ``~`` or ``?`` of a mechanism; empty for a modifier.
        name: its name in lower case.
        argument: what stands after ``:`` or ``=``, or the prefix length after ``/``.
        modifier: whether it is a modifier.
        good: whether its syntax is right.
        start: where it begins in the paste.
        end: where it ends, exclusive.
    """

    text: str
    qualifier: str
    name: str
    argument: str
    modifier: bool
    good: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One ``name=value`` of a DKIM or DMARC record.

    Attributes:
        name: as it was written, without spaces around it.
        value: as it was written, without spaces around it.
        start: where it begins in the paste.
        end: where it ends, exclusive.
        value_at: where its value begins in the text of the record.
    """

    name: str
    value: str
    start: int
    end: int
    value_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spf:
    """An SPF record.

    Attributes:
        found: where it was found.
        terms: its terms, without the version.
        faults: what is wrong with it by itself.
    """

    found: Found
    terms: tuple[Term, ...]
    faults: tuple[Fault, ...]

    @property
    def all_qualifier(self) -> str:
        """The qualifier of its first ``all``; empty without one."""
        return next((term.qualifier for term in self.terms if term.name == "all" and not term.modifier), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dkim:
    """A DKIM key record (RFC 6376 §3.6.1), or the alias that leads to one.

    Attributes:
        found: where it was found.
        selector: the name before ``._domainkey``; empty where none was pasted.
        tags: its tags.
        key_type: ``rsa``, ``ed25519`` or what ``k`` says.
        bits: length of the key; ``None`` where it could not be read.
        alias: where the alias leads, if it is one; the key is then not in the paste.
        testing: whether it says that signatures are only tried out.
        faults: what is wrong with it.
    """

    found: Found
    selector: str
    tags: tuple[Tag, ...] = ()
    key_type: str = "rsa"
    bits: int | None = None
    alias: str = ""
    testing: bool = False
    faults: tuple[Fault, ...] = ()

    @property
    def works(self) -> bool:
        """Whether receivers can verify signatures with it, as far as the paste shows."""
        return bool(self.alias) or (
            self.bits is not None and (self.key_type != "rsa" or self.bits >= limit("dkim-least-bits"))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dmarc:
    """A DMARC policy record (RFC 9989).

    Attributes:
        found: where it was found.
        tags: its tags.
        valid: whether receivers take it for a DMARC record at all.
        policy: ``none``, ``quarantine`` or ``reject`` as receivers read it.
        subdomains: the policy for subdomains.
        testing: whether it asks not to apply the policy yet (``t=y``).
        reports: addresses for aggregate reports.
        strict_spf: whether SPF must be for the very same name.
        strict_dkim: whether DKIM must be for the very same name.
        faults: what is wrong with it.
    """

    found: Found
    tags: tuple[Tag, ...]
    valid: bool
    policy: str
    subdomains: str
    testing: bool
    reports: tuple[str, ...]
    strict_spf: bool
    strict_dkim: bool
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mx:
    """An MX record.

    Attributes:
        found: where it was found.
        preference: the number before the host; ``None`` where none was pasted.
        host: the mail server, in lower case without a final dot; empty for a null MX.
        faults: what is wrong with it.
    """

    found: Found
    preference: int | None
    host: str
    faults: tuple[Fault, ...] = ()
