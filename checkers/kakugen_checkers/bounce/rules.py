"""Rules: from signals to hits, by patterns that are data.

``data/bounce/rules/`` holds one file for each mail system and, under ``any/``, one for each reason. ``all_rules``
reads them once; ``match_rules`` says which of them match the signals of a bounce, and where. A rule whose file names a
mail system is tried only where that system speaks.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data
from kakugen_checkers.bounce.pattern import words_of
from kakugen_checkers.bounce.prepared import rules_of, written
from kakugen_checkers.bounce.rule import read_rule, read_system

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kakugen_checkers.bounce.codes import Stage
    from kakugen_checkers.bounce.pattern import Pattern
    from kakugen_checkers.bounce.rule import Rule, System
    from kakugen_checkers.bounce.signals import Passage, Signals

FOLDER: Final = "bounce/rules"
KEPT: Final = 512
"""How many passages are remembered: each server opens all its notices with the same paragraphs."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that matched.

    Attributes:
        rule: the rule.
        passage: where its words stand; ``None`` where codes alone decided.
        start: where they begin in the passage.
        end: where they end, exclusive.
    """

    rule: Rule
    passage: Passage | None
    start: int = 0
    end: int = 0


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule, those of a mail system first.

    Raises:
        RuleError: a file holds a rule that cannot be used.
    """
    prepared = data.find_prepared(FOLDER)
    if prepared is not None:
        return rules_of(prepared)
    rules: list[Rule] = []
    for name in data.names(FOLDER):
        content = data.load(name)
        system = read_system(content["system"]) if "system" in content else None
        rules += [read_rule(name, entry, system) for entry in content.get("rule", [])]
    rules.sort(key=lambda rule: rule.system is None)
    return tuple(rules)


@cache
def systems() -> tuple[System, ...]:
    """Return every mail system that has rules of its own."""
    return tuple(dict.fromkeys(rule.system for rule in all_rules() if rule.system))


def speaking_systems(signals: Signals) -> frozenset[str]:
    """Return the ids of the mail systems that take part in a bounce."""
    return _systems_in(signals.hosts).union(*(_systems_in(passage.lower) for passage in signals.passages))


@lru_cache(KEPT)
def _systems_in(text: str) -> frozenset[str]:
    marks, hosts = _marks()
    speaking = {system for mark, system in marks if mark in text}
    return frozenset(speaking.union(system for host, system in hosts if host in text and _names_host(text, host)))


def _names_host(text: str, host: str) -> bool:
    """Return whether ``host`` stands in ``text`` as a whole or behind a dot: mail.com is not in gmail.com."""
    start = text.find(host)
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] == "-"):
        start = text.find(host, start + 1)
    return start >= 0


