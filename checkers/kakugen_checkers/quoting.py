"""Quoting: a place in what a reader entered, as evidence."""

from __future__ import annotations

from typing import Final

from kakugen_checkers.protocol import Evidence

CONTEXT: Final = 90
"""How many characters of its line are quoted on each side."""


def quote(field: str, text: str, start: int, end: int, shows: str) -> Evidence:
    """Return ``text[start:end]`` as evidence.

    Args:
        field: id of the form field that holds ``text``.
        text: the answer.
        start: where the words begin, in code points.
        end: where they end, exclusive.
        shows: what they show.
    """
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return Evidence(
        field=field,
        text=text[start:end],
        shows=shows,
        start=start,
        end=end,
        before=text[max(line_start, start - CONTEXT) : start],
        after=text[end : min(line_end, end + CONTEXT)],
    )
