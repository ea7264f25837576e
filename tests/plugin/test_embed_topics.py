"""A topic counts only if an example leads to it; examples of a site's own checkers are looked through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kakugen.embed import checker_titles, endings_in, example_texts, topic_titles, unproven_topics
from kakugen_checkers.protocol import Example, Expiry, Form, ReferenceTable, Status, Verdict

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Lamps:
    """A checker that finds what it is told, but for blue lamps."""

    id: str = "lamps"
    locales: tuple[str, ...] = ("ja", "en")
    topics: tuple[str, ...] = ("lamps/red", "lamps/blue", "lamps/green")

    @property
    def form(self) -> Form:
        return Form(title={"ja": "電灯", "en": "Lamps"}, intro={}, fields=(), submit={})

    def topic_title(self, topic: str, locale: str) -> str:
        return f"{topic} {locale}"

    def references(self) -> Iterable[ReferenceTable]:
        return ()

    def timeline(self, *, today: date, locale: str) -> tuple[Expiry, ...]:
        over = today > date(2027, 1, 31)
        return (
            Expiry(
                id="bulbs",
                text=f"{locale} {'after' if over else 'before'}",
                until="2027-01-31",
                month_only=True,
                ended=over,
                source="https://lamps.example/",
            ),
        )

    def examples(self) -> Iterable[Example]:
        for colour in ("red", "blue"):
            answers = {"colour": colour, "bytes": b"x"}
            yield Example(topic=f"lamps/{colour}", answers=answers, today="2026-11-24", origin=colour)

    def run(self, answers: Any, *, today: date, locale: str) -> Verdict:
        topic = None if answers["colour"] == "blue" else f"lamps/{answers['colour']}"
        status = Status.IDENTIFIED if topic else Status.UNKNOWN
        return Verdict(checker=self.id, locale=locale, status=status, topic=topic, title="", summary="")


LAMPS: dict[str, Any] = {"lamps": Lamps()}


def test_topics_without_an_example_that_leads_there_are_unproven() -> None:
    assert unproven_topics(LAMPS, ["lamps/red", "lamps/blue", "lamps/green", "other/x"]) == {
        "lamps/blue",
        "lamps/green",
    }
    assert unproven_topics(LAMPS, ["lamps/red"]) == frozenset()


def test_endings_have_the_words_for_before_and_after() -> None:
    ending = endings_in(LAMPS, "en")["bulbs"]
    assert (ending.before, ending.after, ending.until) == ("en before", "en after", date(2027, 1, 31))


def test_titles_are_those_of_the_language() -> None:
    assert checker_titles(LAMPS, "en") == {"lamps": "Lamps"}
    assert checker_titles(LAMPS, "fr") == {"lamps": "電灯"}
    assert topic_titles(LAMPS, "en")["lamps/red"] == "lamps/red en"


def test_only_texts_of_a_sites_own_checkers_are_given() -> None:
    assert list(example_texts(LAMPS, HERE)) == [("lamps: red", "red"), ("lamps: blue", "blue")]
    assert list(example_texts(LAMPS, HERE / "elsewhere")) == []
