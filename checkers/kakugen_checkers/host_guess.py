"""Which host a text speaks of: an MX record, the name of a mail server, an address, or a name that people use.

In: anything that was pasted. Out: hosts, the likeliest first. Linear in the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from kakugen_checkers.hosts import Host, Kind, hosts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LONGEST: Final = 1_000_000
"""So much of a text is read, in code points."""

_LABELS: Final = 6
"""So many labels of a server's name, from its end, can tell whose it is."""

_WORD: Final = re.compile(r"[a-z0-9._-]+")
_MX: Final = re.compile(r"(?<![a-z0-9._+-])mx(?![a-z0-9._-])")
"""The word in a DNS record, not the start of a server's name; nor of SPF's, whose lines are left out."""

_AROUND: Final = " 。、.,!?()「」"
_JOINTS: Final = frozenset(".-_@")
_PIECE: Final = 256
_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}


def guess_host(text: str) -> Host | None:
    """Return the host that a text speaks of, or ``None`` where it names none, or several alike.

    Args:
        text: DNS records, names of mail servers, a bounce, an address, or words such as 「エックスサーバー」.
    """
    found = guess_hosts(text)
    return found[0] if len(found) == 1 else None


def guess_hosts(text: str) -> tuple[Host, ...]:
    """Return the hosts that the best kind of evidence in a text names, in the order of ``hosts()``.

    The kinds, best first: lines that tell of an MX record; names of a rental server's machines; what people call it.
    Services and panels count only after rental servers, because they stand in other people's mail too.
    """
    folded = _folded(text[:_LONGEST])
    servers, named = _servers(folded), _named(folded)
    rental = {entry.id for entry in hosts() if entry.kind is Kind.RENTAL}
    kinds = (
        {ident for ident, mx in servers.items() if mx},
        servers.keys() & rental,
        named & rental,
        set(servers),
        {entry.id for entry in hosts() if entry.kind is Kind.SERVICE and entry.id in named},
        named,
    )
    best: set[str] = next(filter(None, kinds), set())
    return tuple(entry for entry in hosts() if entry.id in best)


def _servers(folded: str) -> dict[str, bool]:
    """Return the hosts of the servers that a text names, with whether one of them stands on an MX record's line."""
    found: dict[str, bool] = {}
    for line in folded.splitlines():
        words = [word for word in _WORD.findall(line) if "." in word]
        if not words:
            continue
        mx = _MX.search(line) is not None and "v=spf" not in line
        for word in words:
            for ident in _owners(word):
                found[ident] = found.get(ident, False) or mx
    return found


def _owners(word: str) -> tuple[str, ...]:
    labels = word.strip(".-_").rsplit(".", _LABELS)[-_LABELS:]
    for start in range(len(labels)):
        owners = _endings().get(".".join(labels[start:]))
        # A name without a star stands for itself only.
        if owners:
            return tuple(ident for ident, below in owners if below or start == 0)
    return ()


def _named(folded: str) -> set[str]:
    """Return the hosts whose names stand in a text; a name inside a longer one does not count."""
    found: set[str] = set()
    lines = {line.strip(_AROUND) for line in folded.splitlines()}
    for (name, alone), owners in _names():
        if (name in lines) if alone else _stands_in(name, folded):
            found.update(owners)
            folded = folded.replace(name, "\0")
    return found


def _stands_in(name: str, folded: str) -> bool:
    """Return whether a name is in a text as a word of its own, as far as its letters are Latin.

    A part of a server's name or of an address is none: ``xserver.example.com`` says nothing of Xserver.
    """
    start = folded.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = folded[max(0, start - 2) : start], folded[end : end + 2]
        if not (_latin(name[0]) and _goes_on(before[::-1])) and not (_latin(name[-1]) and _goes_on(after)):
            return True
        start = folded.find(name, end)
    return False


def _goes_on(beside: str) -> bool:
    """Return whether the one or two characters next to a name, the nearer first, belong to the same word."""
    return any(map(_latin, beside[:1])) or (beside[:1] in _JOINTS and any(map(_latin, beside[1:])))


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _folded(text: str) -> str:
    """Return a text in small letters of one width, with katakana for hiragana and single spaces in its lines."""
    return "\n".join(" ".join(line.split()) for line in _one_width(text).lower().translate(_HIRAGANA).splitlines())


def _one_width(text: str) -> str:
    if text.isascii():
        return text
    widths: list[str] = []
    left = _LONGEST
    for piece in _pieces(text):
        widths.append(piece if piece.isascii() else unicodedata.normalize("NFKC", piece))
        left -= len(widths[-1])
        # One character can become eighteen.
        if left <= 0:
            break
    return "".join(widths)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in short pieces, lines where it has them: NFKC takes the square of a run of combining marks."""
    for line in text.splitlines(keepends=True):
        yield from (line[start : start + _PIECE] for start in range(0, len(line), _PIECE))


@cache
def _endings() -> Mapping[str, tuple[tuple[str, bool], ...]]:
    """Return the hosts by the ends of their servers' names, each with whether names below it are theirs too."""
    found: dict[str, tuple[tuple[str, bool], ...]] = {}
    for entry in hosts():
        for name in entry.hostnames:
            ending = name.removeprefix("*.")
            found[ending] = (*found.get(ending, ()), (entry.id, name != ending))
    return found


@cache
def _names() -> tuple[tuple[tuple[str, bool], tuple[str, ...]], ...]:
    """Return what hosts are called, the longest first, with whether it must stand alone, and the hosts called so."""
    found: dict[tuple[str, bool], tuple[str, ...]] = {}
    for entry in hosts():
        for names, alone in ((entry.names, False), (entry.short_names, True)):
            for name in names:
                key = (_folded(name), alone)
                found[key] = (*found.get(key, ()), entry.id)
    return tuple(sorted(found.items(), key=lambda entry: (-len(entry[0][0]), entry)))
