"""Explain: from a job to a verdict in the reader's language.

Everything that is said comes from data: the fixed words, with the reader's names and numbers in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.protocol import Actor, Fact, Handover, Labelled, Status, Step, Verdict
from kakugen_checkers.toolbox.arithmetic import sections
from kakugen_checkers.toolbox.load import chance_of
from kakugen_checkers.toolbox.tables import figures, losses

if TYPE_CHECKING:
    from kakugen_checkers.toolbox.case import Case
    from kakugen_checkers.toolbox.relief import Option

TOPICS: Final = ("same-fact", "drop-tool", "goes-round", "nobody", "often-down", "bottleneck", "simple")

MOST_LINKS: Final = 3
"""So many links without anybody are a step of their own each; the rest stands in a section."""


def explain(case: Case) -> Verdict:
    """Return the verdict on ``case``."""
    words = case.words
    topics = found_topics(case)
    if not topics:
        return Verdict(
            checker="toolbox",
            locale=case.locale,
            status=Status.UNKNOWN,
            topic=None,
            title=words["titles"]["unknown"],
            summary=words["summary"]["unknown"],
            questions=_faults(case),
            maxims=tuple(data.load("toolbox/words")["maxims"]["none"]),
        )
    assumed = any(tool.assumed for tool in case.job.tools)
    topic = f"toolbox/{topics[0]}"
    return Verdict(
        checker="toolbox",
        locale=case.locale,
        status=Status.IDENTIFIED,
        topic=topic,
        topics=tuple(f"toolbox/{name}" for name in topics),
        title=_title(case),
        summary=_summary(case),
        confidence=data.load("toolbox/words")["confidence"]["assumed" if assumed else "told"],
        confidence_meaning=words["confidence_assumed" if assumed else "confidence_told"],
        actor=Labelled(id=Actor.READER, label=words["actor"]["reader"]),
        facts=_facts(case),
        steps=_steps(case, topics),
        cautions=_cautions(case),
        questions=(*_faults(case), *_missing(case)),
        maxims=tuple(data.load("toolbox/words")["maxims"][topics[0]]),
        figures=figures(case),
        sections=sections(case),
        handovers=_handovers(case),
    )


def found_topics(case: Case) -> tuple[str, ...]:
    """Return what there is to say of a job, what to do first before the rest; nothing where there is no tool."""
    if not case.job.tools:
        return ()
    best = case.best
    found = {
        "drop-tool": best is not None and not best.fact,
        "same-fact": bool(case.job.shared),
        "goes-round": bool(case.job.rounds),
        "nobody": bool(case.unowned),
        "often-down": case.likeliest is not None,
        "bottleneck": case.bottleneck is not None,
    }
    names = [name for name in TOPICS if found.get(name)]
    if found["drop-tool"]:
        names.sort(key=lambda name: name != "drop-tool")
    return tuple(names) or ("simple",)


def _title(case: Case) -> str:
    title: str = case.words["headline"]["one" if case.load.tools == 1 else "many"].format(
        tools=case.load.tools, total=case.load.total
    )
    return title


def _summary(case: Case) -> str:
    words, best = case.words["summary"], case.best
    sentences = []
    if best is not None:
        template = words["entry" if best.fact else "tool"]
        sentences.append(
            template.format(
                tool=case.tool(best.place),
                fact=case.quoted(best.fact),
                total=case.load.total,
                after=best.after.total,
            )
        )
    else:
        sentences.append(words["one" if case.load.tools == 1 else "costly"])
    if case.load.tools > 1:
        sentences.append(words["chance"].format(chance=case.percent(case.load.chance)))
        if case.unowned:
            sentences.append(words["nobody"].format(number=len(case.unowned)))
    gap: str = case.words["gap"]
    return gap.join(sentences)


def _facts(case: Case) -> tuple[Fact, ...]:
    load = case.load
    values = {
        "tools": str(load.tools),
        "tool-pairs": str(load.tool_pairs),
        "links": str(load.links),
        "copy-pairs": str(load.copy_pairs),
        "total": str(load.total),
        "again": str(load.again),
        "chance": case.percent(load.chance),
        "nobody": str(len(case.unowned)),
    }
    return tuple(Fact(id=name, label=case.words["facts"][name], value=value) for name, value in values.items())


# ---- steps ----


def _steps(case: Case, topics: tuple[str, ...]) -> tuple[Step, ...]:
    words = case.words["steps"]
    steps = []
    if case.best is not None:
        steps += [_drop(case, case.best), *_after_that(case, case.best)]
    for link in case.unowned[:MOST_LINKS]:
        text = words["nobody"].format(link=case.link(link))
        steps.append(Step(text=text, note=words["nobody-note"], topic="toolbox/nobody"))
    if case.job.rounds:
        text = words["goes-round"].format(tools=case.tools(case.job.rounds))
        steps.append(Step(text=text, note=words["goes-round-note"], topic="toolbox/goes-round"))
    if case.likeliest is not None:
        tool, chance = case.quoted(case.likeliest.name), case.percent(chance_of(case.likeliest.rate))
        steps.append(Step(text=words["often-down"].format(tool=tool, chance=chance), topic="toolbox/often-down"))
    if case.bottleneck is not None:
        place, (start, end) = case.bottleneck
        text = words["bottleneck"].format(tool=case.tool(place), start=case.tool(start), end=case.tool(end))
        steps.append(Step(text=text, topic="toolbox/bottleneck"))
    unasked = next((tool for tool in case.job.tools if not tool.owner), None)
    if unasked is not None:
        steps.append(Step(text=words["owner"].format(tool=case.quoted(unasked.name))))
    if topics == ("simple",):
        steps.append(Step(text=words["simple"]))
    return tuple(steps)


def _drop(case: Case, best: Option) -> Step:
    words = case.words["steps"]
    tool = case.tool(best.place)
    if not best.fact:
        return Step(text=words["tool"].format(tool=tool), note=words["tool-note"], topic="toolbox/drop-tool")
    others = [place for place in case.job.holders[best.fact] if place != best.place]
    fact = case.quoted(best.fact)
    return Step(
        text=words["entry"].format(tool=tool, fact=fact, others=case.tools(others)),
        note=words["entry-note"].format(others=case.tools(others), fact=fact, first=case.job.tools[others[0]].name),
        topic="toolbox/same-fact",
    )


def _after_that(case: Case, best: Option) -> list[Step]:
    """Return what to do after the first step, worked out anew for what is left then."""
    words = case.words["steps"]
    steps = []
    if case.ties:
        steps.append(Step(text=words["tie"].format(options=case.words["comma"].join(map(case.option, case.ties[:3])))))
    if best.fact:
        others = [place for place in case.job.holders[best.fact] if place != best.place]
        text = words["place"].format(fact=case.quoted(best.fact), tool=case.tool(others[0]))
        if len(others) > 1:
            steps.append(Step(text=text, note=words["place-note"], topic="toolbox/same-fact"))
    left = case.left_by(best)
    if not case.ties and left.best is not None:
        text = words["next"].format(option=left.option(left.best), before=left.load.total, after=left.best.after.total)
        steps.append(Step(text=text))
    return steps


def _cautions(case: Case) -> tuple[str, ...]:
    """Return what would be lost by what looks like the greatest relief, where that is not what is advised."""
    greatest = max(case.options, key=lambda option: option.relief, default=None)
    dear = [] if greatest is None or greatest.loss.is_free else losses(case, greatest)
    spare = [case.words["cautions"]["spare"]] if case.load.tools > 1 else []
    return (*dear, *spare)


# ---- questions ----


def _faults(case: Case) -> tuple[str, ...]:
    words = case.words["faults"]
    sentences = [
        words[fault.kind].format(
            row=fault.row, shown=fault.shown if fault.shown.isdecimal() else case.quoted(fault.shown)
        )
        for fault in case.faults
    ]
    return tuple(case.first_lines(sentences))


def _missing(case: Case) -> tuple[str, ...]:
    words, tools = case.words["questions"], case.job.tools
    sentences = []
    unknown = [tool.name for tool in tools if tool.assumed]
    if not any(tool.facts for tool in tools):
        sentences.append(words["facts"])
    if len(tools) > 1 and not case.job.links:
        sentences.append(words["next"])
    if unknown:
        sentences.append(words["rates"].format(tools=case.listed(unknown)))
    return tuple(sentences)


def _handovers(case: Case) -> tuple[Handover, ...]:
    secrets = data.load("toolbox/words")["secrets"]["words"]
    if not any(word in fact.casefold() for fact in case.job.shared for word in secrets):
        return ()
    return (Handover(checker="passwords", label=case.words["handovers"]["passwords"]),)
