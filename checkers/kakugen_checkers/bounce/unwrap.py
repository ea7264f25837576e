"""Unwrap: from whatever a reader pastes to the parts of a bounce.

A whole raw mail, one without its header, the text that a mail program shows, a few lines of it, each maybe behind
``> ``, go in. Out come the header fields, the notice that a person reads, the fields of the delivery status
(RFC 3464) and what is left of the returned mail. Nothing is assumed to be well-formed: a MIME part is recognised by
its boundary line and ``Content-`` fields even where the header that declares the boundary was not copied.
"""

from __future__ import annotations

import codecs
import html
import re
from dataclasses import dataclass, field
from typing import Final

from kakugen_checkers.bounce import charset

MAX_TEXT: Final = 200_000
"""How many characters of a paste are looked at; reports come first in a mail, the returned mail last."""
MAX_PARTS: Final = 60
MAX_DEPTH: Final = 6
MAX_PREAMBLE: Final = 300
"""A boundary that no header declares is believed only this near to the beginning."""

type Fields = dict[str, str]
"""Header fields or report fields by lower-case name; the first of several with one name."""


@dataclass(slots=True)
class Unwrapped:
    """The parts of a paste.

    Attributes:
        headers: the fields of the mail's own header.
        notice: the text for people, without the returned mail.
        reports: groups of fields of the delivery status, per-message group first.
        original: what is left of the returned mail.
        kind: ``delivery-status``, ``feedback-report``, ``disposition-notification`` or ``""``.
        nested: whether the report was found inside an attached mail.
    """

    headers: Fields = field(default_factory=dict)
    notice: str = ""
    reports: list[Fields] = field(default_factory=list)
    original: str = ""
    kind: str = ""
    nested: bool = False


_NEWLINE: Final = re.compile(r"\r\n?|[\u2028\u2029]")
_OUTLOOK_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_RUN: Final = re.compile(rb"(?:[\t\n\r\x20-\x7e]\x00|[\x00-\xff][\x30-\x9f\xff]){12,}")
_HEADER_LINE: Final = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?(.*)")
_MORE_HEADER: Final = re.compile(r"(?im)^(?:content-type|subject|mime-version|from|to|date):")
_BLOCK_END: Final = re.compile(r"\n[ \t]*\n")
_QUOTE_MARK: Final = re.compile(r"(?m)^[ \t]{0,3}[>＞][ \t]?")
_BOUNDARY: Final = re.compile(r'(?i)boundary[ \t]*=[ \t]*(?:"([^"\n]{1,200})"|([^\s;"]{1,200}))')
_BARE_BOUNDARY: Final = re.compile(r"(?m)^--(\S[^\n]{0,200}?)[ \t]*\n(?=(?i:content)-[A-Za-z-]{2,40}:)")
_CHARSET: Final = re.compile(r'(?i)charset[ \t]*=[ \t]*"?([\w.:+-]{1,40})')
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,20})\b[^<>]{0,2000}>")
_UNSHOWN: Final = frozenset({"style", "script", "head", "title"})
_BREAKING: Final = frozenset(
    {"br", "p", "div", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "hr"}
)
_REPORT_FIELD: Final = re.compile(
    r"(?im)^[ \t>]{0,8}(final-recipient|original-recipient|diagnostic-code|remote-mta|reporting-mta|action|status)"
    r"[ \t]*:[ \t]*(\S[^\n]*(?:\n[ \t]+[^\s:][^\n]*){0,12})"
)
_KNOWN_HEADERS: Final = frozenset(
    "from to cc subject date received return-path message-id mime-version content-type delivered-to reply-to sender "
    "x-failed-recipients auto-submitted x-mailer content-transfer-encoding precedence".split(" ")
)
_ORIGINAL_MARK: Final = re.compile(
    r"""(?imx)^[ \t]*(?:
      -{2,}[ \t]*below[ ]this[ ]line[ ]is[ ](?:a|the)[ ](?:copy|enclosed)[^\n]*
    | -{3,}[ ]this[ ]is[ ]a[ ]copy[ ]of[ ](?:the|your)[ ]message[^\n]*
    | -{3,}[ ]the[ ]body[ ]of[ ]the[ ]message[ ]is[^\n]*
    | -{2,}[ ]*the[ ]header[ ]of[ ]the[ ]original[ ]message[^\n]*
    | -{2,}[ ]*(?:the[ ])?(?:original|unsent|undelivered|returned|received)[ ]message\b[^\n]*
    | -{2,}[ ]*(?:message[ ]header|original[ ]mail|メッセージヘッダ)[^\n]*
    | \**[ ]*(?:below[ ]is|included[ ]is|here[ ]is)[ ]a[ ]copy[ ]of[ ]the[ ](?:original[ ])?message[^\n]*
    | (?:original[ ]message|message[ ]headers?|returned[ ]message)[ ](?:follows?|headers?)\b[^\n]*
    | original[ ]message(?:[ ]headers?)?[ \t]*:?[ \t]*
    | -{3,}[ ]*copy[ ]of[ ](?:the|your)[^\n]*
    | -{3,}[ ]*(?:forwarded|転送)[ ]?(?:message|メッセージ)[^\n]*
    | -{2,}[ ]*元のメッセージ[^\n]* | -{2,}[ ]*original[ ]message[ ]?-*[^\n]*
    )$"""
)
_BARE_BASE64: Final = re.compile(r"(?:[A-Za-z0-9+/]{56,80}\n)+[A-Za-z0-9+/]{0,80}={0,2}")
_ENCODED_PAIR: Final = re.compile(r"=[0-9A-F]{2}=[0-9A-F]{2}")
_REPLY_LIKE: Final = re.compile(r"(?<!\d)[45]\d\d[ -]|[45]\.\d\.\d")
_TRANSCRIPT: Final = re.compile(r"(?m)^(?:<<< [45]\d\d|.{0,60}said: [45]\d\d|[ (]*reason: [45]\d\d)")
_RETURNED_HEADER: Final = re.compile(
    r"(?im)^(?:received|dkim-signature|x-received|arc-seal|x-google-smtp-source|x-originating-ip)[ \t]*:[^\n]*\n"
    r"(?:[ \t]+[^\n]*\n){0,30}[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:"
)


