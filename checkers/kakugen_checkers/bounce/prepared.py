"""Rules as a pack for browsers holds them: checked by the build, without what only people read.

In: rules. Out: plain lists and numbers, and from these the rules again. Reading some dozens of files, and every pattern
in them, would take a browser longer than all else that it does for its first answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakugen_checkers.bounce.pattern import Pattern
from kakugen_checkers.bounce.rule import Rule, System
from kakugen_checkers.bounce.signals import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def written(rules: Iterable[Rule]) -> dict[str, Any]:
    """Return rules as JSON can hold them."""
    rules = tuple(rules)
    systems = list(dict.fromkeys(rule.system for rule in rules if rule.system))
    return {
        "systems": [[system.id, system.name, system.hosts, system.marks] for system in systems],
        "rules": [
            [
                rule.id,
                rule.reason,
                [pattern.source for pattern in rule.patterns],
                rule.exceptions,
                sorted(rule.reply_codes),
                sorted(rule.enhanced_status_codes),
                sorted(rule.stages),
                sorted(rule.places),
                [int(rule.weak), int(rule.of_reader), int(rule.reasonless)],
                rule.other,
                systems.index(rule.system) if rule.system else None,
            ]
            for rule in rules
        ],
    }


def rules_of(prepared: Mapping[str, Any]) -> tuple[Rule, ...]:
    """Return the rules that ``written`` wrote, but for examples and sources."""
    systems = [
        System(id=ident, name=name, hosts=tuple(hosts), marks=tuple(marks))
        for ident, name, hosts, marks in prepared["systems"]
    ]
    places: dict[tuple[str, ...], frozenset[Place]] = {}
    rules: list[Rule] = []
    for ident, reason, patterns, exceptions, reply, status, stages, place, flags, other, system in prepared["rules"]:
        key = tuple(place)
        if key not in places:
            places[key] = frozenset(map(Place, place))
        weak, of_reader, reasonless = map(bool, flags)
        rules.append(
            Rule(
                id=ident,
                reason=reason,
                patterns=tuple(map(Pattern, patterns)),
                exceptions=tuple(exceptions),
                reply_codes=frozenset(reply),
                enhanced_status_codes=frozenset(status),
                stages=frozenset(stages),
                places=places[key],
                weak=weak,
                of_reader=of_reader,
                reasonless=reasonless,
                other=other,
                system=None if system is None else systems[system],
                examples=(),
                source="",
                checked="",
            )
        )
    return tuple(rules)
