"""Names: domains that belong together, addresses, and what hides behind a rewritten sender.

In: domains and values of address fields. Out: organizational domains, addresses with the name shown before them, the
sender inside SRS. The list of public endings is small (``data/headers/suffixes.toml``), so that two domains under an
ending that is not in it may be taken for one; nothing is decided by it alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from kakugen_checkers import data
from kakugen_checkers.bounce import charset

MAX_SHOWN: Final = 2_000

_ADDRESS: Final = re.compile(r"[^\s<>\",;:()\[\]]{1,128}@[^\s<>\",;:()\[\]]{1,255}")
_ANGLE: Final = re.compile(r"<\s{0,3}([^<>]{0,400}?)\s{0,3}>")
_SRS: Final = re.compile(r"(?i)\bSRS([01])[=+-]([^@\s]{1,300})@([\w.-]{1,255})")
_HIDDEN: Final = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DOMAIN: Final = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,10}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """An address with the name that is shown for it.

    Attributes:
        name: the shown name, decoded; empty where there is none.
        address: the address.
        count: how many addresses the field holds.
    """

    name: str
    address: str
    count: int = 1

    @property
    def domain(self) -> str:
        """The part behind the last ``@``, in small letters."""
        return self.address.rpartition("@")[2].strip(".>").lower()

    @property
    def hides(self) -> bool:
        """Whether the shown name holds characters that turn or hide the text around them."""
        return _HIDDEN.search(self.name) is not None

    @property
    def foreign(self) -> bool:
        """Whether the domain holds letters that look like others (RFC 5890): another alphabet, as such or encoded."""
        return not self.domain.isascii() or any(label.startswith("xn--") for label in self.domain.split("."))

    @property
    def claimed(self) -> str:
        """An address of another organization in the shown name; empty where there is none."""
        found = _ADDRESS.search(self.name)
        other = found[0].rpartition("@")[2].lower() if found else ""
        return found[0] if found and _DOMAIN.fullmatch(other) and not same_organization(other, self.domain) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A sender that a forwarder put on the envelope in place of the first one (SRS).

    Attributes:
        original: the first sender, as far as it can be told.
        forwarder: the domain of the server that rewrote it.
        hops: how many forwarders rewrote it at least.
    """

    original: str
    forwarder: str
    hops: int


def read_mailbox(value: str) -> Mailbox | None:
    """Return the first mailbox of an address field, or ``None`` where it holds no address."""
    value = value[:MAX_SHOWN]
    angles = [found[1] for found in _ANGLE.finditer(value) if "@" in found[1]]
    if angles:
        address = angles[-1] if len(angles) > 1 and value.count(",") < len(angles) - 1 else angles[0]
        name = value[: value.find(f"<{address}")] if f"<{address}" in value else value.partition("<")[0]
        return Mailbox(name=_shown(name), address=address.strip(), count=max(1, len(angles)))
    bare = _ADDRESS.findall(value)
    return Mailbox(name="", address=bare[0], count=len(bare)) if bare else None


def decoded(value: str) -> str:
    """Return a text with its encoded words decoded, not longer than can be shown."""
    return charset.decode_words(value[:MAX_SHOWN])[:MAX_SHOWN]


def _shown(name: str) -> str:
    return decoded(name.strip().strip('"').strip())


def bare_address(value: str) -> str:
    """Return the address in a value such as ``<a@example.jp>``; empty for the null sender and where there is none."""
    found = _ANGLE.search(value[:MAX_SHOWN])
    return found[1].strip() if found else (bare[0] if (bare := _ADDRESS.search(value[:MAX_SHOWN])) else "")


def read_srs(address: str) -> Rewritten | None:
    """Return what an envelope sender rewritten by SRS says, or ``None`` for any other."""
    found = _SRS.search(address[:MAX_SHOWN])
    if not found:
        return None
    forwarder = found[3].strip(".").lower()
    parts = found[2].split("=")
    if found[1] == "0" and len(parts) >= 4:
        return Rewritten(original=f"{'='.join(parts[3:])}@{parts[2]}".lower(), forwarder=forwarder, hops=1)
    if found[1] == "1" and len(parts) >= 6:
        # SRS1=HHH=first-forwarder==HHH=TT=domain=local@second-forwarder
        return Rewritten(
            original=f"{'='.join(parts[6:])}@{parts[5]}".lower() if len(parts) > 6 else "", forwarder=forwarder, hops=2
        )
    return Rewritten(original="", forwarder=forwarder, hops=1)


@cache
def _second_levels() -> frozenset[str]:
    return frozenset(
        f"{word}.{entry['top']}" for entry in data.load("headers/suffixes")["suffix"] for word in entry["second"]
    )


def organization(domain: str) -> str:
    """Return the organizational domain of a name by the small rule of the data: ``example.co.jp`` for all below it."""
    labels = domain.strip(".").lower().split(".")
    keep = 3 if ".".join(labels[-2:]) in _second_levels() else 2
    return ".".join(labels[-keep:])


def same_organization(one: str, other: str) -> bool:
    """Return whether two domains belong together (relaxed alignment, RFC 9989 §4.4)."""
    return bool(one) and bool(other) and organization(one) == organization(other)
