"""What goes along to another checker: the answers of the interview, as that checker asks for them.

What was answered goes in; values for another checker's form come out, by ``data/triage/carry.toml``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kakugen_checkers import data

if TYPE_CHECKING:
    from kakugen_checkers.triage.answered import Answered

type Carried = dict[str, str | float | bool | tuple[str, ...]]


def carried(checker: str, answered: Answered) -> Carried:
    """Return what is known already of the questions of ``checker``."""
    values: Carried = {}
    written = data.load("triage/carry")
    if answered.host and checker in written["takes_host"]:
        values["host"] = answered.host.id
    for entry in written["carry"]:
        if entry["answer"] in answered.given and not set(entry.get("unless", ())) & set(answered.given):
            for field, value in entry.get(checker, {}).items():
                if isinstance(value, list):
                    before = values.get(field, ())
                    values[field] = tuple(dict.fromkeys((*(before if isinstance(before, tuple) else ()), *value)))
                else:
                    values.setdefault(field, value)
    words = data.load("triage/words")["error"]
    if answered.reading.is_error and (checker == "bounce" or set(answered.reading.titles) & set(words["reasons"])):
        field = words.get(checker)
        if field:
            values[field] = answered.error
    return values
