"""Received: from the value of one ``Received`` line to who handed the mail to whom, how and when.

In: the value (RFC 5321 §4.4), as Postfix, Exim, sendmail, qmail, Exchange and Google write it. Out: a ``Hop``. What a
line does not say stays empty; no line is an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kakugen_checkers import data
from kakugen_checkers.headers.moments import Moment, read_moment
from kakugen_checkers.headers.words import Piece, pieces

_CLAUSES: Final = frozenset({"from", "by", "via", "with", "id", "for"})
_IP4: Final = re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\w)")
_IP6: Final = re.compile(r"(?<![\w:.])(?=[0-9A-Fa-f]{0,4}:)[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])")
_IP6_PREFIX: Final = re.compile(r"(?i)\bIPv6:")
_HELO: Final = re.compile(r"(?i)\b(?:helo|ehlo)[ =]\[?([\w.:-]{1,255})")
_ENVELOPE: Final = re.compile(r"(?i)envelope-(?:from|sender) <?([^\s<>;()]{1,320})")
_EXPANDED: Final = re.compile(r"(?i)expanded from:? <?([^\s<>();]{1,320})")
_REVERSE: Final = re.compile(r"^\s{0,3}([A-Za-z0-9][\w.-]{0,254})\.?\s{0,3}(?:\[|\()")
_ADDRESS: Final = re.compile(r"<([^<>\s]{1,320})>|([^\s<>;,()]{1,128}@[^\s<>;,()]{1,255})")
_TLS: Final = re.compile(r"(?i)\bTLS ?(?:v?1|_|-|=)|\bcipher\b|version=TLS")
_NAME: Final = re.compile(r"[A-Za-z0-9_][\w.-]{0,254}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One handing over.

    Attributes:
        helo: what the sending side called itself.
        reverse: the name of its address by DNS, where the receiving side noted one.
        address: its IP address.
        by: the server that received the mail and wrote the line.
        protocol: the word after ``with``: ``ESMTPS``.
        ident: the queue id.
        recipient: the address after ``for``.
        envelope: the envelope sender, where it is noted.
        expanded: the address that a recipient was expanded from.
        encrypted: whether the line says that the connection was encrypted; ``None`` when it does not tell.
        signed_in: whether the sender had signed in.
        moment: when.
        date: the date as written; empty where the line has none.
    """

    helo: str = ""
    reverse: str = ""
    address: str = ""
    by: str = ""
    protocol: str = ""
    ident: str = ""
    recipient: str = ""
    envelope: str = ""
    expanded: str = ""
    encrypted: bool | None = None
    signed_in: bool = False
    moment: Moment | None = None
    date: str = ""

    @property
    def source(self) -> str:
        """The best name of the sending side: what DNS says, else what it called itself, else its address."""
        return self.reverse or self.helo or self.address


def read_received(value: str) -> Hop:
    """Return what one ``Received`` line says."""
    found = list(pieces(value))
    cut = max((place for place, piece in enumerate(found) if piece.divides), default=len(found))
    date = " ".join(piece.text for piece in found[cut + 1 :] if not piece.comment)
    body = found[:cut]
    moment = read_moment(date)
    if not date and (moment := read_moment(value[-80:])):
        date = value[-80:]  # some write no semicolon
    clauses, comments = _clauses(body)
    notes = " ".join(piece.text for piece in body if piece.comment)
    helo, reverse, address = _sender(clauses.get("from", []), comments.get("from", []))
    protocol, encrypted, signed_in = _protocol(clauses.get("with", []), notes)
    envelope, expanded = _ENVELOPE.search(notes), _EXPANDED.search(notes)
    return Hop(
        helo=helo,
        reverse=reverse,
        address=address,
        by=_name(clauses.get("by", [])) or _local_program(body),
        protocol=protocol,
        ident=_first(clauses.get("id", []))[:100],
        recipient=_recipient(clauses.get("for", [])),
        envelope=envelope[1] if envelope else "",
        expanded=expanded[1] if expanded else "",
        encrypted=encrypted,
        signed_in=signed_in,
        moment=moment,
        date=date.strip()[:80],
    )


def find_address(text: str) -> str:
    """Return the first IP address in a text, or an empty one."""
    for match in _IP4.finditer(text):
        if all(int(part) <= 255 for part in match[0].split(".")):
            return match[0]
    for match in _IP6.finditer(_IP6_PREFIX.sub(" ", text)):
        # not a time of day, nor the address of a network card
        if "::" in match[0] or match[0].count(":") == 7:
            return match[0].lower()
    return ""


def _clauses(body: list[Piece]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    words: dict[str, list[str]] = {}
    comments: dict[str, list[str]] = {}
    clause = ""
    for piece in body:
        key = piece.text.lower()
        if piece.comment:
            comments.setdefault(clause, []).append(piece.text)
        elif key in _CLAUSES and key not in words and (clause != "from" or words.get("from")):
            clause = key
            words[clause] = []
        else:
            words.setdefault(clause, []).append(piece.text)
    return words, comments


def _sender(words: list[str], comments: list[str]) -> tuple[str, str, str]:
    """Return what the sending side called itself, its name by DNS and its address."""
    said = " ".join((*words, *comments))[:2000]
    address = find_address(said)
    first = words[0].strip("[]").rstrip(".") if words else ""
    helo = _HELO.search(said)
    if helo and (found := find_address(helo[1]) or helo[1].strip(".")):
        # what stands before it is what DNS says, in the manner of qmail and Exim
        name = "" if first.lower() in ("unknown", "") or find_address(first) else first
        return found, name, address
    reverse = next((found[1] for text in comments if (found := _REVERSE.match(text))), "")
    if reverse.lower() in ("unknown", "may", "helo", "port", "authenticated", "using"):
        reverse = ""
    return (first if _NAME.fullmatch(first) or find_address(first) else ""), reverse.rstrip("."), address


def _protocol(words: list[str], notes: str) -> tuple[str, bool | None, bool]:
    """Return the protocol, whether it was encrypted, and whether the sender had signed in (RFC 3848)."""
    name = _first(words)
    known = data.load("headers/protocols")["protocol"]
    entry = next((one for one in known if one["name"] == name.upper()), None)
    if _TLS.search(notes):
        encrypted: bool | None = True
    else:
        encrypted = entry["encrypted"] if entry and "encrypted" in entry else None
    signed_in = bool(entry and entry.get("signed_in")) or "authenticated sender" in notes.lower()
    return " ".join(words[:4] if name.lower() == "microsoft" else words[:1])[:40], encrypted, signed_in


def _recipient(words: list[str]) -> str:
    found = _ADDRESS.search(" ".join(words)[:1000])
    return (found[1] or found[2]) if found else ""


def _name(words: list[str]) -> str:
    name = _first(words).strip("[]").rstrip(".,")
    return name[:255] if _NAME.fullmatch(name) or find_address(name) else ""


def _local_program(body: list[Piece]) -> str:
    """Return the program that notes handing a mail on inside its own server: ``(qmail 123 invoked by uid 89)``."""
    note = body[0].text if body and body[0].comment else ""
    return "qmail" if note.lower().startswith("qmail") else ""


def _first(words: list[str]) -> str:
    return words[0] if words else ""
