"""Every number of the toolbox against counting it all out, on jobs made at random."""

import itertools
import math
import random

from hypothesis import given
from hypothesis import strategies as st

from kakugen_checkers.toolbox.job import Job, Link, Tool
from kakugen_checkers.toolbox.load import DAYS, YEAR, chance_of, load_of
from kakugen_checkers.toolbox.relief import Option, options, severed_by

FACTS = ("name", "phone", "address", "password")


@st.composite
def jobs(draw: st.DrawFn) -> Job:
    """Jobs of up to six tools, with any links between them."""
    tools = tuple(
        Tool(
            name=f"t{number}",
            facts=tuple(draw(st.lists(st.sampled_from(FACTS), unique=True, max_size=4))),
            rate=draw(st.sampled_from([0.0, 0.5, 1.0, 12.0, 365.0])),
        )
        for number in range(draw(st.integers(0, 6)))
    )
    ways = list(itertools.permutations(range(len(tools)), 2))
    chosen = draw(st.lists(st.sampled_from(ways), unique=True, max_size=9)) if ways else []
    return Job(tools=tools, links=tuple(Link(start=start, end=end) for start, end in chosen))


def paths(job: Job) -> set[tuple[str, str]]:
    """Which tool something can get to from which, by walking every way."""
    found = set()
    for start, _ in enumerate(job.tools):
        seen: set[int] = set()
        waiting = [link.end for link in job.links if link.start == start]
        while waiting:
            at = waiting.pop()
            if at not in seen:
                seen.add(at)
                waiting += [link.end for link in job.links if link.start == at]
        found |= {(job.tools[start].name, job.tools[end].name) for end in seen}
    return found


@given(jobs())
def test_pairs_are_those_that_can_be_counted_on_fingers(job: Job) -> None:
    load = load_of(job)
    copies = [(fact, tool.name) for tool in job.tools for fact in tool.facts]
    assert load.tool_pairs == len(list(itertools.combinations(job.tools, 2)))
    assert load.links == len(job.links)
    assert load.copy_pairs == sum(one[0] == other[0] for one, other in itertools.combinations(copies, 2))
    assert load.again == len(copies) - len({fact for fact, _ in copies})
    assert load.total == load.tool_pairs + load.links + load.copy_pairs


@given(jobs())
def test_chance_is_the_sum_over_every_way_in_which_tools_stop(job: Job) -> None:
    chances = [chance_of(tool.rate) for tool in job.tools]
    some = sum(
        math.prod(chance if stops else 1 - chance for chance, stops in zip(chances, world, strict=True))
        for world in itertools.product([True, False], repeat=len(chances))
        if any(world)
    )
    assert math.isclose(load_of(job).chance, some, abs_tol=1e-12)


def test_chance_of_one_tool_is_what_a_thousand_months_show() -> None:
    dice = random.Random(1)
    for rate in (0.5, 3, 12):
        # A month of many short moments, in each of which it may stop.
        moments = 200
        stops = sum(any(dice.random() < rate * DAYS / YEAR / moments for _ in range(moments)) for _ in range(1000))
        assert abs(stops / 1000 - chance_of(rate)) < 0.05


@given(jobs())
def test_reach_is_what_walking_finds(job: Job) -> None:
    reach = job.reach()
    names = [tool.name for tool in job.tools]
    found = {
        (names[one], names[other])
        for one in range(len(names))
        for other in range(len(names))
        if reach[one] >> other & 1
    }
    assert found == paths(job)
    assert {names[place] for place in job.rounds} == {one for one, other in paths(job) if one == other}


@given(jobs())
def test_relief_is_the_job_counted_again_without_it(job: Job) -> None:
    before = load_of(job).total
    for option in options(job):
        left = after(job, option)
        assert option.after == load_of(left)
        assert option.relief == before - load_of(left).total >= 0
        # The same, counted without the code that takes things out.
        kept = [tool for tool in left.tools if option.fact or tool.name != job.tools[option.place].name]
        assert len(kept) == len(job.tools) - (not option.fact)


def kept_facts(tool: Tool, option: Option, gone: str) -> tuple[str, ...]:
    return tuple(fact for fact in tool.facts if (fact, tool.name) != (option.fact, gone))


def after(job: Job, option: Option) -> Job:
    """The job built anew, without what the option drops."""
    gone = job.tools[option.place].name
    tools = [
        Tool(
            name=tool.name, facts=tuple(f for f in tool.facts if f != option.fact or tool.name != gone), rate=tool.rate
        )
        for tool in job.tools
        if option.fact or tool.name != gone
    ]
    names = [tool.name for tool in tools]
    links = [
        Link(start=names.index(job.tools[link.start].name), end=names.index(job.tools[link.end].name))
        for link in job.links
        if option.fact or gone not in (job.tools[link.start].name, job.tools[link.end].name)
    ]
    return Job(tools=tuple(tools), links=tuple(links))


@given(jobs())
def test_what_costs_nothing_leaves_every_fact_somewhere_and_every_path_whole(job: Job) -> None:
    for option in options(job):
        left = after(job, option)
        gone = job.tools[option.place].name
        facts = {fact for tool in job.tools for fact in tool.facts} - {
            fact for tool in left.tools for fact in tool.facts
        }
        cut = (
            set()
            if option.fact
            else {path for path in paths(job) if gone not in path and path[0] != path[1]} - paths(left)
        )
        assert bool(facts) == bool(option.loss.facts)
        assert bool(cut) == bool(option.loss.severed)
        if option.loss.is_free:
            assert not facts
            assert not cut


@given(jobs())
def test_severed_pairs_are_the_paths_that_are_gone(job: Job) -> None:
    names = [tool.name for tool in job.tools]
    for place, tool in enumerate(job.tools):
        told = {(names[start], names[end]) for start, end in severed_by(job, place, job.reach())}
        before = {path for path in paths(job) if tool.name not in path and path[0] != path[1]}
        assert told == before - paths(job.without_tool(place))


@given(jobs())
def test_no_option_with_a_cost_stands_before_a_free_one_and_relief_falls(job: Job) -> None:
    found = options(job)
    assert [option.rank for option in found] == sorted(option.rank for option in found)
    free = [option for option in found if option.loss.is_free]
    assert list(found[: len(free)]) == free
    if free:
        assert free[0].relief == max(option.relief for option in free)
