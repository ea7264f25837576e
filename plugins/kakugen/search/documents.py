"""What can be found: one entry for each page, or for a part of a page that is looked for by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One thing to be found.

    Attributes:
        location: its address, relative to the root of its language, with an anchor for a part of a page.
        title: what the result is headed with.
        summary: what the result says.
        symptoms: sentences by which a reader may look for it; the one that fits best is shown.
        readings: how the title and the symptoms are pronounced, in hiragana.
        headings: headings of the page.
        text: more of its words; lines of servers and programs as they stand.
        weight: how much it counts beside others; 1 is that of an article.
    """

    location: str
    title: str
    summary: str = ""
    symptoms: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    text: str = ""
    weight: float = 1.0

    def to_json(self) -> Mapping[str, Any]:
        """Return it as ``client/build.cjs`` reads it."""
        return {
            "location": self.location,
            "title": self.title,
            "summary": self.summary,
            "symptoms": list(self.symptoms),
            "readings": " \n".join(self.readings),
            "headings": " \n".join(self.headings),
            "text": self.text,
            "weight": self.weight,
        }
