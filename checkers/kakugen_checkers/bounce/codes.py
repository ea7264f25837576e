"""Codes: from a server's words to the reply code, the enhanced status code and the refused command in them.

Reply codes are those of RFC 5321 section 4.2, enhanced status codes those of RFC 3463. Numbers in an address, an id, a
date or a street are none, so a number counts only where a server's words begin.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, NamedTuple


class Stage(StrEnum):
    """The SMTP command that was refused (RFC 5321 section 4.1)."""

    CONNECT = "connect"
    HELO = "helo"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    NONE = ""


class Codes(NamedTuple):
    """The codes in a text.

    Attributes:
        reply_code: three digits, or empty.
        enhanced_status_code: ``5.1.1``, or empty.
        written: the one of the two that stands first, or empty.
    """

    reply_code: str = ""
    enhanced_status_code: str = ""
    written: str = ""


# A number is a code only where a server's words begin: at the start of a line, after punctuation, or after one of
# these words.
_CODE_PLACE: Final = (
    r"(?=[#245])(?:(?m:^)|(?<=[^\w\s.@/=\[-])|(?<=[^\w\s.@/=\[]\s)|(?<=[^\w\s.@/=\[]\s\s)"
    r"|(?<=\bsaid\s)|(?<=\breturned\s)|(?<=\berror\s)|(?<=\bcode\s)|(?<=\bmessage\s)|(?<=\breply\s)|(?<=\bwith\s)"
    r"|(?<=\bstatus\s)|(?<=\bsmtp\s)|(?<=\bdsn\s)|(?<=\bresponse\s)|(?<=\bwas\s)|(?<=\bproblem\s)|(?<=\b[245]\d\d\s)|(?<=[\u3040-\u30ff\u4e00-\u9fff]))"
)
_STATUS: Final = r"([245]\.\d{1,3}\.\d{1,3})(?![.\d]|-\d)"
_REPLY: Final = re.compile(
    rf"{_CODE_PLACE}#?([245][0-5]\d)(?:[ -]+|[ ]?[(:]?)[ #('\"]*{_STATUS}"
    rf"|{_CODE_PLACE}(?<!#)([245][0-5]\d)(?=[ :,\n-]+[^\d\s]|[;.)\]'\"]?\s*$)",
    re.IGNORECASE,
)
_ENHANCED: Final = re.compile(rf"{_CODE_PLACE}{_STATUS}", re.IGNORECASE)
_CODE_LIKE: Final = re.compile(r"[245]\d\d|[245]\.\d")
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


def read_codes(text: str) -> Codes:
    """Return the codes that ``text`` states.

    Args:
        text: with its line breaks, since a code may begin a line, and no spaces before its lines.
    """
    if not _CODE_LIKE.search(text):
        return Codes()
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
    return Codes(reply, status, written)


def read_stage(text: str) -> Stage:
    """Return the command that was refused, as ``text`` in lower case names it; ``NONE`` where it names none."""
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


def status_in(field: str) -> str:
    """Return the enhanced status code that a status field begins with (RFC 3464 section 2.3.4), or nothing."""
    match = _ENHANCED.search(field)
    return match[1] if match else ""
