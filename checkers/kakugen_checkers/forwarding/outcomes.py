"""What happens to a forwarded mail at its target, by its sender's proofs and by what the host does.

In: the properties of a situation. Out: the rows of ``data/forwarding/outcomes.toml``, each with whether the reader's
host, and mail of the reader's own domain, are like that.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakugen_checkers import data
from kakugen_checkers.forwarding.conditions import holds

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
            host=_host(entry.get("host"), properties),
            own=_own(entry, properties),
        )
        for entry in data.load("forwarding/outcomes")["outcome"]
    )


def _host(condition: object, properties: Mapping[str, Property]) -> Fits | None:
    if condition is None:
        return None
    if properties["srs"] is not None:
        return Fits.YES if holds(condition, properties) else Fits.NO
    # What only other users report makes a row likelier, and rules none out.
    reported = {**properties, "srs": properties["srs-reported"]}
    return Fits.PERHAPS if holds(condition, reported) else None


def _own(entry: Mapping[str, object], properties: Mapping[str, Property]) -> Fits | None:
    known = properties["dkim"] is not None or properties["policy"] is not None
    if "when" not in entry or not known:
        return None
    if holds(entry["when"], properties):
        return Fits.YES
    return Fits.PERHAPS if holds(entry.get("perhaps", []), properties) else Fits.NO
