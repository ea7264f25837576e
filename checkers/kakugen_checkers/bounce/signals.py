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

MAX_NOTICE: Final = 40_000
MAX_PARAGRAPHS: Final = 120
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
    """

    refusals: list[Refusal]
    passages: list[Passage]
    hosts: str
    reporting_mta: str
    kind: str
    headers: Fields = field(default_factory=dict)
    forwarded: bool = False


_CJK: Final = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef"
_JAPANESE_WRAP: Final = re.compile(rf"(?<=[{_CJK}])[ \t]*\n[ \t]*(?=[{_CJK}])")
_REPEATED_CODE: Final = re.compile(r"(?<=\s)([245]\d\d)[- ](?:([245]\.\d{1,3}\.\d{1,3})[ :]+)?(?=\S)")
# A number is a code only where a server's words begin: at the start of a line, after punctuation, or after one of
# these words.
_CODE_PLACE: Final = (
    r"(?=[#245])(?:(?m:^)|(?<=[^\w\s.@/=\[-])|(?<=[^\w\s.@/=\[]\s)|(?<=[^\w\s.@/=\[]\s\s)"
    r"|(?<=\bsaid\s)|(?<=\breturned\s)|(?<=\berror\s)|(?<=\bcode\s)|(?<=\bmessage\s)|(?<=\breply\s)|(?<=\bwith\s)"
    r"|(?<=\bstatus\s)|(?<=\bsmtp\s)|(?<=\bdsn\s)|(?<=\bresponse\s)|(?<=\bwas\s)|(?<=\bproblem\s)|(?<=\b[245]\d\d[\s-]))"
)
_STATUS: Final = r"([245]\.\d{1,3}\.\d{1,3})(?![.\d]|-\d)"
_REPLY: Final = re.compile(
    rf"{_CODE_PLACE}#?([245][0-5]\d)(?:[ -]+|[ ]?[(:]?)[ #('\"]*{_STATUS}"
    rf"|{_CODE_PLACE}(?<!#)([245][0-5]\d)(?=[ :,\n-]+[^\d\s]|[;.)\]'\"]?\s*$)",
    re.IGNORECASE,
)
_ENHANCED: Final = re.compile(rf"{_CODE_PLACE}{_STATUS}", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"(?<![\w.+-])[\w.!#$%&'*+/=?^{|}~-]{1,64}@(?:[A-Za-z0-9_-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_BRACKETED: Final = re.compile(r"<[ ]?([^\s<>@]{1,80}@[^\s<>]{1,120})>")
_CODE_LIKE: Final = re.compile(r"[245]\d\d|[245]\.\d")
_DIAGNOSTIC_START: Final = re.compile(
    r"""(?x)
      \bsaid:[ ] | \breason:[ ]? | <<<[ ] | >>>[ ][45]\d\d
    | \bthe[ ]error[ ]that[ ]the[ ]other[ ]server[ ]returned[ ]was:[ ]?
    | \bthe[ ]response(?:[ ]from[ ]the[ ]remote[ ]server)?[ ]was:[ ]? | リモート[ ]?サーバーからの応答[:：][ ]?
    | 応答[:：][ ]? | \bserver[ ]returned[ ]? | \bdiagnostic[ -]code:[ ]? | \bserver[ ]message\b[ ]?
    | \bwith[ ]the[ ]following[ ]error:[ ]? | \bfailed[ ]with:[ ]? | \berror:[ ]
    """
)
_STAGES: Final = tuple(
    re.compile(expression)
    for expression in (
        r"in reply to (?:the )?(?:end of )?(rcpt to|mail from|data|helo|ehlo|auth|end of data)",
        r"after (?:sending )?(rcpt to|mail from|data|end of data|helo|ehlo|initial connection|pipelined data)",
        r"error after (rcpt|mail|data|end of data) command",
        r"\[(rcpt_to|mail_from|data|end_of_data|connect)\]",
        r"(?:in|for) (rcpt to|mail from|data|helo|ehlo)(?: command| response)?\b",
        r"did not like our (?:final )?(rcpt to|mail from|data|ehlo|helo)",
        r"smtp command ?:? ?(rcpt|mail|data|helo|ehlo)\b",
    )
)
_TRANSCRIPT_LINE: Final = re.compile(r">>> (rcpt to|mail from|data|helo|ehlo|\.|auth)[:\s]|(<<< [45])")
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
    seen: set[str] = set()
    last = ""

    def once(match: re.Match[str]) -> str:
        nonlocal last
        code = match[1] + (match[2] or "")
        if code in seen or (match[1] == last and match[0][3] == "-"):
            return ""
        seen.add(code)
        last = match[1]
        return match[0]

    return _REPEATED_CODE.sub(once, " " + text)[1:] if "-" in text else text


def read_signals(parts: Unwrapped) -> Signals:
    """Return what the parts of a bounce state."""
    message_fields = [group for group in parts.reports if "reporting-mta" in group]
    recipients = [group for group in parts.reports if not _RECIPIENT_FIELDS.isdisjoint(group)]
    paragraphs = [_paragraph(block) for block in _blocks(parts.notice)]
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
    )


DELIVERED: Final = frozenset({"delivered", "relayed", "expanded"})
"""Values of a report's action field that are no failure (RFC 3464 section 2.3.3)."""

