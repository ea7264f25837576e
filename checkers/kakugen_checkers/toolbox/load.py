"""How many things can be at fault in a job, and how likely it is that one of its tools stops.

A ``Job`` comes in, a ``Load`` comes out. Nothing is weighed: what is counted are pairs, because trouble lies between
two things. Two tools may not fit each other, a link may break, two copies of a fact may differ.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kakugen_checkers.toolbox.job import Job

DAYS: Final = 30
"""How far ahead the chance looks, in days."""

YEAR: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a job has to keep in step.

    Attributes:
        tools: how many tools there are.
        tool_pairs: pairs of tools.
        links: places where one tool passes something on.
        copy_pairs: pairs of copies of the same fact.
        again: entries that repeat what stands elsewhere.
        chance: probability that at least one tool stops within ``DAYS``.
    """

    tools: int
    tool_pairs: int
    links: int
    copy_pairs: int
    again: int
    chance: float

    @property
    def total(self) -> int:
        """All pairs that can be at fault."""
        return self.tool_pairs + self.links + self.copy_pairs


def pairs(number: int) -> int:
    """Return how many pairs there are of so many things: n(n−1)/2."""
    return number * (number - 1) // 2


def chance_of(rate: float) -> float:
    """Return the probability that a tool stops at least once within ``DAYS``.

    Stops are taken to come at random and independently (a Poisson process), so none comes within t years with the
    probability e^(−rate·t).

    Args:
        rate: stops a year.
    """
    return -math.expm1(-rate * DAYS / YEAR)


def load_of(job: Job) -> Load:
    """Return what ``job`` has to keep in step."""
    copies = [len(places) for places in job.shared.values()]
    return Load(
        tools=len(job.tools),
        tool_pairs=pairs(len(job.tools)),
        links=len(job.links),
        copy_pairs=sum(map(pairs, copies)),
        again=sum(copies) - len(copies),
        chance=1 - math.prod(1 - chance_of(tool.rate) for tool in job.tools),
    )
