"""What a domain can prove: SPF, DKIM and DMARC, as far as pasted records tell.

In: pasted text. Out: three facts and what is missing. How records are read is the matter of ``records``.
"""

from __future__ import annotations

from dataclasses import dataclass

from kakugen_checkers.records.read import read_records


@dataclass(frozen=True, slots=True, kw_only=True)
class Proofs:
    """What pasted records say of their domain.

    Attributes:
        found: whether there was any record in the text.
        domain: the domain that they are for; empty where they don't say.
        spf: ``yes`` or ``no``: whether receivers can use its SPF record; ``None`` where nothing was pasted.
        dkim: ``yes`` or ``no``: whether its signatures can be verified; ``None`` where no key was pasted, because
            nobody can tell from outside under which name a key stands.
        policy: its DMARC policy, ``missing`` without a record that counts; ``None`` where nothing was pasted.
        lacking: which of ``spf``, ``dkim``, ``dmarc`` were not there. A paste of MX records alone says nothing of them.
    """

    found: bool = False
    domain: str = ""
    spf: str | None = None
    dkim: str | None = None
    policy: str | None = None
    lacking: frozenset[str] = frozenset()


def read_proofs(text: str) -> Proofs:
    """Return what the records in ``text`` prove."""
    if not text:
        return Proofs()
    records = read_records(text)
    if not (records.spf or records.dkim or records.dmarc):
        return Proofs(found=records.found_any, domain=records.domain)
    works, policy = records.dkim_state, records.dmarc_policy
    there = {"spf": records.has_spf, "dkim": works == "works", "dmarc": bool(policy)}
    return Proofs(
        found=True,
        domain=records.domain,
        spf="yes" if records.has_spf else "no",
        dkim={"works": "yes", "broken": "no"}.get(works),
        policy=policy or "missing",
        lacking=frozenset(ident for ident, proven in there.items() if not proven),
    )