_RECIPIENT_FIELDS: Final = frozenset({"final-recipient", "original-recipient", "action", "status", "diagnostic-code"})
_RECIPIENT_LINE: Final = re.compile(r"\n(?=[ \t]?<[^\s<>]+@[^\s<>]+>[ :(])")
_COLON_BEFORE_GAP: Final = re.compile(r"[:：][ \t]*\n(?:[ \t]*\n)+")
_ANNOUNCEMENT: Final = re.compile(
    r"the response(?: from the remote server)? was|server returned was|following (?:reason|error)"
    r"|reason (?:for the problem|was)|problem appears to be|because|応答|理由"
)
_EXPANDED: Final = re.compile(r"\(expanded from:? <")
_INDENT: Final = re.compile(r"\n[ \t]+")
_STYLE_RULE: Final = re.compile(r"[^\n{}]{0,200}\{[^{}]{0,400}:[^{}]{0,400};[^{}]{0,2000}\}")
"""A rule of a style sheet, which some programs copy along with a notice in HTML."""
_PARAGRAPH_END: Final = re.compile(r"\n[ \t]*\n|\n[ \t]*[-=*_]{6,}[ \t]*(?=\n|$)")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph of the notice.

    Attributes:
        text: folded to one line.
        lower: the same in lower case.
        reply_code: the reply code in it, or empty.
        enhanced_status_code: the enhanced status code in it, or empty.
        words_start: where a server's words begin, or ``None`` where none is quoted.
    """

    text: str
    lower: str
    reply_code: str = ""
    enhanced_status_code: str = ""
    words_start: int | None = None

    @property
    def quotes_server(self) -> bool:
        return self.words_start is not None


def _lower(text: str) -> str:
    """Return ``text`` in lower case, of the same length, names before an @ crossed out: they are nobody's words."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one if len(one := character.lower()) == 1 else character for character in text)
    return _LOCAL_PART.sub(_crossed_out, lower) if "@" in lower else lower


_LOCAL_PART: Final = re.compile(r"[^\s<>@()\[\],;:\"']{1,64}(?=@)")


def _crossed_out(match: re.Match[str]) -> str:
    return "x" * len(match[0])


def _blocks(notice: str) -> list[str]:
    """Return the paragraphs of a notice; a recipient's line opens a paragraph of its own."""
    text = _RECIPIENT_LINE.sub("\n\n", notice[:MAX_NOTICE])
    text = _COLON_BEFORE_GAP.sub(_closed_gap, text)
    if "{" in text:
        text = _STYLE_RULE.sub("\n", text)
    return [block for block in _PARAGRAPH_END.split(text) if block.strip(" \t\n-=*_")][:MAX_PARAGRAPHS]


def _closed_gap(match: re.Match[str]) -> str:
    """Return the gap after a colon, closed where the line announces a server's words: they belong to it."""
    text = match.string
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()][-200:]
    return ":\n" if _ANNOUNCEMENT.search(line.lower()) else match[0]


def _paragraph(block: str) -> _Paragraph:
    text = fold(block[: 2 * MAX_PASSAGE])[:MAX_PASSAGE]
    paragraph = _Paragraph(text, _lower(text))
    if _CODE_LIKE.search(text):
        reply, status, written = _codes(_INDENT.sub("\n", block[: 2 * MAX_PASSAGE].lstrip()))
        paragraph.reply_code, paragraph.enhanced_status_code = reply, status
        paragraph.words_start = _words_start(text, written) if written else None
    start = _DIAGNOSTIC_START.search(paragraph.lower)
    if start:
        ends = len(text) - start.end() <= 8
        paragraph.words_start = start.start() if ends else start.end()
    return paragraph


