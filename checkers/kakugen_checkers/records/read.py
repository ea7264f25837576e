"""Reading pasted DNS records: from text to parsed records.

In: any text. Out: ``Records``, with all SPF, DKIM, DMARC and MX records in it and the domain that they are for. Other
checkers ask it what a domain's records mean for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from kakugen_checkers.records import names
from kakugen_checkers.records.dkim import parse_dkim
from kakugen_checkers.records.dmarc import parse_dmarc
from kakugen_checkers.records.limits import limit
from kakugen_checkers.records.lines import find_records
from kakugen_checkers.records.lookups import count_lookups
from kakugen_checkers.records.model import Dkim, Dmarc, Found, Kind, Mx, Spf
from kakugen_checkers.records.mx import parse_mx
from kakugen_checkers.records.pasted import Paste
from kakugen_checkers.records.spf import parse_spf

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_TEXT: Final = 200_000
"""How much of a paste is read; a zone of thousands of names fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """What was read off a paste.

    Attributes:
        paste: the paste.
        domain: the domain that the records are for, in lower case; empty where the paste does not say.
        spf: SPF records of the domain.
        dkim: DKIM keys, and aliases that lead to keys.
        dmarc: DMARC records of the domain.
        mx: MX records of the domain.
        others: SPF records of other names, such as of what the domain includes, by name.
        private_key: where a private key was pasted, which nobody else should ever see.
    """

    paste: Paste
    domain: str
    spf: tuple[Spf, ...]
    dkim: tuple[Dkim, ...]
    dmarc: tuple[Dmarc, ...]
    mx: tuple[Mx, ...]
    others: tuple[tuple[str, Spf], ...] = ()
    private_key: tuple[int, int] | None = None

    @property
    def found_any(self) -> bool:
        """Whether there is any record in the paste."""
        return bool(self.spf or self.dkim or self.dmarc or self.mx)

    @property
    def has_spf(self) -> bool:
        """Whether receivers find an SPF record that they can use: exactly one, with nothing that breaks it."""
        if len(self.spf) != 1 or any(fault.id in SPF_BREAKS for fault in self.spf[0].faults):
            return False
        return count_lookups(self.spf[0].terms, self).least <= limit("spf-lookups")

    def spf_allows(self, include: str) -> bool:
        """Return whether an SPF record of the domain includes (or redirects to) the name ``include``."""
        wanted = names.canonical(include)
        return any(
            term.name in ("include", "redirect") and names.canonical(term.argument) == wanted
            for record in self.spf
            for term in record.terms
        )

    @property
    def dkim_state(self) -> Literal["works", "broken", "missing"]:
        """``works`` if a key can be used, ``broken`` if none of those pasted can, ``missing`` if none was pasted."""
        if any(record.works for record in self.dkim):
            return "works"
        return "broken" if self.dkim else "missing"

    @property
    def dmarc_policy(self) -> Literal["none", "quarantine", "reject", ""]:
        """The policy that receivers apply; empty where no DMARC record that counts was pasted."""
        valid = [record for record in self.dmarc if record.valid]
        if len(valid) != 1:
            return ""
        policy = valid[0].policy
        return policy if policy in ("none", "quarantine", "reject") else ""  # type: ignore[return-value]

    @property
    def mx_hosts(self) -> tuple[str, ...]:
        """The mail servers of the domain, in the order of the paste."""
        return tuple(record.host for record in self.mx if record.host)


SPF_BREAKS: Final = frozenset(
    (
        "spf-version",
        "spf-no-version",
        "spf-old-version",
        "spf-no-space",
        "spf-leading-space",
        "spf-characters",
        "spf-unknown-term",
        "spf-misspelt",
        "spf-equals",
        "spf-bare-address",
        "spf-no-term",
        "spf-separator",
        "spf-qualifier",
        "spf-all-argument",
        "spf-no-argument",
        "spf-ip",
        "spf-ip-family",
        "spf-ip-as-name",
        "spf-prefix",
        "spf-url",
        "spf-mail-address",
        "spf-macro",
        "spf-domain",
        "spf-modifier-twice",
        "spf-long-string",
    )
)
"""Faults that make receivers answer ``permerror`` or see no SPF record at all."""


def read_records(text: str, domain: str = "") -> Records:
    """Return the records in ``text``.

    Args:
        text: what was pasted, of any kind.
        domain: the domain that they are for, where the reader named it.
    """
    paste = Paste(text[:MAX_TEXT])
    contents = find_records(paste)
    domain = names.canonical(domain.strip()) or contents.domain
    domain = domain if names.is_full_name(domain) else ""
    mine, others = _divide(contents.records, domain)
    return Records(
        paste=paste,
        domain=domain,
        spf=tuple(parse_spf(found, paste) for found in mine if found.kind is Kind.SPF),
        dkim=tuple(parse_dkim(found, paste) for found in (*mine, *others) if found.kind is Kind.DKIM),
        dmarc=tuple(parse_dmarc(found, paste, domain) for found in mine if found.kind is Kind.DMARC),
        mx=tuple(parse_mx(found) for found in mine if found.kind is Kind.MX),
        others=tuple((found.owner, parse_spf(found, paste)) for found in others if found.kind is Kind.SPF),
        private_key=contents.private_key,
    )


def _divide(records: Iterable[Found], domain: str) -> tuple[list[Found], list[Found]]:
    """Return the records of ``domain`` (those whose name says nothing are taken for its) and those of other names.

    The same record pasted twice is one: DNS never holds it twice (RFC 2181 §5).
    """
    mine: list[Found] = []
    others: list[Found] = []
    seen: set[tuple[Kind, str, str]] = set()
    for found in records:
        of = names.domain_of(found.owner)
        selector = found.owner.partition("._domainkey")[0] if found.kind is Kind.DKIM else ""
        key = (found.kind, found.value.text, selector or (of if of != domain else ""))
        if key not in seen:
            seen.add(key)
            (others if domain and of and of != domain else mine).append(found)
    return (mine, others) if mine else (others, [])
