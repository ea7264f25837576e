"""The topics of the checkers of a site: what they are called, and whether a checker really finds them.

In: the checkers. Out: titles, and the topics that no example leads to.
"""

import sys
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from kakugen.embed.form import form_locale
from kakugen_checkers.protocol import Checker, Example, GivesExamples


def topic_titles(checkers: Mapping[str, Checker], locale: str) -> Mapping[str, str]:
    """Return the title of every topic that the checkers can find, in a language or in the first that each speaks."""
    return {
        topic: checker.topic_title(topic, form_locale(checker, locale))
        for checker in checkers.values()
        for topic in checker.topics
    }


def topics_told_by_tables(checkers: Mapping[str, Checker]) -> frozenset[str]:
    """Return the topics that an entry of a reference table answers by itself, so that no article has to."""
    tables = (table for checker in checkers.values() for table in checker.references() if table.answers)
    return frozenset(f"{table.answers}/{group.id}" for table in tables for group in table.groups)


def checker_titles(checkers: Mapping[str, Checker], locale: str) -> Mapping[str, str]:
    """Return what each checker calls itself in a language, or in the first that it speaks."""
    return {
        id_: checker.form.title.get(locale) or checker.form.title.get(checker.locales[0]) or id_
        for id_, checker in checkers.items()
    }


def unproven_topics(checkers: Mapping[str, Checker], topics: Collection[str]) -> frozenset[str]:
    """Return the topics that their checker gives examples for in vain, or gives none for.

    Each topic is tried until one example leads to it; topics of checkers that give no examples are left alone.

    Args:
        checkers: the checkers of the site, by id.
        topics: the topics to try.
    """
    wanted = {topic: id_ for id_, checker in checkers.items() for topic in checker.topics if topic in set(topics)}
    unproven: set[str] = set()
    for id_, checker in checkers.items():
        own = {topic for topic, owner in wanted.items() if owner == id_}
        if own and isinstance(checker, GivesExamples):
            unproven |= own
            for example in checker.examples():
                if example.topic in own & unproven and _leads(checker, example):
                    unproven.discard(example.topic)
                    if not own & unproven:
                        break
    return frozenset(unproven)


def example_texts(checkers: Mapping[str, Checker], home: Path) -> Iterator[tuple[str, str]]:
    """Yield the texts of the examples of a site's own checkers, each with the place in the data that it comes from.

    Args:
        checkers: the checkers of the site, by id.
        home: the folder of the site; checkers whose code lies elsewhere are somebody else's to put right.
    """
    for checker in checkers.values():
        code = getattr(sys.modules[type(checker).__module__], "__file__", None)
        if code is not None and Path(code).is_relative_to(home) and isinstance(checker, GivesExamples):
            for example in checker.examples():
                for answer in example.answers.values():
                    if isinstance(answer, str):
                        yield f"{checker.id}: {example.origin}", answer


def _leads(checker: Checker, example: Example) -> bool:
    verdict = checker.run(example.answers, today=date.fromisoformat(example.today), locale=checker.locales[0])
    return example.topic in {verdict.topic, *verdict.topics}
