"""Signals: from the parts of a bounce to what they state.

An ``Unwrapped`` goes in. Out come *refusals*, one for each recipient (who, which server, reply code, enhanced status
code, the words of the server), and the passages in which rules look for patterns, in the order in which they are to
be believed: the words of the refusing server, then the notice around them, then the subject.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kakugen_checkers.bounce.codes import Stage, read_codes, read_stage, status_in
from kakugen_checkers.bounce.paragraphs import Paragraph, fold, lower_words, read_paragraphs

if TYPE_CHECKING:
    from kakugen_checkers.bounce.unwrap import Fields, Unwrapped

MAX_REFUSALS: Final = 50


class Place(StrEnum):
    """Where a passage stands, the most trustworthy first."""

    DIAGNOSTIC = "diagnostic"
    """The words of the server that refused this recipient."""
    TRANSCRIPT = "transcript"
    """Other lines in which a server is quoted."""
    NOTICE = "notice"
    """The text that the reporting server wrote around them."""
    SUBJECT = "subject"


@dataclass(slots=True)
class Passage:
    """Text in which patterns are looked for.

    Attributes:
        place: where it stands.
        text: as it was written, white space folded, repeated reply codes of a multi-line reply taken out.
        lower: the same in lower case, names before an @ crossed out.
    """

    place: Place
    text: str
    lower: str


@dataclass(slots=True)
class Refusal:
    """What is known of one recipient's fate.

    Attributes:
        recipient: the final recipient, or empty.
        diagnostic: the words of the server, folded to one line.
        reply_code: three digits, or empty (RFC 5321 section 4.2).
        enhanced_status_code: ``5.1.1``, or empty (RFC 3463).
        stage: the command that was refused.
        action: the DSN's action field, ``failed``, ``delayed`` … (RFC 3464 section 2.3.3), or empty.
        remote_mta: the server that refused, or empty.
    """

    recipient: str = ""
    diagnostic: str = ""
    reply_code: str = ""
    enhanced_status_code: str = ""
    stage: Stage = Stage.NONE
    action: str = ""
    remote_mta: str = ""


@dataclass(slots=True)
class Signals:
    """Everything that rules look at.

    Attributes:
        refusals: one a recipient, at least one; the first is the one that is answered.
        passages: what patterns are looked for in.
        hosts: names of the servers that take part, in lower case.
        reporting_mta: the server that wrote the report, or empty.
        kind: kind of the report (``Unwrapped.kind``).
        headers: header of the bounce itself.
        forwarded: whether the refused address was one that mail is forwarded to (Postfix and Sendmail say so).
        complete: whether this is a whole mail, so that nothing of the notice is missing.
    """

    refusals: list[Refusal]
    passages: list[Passage]
    hosts: str
    reporting_mta: str
    kind: str
    headers: Fields = field(default_factory=dict)
    forwarded: bool = False
    complete: bool = False


_ADDRESS: Final = re.compile(
    r"(?<![\w.+/=?-])[\w.!#$%&*+/=?^{|}~-][\w.!#$%&'*+/=?^{|}~-]{0,63}@(?:[A-Za-z0-9_-]{1,63}\.)+[A-Za-z0-9-]{2,63}"
)
_BRACKETED: Final = re.compile(r"<[ ]?([^\s<>@]{1,80}@[^\s<>]{1,120})>")
_NOT_A_RECIPIENT: Final = re.compile(
    r"(?i)^(?:mailer-daemon|postmaster|mail-daemon|no-?reply|abuse|support)[@+]|@(?:localhost|gsmtp)"
)
_SENDER_BEFORE: Final = re.compile(r"(?i)(?:差出人|送信元|送信者|アカウント|sender|account)[^@,;<>。、]{0,12}$|'$")
_HOST_NAME: Final = re.compile(r"(?i)(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![\w-])")
_UNSPECIFIC: Final = re.compile(r"[245]\.0\.0$")


def read_signals(parts: Unwrapped) -> Signals:
    """Return what the parts of a bounce state."""
    message_fields = [group for group in parts.reports if "reporting-mta" in group]
    recipients = [group for group in parts.reports if not _RECIPIENT_FIELDS.isdisjoint(group)]
    paragraphs = read_paragraphs(parts.notice)
    reported = [_from_report(group) for group in recipients[:MAX_REFUSALS]]
    told = _from_notice(parts, paragraphs)
    refusals = sorted(reported, key=lambda refusal: refusal.action in DELIVERED) or told or [Refusal()]
    _complete(refusals[0], told, parts)
    return Signals(
        refusals=refusals,
        passages=_passages(refusals[0], paragraphs, parts),
        hosts=" ".join(_hosts(message_fields, parts, refusals)).lower(),
        reporting_mta=_host(message_fields[0]["reporting-mta"]) if message_fields else "",
        kind=parts.kind,
        headers=parts.headers,
        forwarded=bool(_EXPANDED.search(parts.notice)),
        complete=not _TRACE.isdisjoint(parts.headers),
    )


DELIVERED: Final = frozenset({"delivered", "relayed", "expanded"})
"""Values of a report's action field that are no failure (RFC 3464 section 2.3.3)."""

_RECIPIENT_FIELDS: Final = frozenset({"final-recipient", "original-recipient", "action", "status", "diagnostic-code"})
_TRACE: Final = frozenset({"received", "return-path", "message-id"})
"""Fields that a mail program shows to nobody: where they stand, the raw mail was given."""
_EXPANDED: Final = re.compile(r"\(expanded from:? <")