def unwrap(answer: str | bytes) -> Unwrapped:
    """Return the parts of a pasted text or a dropped file."""
    text, raw = read_answer(answer)
    text = _without_quote_marks(text).lstrip("\n\ufeff \t")
    headers, body = _split_header(text)
    if not headers:
        body, raw = _bare_decoded(body, raw)
    found = Unwrapped(headers={name: charset.decode_words(value) for name, value in headers.items()})
    texts: list[str] = []
    _walk(headers, body, raw, 0, found, texts)
    found.notice, original = _cut_original("\n\n".join(texts))
    found.original = found.original or original
    if not found.reports:
        found.reports = _inline_reports(found.notice)
    if not found.reports and found.original and not _REPLY_LIKE.search(found.notice):
        found.notice += "\n\n" + _report_in_returned(found.original)
    return found


def _bare_decoded(body: str, raw: bool) -> tuple[str, bool]:
    """Return a body that was copied without the header that says how it is encoded, decoded where it shows."""
    if _BARE_BASE64.fullmatch(body.strip()):
        return _NEWLINE.sub("\n", charset.decode(charset.from_base64(body))), False
    if len(_ENCODED_PAIR.findall(body)) >= 8 and not _BARE_BOUNDARY.search(body):
        return _NEWLINE.sub("\n", charset.decode(charset.from_quoted_printable(body))), False
    return body, raw


def read_answer(answer: str | bytes) -> tuple[str, bool]:
    """Return the text and whether each of its characters stands for one byte, to be decoded part by part."""
    if isinstance(answer, str):
        return _NEWLINE.sub("\n", answer[:MAX_TEXT]), False
    if answer.startswith(_OUTLOOK_MAGIC):
        runs = _UTF16_RUN.findall(answer[: 20 * MAX_TEXT])
        return _NEWLINE.sub("\n", "\n".join(run.decode("utf-16-le", "replace") for run in runs)[:MAX_TEXT]), False
    text = answer[:MAX_TEXT].removeprefix(codecs.BOM_UTF8).decode("latin-1")
    return _NEWLINE.sub("\n", text) if "\r" in text else text, True


