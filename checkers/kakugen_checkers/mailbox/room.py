"""Room: how much is in a mailbox, how much fits in and how much is left, one reckoned from the others.

Numbers by what they are (``used``, ``quota``, ``left`` in MB, ``used-percent``, ``left-percent``) go in; a ``Room``
comes out, with ``None`` for what they do not tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A mailbox's room.

    Attributes:
        used: MB in it.
        quota: MB that fit in.
        left: MB that are free; below 0 where more is in it than should.
        share: part of it that is used: 1 where it is full.
    """

    used: float | None = None
    quota: float | None = None
    left: float | None = None
    share: float | None = None


def deduce(values: Mapping[str, float]) -> Room:
    """Return all that ``values`` tell of a mailbox. A number of its own goes before one that can be reckoned."""
    used, quota, left = values.get("used"), values.get("quota"), values.get("left")
    percent = values["used-percent"] / 100 if "used-percent" in values else None
    if percent is None and "left-percent" in values:
        percent = max(0.0, 1 - values["left-percent"] / 100)
    if quota is None:
        quota = _quota(used, left, percent)
    if used is None and quota is not None:
        used = quota - left if left is not None else quota * percent if percent is not None else None
        used = None if used is None else max(0.0, used)
    if left is None and quota is not None and used is not None:
        left = quota - used
    share = used / quota if quota and used is not None else percent
    return Room(used=used, quota=quota, left=left, share=share)


def _quota(used: float | None, left: float | None, percent: float | None) -> float | None:
    if used is not None and left is not None:
        return used + left
    if used is not None and percent:
        return used / percent
    if left is not None and percent is not None and percent < 1:
        return left / (1 - percent)
    return None
