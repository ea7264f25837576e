"""Names in DNS: what looks like a host name, and which domain a record's name belongs to."""

from __future__ import annotations

import re
from typing import Final

_LABEL: Final = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NAME: Final = re.compile(rf"(?:\*\.)?{_LABEL}(?:\.{_LABEL}){{0,40}}\.?")
_TOP_LABEL: Final = re.compile(r"[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
MAX_NAME: Final = 253


def is_name(text: str) -> bool:
    """Return whether ``text`` looks like the name of a host or a record: two labels or more, no address."""
    if len(text) > MAX_NAME + 1 or ("." not in text and "_" not in text) or not _NAME.fullmatch(text):
        return False
    return text.lower().startswith("_dmarc") or "._domainkey" in text.lower() or is_full_name(text)


def is_full_name(text: str) -> bool:
    """Return whether ``text`` is a name of two labels or more that ends in a top-level domain."""
    if len(text) > MAX_NAME + 1 or not _NAME.fullmatch(text):
        return False
    before, dot, top = text.removesuffix(".").rpartition(".")
    return bool(dot and before and len(top) > 1 and _TOP_LABEL.fullmatch(top))


def canonical(name: str) -> str:
    """Return ``name`` in lower case without its final dot; ``@``, the domain itself, becomes empty."""
    return "" if name == "@" else name.lower().removesuffix(".")


def domain_of(owner: str) -> str:
    """Return the domain that a record under ``owner`` is for; empty where the name does not say."""
    if "_domainkey" in owner:
        owner = owner.partition("_domainkey")[2].removeprefix(".")
    elif owner.startswith("_dmarc"):
        owner = owner.removeprefix("_dmarc").removeprefix(".")
    return owner if is_full_name(owner) else ""


def is_within(name: str, domain: str) -> bool:
    """Return whether ``name`` is ``domain`` or lies below it."""
    return name == domain or name.endswith(f".{domain}")


def is_ip4(text: str) -> bool:
    """Return whether ``text`` is an IPv4 address as RFC 7208 §12 writes it."""
    parts = text.split(".", 4)
    return len(parts) == 4 and all(
        part.isascii() and part.isdigit() and len(part) <= 3 and int(part) <= 255 and (part == "0" or part[0] != "0")
        for part in parts
    )


def is_ip6(text: str) -> bool:
    """Return whether ``text`` is an IPv6 address (RFC 4291 §2.2)."""
    if len(text) > 45 or ":" not in text:
        return False
    head, gap, tail = text.partition("::")
    if gap and "::" in tail:
        return False
    groups = [*(head.split(":") if head else ()), *(tail.split(":") if tail else ())]
    size = len(groups)
    if groups and "." in groups[-1]:
        if not is_ip4(groups.pop()):
            return False
        size += 1
    if not all(re.fullmatch(r"[0-9A-Fa-f]{1,4}", group) for group in groups):
        return False
    return size <= 7 if gap else size == 8