def _without_quote_marks(text: str) -> str:
    for _ in range(4):
        lines = text.count("\n") + 1
        if ">" not in text[:400] and "＞" not in text[:400]:
            break
        marked = len(_QUOTE_MARK.findall(text))
        blank = text.count("\n\n")
        if marked < 0.7 * (lines - blank):
            break
        text = _QUOTE_MARK.sub("", text)
    return text


def _split_header(text: str) -> tuple[Fields, str]:
    """Return the header fields that ``text`` begins with, and the rest; no fields where it begins otherwise."""
    first = text[: text.find("\n")] if "\n" in text else text
    if first.startswith("From ") and ":" not in first.split(" ")[0]:
        text = text[len(first) + 1 :]
    end = _BLOCK_END.search(text)
    block = text[: end.start()] if end else text
    fields: Fields = {}
    name = ""
    position = 0
    last_known = max((match.start() for match in _MORE_HEADER.finditer(block)), default=-1)
    for line in block.split("\n"):
        match = _HEADER_LINE.match(line)
        if match:
            name = match[1].lower()
            if name not in fields:
                fields[name] = match[2].strip()
            else:
                name = ""
        elif fields and (line[:1] in " \t" or position < last_known):
            if name:
                fields[name] += " " + line.strip()
        else:
            break
        position += len(line) + 1
    if not _KNOWN_HEADERS.intersection(fields) or (len(fields) < 2 and not end):
        return {}, text
    if position < len(block):
        return fields, text[position:]
    return fields, text[end.end() :] if end else ""


def _walk(headers: Fields, body: str, raw: bool, depth: int, found: Unwrapped, texts: list[str]) -> None:
    """Sort one entity and what is inside it into ``found`` and ``texts``."""
    kind = headers.get("content-type", "").lower()
    kind_name = kind.partition(";")[0].strip()
    declared = _BOUNDARY.search(headers.get("content-type", "")) if kind_name.startswith("multipart") else None
    bare = None
    if not declared and (not kind_name or kind_name.startswith("multipart")):
        bare = _BARE_BOUNDARY.search(body)
        if bare and len(body[: bare.start()].strip()) > MAX_PREAMBLE:
            bare = None
    if (declared or bare) and depth < MAX_DEPTH:
        boundary = (declared[1] or declared[2]) if declared else bare[1] if bare else ""
        _walk_parts(kind_name, boundary, body, raw, depth, found, texts)
    elif kind_name in ("message/delivery-status", "message/global-delivery-status"):
        found.kind = found.kind or "delivery-status"
        found.reports += _field_groups(_decoded(headers, body, raw))
    elif kind_name in ("message/feedback-report", "message/disposition-notification"):
        found.kind = kind_name.removeprefix("message/")
    elif kind_name in ("message/rfc822", "message/global", "text/rfc822-headers", "message/partial"):
        _walk_returned(_decoded(headers, body, raw), raw, depth, found)
    elif kind_name in ("text/plain", "text/html", "") or (kind_name.startswith("text/") and not texts):
        if found.original and texts:
            return
        text = _decoded(headers, body, raw)
        if kind_name == "text/html" or (not kind_name and "<html" in text[:2000].lower()):
            text = shown(text)
        if text.strip():
            texts.append(text)


def _walk_parts(kind: str, boundary: str, body: str, raw: bool, depth: int, found: Unwrapped, texts: list[str]) -> None:
    pieces = re.split(rf"(?m)^--{re.escape(boundary)}(?:--)?[ \t]*$", body, maxsplit=MAX_PARTS)
    preamble = pieces[0].strip()
    if preamble and depth == 0 and "mime" not in preamble.lower():
        texts.append(_decoded({}, pieces[0], raw))
    for piece in pieces[1:]:
        part = piece.removeprefix("\n")
        if not part.strip() or part.startswith("--"):
            continue
        headers, content = _split_part(part)
        inside: list[str] = []
        _walk(headers, content, raw, depth + 1, found, inside)
        texts += inside
        if kind == "multipart/alternative" and inside:
            break


