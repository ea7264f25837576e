"""Judge: from fields, route and results to what happened to the mail.

In: what was pasted and the day. Out: ``Findings``: who sent the mail, where it was forwarded, what the results mean
together, what tells of spam or delay, and the topics that follow, the most important first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.headers.forwards import Forward, forwards_of
from kakugen_checkers.headers.names import Mailbox, Rewritten, bare_address, read_mailbox, read_srs, same_organization
from kakugen_checkers.headers.pasted import Pasted, read_pasted
from kakugen_checkers.headers.route import Route, read_route
from kakugen_checkers.headers.signatures import Signature, signatures_of
from kakugen_checkers.headers.signs import Sign, is_bounce, signs_of
from kakugen_checkers.headers.trust import Said, read_said

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from kakugen_checkers.headers.results import Result

_EPOCH: Final = 719_163
BAD: Final = ("fail", "softfail", "hardfail", "permerror")
"""Results with which a check does not count as passed and something is to be mended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found out about a mail.

    Attributes:
        pasted: the mail.
        route: its way.
        said: what servers wrote about its sender.
        sender: the address in ``From``.
        reply: the address in ``Reply-To``, where it is of another organization.
        envelope: the sender on the envelope; empty for a notice, ``None`` where nothing tells.
        rewritten: what an envelope sender rewritten by a forwarder says.
        forwards: where the mail was forwarded.
        signatures: its DKIM signatures.
        signs: what tells of spam, of bulk mail or of a list.
        bounce: whether it is a notice that mail could not be delivered.
    """

    pasted: Pasted
    route: Route
    said: Said
    sender: Mailbox | None
    reply: Mailbox | None
    envelope: str | None
    rewritten: Rewritten | None
    forwards: tuple[Forward, ...]
    signatures: tuple[Signature, ...]
    signs: tuple[Sign, ...]
    bounce: bool

    @property
    def recognised(self) -> bool:
        """Whether anything of a mail was found."""
        telling = {"received", "from", "return-path", "delivered-to", "message-id", "dkim-signature", "subject", "date"}
        found = {field.key for field in self.pasted.fields}
        return bool(self.said.statements or self.said.table or "received" in found or len(telling & found) >= 2)

    @property
    def sender_domain(self) -> str:
        """The domain in ``From``."""
        return self.sender.domain if self.sender else ""

    @property
    def dmarc(self) -> str:
        """How DMARC went: a result, or worked out from the results that count; empty where nothing tells."""
        if told := self.said.result("dmarc"):
            return told.result
        if not self.said.believed or not self.sender_domain:
            return ""
        return "aligned" if self.proven else ""

    @property
    def policy(self) -> str:
        """What the sender's domain asks for by DMARC, where the receiver noted it."""
        told = self.said.result("dmarc")
        return told.policy if told else ""

    @property
    def proven(self) -> tuple[str, ...]:
        """The methods that prove the domain in ``From``, among the results that count."""
        return tuple(
            dict.fromkeys(
                one.method
                for one in self.said.believed
                if one.method in ("spf", "dkim")
                and one.result == "pass"
                and (
                    same_organization(self._checked(one), self.sender_domain)
                    or bool(self.said.table and not one.domain)
                )
            )
        )

    def _checked(self, result: Result) -> str:
        """Return the domain that a result is about; SPF without a name is about the envelope."""
        if result.method == "spf" and not result.domain:
            return (self.envelope or "").rpartition("@")[2].lower()
        return result.domain

    @property
    def signed(self) -> bool:
        """Whether a signature of the sender's own domain was found good."""
        return "dkim" in self.proven

    @property
    def marked(self) -> tuple[Sign, ...]:
        """The signs by which a filter called the mail spam."""
        return tuple(sign for sign in self.signs if sign.kind == "spam")


