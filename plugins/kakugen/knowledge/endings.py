"""What ends on a known day, in the words of checkers.

In: whoever knows of such days makes them. Out: plain data for the banners of articles that rely on it.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Something that ends, or has ended.

    Attributes:
        id: stable id, as articles name it under ``ends``.
        until: the last day on which it may still be there.
        before: what to say until then.
        after: what to say from the next day on.
        source: where it is announced.
    """

    id: str
    until: date
    before: str
    after: str
    source: str
