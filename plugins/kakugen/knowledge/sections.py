"""The fixed sections of articles and maxims: which there are, how they are headed, and whether a text has them.

In: ``sections.toml`` and the words that a site has for them. Out: ``SectionWords`` for a language, and faults: a
section that is missing, unknown, out of order or there twice, and a case of 「原因と対処」 that does not say who must
act.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from kakugen.knowledge.faults import Fault, Place, Term
from kakugen.knowledge.models import ACTORS
from kakugen.knowledge.rules import Rule
from kakugen.knowledge.text import Heading, MarkdownText
from kakugen.knowledge.validation import nearest

CASES: Final = "cases"
"""The section of several causes, each with its cure."""

_FALLBACK: Final = "en"


@dataclass(frozen=True, slots=True)
class Section:
    """A section.

    Attributes:
        id: its name, also its anchor on the page, the same in every language.
        title: its heading.
        optional: whether a text is complete without it.
        instead_of: the sections whose place it takes.
    """

    id: str
    title: str
    optional: bool
    instead_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class SectionWords:
    """The sections in one language, by kind, in their order."""

    kinds: Mapping[str, tuple[Section, ...]]

    def anchors(self, kind: str) -> Mapping[str, str]:
        """Return the anchor of each heading of a kind."""
        return {section.title: section.id for section in self.kinds.get(kind, ())}

    def check(self, kind: str, text: MarkdownText, file: str) -> Iterator[Fault]:
        """Yield what is wrong with the sections of a text.

        Args:
            kind: ``article`` or ``maxim``.
            text: the text.
            file: its file, for the faults.
        """
        sections = self.kinds[kind]
        by_title = {section.title: section for section in sections}
        order = [section.id for section in sections]
        seen: dict[str, int] = {}
        last: Section | None = None
        for heading in text.headings:
            if heading.level != 2:
                continue
            place = Place(file, heading.line)
            section = by_title.get(heading.title)
            if section is None:
                yield _unknown(heading, place, by_title, kind)
                continue
            if section.id in seen:
                details = {"title": heading.title, "line": str(seen[section.id])}
                yield Fault(Rule.REPEATED_SECTION, place, details)
            elif last is not None and order.index(section.id) < order.index(last.id):
                yield Fault(Rule.SECTION_ORDER, place, {"title": heading.title, "before": last.title})
            else:
                last = section
            seen.setdefault(section.id, heading.line)
        yield from self._missing(sections, seen, Place(file, text.first_line), kind)
        if kind == "article":
            yield from _cases(text, file, next(section.title for section in sections if section.id == CASES))

    def _missing(
        self, sections: tuple[Section, ...], seen: Mapping[str, int], place: Place, kind: str
    ) -> Iterator[Fault]:
        replaced = {id_ for section in sections if section.id in seen for id_ in section.instead_of}
        for section in sections:
            if section.id in seen and section.id in replaced:
                instead = next(other for other in sections if section.id in other.instead_of)
                details = {"title": section.title, "before": instead.title}
                yield Fault(Rule.SECTION_ORDER, Place(place.file, seen[section.id]), details, "instead")
            elif not (section.id in seen or section.id in replaced or section.optional or section.instead_of):
                yield Fault(Rule.MISSING_SECTION, place, {"title": section.title, "kind": Term(kind)})


def section_words(locale: str, own: Mapping[str, str] | None = None) -> SectionWords:
    """Return the sections of a language.

    Args:
        locale: the language; one that ``sections.toml`` does not speak has English headings.
        own: the headings of a site, by the id of the section.
    """
    own = own or {}
    return SectionWords(
        {
            kind: tuple(
                Section(
                    id=entry["id"],
                    title=own.get(entry["id"]) or entry["title"].get(locale) or entry["title"][_FALLBACK],
                    optional=entry.get("optional", False),
                    instead_of=frozenset(entry.get("instead_of", ())),
                )
                for entry in entries
            )
            for kind, entries in _sections().items()
        }
    )


@cache
def _sections() -> Mapping[str, list[dict[str, Any]]]:
    return tomllib.loads((files(__package__) / "sections.toml").read_text("utf-8"))


def section_ids() -> frozenset[str]:
    """Return the ids of all sections."""
    return frozenset(entry["id"] for entries in _sections().values() for entry in entries)


def _unknown(heading: Heading, place: Place, known: Mapping[str, Section], kind: str) -> Fault:
    meant = nearest(heading.title, list(known))
    details = {"title": heading.title, "kind": Term(kind), "nearest": meant or "", "known": ", ".join(known)}
    return Fault(Rule.UNKNOWN_SECTION, place, details, "near" if meant else "known")


def _cases(text: MarkdownText, file: str, title: str) -> Iterator[Fault]:
    actors = list(text.blocks("actor"))
    for actor, line in actors:
        if actor not in ACTORS:
            yield Fault(Rule.UNKNOWN_ACTOR, Place(file, line), {"actor": actor, "known": ", ".join(ACTORS)})
    headings = [heading for heading in text.headings if heading.level <= 3]
    for index, heading in enumerate(headings):
        if heading.level != 2 or heading.title != title:
            continue
        ends = [*(other.line for other in headings[index + 1 :]), text.line(len(text.body)) + 1]
        cases = [case for case in headings[index + 1 :] if case.level == 3]
        following = next((at for at, case in enumerate(headings[index + 1 :]) if case.level < 3), len(cases))
        cases = cases[:following]
        if not cases:
            yield Fault(Rule.NO_CASES, Place(file, heading.line), {"title": title})
        for at, case in enumerate(cases):
            if not any(case.line < line < ends[at + 1] for _, line in actors):
                yield Fault(Rule.CASE_WITHOUT_ACTOR, Place(file, case.line), {"title": case.title})