def judge(answer: str | bytes, today: date) -> Findings:
    """Return what happened to a mail."""
    pasted = read_pasted(answer)
    route = read_route(pasted, (today.toordinal() - _EPOCH) * 86_400)
    said = read_said(pasted, route)
    sender = read_mailbox(pasted.value("from")) if pasted.first("from") else None
    reply = read_mailbox(pasted.value("reply-to")) if pasted.first("reply-to") else None
    if reply and sender and same_organization(reply.domain, sender.domain):
        reply = None
    envelope = _envelope(pasted, said)
    arrived = next((one.hop.moment.seconds for one in route.stations[::-1] if one.hop.moment and not one.clock), None)
    return Findings(
        pasted=pasted,
        route=route,
        said=said,
        sender=sender,
        reply=reply,
        envelope=envelope,
        rewritten=read_srs(envelope or ""),
        forwards=forwards_of(pasted, route, envelope),
        signatures=signatures_of(pasted, sender.domain if sender else "", arrived),
        signs=signs_of(pasted, route, said),
        bounce=is_bounce(pasted),
    )


def _envelope(pasted: Pasted, said: Said) -> str | None:
    if pasted.first("return-path"):
        return bare_address(pasted.value("return-path"))
    for one in said.statements:
        for result in one.written.results:
            if found := result.about.get("smtp.mailfrom", ""):
                return bare_address(found.replace('"', "")) or found
    return None


def topics_of(findings: Findings, concern: str) -> tuple[str, ...]:
    """Return the names of all topics of a mail, the most important first.

    Args:
        findings: what was found out.
        concern: what the reader asks about: ``spam``, ``late``, ``sender``, ``route`` or nothing.
    """
    found = [name for name in data.load("headers/topics")["order"] if _HOLDS[name](findings)]
    wanted = data.load("headers/topics")["concern"].get(concern, ())
    if len(found) > 1 and found[-1] == "all-well":
        found.pop()
    if found and found[0] == "bounce":
        return tuple(found)
    return tuple(sorted(found, key=lambda name: (name not in wanted, found.index(name))))


def _disguised(findings: Findings) -> bool:
    sender = findings.sender
    if sender is None:
        return False
    proven = bool(findings.proven) or findings.dmarc == "pass"
    return (
        sender.hides
        or bool(sender.claimed)
        or (findings.reply is not None and bool(findings.said.believed) and not proven)
    )


def _failed(findings: Findings) -> bool:
    """Return whether the receiver found no proof of the sender."""
    if findings.dmarc in BAD:
        return True
    spf, dkim = findings.said.result("spf"), findings.said.result("dkim")
    if findings.dmarc == "pass" or not (spf or dkim):
        return False
    return all(one is None or one.result != "pass" for one in (spf, dkim)) and any(
        one is not None and one.result in BAD for one in (spf, dkim)
    )


def _weak(findings: Findings) -> bool:
    """Return whether the mail passed with less proof than there should be."""
    if not findings.said.believed or _failed(findings) or findings.forwards:
        return False
    dmarc = findings.said.result("dmarc")
    named = {one.method for one in findings.said.believed}
    return (
        "dkim" not in named or not findings.signed or (dmarc is not None and dmarc.result in ("none", "bestguesspass"))
    )


def _broken_signature(findings: Findings) -> bool:
    found = [one for one in findings.said.believed if one.method == "dkim"]
    return bool(found) and any(one.result in BAD for one in found) and not any(one.result == "pass" for one in found)


def _kinds(findings: Findings) -> set[str]:
    return {sign.kind for sign in findings.signs}


_HOLDS: Final[dict[str, Callable[[Findings], bool]]] = {
    "bounce": lambda found: found.bounce,
    "sender-disguised": _disguised,
    "spam-marked": lambda found: bool(found.marked),
    "forwarded-broken": lambda found: bool(found.forwards) and _failed(found),
    "signature-broken": _broken_signature,
    "authentication-failed": lambda found: not found.forwards and _failed(found),
    "delayed": lambda found: bool(found.route.slow),
    "clock-wrong": lambda found: bool(found.route.wrong_clocks) or found.route.written_odd in ("late", "impossible"),
    "claims-only": lambda found: bool(found.said.statements or found.route.stations) and not found.said.believed,
    "list-mail": lambda found: "list" in _kinds(found),
    "bulk-no-unsubscribe": lambda found: "no-unsubscribe" in _kinds(found),
    "forwarded": lambda found: bool(found.forwards) and not _failed(found),
    "proof-weak": _weak,
    "summary-only": lambda found: bool(found.said.table) and not found.pasted.fields,
    "no-route": lambda found: not found.route.stations and not found.said.table,
    "all-well": lambda found: bool(found.proven) or found.dmarc == "pass",
}
