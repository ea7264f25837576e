"""Examples as data: what a reader enters, and the topic that it must lead to.

``data/<checker>/examples.toml`` holds them: ``finds`` is the name of a topic of that checker, ``answers`` what is
entered, ``today`` the day (that of ``checked`` if none is named). ``written_examples`` gives them as ``Example``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakugen_checkers import data
from kakugen_checkers.protocol import Example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from kakugen_checkers.protocol import Answers


def written_examples(checker: str) -> Iterator[Example]:
    """Yield the examples in ``data/<checker>/examples.toml``, in order."""
    written = data.load(f"{checker}/examples")
    for number, entry in enumerate(written["example"], start=1):
        yield Example(
            topic=f"{checker}/{entry['finds']}",
            answers=as_answers(entry["answers"]),
            today=entry.get("today", written["checked"]),
            origin=f"data/{checker}/examples.toml, {number}: {entry['finds']}",
        )


def as_answers(written: Mapping[str, Any]) -> Answers:
    """Return answers as a form gives them, from TOML: the options that were ticked as a tuple, numbers as they are."""
    return {
        name: tuple(value) if isinstance(value, list) else float(value) if type(value) is int else value
        for name, value in written.items()
    }
