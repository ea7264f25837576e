"""What happens to a forwarded mail at its target, by its sender's proofs and by what the host does.

In: the properties of a situation. Out: the rows of ``data/forwarding/outcomes.toml``, each with whether the reader's
host, and mail of the reader's own domain, are like that.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.forwarding.conditions import holds, names_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.forwarding.conditions import Property
    from kakugen_checkers.protocol import LocalText


class Fits(enum.StrEnum):
    """Whether a row is about this case."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One row.

    Attributes:
        id: its name.
        texts: the ``mail``, the ``result``, its ``reason`` and the ``fixer``: who can fix it.
        host: whether the reader's host forwards like that; ``None`` where the row does not depend on the host,
            or nobody knows.
        own: whether mail of the reader's domain is like that; ``None`` where its records don't decide it.
    """

    id: str
    texts: Mapping[str, LocalText]
    host: Fits | None
    own: Fits | None


def outcomes(properties: Mapping[str, Property]) -> tuple[Outcome, ...]:
    """Return all rows as they are for a situation."""
    return tuple(
        Outcome(
            id=entry["id"],
            texts={name: entry[name] for name in ("mail", "result", "reason", "fixer")},
            host=_host(entry, properties),
            own=_own(entry, properties),
        )
        for entry in data.load("forwarding/outcomes")["outcome"]
    )


def _host(entry: Mapping[str, Any], properties: Mapping[str, Property]) -> Fits | None:
    if holds(entry.get("host-perhaps", []), properties):
        return Fits.PERHAPS
    if "host" not in entry or any(properties[name] is None for name in names_in(entry["host"])):
        return None
    return Fits.YES if holds(entry["host"], properties) else Fits.NO


def _own(entry: Mapping[str, Any], properties: Mapping[str, Property]) -> Fits | None:
    known = properties["dkim"] is not None or properties["policy"] is not None
    if "when" not in entry or not known:
        return None
    if holds(entry["when"], properties):
        return Fits.YES
    return Fits.PERHAPS if holds(entry.get("perhaps", []), properties) else Fits.NO
