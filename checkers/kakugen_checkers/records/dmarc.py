"""DMARC records read strictly by RFC 9989 (May 2026), which took the place of RFC 7489.

In: a found record. Out: ``Dmarc``: what receivers make of it, and its faults, each with its place in the paste. A
record counts only if ``v=DMARC1`` stands first, letter for letter; a wrong value of another tag is as if the tag were
not there; unknown tags are passed over (§4.7).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers.records import names
from kakugen_checkers.records.model import Dmarc, Fault, Found, Tag
from kakugen_checkers.records.spf import odd_characters
from kakugen_checkers.records.taglist import read_tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kakugen_checkers.records.pasted import Paste

POLICIES: Final = ("none", "quarantine", "reject")
REMOVED: Final = frozenset(("pct", "rf", "ri"))
"""Tags of RFC 7489 that RFC 9989 removed."""
_VALUES: Final = {
    "p": POLICIES,
    "sp": POLICIES,
    "np": POLICIES,
    "t": ("y", "n"),
    "psd": ("y", "n", "u"),
    "adkim": ("r", "s"),
    "aspf": ("r", "s"),
    "fo": ("0", "1", "d", "s", "d:s", "s:d"),
}
_KNOWN: Final = frozenset((*_VALUES, "v", "rua", "ruf"))
_ADDRESS: Final = re.compile(
    r"mailto:[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@(?P<domain>[A-Za-z0-9._-]{1,253})", re.IGNORECASE
)
_SIZE: Final = re.compile(r"!\d{1,20}[kmgt]?\Z", re.IGNORECASE)
_URI: Final = re.compile(r"[a-z][a-z0-9+.-]{0,20}:[^\s@]{1,500}", re.IGNORECASE)
_MAX_SHOWN: Final = 80


def parse_dmarc(found: Found, paste: Paste, domain: str = "") -> Dmarc:
    """Return the parsed record.

    Args:
        found: the record.
        paste: where it was found.
        domain: the domain that it is for, where its own name does not say.
    """
    tags, listed = read_tags(found.value, "dmarc")
    domain = names.domain_of(found.owner) or domain
    faults = [*listed, *odd_characters(found, paste, "dmarc"), *_version(found, tags)]
    valid = bool(tags) and (tags[0].name.lower(), tags[0].value) == ("v", "DMARC1")
    if found.owner and not found.owner.startswith("_dmarc"):
        start, end = found.value.head
        faults.append(Fault(id="dmarc-name", start=start, end=end, values={"name": found.owner}))
    for tag in tags:
        faults += _tag(tag, found, domain)
    by_name = {tag.name.lower(): tag.value for tag in reversed(tags)}
    if "p" not in by_name:
        start, end = found.value.head
        faults.append(Fault(id="dmarc-no-policy", start=start, end=end))
    reports = tuple(_addresses(by_name.get("rua", "")))
    wrong = any(by_name.get(name, "none").lower() not in POLICIES for name in ("p", "sp", "np"))
    # a wrong policy counts as "none" where reports were asked for, else the record does not count (§4.10.1)
    valid = valid and (not wrong or bool(reports))
    policy = "none" if wrong else by_name.get("p", "none").lower()
    if policy == "none" and not wrong and "rua" not in by_name:
        begin = next((tag for tag in tags if tag.name.lower() == "p"), None)
        start, end = (begin.start, begin.end) if begin else found.value.head
        faults.append(Fault(id="dmarc-none", start=start, end=end))
    return Dmarc(
        found=found,
        tags=tags,
        valid=valid,
        policy=policy if valid else "",
        subdomains=policy if wrong else by_name.get("sp", policy).lower(),
        testing=by_name.get("t", "").lower() == "y",
        reports=reports,
        strict_spf=by_name.get("aspf", "").lower() == "s",
        strict_dkim=by_name.get("adkim", "").lower() == "s",
        faults=tuple(faults),
    )


def _version(found: Found, tags: tuple[Tag, ...]) -> Iterator[Fault]:
    version = next((tag for tag in tags if tag.name.lower() == "v"), None)
    start, end = (version.start, version.end) if version else found.value.head
    if version is None:
        yield Fault(id="dmarc-no-version", start=start, end=end)
    elif version.value != "DMARC1":
        yield Fault(id="dmarc-version", start=start, end=end, values={"value": version.value[:_MAX_SHOWN]})
    elif tags[0] is not version:
        yield Fault(id="dmarc-version-place", start=start, end=end)


def _tag(tag: Tag, found: Found, domain: str) -> Iterator[Fault]:
    name, value = tag.name.lower(), tag.value.lower()
    shown = {"tag": tag.name[:_MAX_SHOWN], "value": tag.value[:_MAX_SHOWN]}

    def fault(ident: str) -> Fault:
        return Fault(id=ident, start=tag.start, end=tag.end, values=shown)

    if name in _VALUES and value not in _VALUES[name]:
        yield fault("dmarc-policy-value" if name in ("p", "sp", "np") else "dmarc-value")
    elif name in REMOVED:
        part = name == "pct" and value != "100"
        yield fault("dmarc-percentage" if part else "dmarc-old-tags")
    elif name in ("rua", "ruf"):
        yield from _reports(tag, found, domain)
    elif name == "t" and value == "y":
        yield fault("dmarc-testing")
    elif name == "psd" and value == "y":
        yield fault("dmarc-psd")
    elif name == "sp" and value == "none":
        yield fault("dmarc-subdomains")
    elif name not in _KNOWN:
        yield fault("dmarc-unknown-tag")


def _reports(tag: Tag, found: Found, domain: str) -> Iterator[Fault]:
    """Return what is wrong with addresses for reports (RFC 9990 §4 for those of other domains)."""
    at = tag.value_at
    for part in tag.value.split(","):
        address = part.strip()
        begin = at + len(part) - len(part.lstrip())
        start, end = found.value.span(begin, begin + max(1, len(address)))
        at += len(part) + 1
        values = {"tag": tag.name, "value": address[:_MAX_SHOWN], "domain": domain}
        bare = _SIZE.sub("", address)
        match = _ADDRESS.fullmatch(bare)
        if bare != address:
            yield Fault(id="dmarc-report-size", start=start, end=end, values=values)
        if match is None and not (_URI.fullmatch(bare) and not bare.lower().startswith("mailto:")):
            missing = "@" in bare and _ADDRESS.fullmatch(f"mailto:{bare}")
            yield Fault(id="dmarc-report-mailto" if missing else "dmarc-report", start=start, end=end, values=values)
        elif match is None:
            yield Fault(id="dmarc-report", start=start, end=end, values=values)
        elif domain and not _same_organization(names.canonical(match["domain"]), domain):
            other = {**values, "name": f"{domain}._report._dmarc.{names.canonical(match['domain'])}"}
            yield Fault(id="dmarc-report-elsewhere", start=start, end=end, values=other)


def _same_organization(one: str, other: str) -> bool:
    """Return whether one name lies within the other; of names side by side, only DNS knows."""
    return names.is_within(one, other) or names.is_within(other, one)


def _addresses(text: str) -> Iterator[str]:
    for part in text.split(","):
        bare = _SIZE.sub("", part.strip())
        if _ADDRESS.fullmatch(bare):
            yield bare[7:]
