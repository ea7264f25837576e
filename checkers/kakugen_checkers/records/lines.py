"""Finding records in whatever was pasted: zone files, answers of ``dig`` and ``nslookup``, tables of a panel, mails.

In: a ``Paste``. Out: every SPF, DKIM, DMARC and MX record in it, with the name that it stands under, and the domain
that the paste is about. A record is found by its first words (``v=spf1``), or by its name or its key where those are
missing. Each line is read once and a record takes the lines that continue it, so the time grows with the paste only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kakugen_checkers.records import names
from kakugen_checkers.records.anchors import find_anchor, named_anchor, tokens_of
from kakugen_checkers.records.continuation import continues
from kakugen_checkers.records.exchangers import Span, mail_exchanger
from kakugen_checkers.records.model import Found, Kind
from kakugen_checkers.records.pasted import Paste, ValueDraft

MAX_RECORDS: Final = 200
MAX_OWNER_AGE: Final = 6
"""How many lines above its value the name of a record may stand, in a table that was copied cell by cell."""
MAX_LINE: Final = 8_000
"""A longer line is read in parts of this size."""
MAX_VALUE: Final = 16_000
_MAX_PREFIX: Final = 400
_MARKS: Final = " \t>|・•●*＞"
_TYPES: Final = frozenset("TXT SPF MX CNAME A AAAA NS SOA IN CAA SRV PTR".split())
_COMMAND: Final = re.compile(
    r"(?:\A|[\\>$#%])(?:dig|nslookup|drill|kdig|delv|Resolve-DnsName|\$origin)\Z", re.IGNORECASE
)
_PRIVATE: Final = re.compile(r"-----BEGIN (?:[A-Z]{1,20} )?PRIVATE KEY-----")
_TIME_TO_LIVE: Final = re.compile(r"(?<=[ \t])\d{1,7}[ \t]*\Z")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a paste holds.

    Attributes:
        records: the records, in their order.
        domain: the domain that the paste is about; empty where it names none.
        private_key: where a private key begins and ends, if one was pasted.
    """

    records: tuple[Found, ...]
    domain: str
    private_key: tuple[int, int] | None


def find_records(paste: Paste) -> Contents:
    """Return what ``paste`` holds."""
    reader = _Reader(paste)
    reader.read()
    private = _PRIVATE.search(paste.plain)
    domains = [names.domain_of(found.owner) for found in reader.records]
    domain = next(filter(None, domains), "") or names.domain_of(reader.asked)
    return Contents(tuple(reader.records), domain, private.span() if private else None)