def _from_report(group: Fields) -> Refusal:
    kind, _, diagnostic = group.get("diagnostic-code", "").partition(";")
    if not diagnostic or " " in kind.strip():
        diagnostic = group.get("diagnostic-code", "")
    diagnostic = fold(diagnostic)
    original = group.get("original-recipient", "")
    codes = read_codes(diagnostic)
    return Refusal(
        recipient=_address(group.get("final-recipient") or original) or _address(original),
        diagnostic=diagnostic,
        reply_code=codes.reply_code,
        enhanced_status_code=_more_specific(status_in(group.get("status", "")), codes.enhanced_status_code),
        stage=read_stage(diagnostic.lower()),
        action=group.get("action", "").lower().split(" ")[0].strip("();"),
        remote_mta=_host(group.get("remote-mta", "")),
    )


def _more_specific(stated: str, written: str) -> str:
    """Return the refusing server's own code, or the report's where the server wrote none or only "something failed"."""
    return stated if stated and (not written or _UNSPECIFIC.match(written)) else written


def _from_notice(parts: Unwrapped, paragraphs: list[Paragraph]) -> list[Refusal]:
    """Return what the text alone states: a refusal for each paragraph that quotes a server."""
    refusals: list[Refusal] = []
    for paragraph in paragraphs:
        if not paragraph.quotes_server:
            continue
        own = _BRACKETED.match(paragraph.text) or _ADDRESS.match(paragraph.text)
        refusals.append(
            Refusal(
                recipient=_address(own[0]) if own else "",
                diagnostic=paragraph.text[paragraph.words_start :].strip(),
                reply_code=paragraph.codes.reply_code,
                enhanced_status_code=paragraph.codes.enhanced_status_code,
                stage=read_stage(paragraph.lower),
            )
        )
    if not refusals and paragraphs:
        refusals = [Refusal(stage=read_stage(" ".join(paragraph.lower for paragraph in paragraphs)))]
    nameless = [refusal for refusal in refusals if not refusal.recipient]
    if nameless:
        for refusal, address in zip(nameless, _named_recipients(parts, paragraphs), strict=False):
            refusal.recipient = address
    return refusals[:MAX_REFUSALS]


def _named_recipients(parts: Unwrapped, paragraphs: list[Paragraph]) -> list[str]:
    """Return the addresses that the notice is about, likeliest first."""
    failed = parts.headers.get("x-failed-recipients", "")
    found = [_address(entry) for entry in failed.split(",") if "@" in entry]
    known = {_address(parts.headers.get(name, "")).lower() for name in ("from", "to")}
    for paragraph in paragraphs:
        if "@" not in paragraph.text:
            continue
        for match in _ADDRESS.finditer(paragraph.text):
            address = match[0].strip(".")
            before = paragraph.text[max(0, match.start() - 20) : match.start()]
            if not (_NOT_A_RECIPIENT.search(address) or _SENDER_BEFORE.search(before) or address.lower() in known):
                found.append(address)
    return list(dict.fromkeys(found))


def _complete(first: Refusal, told: list[Refusal], parts: Unwrapped) -> None:
    """Fill what the report leaves open from the text around it and from the returned mail."""
    for other in told:
        if other is first or (
            other.recipient and first.recipient and other.recipient.lower() != first.recipient.lower()
        ):
            continue
        first.stage = first.stage or other.stage
        if not first.reply_code and other.reply_code and _agree(first, other):
            first.reply_code = other.reply_code
            first.diagnostic = first.diagnostic or other.diagnostic
        if not first.enhanced_status_code or _UNSPECIFIC.match(first.enhanced_status_code):
            first.enhanced_status_code = other.enhanced_status_code or first.enhanced_status_code
        first.diagnostic = first.diagnostic or other.diagnostic
    if not first.recipient:
        to = _ORIGINAL_TO.search(parts.original[:4000])
        first.recipient = _address(to[1]) if to else ""


_ORIGINAL_TO: Final = re.compile(r"(?im)^(?:to|x-envelope-to|envelope-to):(.{0,200})")


def _agree(first: Refusal, other: Refusal) -> bool:
    status = first.enhanced_status_code
    return not status or other.reply_code[:1] == status[:1]


def _passages(first: Refusal, paragraphs: list[Paragraph], parts: Unwrapped) -> list[Passage]:
    """Return the texts to look in, the most trustworthy first, each once."""
    own = Passage(Place.DIAGNOSTIC, first.diagnostic, lower_words(first.diagnostic))
    passages = [own] if own.text else []
    spoken = [paragraph for paragraph in paragraphs if paragraph.quotes_server]
    silent = [paragraph for paragraph in paragraphs if not paragraph.quotes_server]
    passages += [Passage(Place.TRANSCRIPT, p.text, p.lower) for p in spoken if p.text != own.text]
    passages += [Passage(Place.NOTICE, p.text, p.lower) for p in silent if p.text != own.text]
    subject = fold(parts.headers.get("subject", ""))[:500]
    if subject:
        passages.append(Passage(Place.SUBJECT, subject, subject.lower()))
    return passages


def _hosts(message_fields: list[Fields], parts: Unwrapped, refusals: list[Refusal]) -> list[str]:
    reporting = [_host(fields["reporting-mta"]) for fields in message_fields[:1]]
    return [*reporting, parts.headers.get("from", ""), *(refusal.remote_mta for refusal in refusals[:5])]


def _address(value: str) -> str:
    if "@" not in value:
        return ""
    bracketed = _BRACKETED.search(value)
    if bracketed:
        return bracketed[1]
    match = _ADDRESS.search(value.rpartition(";")[2])
    if match:
        return match[0]
    quoted = re.search(r'"[^"\s]{1,64}"@[\w.-]{1,120}|[^\s;<>]{1,80}@[^\s;<>]{1,120}', value)
    return quoted[0] if quoted else ""


def _host(value: str) -> str:
    match = _HOST_NAME.search(value.partition(";")[2] or value)
    return match[0].lower() if match else ""
