"""DKIM keys read strictly by RFC 6376 §3.6.1, RFC 8301 (lengths, SHA-1) and RFC 8463 (Ed25519).

In: a found record. Out: ``Dkim``, its key and its faults, each with its place in the paste.
"""

from __future__ import annotations

import binascii
import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers.records import der
from kakugen_checkers.records.limits import limit
from kakugen_checkers.records.model import Dkim, Fault, Found, Tag
from kakugen_checkers.records.spf import odd_characters
from kakugen_checkers.records.taglist import read_tags

if TYPE_CHECKING:
    from kakugen_checkers.records.pasted import Paste

_ED25519_OCTETS: Final = 32
_TAGS: Final = frozenset("v g h k n p s t".split())
_NO_BASE64: Final = re.compile(r"[^A-Za-z0-9+/=\s]+")
_MAX_SHOWN: Final = 80


def parse_dkim(found: Found, paste: Paste) -> Dkim:
    """Return the parsed record."""
    selector, underscored, _domain = found.owner.partition("._domainkey")
    if not underscored:
        selector = ""
    if found.type == "CNAME":
        return Dkim(found=found, selector=selector, alias=found.value.text.lower().removesuffix("."))
    tags, listed = read_tags(found.value, "dkim")
    faults = [*listed, *odd_characters(found, paste, "dkim")]
    if found.owner and "_domainkey" not in found.owner:
        faults.append(_whole(found, "dkim-name", name=found.owner))
    faults += _values(tags)
    if (longest := max(found.value.strings, default=0)) > limit("txt-string"):
        faults.append(_whole(found, "dkim-long-string", size=str(longest)))
    by_name = {tag.name: tag for tag in reversed(tags)}
    key_type = by_name["k"].value.lower() if "k" in by_name else "rsa"
    flags = _listed(by_name.get("t"))
    bits, key_faults = _key(found, by_name.get("p"), key_type)
    broken = any(fault.id in ("dkim-tag-twice", "dkim-version", "dkim-no-semicolon") for fault in faults)
    return Dkim(
        found=found,
        selector=selector,
        tags=tags,
        key_type=key_type,
        bits=None if broken else bits,
        testing="y" in flags,
        faults=(*faults, *key_faults),
    )


def _values(tags: tuple[Tag, ...]) -> list[Fault]:
    """Return what is wrong with all tags but the key itself."""
    faults: list[Fault] = []
    for number, tag in enumerate(tags):
        values = _listed(tag)
        match tag.name:
            case "v" if tag.value != "DKIM1" or number:
                ident = "dkim-version" if tag.value != "DKIM1" else "dkim-version-place"
            case "k" if tag.value.lower() not in ("rsa", "ed25519"):
                ident = "dkim-key-type"
            case "h" if "sha256" not in values:
                ident = "dkim-sha1"
            case "t" if "y" in values:
                ident = "dkim-testing"
            case "t" if "s" in values:
                ident = "dkim-strict"
            case "s" if not {"*", "email"}.intersection(values):
                ident = "dkim-service"
            case "g":
                ident = "dkim-old-tag"
            case name if name not in _TAGS:
                ident = "dkim-tag-case" if name.lower() in _TAGS else "dkim-unknown-tag"
            case _:
                continue
        values_shown = {"tag": tag.name[:_MAX_SHOWN], "value": tag.value[:_MAX_SHOWN]}
        faults.append(Fault(id=ident, start=tag.start, end=tag.end, values=values_shown))
    return faults


def _key(found: Found, tag: Tag | None, key_type: str) -> tuple[int | None, list[Fault]]:
    """Return the length of the key in bits, and what is wrong with it."""
    if tag is None:
        return None, [_whole(found, "dkim-no-key")]

    def fault(ident: str, start: int | None = None, end: int | None = None, **values: str) -> list[Fault]:
        return [Fault(id=ident, start=tag.start if start is None else start, end=end or tag.end, values=values)]

    compact = "".join(tag.value.split())
    if not compact:
        return None, fault("dkim-revoked")
    if "-----BEGIN" in tag.value:
        return None, fault("dkim-pem")
    if wrong := _NO_BASE64.search(tag.value):
        start, end = found.value.span(tag.value_at + wrong.start(), tag.value_at + wrong.end())
        return None, fault("dkim-base64", start, end, character=wrong[0][:20])
    try:
        key = binascii.a2b_base64(compact, strict_mode=True)
    except binascii.Error:
        return None, fault("dkim-cut-off")
    if key_type == "ed25519":
        return (256, []) if len(key) == _ED25519_OCTETS else (None, fault("dkim-ed25519-length", size=str(len(key))))
    if key_type != "rsa":
        return None, []
    try:
        bits = der.rsa_bits(key)
    except der.NoKeyError as error:
        known = {"truncated": "dkim-cut-off", "trailing": "dkim-too-much", "ed25519": "dkim-wrong-type"}
        return None, fault(known.get(error.why, "dkim-no-rsa-key"))
    if bits < limit("dkim-least-bits"):
        return bits, fault("dkim-weak-key", bits=str(bits))
    return bits, fault("dkim-short-key", bits=str(bits)) if bits < limit("dkim-good-bits") else []


def _listed(tag: Tag | None) -> list[str]:
    return [value.strip() for value in tag.value.split(":")] if tag else []


def _whole(found: Found, ident: str, **values: str) -> Fault:
    start, end = found.value.head
    return Fault(id=ident, start=start, end=end, values=values)