@dataclass(slots=True)
class _Reader:
    paste: Paste
    records: list[Found] = field(default_factory=list)
    owner: str = ""
    owner_line: int = -MAX_OWNER_AGE - 1
    type: str = ""
    preference: tuple[int, int] | None = None
    asked: str = ""
    lines: list[tuple[int, int]] = field(default_factory=list)

    def read(self) -> None:
        """Read the whole paste."""
        at = 0
        for line in self.paste.plain.split("\n"):
            for begin in range(0, len(line), MAX_LINE):
                self.lines.append((at + begin, at + min(begin + MAX_LINE, len(line))))
            at += len(line) + 1
        number = at = 0
        while number < len(self.lines) and len(self.records) < MAX_RECORDS:
            start, end = self.lines[number]
            at = self._read_line(number, self._content(max(start, at), end), end)
            while number < len(self.lines) and self.lines[number][1] <= at:
                number += 1

    def _content(self, start: int, end: int) -> int:
        """Return where the content of a line begins, after marks of quoting and of lists."""
        plain = self.paste.plain
        while start < end and (plain[start] in _MARKS or plain[start] == "\u200b"):
            start += 1
        return start + 2 if plain.startswith("- ", start) else start

    def _read_line(self, number: int, start: int, end: int) -> int:
        """Read one line, or what is left of it; return where reading goes on."""
        if start >= end:
            return end
        plain = self.paste.plain
        anchor = None
        if plain[start] != ";":
            anchor = find_anchor(plain, start, end) or named_anchor(plain, start, end, self._owner(number, start, end))
        if anchor:
            return self._read_value(anchor[0], number, start, anchor[1], end)
        tokens = [(match[0], match.start()) for match in tokens_of(plain, start, end)]
        if plain[start] == ";" or any(_COMMAND.search(word) for word, _at in tokens[:3]):
            self._read_question(number, tokens)
        elif not self._read_mail_exchanger(number, tokens):
            self._remember(number, tokens)
        return end

    def _read_question(self, number: int, tokens: list[tuple[str, int]]) -> None:
        """Read a command, or the comment in which ``dig`` repeats the question: it names the domain."""
        found = [word.lstrip(";") for word, _at in tokens]
        named = [word for word in found if names.is_name(word)]
        types = [word.upper() for word in found if word.upper() in _TYPES]
        if named and (types or any(_COMMAND.search(word) for word in found[:4])):
            self.owner, self.owner_line, self.asked = names.canonical(named[-1]), number, names.canonical(named[-1])
            self.type = types[-1] if types else ""

    def _owner(self, number: int, start: int, end: int) -> str:
        """Return the name of a record whose value begins at ``end``: on its line, or else shortly above."""
        for match in tokens_of(self.paste.plain, max(start, end - _MAX_PREFIX), end):
            word = match[0].strip("`*:,|")
            if word == "@" or names.is_name(word):
                return names.canonical(word)
        return self.owner if number - self.owner_line <= MAX_OWNER_AGE else ""

    def _remember(self, number: int, tokens: list[tuple[str, int]]) -> None:
        """Keep a name and a type that stand alone, for the value below them."""
        words = [word for word, _at in tokens]
        named = [word for word in words if names.is_name(word) or (word == "@" and len(words) == 1)]
        types = [word.upper() for word in words if word.upper() in _TYPES]
        if len(named) + len(types) + sum(word.isdigit() or word in "text=(" for word in words) < len(words):
            return
        if types and types[-1] != "IN":
            self.type = types[-1]
        if named:
            self.owner, self.owner_line = names.canonical(named[0]), number

    def _read_value(self, kind: Kind, number: int, start: int, at: int, end: int) -> int:
        plain = self.paste.plain
        before = at
        while before > start and plain[before - 1] in " \t":
            before -= 1
        quoted = before > start and plain[before - 1] == '"'
        draft = ValueDraft(self.paste)
        stop = self._read_strings(kind, draft, number, before - 1, end) if quoted else 0
        if not stop:
            draft = ValueDraft(self.paste)
            stop = self._read_bare(kind, draft, number, at, end)
        value = draft.value()
        if value and not (kind is Kind.SPF and not value.strings and self._is_prose(value.text, stop, end)):
            owner, type_ = self._owner(number, start, at), self._type(start, at)
            self.records.append(Found(kind=kind, owner=owner, type=type_, value=value))
        return stop

    def _is_prose(self, text: str, stop: int, end: int) -> bool:
        """Return whether the words ``v=spf1`` are only talked about."""
        return len(text) < 9 and stop < end and self.paste.plain[stop] not in ' \t"'

    def _type(self, start: int, at: int) -> str:
        words = [match[0].upper() for match in tokens_of(self.paste.plain, max(start, at - _MAX_PREFIX), at)]
        found = next((word for word in reversed(words) if word in _TYPES and word != "IN"), "")
        # "SPF" without its class is a word of a sentence
        return "" if found == "SPF" and "IN" not in words else found

    def _read_strings(self, kind: Kind, draft: ValueDraft, number: int, at: int, end: int) -> int:
        """Read quoted strings from the quote at ``at`` on; return where they end, or 0 if the first stays open."""
        plain = self.paste.plain
        inside = "(" in plain[max(self.lines[number][0], at - 40) : at] or self._opened(number)
        while True:
            close = at + 1
            while close < end and plain[close] != '"':
                close += 2 if plain[close] == "\\" else 1
            if close >= end:
                return at if draft.strings else 0
            draft.add_string(at + 1, close)
            at = close + 1
            while at < end and plain[at] in " \t\u200b":
                at += 1
            if at < end and plain[at] == '"':
                continue
            following = self._next(number)
            if at < end or following is None or draft.size > MAX_VALUE:
                return at
            number, start, stop = following
            if plain[start] != '"' or not (inside or continues(kind, draft.recent, _first(plain, start, stop))):
                return at
            at, end = start, stop

    def _opened(self, number: int) -> bool:
        """Return whether the line above ends in the parenthesis of a zone file."""
        start, end = self.lines[number - 1] if number else (0, 0)
        return self.paste.plain[max(start, end - 20) : end].rstrip().endswith("(")

    def _next(self, number: int) -> tuple[int, int, int] | None:
        """Return the next line that is not blank, from its content on: number, start, end."""
        for following in range(number + 1, min(number + 4, len(self.lines))):
            start, end = self.lines[following]
            start = self._content(start, end)
            if start < end:
                return following, start, end
        return None

    def _read_bare(self, kind: Kind, draft: ValueDraft, number: int, at: int, end: int) -> int:
        """Read a value without quotes: to the end of its cell, and the lines that go on with it."""
        plain = self.paste.plain
        while True:
            stop = at
            while stop < end and plain[stop] not in '"<|`\n' and (plain[stop].isascii() or plain[stop] == "\u200b"):
                if plain[stop] == "\t" and not continues(
                    kind, plain[max(at, stop - 40) : stop], plain[stop + 1 : min(stop + 300, end)]
                ):
                    break
                stop += 1
            last = stop
            while last > at and plain[last - 1] in " \t":
                last -= 1
            if found := _TIME_TO_LIVE.search(plain, max(at, last - 12), last):
                last = found.start()
                while last > at and plain[last - 1] in " \t":
                    last -= 1
            draft.add(at, last)
            following = self._next(number)
            if plain[stop:end].strip(' \t"') or following is None or draft.size > MAX_VALUE:
                return stop
            number, start, finish = following
            if plain[start] == '"' or not continues(kind, draft.recent, plain[start:finish]):
                return stop
            if kind is not Kind.DKIM:
                draft.add_space(last)
            at, end = start, finish

    def _read_mail_exchanger(self, number: int, tokens: list[tuple[str, int]]) -> bool:
        """Read the MX record or the alias on a line; return whether there is one."""
        found = mail_exchanger(tokens, self.type == "MX") or self._mail_exchanger_in_cells(tokens)
        if found is None:
            return self._read_alias(tokens)
        draft = ValueDraft(self.paste)
        preference, host = found
        if preference:
            draft.add(*preference)
            draft.add_space(host[0] - 1)
        draft.add(*host)
        value = draft.value()
        owner = next((word.rstrip(":") for word, at in tokens if at < host[0] and names.is_name(word.rstrip(":"))), "")
        owner = owner or (self.owner if self._is_near(number) else "")
        if value:
            self.records.append(Found(kind=Kind.MX, owner=names.canonical(owner), type="MX", value=value))
        self.preference = None
        return True

    def _is_near(self, number: int) -> bool:
        return number - self.owner_line <= MAX_OWNER_AGE

    def _mail_exchanger_in_cells(self, tokens: list[tuple[str, int]]) -> tuple[Span | None, Span] | None:
        """Read an MX record from a table that was copied cell by cell: its type, its number and its host."""
        if self.type != "MX" or len(tokens) != 1:
            return None
        word, at = tokens[0]
        if word.isdigit() and len(word) < 6:
            self.preference = (at, at + len(word))
        elif self.preference and (names.is_full_name(word) or names.is_ip4(word)):
            return self.preference, (at, at + len(word))
        return None

    def _read_alias(self, tokens: list[tuple[str, int]]) -> bool:
        """Read the alias by which a mail service keeps the key of a domain with itself."""
        words = [word.upper() for word, _at in tokens]
        if not ("CNAME" in words or "CANONICAL" in words):
            return False
        owner = names.canonical(tokens[0][0])
        word, at = next((token for token in reversed(tokens) if names.is_name(token[0])), tokens[0])
        if "_domainkey" in owner and names.canonical(word) != owner:
            draft = ValueDraft(self.paste)
            draft.add(at, at + len(word))
            if value := draft.value():
                self.records.append(Found(kind=Kind.DKIM, owner=owner, type="CNAME", value=value))
                return True
        return False


def _first(plain: str, start: int, end: int) -> str:
    """Return what stands in the quotes that open at ``start``."""
    close = plain.find('"', start + 1, end)
    return plain[start + 1 : close if close > 0 else end]
