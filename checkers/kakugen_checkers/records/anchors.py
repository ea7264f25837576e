"""The first words of a record on a line, and the words of a line.

In: a line of a paste. Out: which kind of record begins where. A record is known by its version (``v=spf1``), and where
that is missing by what else only it holds, or by the name that it stands under.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers.records.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_TOKEN: Final = 300
MAX_TOKENS: Final = 40

_ANCHOR: Final = re.compile(
    r"(?<![A-Za-z0-9])(?:v[ \t]{0,3}[=:][ \t]{0,3}(?P<version>spf|dkim|dmarc)"
    r"|(?P<old>spf2\.0/)"
    r"|(?P<spf>=?spf1(?=[ \t]))"
    r"|(?P<dkim>k[ ]?=[ ]?(?:rsa|ed25519)\b|p[ ]?=[ ]?MI[A-Za-z0-9]{6})"
    r"|(?P<dmarc>p[ ]?=[ ]?(?:none|quarantine|reject)\b))",
    re.IGNORECASE,
)
"""The first words of a record; of one without its version, what else tells its kind."""
_ALL: Final = re.compile(r"[ \t][~?+-]all(?![\w.-])", re.IGNORECASE)
_FIRST_TERM: Final = re.compile(
    r"(?<![^\s\"\u200b])[+]?(?:(?:a|mx)|(?:include|ip4|ip6|a|mx)[:=][^\s\"]{1,255})(?=[ \t])", re.IGNORECASE
)
_TAGS: Final = {
    Kind.DKIM: re.compile(r"(?<![\w?&./-])[vkphtsn][ ]?="),
    Kind.DMARC: re.compile(r"(?<![\w?&./-])(?:v|p|sp|np|rua|ruf|adkim|aspf|fo|pct|rf|ri|t|psd)[ ]?=", re.IGNORECASE),
}
_TOKEN: Final = re.compile(r"[!-~]+")


def find_anchor(plain: str, start: int, end: int) -> tuple[Kind, int] | None:
    """Return the kind of the first record in ``plain[start:end]`` and where it begins, or ``None``."""
    if anchor := _ANCHOR.search(plain, start, end):
        named = anchor["version"] or ("spf" if anchor["old"] else anchor.lastgroup or "")
        return Kind(named.lower()), anchor.start()
    if (last := _ALL.search(plain, start, end)) and (first := _FIRST_TERM.search(plain, start, last.start() + 1)):
        return Kind.SPF, first.start()
    return None


def named_anchor(plain: str, start: int, end: int, owner: str) -> tuple[Kind, int] | None:
    """Return the same where only the name ``owner`` tells which record it is."""
    kind = Kind.DKIM if "_domainkey" in owner else Kind.DMARC if owner.startswith("_dmarc") else None
    if kind and (tag := _TAGS[kind].search(plain, start, end)):
        return kind, tag.start()
    return None


def tokens_of(plain: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Return the words of a line; no more than a record needs, and none that is too long for a name."""
    for count, match in enumerate(_TOKEN.finditer(plain, start, end)):
        if count == MAX_TOKENS:
            return
        if len(match[0]) <= MAX_TOKEN:
            yield match
