"""The arithmetic in full sentences, with the reader's own numbers.

A ``Case`` comes in; sections of a verdict come out: how it is worked out, what changes together, whom to ask, and what
is taken for granted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakugen_checkers.protocol import Section, Step
from kakugen_checkers.toolbox.case import number
from kakugen_checkers.toolbox.load import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakugen_checkers.toolbox.case import Case


def sections(case: Case) -> tuple[Section, ...]:
    """Return the sections that stand after the steps."""
    return (
        _section(case, "change", _changes(case)),
        _section(case, "owners", _owners(case)),
        _section(case, "arithmetic", [*_counts(case), *_chances(case), *_option(case)]),
        _section(case, "assumptions", case.words["assumptions"]["steps"]),
    )


def _section(case: Case, name: str, sentences: Iterable[str]) -> Section:
    return Section(id=name, title=case.words["sections"][name], steps=tuple(Step(text=one) for one in sentences))


def _counts(case: Case) -> list[str]:
    words, load = case.words["arithmetic"], case.load
    copies = [
        words["copies"].format(fact=case.quoted(fact), number=len(held), less=len(held) - 1, pairs=pairs(len(held)))
        for fact, held in case.job.shared.items()
    ]
    return [
        words["tool-pairs" if load.tools > 1 else "tool-pairs-one"].format(
            number=load.tools, less=load.tools - 1, pairs=load.tool_pairs
        ),
        words["links" if load.links else "links-none"].format(number=load.links),
        *(case.first_lines(copies) or [words["copies-none"]]),
        words["total"].format(
            tool_pairs=load.tool_pairs, links=load.links, copy_pairs=load.copy_pairs, total=load.total
        ),
    ]


def _chances(case: Case) -> list[str]:
    words, tools = case.words["arithmetic"], case.job.tools
    lines = [
        words["up-assumed" if tool.assumed else "up"].format(
            tool=case.quoted(tool.name), rate=number(tool.rate), up=case.up(tool.rate)
        )
        for tool in tools
    ]
    up = case.percent(1 - case.load.chance)
    product = " × ".join(case.first_lines([case.up(tool.rate) for tool in tools]))
    return [
        *case.first_lines(lines),
        *([words["all-up"].format(product=product, up=up)] if len(tools) > 1 else []),
        words["chance"].format(up=up, chance=case.percent(case.load.chance)),
    ]


def _option(case: Case) -> list[str]:
    best = case.best
    if best is None:
        return []
    return [
        case.words["arithmetic"]["option"].format(
            option=case.option(best),
            before=case.load.total,
            relief=best.relief,
            after=best.after.total,
            chance_before=case.percent(case.load.chance),
            chance_after=case.percent(best.after.chance),
        )
    ]


def _changes(case: Case) -> list[str]:
    words, holders = case.words["change"], case.job.holders
    if not holders:
        return [words["none"]]
    shared = [
        words["shared"].format(fact=case.quoted(fact), number=len(held), tools=case.tools(held, 12))
        for fact, held in case.job.shared.items()
    ]
    single = len(holders) - len(shared)
    return [*case.first_lines(shared), *([words["single"].format(number=single)] if single else [])]


def _owners(case: Case) -> list[str]:
    words = case.words["owners"]
    links = sorted(case.job.links, key=lambda link: bool(link.owner))
    told = [words["link" if link.owner else "nobody"].format(link=case.link(link), owner=link.owner) for link in links]
    tools = sorted(case.job.tools, key=lambda tool: bool(tool.owner))
    asked = [
        words["tool" if tool.owner else "tool-nobody"].format(tool=case.quoted(tool.name), owner=tool.owner)
        for tool in tools
    ]
    return [*(case.first_lines(told) or [words["none"]]), *case.first_lines(asked), *([words["both"]] if links else [])]