def _words_start(text: str, code: str) -> int:
    """Return where the server's words begin in a paragraph that holds ``code``; qmail puts it behind them: (#5.1.1)."""
    start = max(text.find(code), 0)
    return 0 if text[:start].endswith(("(", "(#")) else start


def _from_report(group: Fields) -> Refusal:
    kind, _, diagnostic = group.get("diagnostic-code", "").partition(";")
    if not diagnostic or " " in kind.strip():
        diagnostic = group.get("diagnostic-code", "")
    diagnostic = fold(diagnostic[: 2 * MAX_PASSAGE])[:MAX_PASSAGE]
    original = group.get("original-recipient", "")
    reply, written, _ = _codes(diagnostic)
    status = _ENHANCED.search(group.get("status", ""))
    return Refusal(
        recipient=_address(group.get("final-recipient") or original) or _address(original),
        diagnostic=diagnostic,
        reply_code=reply,
        enhanced_status_code=_more_specific(status[1] if status else "", written),
        stage=_stage(diagnostic.lower()),
        action=group.get("action", "").lower().split(" ")[0].strip("();"),
        remote_mta=_host(group.get("remote-mta", "")),
    )


def _more_specific(stated: str, written: str) -> str:
    """Return the refusing server's own code, or the report's where the server wrote none or only "something failed"."""
    return stated if stated and (not written or _UNSPECIFIC.match(written)) else written


def _from_notice(parts: Unwrapped, paragraphs: list[_Paragraph]) -> list[Refusal]:
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
                reply_code=paragraph.reply_code,
                enhanced_status_code=paragraph.enhanced_status_code,
                stage=_stage(paragraph.lower),
            )
        )
    if not refusals and paragraphs:
        refusals = [Refusal(stage=_stage(" ".join(paragraph.lower for paragraph in paragraphs)))]
    nameless = [refusal for refusal in refusals if not refusal.recipient]
    if nameless:
        for refusal, address in zip(nameless, _named_recipients(parts, paragraphs), strict=False):
            refusal.recipient = address
    return refusals[:MAX_REFUSALS]


def _named_recipients(parts: Unwrapped, paragraphs: list[_Paragraph]) -> list[str]:
    """Return the addresses that the notice is about, likeliest first."""
    failed = parts.headers.get("x-failed-recipients", "")
    found = [_address(entry) for entry in failed.split(",") if "@" in entry]
    known = {_address(parts.headers.get(name, "")).lower() for name in ("from", "to")}
    for paragraph in paragraphs:
        if "@" not in paragraph.text:
            continue
        for match in _ADDRESS.finditer(paragraph.text):
            address = match[0].strip(".")
            if not _NOT_A_RECIPIENT.search(address) and address.lower() not in known:
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


def _passages(first: Refusal, paragraphs: list[_Paragraph], parts: Unwrapped) -> list[Passage]:
    """Return the texts to look in, the most trustworthy first, each once."""
    own = Passage(Place.DIAGNOSTIC, first.diagnostic, _lower(first.diagnostic))
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


def _codes(text: str) -> tuple[str, str, str]:
    """Return the reply code and the enhanced status code that ``text`` states, and the one that is written first.

    Args:
        text: with its line breaks, since a code may begin a line, and no spaces before its lines.
    """
    reply, status, written = "", "", ""
    for match in _REPLY.finditer(text):
        code, with_status = match[1] or match[3], match[2] or ""
        # what the last attempt met says more than "time ran out"
        settled = reply and not status.endswith(".4.7") and (reply[0] == "5" or code[0] == "4")
        if code[0] == "2" or settled:
            status = status or (with_status if reply and code == reply else "")
            continue
        reply, status, written = code, with_status or status, code
    if not status:
        for match in _ENHANCED.finditer(text):
            if match[1][0] != "2" and (not reply or match[1][0] == reply[0]):
                status, written = match[1], written or match[1]
                break
    return reply, status, written


def _stage(text: str) -> Stage:
    """Return the command that was refused, as ``text`` in lower case names it."""
    for pattern in _STAGES:
        match = pattern.search(text)
        if match:
            return _STAGE_NAMES.get(match[1][:4].strip(), Stage.NONE)
    stage = Stage.NONE
    for match in _TRANSCRIPT_LINE.finditer(text):
        if match[2]:
            return stage
        stage = _STAGE_NAMES.get(match[1][:4].strip(), stage)
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
