"""Evidence: where in the reader's own text the words stand that decided.

Rules match folded text: on one line, decoded, repeated codes taken out. This finds the same words again in what was
pasted, across line breaks and quote marks. Where the paste holds them only encoded, there is no place to point at,
and the evidence is quoted without one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kakugen_checkers.bounce.paragraphs import NARROW
from kakugen_checkers.protocol import Evidence
from kakugen_checkers.quoting import CONTEXT, quote

if TYPE_CHECKING:
    from kakugen_checkers.bounce.signals import Passage

MAX_WORDS: Final = 40

_CODE: Final = r"(?:[245]\.\d{1,3}\.\d{1,3})?"
_BETWEEN: Final = rf"(?:[\s>＞]|[245]\d\d-{_CODE}|(?<=\s)[245]\d\d[ ]{_CODE}){{1,40}}"
_WIDE: Final = re.compile(r"([\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])")


def quote_passage(field: str, answer: str | None, passage: Passage, span: tuple[int, int], shows: str) -> Evidence:
    """Return the words of ``passage`` in ``span`` as evidence.

    Args:
        field: id of the form field.
        answer: what was pasted, or ``None`` where a file was given, which the reader does not see as text.
        passage: where a rule matched.
        span: start and end of the match in the passage.
        shows: what the words show.
    """
    start, end = span
    words = passage.text[start:end]
    found = locate(answer, words) if answer else None
    if answer and found:
        return quote(field, answer, *found, shows)
    return Evidence(
        field=field,
        text=words,
        shows=shows,
        before=passage.text[max(0, start - CONTEXT) : start],
        after=passage.text[end : end + CONTEXT],
    )


def quote_text(field: str, answer: str | None, words: str, shows: str) -> Evidence | None:
    """Return ``words`` as evidence if they stand in the paste as they are, else ``None``."""
    if not answer or not words:
        return None
    found = re.search(rf"(?:(?<![\w.-])|(?<=[245]\d\d-)){re.escape(words)}(?![\w-]|\.\d)", answer)
    return quote(field, answer, *found.span(), shows) if found else None


def locate(answer: str, words: str) -> tuple[int, int] | None:
    """Return where ``words`` stand in ``answer``, in code points, whatever white space is between them."""
    start = answer.find(words)
    if start < 0 and not answer.isascii():
        answer = answer.translate(NARROW)
        start = answer.find(words)
    if start >= 0:
        return start, start + len(words)
    parts = words.split()
    if not parts or len(parts) > MAX_WORDS:
        return None
    expression = _BETWEEN.join(_WIDE.sub(r"\1[\\s>]{0,20}", re.escape(part)) for part in parts)
    found = re.search(expression, answer)
    return found.span() if found else None
