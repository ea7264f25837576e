"""What a job is like without each of its tools and without each entry that repeats another.

A ``Job`` comes in; one ``Option`` for each tool and for each fact that is typed more than once comes out, the best
first. What would be lost is said with each: an option that costs something never stands before one that costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kakugen_checkers.toolbox.job import members
from kakugen_checkers.toolbox.load import Load, load_of

if TYPE_CHECKING:
    from kakugen_checkers.toolbox.job import Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What goes with a tool.

    Attributes:
        facts: facts that stand nowhere else.
        severed: the first two tools that nothing leads between any more, or ``None``.
        starved: tools that nothing is passed on to any more.
        stranded: tools that have nothing to pass on to any more.
    """

    facts: tuple[str, ...] = ()
    severed: tuple[int, int] | None = None
    starved: tuple[int, ...] = ()
    stranded: tuple[int, ...] = ()

    @property
    def is_free(self) -> bool:
        """Whether nothing is lost."""
        return not (self.facts or self.severed or self.starved or self.stranded)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that can be dropped.

    Attributes:
        place: the tool, or the tool that the fact is not typed into any more.
        fact: the fact, or empty where the whole tool is dropped.
        relief: how many pairs fewer can be at fault.
        after: what is left.
        loss: what it costs.
    """

    place: int
    fact: str
    relief: int
    after: Load
    loss: Loss

    @property
    def rank(self) -> tuple[bool, int, float]:
        """What decides the order; options of the same rank are as good as each other."""
        return (not self.loss.is_free, -self.relief, round(self.after.chance, 12))


def options(job: Job) -> tuple[Option, ...]:
    """Return what can be dropped from ``job``, the greatest relief first, what costs something last."""
    before = load_of(job)
    found = []
    reach = job.reach()
    if len(job.tools) > 1:
        for place in range(len(job.tools)):
            after = load_of(job.without_tool(place))
            loss = _loss(job, place, reach)
            found.append(Option(place=place, fact="", relief=before.total - after.total, after=after, loss=loss))
    for fact, places in job.shared.items():
        place = _needless(job, places, reach)
        after = load_of(job.without_entry(place, fact))
        found.append(Option(place=place, fact=fact, relief=before.total - after.total, after=after, loss=Loss()))
    return tuple(sorted(found, key=lambda option: option.rank))


def severed_by(job: Job, place: int, reach: list[int]) -> list[tuple[int, int]]:
    """Return the pairs of other tools that something went between only through one tool.

    Args:
        job: the job.
        place: the tool.
        reach: ``job.reach()``.
    """
    if not any(link.start == place for link in job.links) or not any(link.end == place for link in job.links):
        return []
    left = job.reach(without=place)
    gone = ~(1 << place)
    return [
        (start, end)
        for start, reached in enumerate(reach)
        if start != place
        for end in members(reached & ~left[start] & gone)
        if end != start
    ]


def _loss(job: Job, place: int, reach: list[int]) -> Loss:
    holders = job.holders
    others = [link for link in job.links if place not in (link.start, link.end)]
    fed, feeding = {link.end for link in others}, {link.start for link in others}
    severed = severed_by(job, place, reach)
    return Loss(
        facts=tuple(fact for fact in job.tools[place].facts if len(holders[fact]) == 1),
        severed=severed[0] if severed else None,
        starved=tuple(sorted({link.end for link in job.links if link.start == place} - fed)),
        stranded=tuple(sorted({link.start for link in job.links if link.end == place} - feeding)),
    )


def _needless(job: Job, places: tuple[int, ...], reach: list[int]) -> int:
    """Return where a fact need not be typed: where it can come from another place, else where it is stopped most."""

    def is_fed(place: int) -> bool:
        return any(other != place and reach[other] >> place & 1 for other in places)

    return max(places, key=lambda place: (is_fed(place), job.tools[place].rate, place))
