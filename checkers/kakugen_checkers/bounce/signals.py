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

if TYPE_CHECKING:
    from kakugen_checkers.bounce.unwrap import Fields, Unwrapped

MAX_PASSAGE: Final = 6_000
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


class Stage(StrEnum):
    """The SMTP command that was refused (RFC 5321 section 4.1)."""

    CONNECT = "connect"
    HELO = "helo"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    NONE = ""


@dataclass(slots=True)
class Passage:
    """Text in which patterns are looked for.

    Attributes:
        place: where it stands.
        text: as it was written, white space folded, repeated reply codes of a multi-line reply taken out.
        lower: the same in lower case.
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
        subject: subject of the bounce itself, or empty.
        sender: From of the bounce itself, or empty.
        kind: kind of the report (``Unwrapped.kind``).
        headers: header of the bounce itself.
    """

    refusals: list[Refusal]
    passages: list[Passage]
    hosts: str
    reporting_mta: str
    subject: str
    sender: str
    kind: str
    headers: Fields = field(default_factory=dict)


_CJK: Final = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_JAPANESE_WRAP: Final = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
_REPEATED_CODE: Final = re.compile(r"(?<=\s)([245]\d\d)[- ](?:([245]\.\d{1,3}\.\d{1,3})[ :]+)?(?=\S)")
_REPLY: Final = re.compile(
    r"(?<![\w.:/@=\[-])#?([245][0-5]\d)(?:[ -]+|[ ]?[(:]?)[ #('\"]*([245]\.\d{1,3}\.\d{1,3})(?![.\d])"
    r"|(?<![\w.:/@=\[#-])([245][0-5]\d)(?=[ :,-]+[^\d\s]|[;.)\]'\"]?\s*$)"
)
_ENHANCED: Final = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![.\d])")
_ADDRESS: Final = re.compile(r"(?<![\w.+-])[\w.!#$%&'*+/=?^{|}~-]{1,64}@(?:[A-Za-z0-9_-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_BRACKETED: Final = re.compile(r"<[ ]?([^\s<>@]{1,80}@[^\s<>]{1,120})>")
_DIAGNOSTIC_START: Final = re.compile(
    r"""(?ix)
      \bsaid:[ ] | \breason:[ ]? | <<<[ ] | >>>[ ][45]\d\d
    | \bthe[ ]error[ ]that[ ]the[ ]other[ ]server[ ]returned[ ]was:[ ]?
    | \bthe[ ]response(?:[ ]from[ ]the[ ]remote[ ]server)?[ ]was:[ ]? | リモート[ ]?サーバーからの応答[:：][ ]?
    | 応答[:：][ ]? | \bserver[ ]returned[ ]? | \bdiagnostic[ -]code:[ ]? | \bserver[ ]message\b[ ]?
    | \bwith[ ]the[ ]following[ ]error:[ ]? | \bfailed[ ]with:[ ]? | \berror:[ ]
    """
)
_STAGES: Final = tuple(
    re.compile(expression, re.IGNORECASE)
    for expression in (
        r"in reply to (?:the )?(?:end of )?(rcpt to|mail from|data|helo|ehlo|auth|end of data)",
        r"after (?:sending )?(rcpt to|mail from|data|end of data|helo|ehlo|initial connection|pipelined data)",
        r"error after (rcpt|mail|data|end of data) command",
        r"\[(RCPT_TO|MAIL_FROM|DATA|END_OF_DATA|CONNECT)\]",
        r"(?:in|for) (RCPT TO|MAIL FROM|DATA|HELO|EHLO)(?: command| response)?\b",
        r"did not like our (?:final )?(RCPT TO|MAIL FROM|DATA|EHLO|HELO)",
        r"SMTP command ?:? ?(RCPT|MAIL|DATA|HELO|EHLO)\b",
        # of a transcript, the last command before the refusal
        r">>> (RCPT TO|MAIL FROM|DATA|HELO|EHLO|\.|AUTH)[:\s](?!.*>>> (?:RCPT TO|MAIL FROM|DATA|\.)[:\s].*<<< [45])",
    )
)
_STAGE_NAMES: Final = {
    "rcpt": Stage.RCPT,
    "mail": Stage.MAIL,
    "data": Stage.DATA,
    "end ": Stage.DATA,
    "end_": Stage.DATA,
    ".": Stage.DATA,
    "pipe": Stage.DATA,
    "helo": Stage.HELO,
    "ehlo": Stage.HELO,
    "auth": Stage.AUTH,
    "init": Stage.CONNECT,
    "conn": Stage.CONNECT,
}
_NOT_A_RECIPIENT: Final = re.compile(
    r"(?i)^(?:mailer-daemon|postmaster|mail-daemon|no-?reply|abuse|support)[@+]|@(?:localhost|gsmtp)"
)
_HOST_NAME: Final = re.compile(r"(?i)(?<![\w@.-])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?![\w-])")
_UNSPECIFIC: Final = re.compile(r"[245]\.0\.0$")


def fold(text: str) -> str:
    """Return ``text`` on one line: wraps inside Japanese closed up, the repeated codes of a long reply taken out."""
    if not text.isascii():
        text = _JAPANESE_WRAP.sub("", text)
    text = " ".join(text.split())
    seen: list[str] = []

    def once(match: re.Match[str]) -> str:
        code = match[1] + (match[2] or "")
        if code in seen or (seen and match[1] == seen[-1][:3] and "-" in match[0][:4]):
            return ""
        seen.append(code)
        return match[0]

    return _REPEATED_CODE.sub(once, " " + text)[1:] if "-" in text else text


def read_signals(parts: Unwrapped) -> Signals:
    """Return what the parts of a bounce state."""
    message_fields = [group for group in parts.reports if "reporting-mta" in group]
    recipients = [group for group in parts.reports if _RECIPIENT_FIELDS.intersection(group)]
    paragraphs = [fold(block) for block in _blocks(parts.notice)]
    spoken = [text for text in paragraphs if _states_refusal(text)]
    refusals = [_from_report(group) for group in recipients[:MAX_REFUSALS]]
    failed = [r for r in refusals if r.action not in ("delivered", "relayed", "expanded")]
    refusals = failed + [r for r in refusals if r not in failed]
    from_notice = _from_notice(parts, paragraphs, spoken)
    if not refusals:
        refusals = from_notice or [Refusal()]
    _complete(refusals, from_notice, parts)
    passages = _passages(refusals, paragraphs, parts)
    reporting = _host(message_fields[0]["reporting-mta"]) if message_fields else ""
    subject = " ".join(parts.headers.get("subject", "").split())
    sender = parts.headers.get("from", "")
    hosts = " ".join((reporting, sender.lower(), *(r.remote_mta.lower() for r in refusals[:5])))
    return Signals(refusals, passages, hosts, reporting, subject, sender, parts.kind, parts.headers)


_RECIPIENT_FIELDS: Final = frozenset({"final-recipient", "original-recipient", "action", "status", "diagnostic-code"})


def _blocks(notice: str) -> list[str]:
    """Return the paragraphs of a notice; a recipient's line opens a paragraph of its own."""
    text = re.sub(r"\n(?=[ \t]?<[^\s<>]+@[^\s<>]+>[ :(])", "\n\n", notice[:40_000])
    return [
        block for block in re.split(r"\n[ \t]*\n|\n[ \t]*[-=*_]{6,}[ \t]*(?=\n|$)", text) if block.strip(" \t\n-=*_")
    ][:120]


def _states_refusal(text: str) -> bool:
    return bool(_REPLY.search(text) or _ENHANCED.search(text) or _DIAGNOSTIC_START.search(text))


def _from_report(group: Fields) -> Refusal:
    kind, _, diagnostic = group.get("diagnostic-code", "").partition(";")
    if not diagnostic and kind:
        kind, diagnostic = "", kind
    elif " " in kind.strip():
        kind, diagnostic = "", group["diagnostic-code"]
    diagnostic = fold(diagnostic)
    recipient = group.get("final-recipient") or group.get("original-recipient") or ""
    original = group.get("original-recipient", "")
    refusal = Refusal(
        recipient=_address(recipient) or _address(original),
        diagnostic=diagnostic,
        action=group.get("action", "").lower().split(" ")[0].strip("();"),
        remote_mta=_host(group.get("remote-mta", "")),
        stage=_stage(diagnostic),
    )
    refusal.reply_code, written = _codes(diagnostic)
    status = _ENHANCED.search(group.get("status", ""))
    stated = status[1] if status else ""
    if stated and written and (_UNSPECIFIC.match(stated) or (stated[0] == written[0] and stated[3:] == ".0")):
        stated = ""
    refusal.enhanced_status_code = stated or written
    return refusal


def _from_notice(parts: Unwrapped, paragraphs: list[str], spoken: list[str]) -> list[Refusal]:
    """Return what the text alone states: a refusal for each paragraph that quotes a server."""
    refusals: list[Refusal] = []
    named = _named_recipients(parts, paragraphs)
    for text in spoken[:MAX_REFUSALS]:
        reply, status = _codes(text)
        if not (reply or status or _DIAGNOSTIC_START.search(text)):
            continue
        own = _BRACKETED.match(text) or _ADDRESS.match(text)
        refusals.append(
            Refusal(
                recipient=_address(own[0]) if own else "",
                diagnostic=_spoken_words(text),
                reply_code=reply,
                enhanced_status_code=status,
                stage=_stage(text),
            )
        )
    if not refusals and (named or paragraphs):
        refusals = [Refusal(stage=_stage(" ".join(paragraphs)))]
    for refusal, address in zip((r for r in refusals if not r.recipient), named, strict=False):
        refusal.recipient = address
    return refusals


def _named_recipients(parts: Unwrapped, paragraphs: list[str]) -> list[str]:
    """Return the addresses that the notice is about, likeliest first."""
    failed = parts.headers.get("x-failed-recipients", "")
    found = [_address(entry) for entry in failed.split(",") if "@" in entry]
    known = {_address(parts.headers.get(name, "")).lower() for name in ("from", "to")}
    for text in paragraphs:
        for match in _ADDRESS.finditer(text):
            address = match[0].strip(".")
            if not _NOT_A_RECIPIENT.search(address) and address.lower() not in known:
                found.append(address)
    return list(dict.fromkeys(found))


def _complete(refusals: list[Refusal], from_notice: list[Refusal], parts: Unwrapped) -> None:
    """Fill what the report leaves open from the text around it and from the returned mail."""
    first = refusals[0]
    for other in from_notice:
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
        to = re.search(r"(?im)^(?:to|x-envelope-to|envelope-to):(.{0,200})", parts.original[:4000])
        first.recipient = _address(to[1]) if to else ""


def _agree(first: Refusal, other: Refusal) -> bool:
    status = first.enhanced_status_code
    return not status or other.reply_code[:1] == status[:1]


def _passages(refusals: list[Refusal], paragraphs: list[str], parts: Unwrapped) -> list[Passage]:
    found: dict[str, Place] = {}
    if refusals[0].diagnostic:
        found[refusals[0].diagnostic[:MAX_PASSAGE]] = Place.DIAGNOSTIC
    for text in paragraphs:
        place = Place.TRANSCRIPT if _states_refusal(text) else Place.NOTICE
        found.setdefault(text[:MAX_PASSAGE], place)
    if parts.headers.get("subject"):
        found.setdefault(fold(parts.headers["subject"])[:500], Place.SUBJECT)
    ordered = sorted(found.items(), key=lambda entry: _PLACES.index(entry[1]))
    return [Passage(place, text, text.lower()) for text, place in ordered]


_PLACES: Final = tuple(Place)


def _codes(text: str) -> tuple[str, str]:
    """Return the reply code and the enhanced status code that ``text`` states, each maybe empty."""
    reply, status = "", ""
    for match in _REPLY.finditer(text):
        code, with_status = match[1] or match[3], match[2] or ""
        if code[0] == "2" or (reply and (reply[0] == "5" or code[0] == "4")):
            status = status or (with_status if reply and code == reply else "")
            continue
        reply, status = code, with_status or status
    if not status:
        for match in _ENHANCED.finditer(text):
            if match[1][0] != "2" and (not reply or match[1][0] == reply[0]):
                status = match[1]
                break
    return reply, status


def _spoken_words(text: str) -> str:
    start = _DIAGNOSTIC_START.search(text)
    words = text[start.end() :] if start and len(text) - start.end() > 8 else text
    if not start:
        code = _REPLY.search(text)
        words = text[code.start() :] if code else text
    return words[:MAX_PASSAGE].strip()


def _stage(text: str) -> Stage:
    for pattern in _STAGES:
        match = pattern.search(text)
        if match:
            return _STAGE_NAMES.get(match[1].lower()[:4].strip(), Stage.NONE)
    return Stage.NONE


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
