"""One rule, as it is written and as it is used.

In: an entry of a file under ``data/bounce/rules/``. Out: a ``Rule``, or a ``RuleError`` that says what is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers.bounce.pattern import Pattern, PatternError, compile_pattern
from kakugen_checkers.bounce.signals import Place

if TYPE_CHECKING:
    from collections.abc import Mapping


class RuleError(ValueError):
    """A rule that cannot be used; the message names file, rule, fault and cure."""


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """A mail system whose words we know.

    Attributes:
        id: stable id.
        name: its name, by locale.
        hosts: endings of the names of its servers.
        marks: texts that only it writes, in lower case.
    """

    id: str
    name: dict[str, str]
    hosts: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule: words or codes, and the reason that they show.

    Attributes:
        id: stable id.
        reason: id of the reason.
        patterns: any of these must match; none means that the codes decide.
        exceptions: as written, what must not stand in the same passage; see ``unless``.
        reply_codes: the reply code must be one of these, where given.
        enhanced_status_codes: the enhanced status code must be one of these (``x`` for any class), where given.
        stages: the refused command must be one of these, where given.
        places: where the words must stand.
        weak: whether the words are so general that any other rule goes first.
        of_reader: whether these are words of the reader rather than of a server.
        reasonless: whether the words say only that a mail was not delivered, so that the reason is a guess.
        other: a second reason that the same words may mean, or empty.
        system: the mail system, or ``None`` for any.
        examples: lines that must match.
        source: where the words are documented or were seen.
        checked: the day on which the source was read.
    """

    id: str
    reason: str
    patterns: tuple[Pattern, ...]
    exceptions: tuple[str, ...]
    reply_codes: frozenset[str]
    enhanced_status_codes: frozenset[str]
    stages: frozenset[str]
    places: frozenset[Place]
    weak: bool
    of_reader: bool
    reasonless: bool
    other: str
    system: System | None
    examples: tuple[str, ...]
    source: str
    checked: str

    @property
    def unless(self) -> tuple[Pattern, ...]:
        """None of these may match in the same passage. Made when first asked for: few rules get that far."""
        return tuple(map(_exception, self.exceptions))


_KEYS: Final = frozenset(
    "id reason match unless reply status stage place weak reader reasonless other examples source checked note".split(
        " "
    )
)


def read_rule(file: str, entry: dict[str, Any], system: System | None) -> Rule:
    """Return a rule.

    Args:
        file: name of its file, for messages.
        entry: what is written.
        system: the mail system that its file is for.

    Raises:
        RuleError: it cannot be used.
    """
    where = f"{file}.toml: rule {entry.get('id', '(without id)')!r}"
    unknown = entry.keys() - _KEYS
    if unknown:
        raise RuleError(f"{where}: unknown key {', '.join(sorted(unknown))}; known: {', '.join(sorted(_KEYS))}")
    for key in ("id", "reason", "source", "checked"):
        if not entry.get(key):
            raise RuleError(f"{where}: needs {key!r}")
    if not (entry.get("match") or entry.get("reply") or entry.get("status")):
        raise RuleError(f"{where}: needs 'match' (words), or 'reply' or 'status' (codes)")
    try:
        patterns = tuple(compile_pattern(text) for text in entry.get("match", ()))
    except PatternError as error:
        raise RuleError(f"{where}: {error}") from error
    return Rule(
        id=entry["id"],
        reason=entry["reason"],
        patterns=patterns,
        exceptions=tuple(entry.get("unless", ())),
        reply_codes=frozenset(entry.get("reply", ())),
        enhanced_status_codes=frozenset(entry.get("status", ())),
        stages=frozenset(entry.get("stage", ())),
        places=frozenset(map(Place, entry.get("place", _ANYWHERE))),
        weak=entry.get("weak", False),
        of_reader=entry.get("reader", False),
        reasonless=entry.get("reasonless", False),
        other=entry.get("other", ""),
        system=system,
        examples=tuple(entry.get("examples", ())),
        source=entry["source"],
        checked=entry["checked"],
    )


_exception = cache(compile_pattern)
_ANYWHERE: Final = ("diagnostic", "transcript", "notice")


def read_system(entry: Mapping[str, Any]) -> System:
    """Return the mail system that a file is for."""
    return System(
        id=entry["id"],
        name=entry["name"],
        hosts=tuple(entry.get("hosts", ())),
        marks=tuple(mark.lower() for mark in entry.get("marks", ())),
    )
