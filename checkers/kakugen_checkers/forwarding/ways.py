"""Ways to read and to send, compared for one case, and the one to recommend.

In: the properties of a situation. Out: each way of ``data/forwarding/ways.toml`` with whether it can be used, why not,
and what to mind; and the recommendation with its reason.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.forwarding.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.forwarding.conditions import Property
    from kakugen_checkers.protocol import LocalText


class Use(enum.StrEnum):
    """Whether a way can be used."""

    RECOMMENDED = "recommended"
    POSSIBLE = "possible"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to read and to send, in one case.

    Attributes:
        id: its name.
        texts: its ``name``, what it means to ``receive``, to ``send`` and for ``passwords``, its ``risk`` and ``cost``.
        use: whether it can be used.
        reasons: why it is recommended or refused, and what to mind.
    """

    id: str
    texts: Mapping[str, LocalText]
    use: Use
    reasons: tuple[LocalText, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All ways in one case, in the order of the data, and which of them to take.

    Attributes:
        ways: the ways.
        best: the recommended one.
        reason: why.
    """

    ways: tuple[Way, ...]
    best: Way
    reason: LocalText


def compare(properties: Mapping[str, Property]) -> Comparison:
    """Return the ways as they are for a situation."""
    written = data.load("forwarding/ways")
    refusals = {entry["id"]: _refusal(entry, properties) for entry in written["way"]}
    best = next(
        rule for rule in written["recommend"] if refusals[rule["way"]] is None and holds(rule["when"], properties)
    )
    ways = {
        entry["id"]: _way(entry, refusals[entry["id"]], best if best["way"] == entry["id"] else None, properties)
        for entry in written["way"]
    }
    return Comparison(ways=tuple(ways.values()), best=ways[best["way"]], reason=_words(best))


def _way(
    entry: Mapping[str, Any],
    refusal: LocalText | None,
    best: Mapping[str, Any] | None,
    properties: Mapping[str, Property],
) -> Way:
    mind = tuple(_words(one) for one in entry.get("mind", ()) if holds(one["when"], properties))
    return Way(
        id=entry["id"],
        texts={name: entry[name] for name in ("name", "receive", "send", "passwords", "risk", "cost")},
        use=Use.REFUSED if refusal else Use.RECOMMENDED if best else Use.POSSIBLE,
        reasons=(refusal,) if refusal else mind,
    )


def _refusal(entry: Mapping[str, Any], properties: Mapping[str, Property]) -> LocalText | None:
    return next((_words(one) for one in entry.get("refused", ()) if holds(one["when"], properties)), None)


def _words(entry: Mapping[str, Any]) -> LocalText:
    return {locale: entry[locale] for locale in ("ja", "en")}
