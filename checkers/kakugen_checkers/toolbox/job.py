"""A job and the tools that it goes through.

What the reader entered comes in as ``Tool`` and ``Link`` objects; which fact lives where, and which tool can be reached
from which, comes out. Sets of tools are whole numbers whose bit *n* stands for the tool *n*: sixty tools are compared
in one step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A tool that the job goes through.

    Attributes:
        name: what the reader calls it; unique in its job.
        facts: what is typed into it; a fact has the same spelling in every tool.
        owner: who answers for it, or empty.
        rate: how often it stops, in times a year.
        assumed: whether the reader did not say how often.
    """

    name: str
    facts: tuple[str, ...] = ()
    owner: str = ""
    rate: float = 0.0
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One tool passes something on to another.

    Attributes:
        start: the place of the giving tool in its job.
        end: the place of the taking tool.
        owner: who answers for it, or empty where nobody does.
    """

    start: int
    end: int
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Tools in the order in which they were entered, and what they pass on."""

    tools: tuple[Tool, ...]
    links: tuple[Link, ...] = ()

    @property
    def holders(self) -> dict[str, tuple[int, ...]]:
        """The tools that each fact is typed into, in the order in which the facts were entered."""
        found: dict[str, list[int]] = {}
        for place, tool in enumerate(self.tools):
            for fact in tool.facts:
                found.setdefault(fact, []).append(place)
        return {fact: tuple(places) for fact, places in found.items()}

    @property
    def shared(self) -> dict[str, tuple[int, ...]]:
        """The facts that are typed into more than one tool, those in the most tools first."""
        several = [(fact, places) for fact, places in self.holders.items() if len(places) > 1]
        return dict(sorted(several, key=lambda entry: -len(entry[1])))

    def without_tool(self, place: int) -> Job:
        """Return the job without one of its tools and all that leads to and from it."""

        def moved(other: int) -> int:
            return other - (other > place)

        return Job(
            tools=self.tools[:place] + self.tools[place + 1 :],
            links=tuple(
                replace(link, start=moved(link.start), end=moved(link.end))
                for link in self.links
                if place not in (link.start, link.end)
            ),
        )

    def without_entry(self, place: int, fact: str) -> Job:
        """Return the job where ``fact`` is not typed into one tool any more."""
        tool = self.tools[place]
        left = replace(tool, facts=tuple(other for other in tool.facts if other != fact))
        return replace(self, tools=(*self.tools[:place], left, *self.tools[place + 1 :]))

    def reach(self, without: int | None = None) -> list[int]:
        """Return for each tool the set of tools that it passes something on to, directly or through others.

        Args:
            without: a tool through which nothing goes.
        """
        reached = [0] * len(self.tools)
        for link in self.links:
            if without not in (link.start, link.end):
                reached[link.start] |= 1 << link.end
        for through in range(len(reached)):
            for start, found in enumerate(reached):
                if found >> through & 1:
                    reached[start] = found | reached[through]
        return reached

    @property
    def rounds(self) -> tuple[int, ...]:
        """The tools from which something comes back to themselves."""
        return tuple(place for place, reached in enumerate(self.reach()) if reached >> place & 1)


def members(chosen: int) -> Iterator[int]:
    """Yield the tools of a set, in order."""
    while chosen:
        lowest = chosen & -chosen
        yield lowest.bit_length() - 1
        chosen ^= lowest
