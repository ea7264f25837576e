"""MX records (RFC 5321 §5.1, RFC 7505).

In: a found record. Out: ``Mx`` and its faults. Whether its host exists, or is an alias, only DNS could say.
"""

from __future__ import annotations

from kakugen_checkers.records import names
from kakugen_checkers.records.model import Fault, Found, Mx


def parse_mx(found: Found) -> Mx:
    """Return the parsed record."""
    *before, host = found.value.text.split()
    number = before[0] if before else ""
    start, end = found.value.span(len(found.value.text) - len(host), len(found.value.text))
    preference = int(number) if number.isdigit() else None
    values = {"host": host[:80]}
    if host == ".":
        ident = "mx-null"
    elif names.is_ip4(host.removesuffix(".")):
        ident = "mx-address"
    elif "://" in host:
        ident = "mx-url"
    elif "_" in host:
        ident = "mx-underscore"
    else:
        ident = ""
    faults = (Fault(id=ident, start=start, end=end, values=values),) if ident else ()
    return Mx(found=found, preference=preference, host=names.canonical(host), faults=faults)