def _split_part(part: str) -> tuple[Fields, str]:
    if part.startswith("\n"):
        return {}, part
    end = _BLOCK_END.search(part)
    block = part[: end.start()] if end else part
    fields: Fields = {}
    name = ""
    for line in block.split("\n"):
        match = _HEADER_LINE.match(line)
        if match:
            name = match[1].lower()
            fields.setdefault(name, match[2].strip())
        elif name and line[:1] in " \t":
            fields[name] += " " + line.strip()
    return fields, part[end.end() :] if end else ""


def _walk_returned(text: str, raw: bool, depth: int, found: Unwrapped) -> None:
    """Keep the returned mail; where it is itself a report and none was found around it, take that report."""
    if not found.reports and depth < MAX_DEPTH and "message/delivery-status" in text:
        inner = Unwrapped()
        headers, body = _split_header(text.lstrip("\n"))
        _walk(headers, body, raw, depth + 1, inner, [])
        if inner.reports:
            found.reports, found.original, found.kind = inner.reports, inner.original, inner.kind
            return
    found.original = found.original or text


def _decoded(headers: Fields, body: str, raw: bool) -> str:
    encoding = headers.get("content-transfer-encoding", "").strip().lower()
    declared = _CHARSET.search(headers.get("content-type", ""))
    name = declared[1] if declared else ""
    if encoding == "base64":
        return _NEWLINE.sub("\n", charset.decode(charset.from_base64(body), name))
    if encoding == "quoted-printable":
        return _NEWLINE.sub("\n", charset.decode(charset.from_quoted_printable(body), name))
    if raw or "\x1b$" in body:
        return charset.decode(charset.to_bytes(body), name)
    return body


def shown(text: str) -> str:
    """Return what a browser would show of HTML, roughly: it is only read, never rendered. Linear in the text."""
    parts: list[str] = []
    position = 0
    while (start := text.find("<", position)) >= 0:
        parts.append(text[position:start])
        tag = _TAG.match(text, start)
        if text.startswith("<!--", start):
            position = _after(text, "-->", start)
        elif not tag:
            parts.append("<")
            position = start + 1
        else:
            name = tag[2].lower()
            parts.append("\n" if name in _BREAKING else " ")
            position = tag.end()
            if name in _UNSHOWN and not tag[1]:
                position = _after(text, f"</{tag[2]}", position)
    parts.append(text[position:])
    return html.unescape("".join(parts))


def _after(text: str, mark: str, start: int) -> int:
    """Return where ``mark`` ends after ``start``; the end of the text where it never comes."""
    found = text.find(mark, start)
    return found + len(mark) if found >= 0 else len(text)


def _report_in_returned(original: str) -> str:
    """Return the notice of a report that a gateway attached where the returned mail would stand, else nothing."""
    headers, body = _split_header(original.lstrip("\n"))
    inner = Unwrapped()
    texts: list[str] = []
    _walk(headers, body, False, 1, inner, texts)
    notice, _ = _cut_original("\n\n".join(texts))
    return notice if _TRANSCRIPT.search(notice) else ""


def _field_groups(text: str) -> list[Fields]:
    groups: list[Fields] = []
    for block in _BLOCK_END.split(text):
        fields, _ = _split_part(block.strip("\n"))
        if fields:
            groups.append(fields)
    return groups


def _inline_reports(notice: str) -> list[Fields]:
    """Return report fields that stand in the text itself, a group for each recipient."""
    groups: list[Fields] = []
    for match in _REPORT_FIELD.finditer(notice):
        name, value = match[1].lower(), " ".join(match[2].split())
        if not groups or name in groups[-1]:
            groups.append({})
        groups[-1][name] = value
    return [group for group in groups if "final-recipient" in group or "diagnostic-code" in group]


def _cut_original(text: str) -> tuple[str, str]:
    """Return the notice and the returned mail that follows it in the same text."""
    cuts = []
    for mark in (_ORIGINAL_MARK, _RETURNED_HEADER):
        for match in mark.finditer(text):
            if text[: match.start()].strip():
                cuts.append((match.start(), match.end() if mark is _ORIGINAL_MARK else match.start()))
                break
    if not cuts:
        return text, ""
    start, end = min(cuts)
    return text[:start], text[end:]
