"""What if: what becomes of this mail when it is forwarded to Gmail, with the envelope rewritten or not.

In: findings. Out: for each way what SPF, DKIM and DMARC come to (RFC 7208 Appendix D, RFC 6376, RFC 9989) and what
Gmail does with that (``data/destinations.toml``). A forward comes from a server that the sender's SPF does not name;
rewriting makes SPF pass for the forwarder, which never proves the sender.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kakugen_checkers.headers.judge import Findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One way of forwarding.

    Attributes:
        way: ``kept`` or ``rewritten``.
        this: whether this mail was forwarded in that way.
        spf: ``breaks``, ``passes`` or ``none``.
        dkim: ``survives``, ``other``, ``broken``, ``none`` or ``unknown``.
        dmarc: ``pass``, ``fail``, ``none`` or ``unknown``.
        result: ``arrives``, ``spam``, ``refused``, ``unproven``, ``mostly`` or ``unknown``.
    """

    way: str
    this: bool
    spf: str
    dkim: str
    dmarc: str
    result: str


def outcomes(findings: Findings) -> tuple[Outcome, ...]:
    """Return what both ways come to; nothing where the sender is unknown."""
    if not findings.sender_domain or not (findings.said.believed or findings.signatures):
        return ()
    forwarded = any(one.how != "arc" for one in findings.forwards)
    rewritten = findings.rewritten is not None
    return tuple(
        _outcome(findings, way, this=forwarded and rewritten == (way == "rewritten")) for way in ("kept", "rewritten")
    )


def _outcome(findings: Findings, way: str, *, this: bool) -> Outcome:
    spf = "passes" if way == "rewritten" else "none" if _word(findings, "spf") == "none" else "breaks"
    dkim = _dkim(findings)
    record = _word(findings, "dmarc")
    if dkim == "survives":
        dmarc = "pass"
    elif record in ("none", "bestguesspass"):
        dmarc = "none"
    else:
        dmarc = "unknown" if dkim == "unknown" else "fail"
    return Outcome(way=way, this=this, spf=spf, dkim=dkim, dmarc=dmarc, result=_result(findings, spf, dkim, dmarc))


def _result(findings: Findings, spf: str, dkim: str, dmarc: str) -> str:
    if dmarc == "pass":
        return "arrives"
    if dkim == "unknown":
        return "unknown"
    if dmarc == "fail" and findings.policy in ("reject", "quarantine"):
        return "refused" if findings.policy == "reject" else "spam"
    return "mostly" if spf == "passes" or dkim == "other" else "unproven"


def _dkim(findings: Findings) -> str:
    checked = [one.result for one in findings.said.believed if one.method == "dkim"]
    if findings.signed:
        return "survives"
    if "pass" in checked:
        return "other"
    if checked and any(result != "none" for result in checked):
        return "broken"
    return "unknown" if findings.signatures and not checked else "none"


def _word(findings: Findings, method: str) -> str:
    found = findings.said.result(method)
    return found.result if found else ""
