"""The case: a mail, what was found out about it, and the words in which it is answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.headers.moments import written
from kakugen_checkers.headers.received import find_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.headers.judge import Findings
    from kakugen_checkers.headers.pasted import HeaderField
    from kakugen_checkers.headers.results import Result
    from kakugen_checkers.headers.route import Station

AREA: Final = "headers"
FIELD: Final = "mail"
MAX_SHOWN: Final = 160
_UNITS: Final = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question and what was found out.

    Attributes:
        answer: what was pasted, where it was text; what was read of a file.
        findings: what was found out.
        topics: the names of the topics of the answer, the most important first.
        locale: language of the answer.
    """

    answer: str
    findings: Findings
    topics: tuple[str, ...]
    locale: str

    @property
    def words(self) -> Mapping[str, Any]:
        """The checker's fixed words in the language of the answer."""
        words: Mapping[str, Any] = data.load("headers/words")[self.locale]
        return words

    def spoken(self, seconds: int) -> str:
        """Return a length of time in words, with its two largest units."""
        words, left, parts = self.words["duration"], abs(seconds), list[str]()
        for unit, size in _UNITS:
            if (left >= size or unit == "second") and len(parts) < 2 and (left or not parts):
                parts.append(fill(words[unit], number=str(left // size)))
                left %= size
            elif parts:
                break
        return str(words["join"]).join(parts)

    def time(self, seconds: int) -> str:
        """Return a moment in the zone of the language."""
        return written(seconds, self.words["offset"])

    def name_of(self, station: Station) -> str:
        """Return what a station is called: its server, or where that has no name, the line's own words."""
        if find_address(station.hop.by):
            return str(self.words["figure"]["route-inside"])
        return shown(station.hop.by or station.hop.protocol) or str(self.words["figure"]["none"])

    def meaning(self, result: Result) -> str:
        """Return what a word of a result means."""
        entries = data.load("headers/results")["result"]
        for method in (result.method, ""):
            found = next((one for one in entries if one["method"] == method and one["word"] == result.result), None)
            if found:
                return str(found[self.locale])
        return ""

    def method(self, result: Result) -> str:
        """Return what was checked: a name that has no explanation stands for itself."""
        known = data.load("headers/results")["method"]
        return str(known[result.method][self.locale]) if result.method in known else result.method[:40]

    def explanation(self, field: HeaderField) -> str:
        """Return what a field of a header is."""
        fields = data.load("headers/fields")
        found = next((one for one in fields["field"] if one["name"].lower() == field.key), None)
        found = found or next(one for one in fields["begin"] if field.name.lower().startswith(one["name"].lower()))
        return str(found[self.locale])


def topic_entry(name: str) -> dict[str, Any]:
    """Return what the data says of a topic.

    Raises:
        KeyError: there is no such topic.
    """
    entry: dict[str, Any] = data.load("headers/topics")["topic"][name]
    return entry


def fill(text: str, **values: str) -> str:
    """Return a text of the data with its named places filled; braces in the values stay as they are."""
    parts = text.split("{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}")
        filled.append(values[name] + rest if closed and name in values else "{" + part)
    return "".join(filled)


def shown(text: str, most: int = MAX_SHOWN) -> str:
    """Return a text as it fits into a cell or a sentence."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