@cache
def _marks() -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return the words and the hosts that show that a system speaks, with its id."""
    marks = tuple((mark, system.id) for system in systems() for mark in system.marks)
    return marks, tuple((host, system.id) for system in systems() for host in system.hosts)


def match_rules(signals: Signals, speaking: frozenset[str]) -> list[Hit]:
    """Return every rule that matches, with its best passage.

    Args:
        signals: what the bounce states.
        speaking: ids of the mail systems that take part.
    """
    refusal = signals.refusals[0]
    coded = _coded_rules(refusal.reply_code, refusal.enhanced_status_code, refusal.stage, speaking)
    hits = {rule.id: Hit(rule, None) for rule in coded}
    for passage in signals.passages:
        for rule, start, end in _worded_rules(passage.lower):
            if (
                rule.id not in hits
                and passage.place in rule.places
                and _fits(rule, refusal.reply_code, refusal.enhanced_status_code, refusal.stage, speaking)
            ):
                hits[rule.id] = Hit(rule, passage, start, end)
    return list(hits.values())


@lru_cache(KEPT)
def _worded_rules(text: str) -> tuple[tuple[Rule, int, int], ...]:
    """Return the rules whose words stand in ``text``, with where they begin and end; codes are not looked at."""
    found: dict[str, tuple[Rule, int, int]] = {}
    for _, rule, pattern in _candidates(text):
        if rule.id not in found:
            span = pattern.search(text)
            if span and not any(unless.search(text) for unless in rule.unless):
                found[rule.id] = (rule, *span)
    return tuple(found.values())


def matches_of(hit: Hit) -> list[tuple[int, int]]:
    """Return every place in its passage where a pattern of the rule matches, the one that counted first."""
    return list(_matches(hit.rule, hit.passage.lower, (hit.start, hit.end))) if hit.passage else []


@lru_cache(KEPT)
def _matches(rule: Rule, text: str, first: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    words = words_of(text)
    spans = [first]
    for pattern in rule.patterns:
        span = pattern.search(text) if pattern.may_match(text, words) else None
        if span and all(span[1] <= start or end <= span[0] for start, end in spans):
            spans.append(span)
    return tuple(spans)


type _Entry = tuple[int, Rule, Pattern]
"""A pattern, its rule, and its place among all patterns: what is tried first must not depend on chance."""


def _candidates(text: str) -> list[_Entry]:
    """Return the patterns that may match: those whose words stand in the text, and those without a word."""
    by_word, ascii_only, other = _index()
    words = words_of(text)
    entries = [entry for word in by_word.keys() & words for entry in by_word[word]]
    entries += ascii_only if text.isascii() else other
    return sorted((entry for entry in entries if entry[2].may_match(text, words)), key=_place)


_place = itemgetter(0)


@lru_cache(KEPT)
def _coded_rules(reply: str, enhanced: str, stage: Stage, speaking: frozenset[str]) -> tuple[Rule, ...]:
    """Return the rules that codes alone decide and that these codes fit."""
    wordless = (rule for rule in all_rules() if not rule.patterns)
    return tuple(rule for rule in wordless if _fits(rule, reply, enhanced, stage, speaking))


def prepared_rules() -> dict[str, Any]:
    """Return all rules with their index, as a pack for browsers holds them."""
    by_word, ascii_only, without = _index()
    return {
        **written(all_rules()),
        "words": {word: _places(by_word[word]) for word in sorted(by_word)},
        "ascii": _places(ascii_only),
        "others": _places(without),
    }


def _places(entries: Iterable[_Entry]) -> list[int]:
    return [place for place, *_ in entries]


@cache
def _index() -> tuple[dict[str, list[_Entry]], list[_Entry], list[_Entry]]:
    """Return every pattern under one of its words, the rarest in what servers say, and those without words.

    Of those without words there are two lists: the ones to try on a text in ASCII, and the ones to try on others.

    Thousands of patterns are tried on each passage; most share no word with it.
    """
    pairs = [(rule, pattern) for rule in all_rules() for pattern in rule.patterns]
    entries = [(place, rule, pattern) for place, (rule, pattern) in enumerate(pairs)]
    prepared = data.find_prepared(FOLDER)
    if prepared is not None:
        return (
            {word: [entries[place] for place in places] for word, places in prepared["words"].items()},
            [entries[place] for place in prepared["ascii"]],
            [entries[place] for place in prepared["others"]],
        )
    use = Counter(word for rule in all_rules() for line in rule.examples for word in words_of(line.lower()))
    by_word: dict[str, list[_Entry]] = {}
    without: list[_Entry] = []
    for entry in entries:
        keys = entry[2].keys
        if not keys:
            without.append(entry)
            continue
        rarest = keys[0] if len(keys) == 1 else min(keys, key=lambda key: _commonness(key, use))
        for word in rarest:
            by_word.setdefault(word, []).append(entry)
    ascii_only = [entry for entry in without if all(map(str.isascii, entry[2].needles))]
    return by_word, ascii_only, without


def _commonness(key: frozenset[str], use: Counter[str]) -> tuple[int, int]:
    """Return how often one of the words is seen, then how short the shortest is."""
    if len(key) == 1:  # nearly all: no loop, since the first answer waits for this
        (word,) = key
        return use[word], -len(word)
    return sum(use[word] for word in key), -min(map(len, key))


def _fits(rule: Rule, reply: str, enhanced: str, stage: Stage, speaking: frozenset[str]) -> bool:
    """Return whether the rule's mail system speaks and its codes are those of the refusal."""
    if rule.system is not None and rule.system.id not in speaking:
        return False
    if rule.stages and stage not in rule.stages:
        return False
    if rule.reply_codes and reply not in rule.reply_codes:
        return False
    codes = rule.enhanced_status_codes
    return not codes or enhanced in codes or f"x{enhanced[1:]}" in codes
