"""Results: what a server wrote about who the sender is.

In: the values of ``Authentication-Results`` (RFC 8601), ``ARC-Authentication-Results`` (RFC 8617 §4.1.1) and
``Received-SPF`` (RFC 7208 §9.1). Out: who wrote it, and each check with its result. Whether it is to be believed is not
decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kakugen_checkers.headers.words import Piece, pieces

MAX_RESULTS: Final = 40

_METHOD: Final = re.compile(r"([A-Za-z][\w-]{0,40})(?:/\d{1,3})?")
_RESULT: Final = re.compile(r"[A-Za-z][\w-]{0,40}")
_POLICY: Final = re.compile(r"(?i)\bp=([a-z]{4,10})\b")
_INSTANCE: Final = re.compile(r"i\s{0,3}=\s{0,3}\d{1,4}", re.IGNORECASE)
_PAIR: Final = re.compile(r"([A-Za-z][\w.-]{0,60})\s{0,3}=\s{0,3}(\"[^\"]{0,400}\"|[^\s;]{1,400})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One check.

    Attributes:
        method: what was checked, in small letters: ``spf``, ``dkim``, ``dmarc``, ``arc``.
        result: the word for how it went, in small letters: ``pass``.
        comment: what the server says of it in words.
        about: what it was checked for, such as ``smtp.mailfrom`` to an address.
    """

    method: str
    result: str
    comment: str = ""
    about: dict[str, str] = field(default_factory=dict)

    @property
    def domain(self) -> str:
        """The domain that it is about, in small letters; empty where it does not say."""
        keys = {
            "spf": ("smtp.mailfrom", "smtp.mail", "smtp.helo"),
            "dkim": ("header.d", "header.i"),
            "dmarc": ("header.from",),
        }
        for key in keys.get(self.method, ()):
            if value := self.about.get(key, ""):
                return value.strip('"<>').rpartition("@")[2].strip('"<>.').lower()
        return ""

    @property
    def policy(self) -> str:
        """What the domain's DMARC record asks for, where the server noted it: ``none``, ``quarantine``, ``reject``."""
        found = _POLICY.search(self.comment)
        return found[1].lower() if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One field of results.

    Attributes:
        server: who wrote it (``authserv-id``), in small letters; empty where it does not say.
        results: the checks, in their order.
    """

    server: str
    results: tuple[Result, ...]


def read_results(value: str) -> Written:
    """Return what an ``Authentication-Results`` field says, or one of ARC."""
    parts = _parts(value)
    if parts and _INSTANCE.fullmatch(_plain(parts[0])):
        del parts[0]
    server = ""
    if parts and "=" not in _plain(parts[0]):
        server = _plain(parts[0]).split(" ")[0].strip('"').rstrip(".").lower()[:255]
        del parts[0]
    results = tuple(found for part in parts[:MAX_RESULTS] if (found := _result(part)))
    return Written(server=server, results=results)


def read_received_spf(value: str) -> Written:
    """Return what a ``Received-SPF`` field says; its writer stands in its comment or under ``receiver``."""
    found = list(pieces(value))
    word = found[0].text.lower() if found and not found[0].comment else ""
    if not _RESULT.fullmatch(word):
        return Written(server="", results=())
    comment = next((piece.text for piece in found if piece.comment), "")
    pairs = {name.lower(): content.strip('"') for name, content in _PAIR.findall(value)}
    said = comment.partition(":")[0].strip().lower() if ":" in comment else ""
    server = pairs.get("receiver", "") or (said if " " not in said and "." in said else "")
    about = {"smtp.mailfrom": pairs["envelope-from"]} if pairs.get("envelope-from") else {}
    if "helo" in pairs:
        about["smtp.helo"] = pairs["helo"]
    result = Result(method="spf", result=word, comment=comment[:400], about=about)
    return Written(server=server.strip("<>").rstrip(".;").lower(), results=(result,))


def _parts(value: str) -> list[list[Piece]]:
    parts: list[list[Piece]] = [[]]
    for piece in pieces(value):
        if piece.divides:
            parts.append([])
        else:
            parts[-1].append(piece)
    return [part for part in parts if part]


def _plain(part: list[Piece]) -> str:
    """Return the words of a part without its comments, joined as they stand."""
    joined: list[str] = []
    for piece in part:
        if not piece.comment:
            joined += [" ", piece.text] if piece.spaced else [piece.text]
    return "".join(joined).strip()


def _result(part: list[Piece]) -> Result | None:
    plain = _plain(part)
    name, equals, rest = plain.partition("=")
    method, result = _METHOD.fullmatch(name.strip()), _RESULT.match(rest.lstrip())
    if not equals or not method or not result:
        return None
    comment = " ".join(piece.text for piece in part if piece.comment)
    about = {key.lower(): content for key, content in _PAIR.findall(rest.lstrip()[result.end() :])}
    return Result(method=method[1].lower(), result=result[0].lower(), comment=comment[:400], about=about)
