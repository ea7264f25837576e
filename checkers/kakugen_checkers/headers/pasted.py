"""Pasted: from whatever a reader copies out of a mail's source to header fields, each with its place.

A whole raw mail, its header alone, with broken line wraps, behind ``> ``, indented, as the page that Gmail shows, or as
a file goes in. Out come the fields in their order, unfolded, and the table that Gmail puts above them. The body is
not read. Linear in the text, of which no more than ``MAX_TEXT`` characters are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.bounce import charset
from kakugen_checkers.bounce.unwrap import MAX_TEXT, read_answer, shown
from kakugen_checkers.headers.lines import FIRST_LINES, Line, read_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_FIELDS: Final = 2_000
MAX_VALUE: Final = 20_000
"""So much of one field is kept; a real one is far shorter."""
_SEEN_MARKUP: Final = 4_000

_NAME: Final = re.compile(r"([A-Za-z][A-Za-z0-9_-]{0,75})[ \t]{0,3}[:：]")
_MARKUP: Final = re.compile(r"(?i)<(?:html|table|tbody|tr|td|pre|div|span)\b[^<>]{0,2000}>")
_SUMMARY: Final = frozenset({"spf", "dkim", "dmarc"})
_WORD: Final = re.compile(r"[A-Za-z]+")
_LIST_OF_NAMES: Final = frozenset({"dkim-signature", "arc-message-signature", "x-google-dkim-signature"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderField:
    """One field of a header.

    Attributes:
        name: its name, as written.
        key: its name in small letters.
        value: what follows, on one line.
        start: where the field begins in the text, in code points.
        end: where it ends, exclusive.
    """

    name: str
    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """What was pasted, as fields.

    Attributes:
        text: the text that was read.
        fields: the fields of the header, the newest first, as they stand.
        summary: the lines of Gmail's own table, ``spf``, ``dkim`` and ``dmarc`` to the word that it shows.
        exact: whether places in ``text`` are places in what was entered.
        cut: whether more was entered than was read.
    """

    text: str
    fields: tuple[HeaderField, ...]
    summary: dict[str, str]
    exact: bool
    cut: bool

    def first(self, key: str) -> HeaderField | None:
        """Return the topmost field of a name."""
        return next((field for field in self.fields if field.key == key), None)

    def all(self, *keys: str) -> tuple[HeaderField, ...]:
        """Return all fields of these names, from the top."""
        return tuple(field for field in self.fields if field.key in keys)

    def value(self, key: str) -> str:
        """Return the value of the topmost field of a name; empty where there is none."""
        found = self.first(key)
        return found.value if found else ""


def read_pasted(answer: str | bytes) -> Pasted:
    """Return the fields of a pasted text or a dropped file."""
    if isinstance(answer, str):
        text, raw = answer[:MAX_TEXT], False
    else:
        text, raw = read_answer(answer)
    exact = isinstance(answer, str)
    if (found := _MARKUP.search(text[:_SEEN_MARKUP])) and not _has_field(text[: found.start()]):
        text, exact = "\n".join(line.strip() for line in shown(text).splitlines()), False
    fields = list(_fields(text, raw))
    last = max((place for place, field in enumerate(fields) if field.key in _SUMMARY), default=-1)
    table = fields[: last + 1]
    return Pasted(
        text=text,
        fields=tuple(fields[last + 1 :]),
        summary={field.key: _verdict_word(field.value) for field in table if field.key in _SUMMARY},
        exact=exact,
        cut=len(answer) > MAX_TEXT,
    )


def known_names() -> frozenset[str]:
    """Return the names of all fields that are explained, in small letters."""
    return frozenset(entry["name"].lower() for entry in data.load("headers/fields")["field"])


def _verdict_word(value: str) -> str:
    word = _WORD.search(value)
    return word[0].lower() if word else ""


def _has_field(text: str) -> bool:
    return any(_NAME.match(line) for line in text.splitlines())


def _fields(text: str, raw: bool) -> Iterator[HeaderField]:
    """Yield the fields that the lines of a text hold, until the body begins."""
    known = known_names()
    lines = list(read_lines(text))
    doubled = _is_doubled(lines)
    name, start, end, parts, size, count, blank = "", 0, 0, list[str](), 0, 0, False
    for line in lines:
        if not line.text.strip():
            blank = bool(name)
            continue
        found = _NAME.match(line.text)
        if found and not _is_field(found, line.text, known, name):
            found = None
        if blank and not doubled and name.lower() not in _SUMMARY and not (found and count == 0):
            break
        blank = False
        if found and name:
            yield _field(name, parts, start, end, raw)
            count += 1
            if count == MAX_FIELDS:
                return
        if found:
            name, start, parts, size = found[1], line.begin, [], 0
        elif not name:
            continue
        said = line.text[found.end() :] if found else line.text
        if size < MAX_VALUE:
            parts.append(said.strip())
            size += len(said)
        end = line.begin + len(line.text.rstrip())
    if name:
        yield _field(name, parts, start, end, raw)


def _is_field(found: re.Match[str], line: str, known: frozenset[str], name: str) -> bool:
    """Return whether a line begins a field, rather than going on with the one before it."""
    key, after = found[1].lower(), line[found.end() : found.end() + 1]
    if name.lower() in _LIST_OF_NAMES and after.strip():
        return False  # h=from:to:subject, broken after a colon
    if key in known or key in _SUMMARY or key.startswith(("x-", "arc-", "list-", "resent-")):
        return True
    return not after.strip() and (not name or "-" in key or found[1][0].isupper())


def _is_doubled(lines: list[Line]) -> bool:
    """Return whether the copy has an empty line after each line."""
    first = [line.text.strip() for line in lines[:FIRST_LINES]]
    return len(first) >= 6 and first.count("") >= 0.4 * len(first)


def _field(name: str, parts: list[str], start: int, end: int, raw: bool) -> HeaderField:
    value = " ".join(filter(None, parts))[:MAX_VALUE].strip()
    if raw and not value.isascii():
        value = charset.decode(charset.to_bytes(value))
    return HeaderField(name=name, key=name.lower(), value=value, start=start, end=max(start, end))
