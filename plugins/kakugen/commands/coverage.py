"""Which topics of the checkers have an article in each language, and which have none.

In: a project. Out: a ``Coverage`` for each language, as data and as text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kakugen import embed, knowledge
from kakugen.commands.project import Project
from kakugen.commands.words import Words

SCHEMA: Final = 1
"""The version of the JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingTopic:
    """A topic without an article: its id, the checker that finds it, and what it is called."""

    topic: str
    checker: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One language.

    Attributes:
        language: its code.
        name: what it calls itself.
        topics: how many topics the checkers can find.
        missing: those that no published article of the language answers.
    """

    language: str
    name: str
    topics: int
    missing: tuple[MissingTopic, ...]

    @property
    def answered(self) -> int:
        """How many topics have an article."""
        return self.topics - len(self.missing)


def coverage_of(project: Project) -> tuple[Coverage, ...]:
    """Return the coverage of each language of a knowledge base."""
    every, _ = knowledge.read_catalog(project.documents(), project.codes, project.folders)
    catalog = every.published(drafts=False)
    found: list[Coverage] = []
    for language in project.languages:
        titles = embed.topic_titles(project.checkers, language.code)
        finders = {topic: id_ for id_, checker in reversed(list(project.checkers.items())) for topic in checker.topics}
        told = embed.topics_told_by_tables(project.checkers)
        missing = tuple(
            MissingTopic(topic=topic, checker=id_, title=titles[topic])
            for topic, id_ in finders.items()
            if topic not in told and not catalog.answering(language.code, topic)
        )
        found.append(Coverage(language=language.code, name=language.name, topics=len(project.topics), missing=missing))
    return tuple(found)


def as_json(coverages: tuple[Coverage, ...]) -> Mapping[str, Any]:
    """Return coverage as data."""
    return {
        "schema": SCHEMA,
        "languages": {
            coverage.language: {
                "topics": coverage.topics,
                "answered": coverage.answered,
                "missing": [
                    {"topic": missing.topic, "checker": missing.checker, "title": missing.title}
                    for missing in coverage.missing
                ],
            }
            for coverage in coverages
        },
    }


def as_text(coverages: tuple[Coverage, ...], words: Words) -> str:
    """Return coverage to be read: a heading for each language, a line for each topic."""
    lines: list[str] = []
    for coverage in coverages:
        said = "coverage.language" if coverage.missing else "coverage.complete"
        lines.append(words(said, name=coverage.name, answered=coverage.answered, topics=coverage.topics))
        width = max((len(missing.topic) for missing in coverage.missing), default=0)
        lines += (f"  {missing.topic:<{width}}  {missing.title}" for missing in coverage.missing)
    return "\n".join(lines)
