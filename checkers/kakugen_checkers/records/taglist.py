"""Lists of ``name=value`` tags, as DKIM and DMARC share them (RFC 6376 §3.2, RFC 9989 §4.7).

In: the value of a record. Out: its tags, each with its place in the paste, and what is wrong with the list itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers.records.model import Fault, Tag

if TYPE_CHECKING:
    from kakugen_checkers.records.pasted import Value

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_GLUED: Final = re.compile(r"[\s,](v|p|sp|np|k|t|h|s|n|psd|rua|ruf|adkim|aspf|fo|pct|rf|ri)\s?=", re.IGNORECASE)
"""A tag that follows another without a semicolon."""


def read_tags(value: Value, prefix: str) -> tuple[tuple[Tag, ...], tuple[Fault, ...]]:
    """Return the tags of ``value`` and the faults of the list.

    Args:
        value: the record.
        prefix: ``dkim`` or ``dmarc``; begins the id of each fault.
    """
    tags: list[Tag] = []
    faults: list[Fault] = []
    names: set[str] = set()
    text, at = value.text, 0
    while at < len(text):
        end = text.find(";", at)
        end = len(text) if end < 0 else end
        raw = text[at:end]
        if raw.strip():
            tag = _tag(value, at, end)
            start, stop = tag.start, tag.end
            if not _NAME.fullmatch(tag.name) or "=" not in raw:
                faults.append(Fault(id=f"{prefix}-no-equals", start=start, end=stop, values={"text": raw.strip()[:80]}))
            else:
                tags.append(tag)
                if tag.name.lower() in names:
                    faults.append(Fault(id=f"{prefix}-tag-twice", start=start, end=stop, values={"tag": tag.name}))
                names.add(tag.name.lower())
                if glued := _GLUED.search(tag.value):
                    begin, finish = value.span(tag.value_at + glued.start(1), tag.value_at + glued.end())
                    faults.append(Fault(id=f"{prefix}-no-semicolon", start=begin, end=finish, values={"tag": glued[1]}))
        at = end + 1
    return tuple(tags), tuple(faults)


def _tag(value: Value, start: int, end: int) -> Tag:
    text = value.text
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    equals = text.find("=", start, end)
    name_end = end if equals < 0 else equals
    value_at = name_end + 1 if equals >= 0 else end
    while value_at < end and text[value_at].isspace():
        value_at += 1
    begin, finish = value.span(start, end)
    return Tag(name=text[start:name_end].strip(), value=text[value_at:end], start=begin, end=finish, value_at=value_at)
