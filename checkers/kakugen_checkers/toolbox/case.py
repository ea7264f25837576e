"""One question and what was found out, with the words to say it in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.toolbox.load import Load, chance_of, load_of
from kakugen_checkers.toolbox.relief import Option, options, severed_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakugen_checkers.toolbox.entered import Fault
    from kakugen_checkers.toolbox.job import Job, Link, Tool


def words_of(locale: str) -> Mapping[str, Any]:
    """Return the checker's fixed words in one language."""
    words: Mapping[str, Any] = data.load("toolbox/words")[locale]
    return words


@dataclass(frozen=True, kw_only=True)
class Case:
    """A job, and what follows from it.

    Attributes:
        job: the tools and links.
        faults: what could not be used of the input.
        locale: language of the answer.
    """

    job: Job
    faults: tuple[Fault, ...]
    locale: str

    @cached_property
    def words(self) -> Mapping[str, Any]:
        """The fixed words in the language of the answer."""
        return words_of(self.locale)

    @cached_property
    def load(self) -> Load:
        """What there is to keep in step."""
        return load_of(self.job)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """What can be dropped, the best first."""
        return options(self.job)

    @cached_property
    def best(self) -> Option | None:
        """What to drop first: the greatest relief that costs nothing, or ``None`` where there is none."""
        first = self.options[0] if self.options else None
        return first if first and first.loss.is_free and first.relief > 0 else None

    @cached_property
    def ties(self) -> tuple[Option, ...]:
        """Options that are just as good as the best."""
        return tuple(one for one in self.options[1:] if self.best and one.rank == self.best.rank)

    @cached_property
    def unowned(self) -> tuple[Link, ...]:
        """Links that nobody answers for."""
        return tuple(link for link in self.job.links if not link.owner)

    @cached_property
    def likeliest(self) -> Tool | None:
        """The tool that is likeliest to stop; ``None`` where a stop is no likelier than not."""
        often = data.load("toolbox/words")["thresholds"]["often"]
        return max(self.job.tools, key=lambda tool: tool.rate, default=None) if self.load.chance >= often else None

    @cached_property
    def bottleneck(self) -> tuple[int, tuple[int, int]] | None:
        """The tool that most others need to reach each other, and the first two of them."""
        reach = self.job.reach()
        cut = [(place, severed_by(self.job, place, reach)) for place in range(len(self.job.tools))]
        place, severed = max(cut, key=lambda entry: len(entry[1]), default=(0, []))
        return (place, severed[0]) if severed else None

    def left_by(self, option: Option) -> Case:
        """Return the case that is left when an option has been taken."""
        job = self.job.without_entry(option.place, option.fact) if option.fact else self.job.without_tool(option.place)
        return Case(job=job, faults=(), locale=self.locale)

    # ---- words ----

    def quoted(self, words: str) -> str:
        """Return words of the reader as they stand in a sentence."""
        return f"{self.words['open']}{words}{self.words['close']}"

    def tool(self, place: int) -> str:
        """Return the name of a tool, in a sentence."""
        return self.quoted(self.job.tools[place].name)

    def listed(self, names: Iterable[str], most: int = 5) -> str:
        """Return quoted names in a row, the first of them where they are many."""
        quoted = [self.quoted(name) for name in names]
        more = self.words["more"].format(number=len(quoted) - most) if len(quoted) > most else ""
        joined: str = self.words["comma"].join(quoted[:most])
        return joined + more

    def tools(self, places: Iterable[int], most: int = 5) -> str:
        """Return the names of tools in a row."""
        return self.listed((self.job.tools[place].name for place in places), most)

    def link(self, link: Link) -> str:
        """Return a link as its two tools."""
        text: str = self.words["link"]["text"].format(start=self.tool(link.start), end=self.tool(link.end))
        return text

    def option(self, option: Option) -> str:
        """Return what is dropped, as a few words."""
        template = self.words["option"]["entry" if option.fact else "tool"]
        text: str = template.format(tool=self.tool(option.place), fact=self.quoted(option.fact))
        return text

    def percent(self, chance: float) -> str:
        """Return a probability in percent, with one decimal; one that is neither 0 nor 1 is never told as such."""
        value = f"{chance * 100:.1f}"
        if value == "100.0":
            value = "100" if chance >= 1 else "99.9"
        elif value == "0.0":
            value = "0" if chance <= 0 else "0.1"
        text: str = self.words["percent"].format(value=value)
        return text

    def up(self, rate: float) -> str:
        """Return the probability that a tool never stops, in percent."""
        return self.percent(1 - chance_of(rate))

    def first_lines(self, lines: list[str]) -> list[str]:
        """Return the first of many sentences, and how many there are besides."""
        most = data.load("toolbox/words")["thresholds"]["sentences"]
        if len(lines) <= most:
            return lines
        return [*lines[:most], self.words["more"].strip(" ").format(number=len(lines) - most)]


def number(value: float) -> str:
    """Return a number as short as it can be read, with at most three digits behind the point."""
    return f"{value:,.3f}".rstrip("0").rstrip(".") if value >= 0.001 or value == 0 else f"{value:.1g}"
