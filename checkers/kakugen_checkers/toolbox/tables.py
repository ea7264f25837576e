"""The figures: the tools as a drawing, and what there is before and after dropping something.

A ``Case`` comes in; a ``graph`` and a ``table`` come out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers.protocol import Figure, Mark

if TYPE_CHECKING:
    from kakugen_checkers.toolbox.case import Case
    from kakugen_checkers.toolbox.load import Load
    from kakugen_checkers.toolbox.relief import Option

MOST_OPTIONS: Final = 10


def figures(case: Case) -> tuple[Figure, ...]:
    """Return the figures for a job with any tool in it."""
    return (_picture(case), *([_before_and_after(case)] if case.options else []))


def _picture(case: Case) -> Figure:
    words, tools = case.words["picture"], case.job.tools
    {place for link in case.job.links for place in (link.start, link.end)}
    return Figure(
        id="picture",
        kind="graph",
        title=words["title"],
        columns=(words["from"], words["to"], words["owner"]),
        rows=_arrows(case),
        note=words["note"],
        marks=tuple(
            Mark(at=tools[place].name, label=fact) for fact, places in case.job.shared.items() for place in places
        ),
    )


def _arrows(case: Case) -> tuple[tuple[str | None, ...], ...]:
    """Return a row for each link, and one for each tool that has none, in the order of the form."""
    tools, links = case.job.tools, case.job.links
    linked = {place for link in links for place in (link.start, link.end)}
    rows: list[tuple[str | None, ...]] = []
    for place, tool in enumerate(tools):
        rows += [(tool.name, tools[link.end].name, link.owner or None) for link in links if link.start == place]
        if place not in linked:
            rows.append((tool.name, None, None))
    return tuple(rows)


def _before_and_after(case: Case) -> Figure:
    words = case.words["table"]
    rows = [(words["now"], *_numbers(case, case.load), "")]
    for option in case.options[:MOST_OPTIONS]:
        name = case.option(option)
        first = words["first"].format(option=name) if option is case.best else name
        rows.append((first, *_numbers(case, option.after), _lost(case, option)))
    return Figure(id="options", kind="table", title=words["title"], columns=tuple(words["columns"]), rows=tuple(rows))


def _numbers(case: Case, load: Load) -> tuple[str, ...]:
    counts = (load.total, load.tool_pairs, load.links, load.copy_pairs)
    return (*map(str, counts), case.percent(load.chance))


def _lost(case: Case, option: Option) -> str:
    sentences = losses(case, option)
    gap: str = case.words["gap"]
    nothing: str = case.words["table"]["nothing"]
    return gap.join(sentences) if sentences else nothing


def losses(case: Case, option: Option) -> list[str]:
    """Return in sentences what an option costs; none where nothing is lost."""
    words, loss = case.words["cautions"], option.loss
    tool = case.tool(option.place)
    sentences = []
    if loss.facts:
        sentences.append(words["facts"].format(tool=tool, facts=case.listed(loss.facts)))
    if loss.severed:
        start, end = loss.severed
        sentences.append(words["severed"].format(tool=tool, start=case.tool(start), end=case.tool(end)))
        return sentences
    if loss.starved:
        sentences.append(words["starved"].format(tool=tool, tools=case.tools(loss.starved)))
    if loss.stranded:
        sentences.append(words["stranded"].format(tool=tool, tools=case.tools(loss.stranded)))
    return sentences
