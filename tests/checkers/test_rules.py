"""Rules: each is hit by its own examples, decides for its own reason against all others, and is complete."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.bounce import checker
from kakugen_checkers.bounce.rule import Rule
from kakugen_checkers.bounce.rules import all_rules, systems
from kakugen_checkers.protocol import Status, Verdict

RULES = all_rules()
REASONS = {topic.removeprefix("bounce/") for topic in checker.topics}
WITH_EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples, 1)
]


def folded(text: str) -> str:
    return " ".join(text.split()).lower()


def pasted(rule: Rule, text: str) -> str:
    """The text as a reader pastes it; where its rule is of one mail system, with a line that names a server of it."""
    if rule.system is None:
        return text
    servers = rule.system.hosts or rule.system.marks
    return f"{text}\n\n[mx.{servers[0]}]\n"


def takers(reason: str, text: str) -> Iterator[str]:
    """The rules that may have taken ``text`` for ``reason``, and by which words."""
    for rule in RULES:
        if rule.reason != reason:
            continue
        found = [pattern.source for pattern in rule.patterns if pattern.search(folded(text))]
        where = f" of {rule.system.id}" if rule.system else ""
        if found:
            yield f"  rule {rule.id!r}{where}: its words {found[0]!r} stand in the example"
        elif not rule.patterns:
            codes = sorted(rule.reply_codes | rule.enhanced_status_codes)
            yield f"  rule {rule.id!r}{where}: by a code, one of {', '.join(codes)}"


def explanation(rule: Rule, example: str, verdict: Verdict) -> str:
    """What a contributor needs to see: which other rule took the example, and why."""
    own = [pattern.source for pattern in rule.patterns if pattern.search(folded(example))]
    stopped = [pattern.source for pattern in rule.unless if pattern.search(folded(example))]
    lines = [f"The example {example!r} of rule {rule.id!r} must mean {rule.reason!r} (words: {own})."]
    if stopped:
        lines.append(f"Its own 'unless' {stopped[0]!r} stands in it, so the rule does not count.")
    if verdict.status is Status.UNKNOWN:
        lines.append("No rule took it.")
        return "\n".join(lines)
    taken = verdict.topics[0].removeprefix("bounce/")
    lines += [f"It was taken for {taken!r}:", *takers(taken, example)]
    lines.append("Make one of the patterns narrower, give the other rule an 'unless', or mark it 'weak = true'.")
    return "\n".join(lines)


def ids(rule: Rule) -> str:
    return rule.id


@each("rule", RULES, ids=ids)
def test_every_pattern_is_hit_by_an_example_of_its_rule(rule: Rule) -> None:
    lines = [folded(example) for example in rule.examples]
    unproven = [pattern.source for pattern in rule.patterns if not any(map(pattern.search, lines))]
    assert not unproven, f"rule {rule.id!r}: no example shows {unproven}; add one, or take the pattern out"


@each("rule", RULES, ids=ids)
def test_every_example_is_hit_by_a_pattern_of_its_rule(rule: Rule) -> None:
    stray = [text for text in rule.examples if not any(pattern.search(folded(text)) for pattern in rule.patterns)]
    assert not stray, f"rule {rule.id!r}: nothing in the rule matches {stray}"


@each(("rule", "example"), WITH_EXAMPLES)
def test_every_example_decides_for_the_reason_of_its_rule(rule: Rule, example: str, ask: Any) -> None:
    verdict = ask(pasted(rule, example))
    assert verdict.status is not Status.UNKNOWN, explanation(rule, example, verdict)
    assert verdict.topics[0] == f"bounce/{rule.reason}", explanation(rule, example, verdict)


@each(("rule", "example"), [case for case in WITH_EXAMPLES if case.values[0].other])
def test_a_rule_with_two_meanings_gives_both(rule: Rule, example: str, ask: Any) -> None:
    verdict = ask(pasted(rule, example))
    assert verdict.status is Status.AMBIGUOUS, explanation(rule, example, verdict)
    offered = [other.topic for other in verdict.alternatives]
    assert offered[:2] == [f"bounce/{rule.reason}", f"bounce/{rule.other}"]


def code_lines(rule: Rule) -> Iterator[str]:
    statuses = sorted(rule.enhanced_status_codes)
    for status in statuses:
        for written in (status.replace("x", "4"), status.replace("x", "5")) if status[0] == "x" else (status,):
            fitting = sorted(code for code in rule.reply_codes if code[:1] == written[0])
            yield f"{fitting[0]} {written}" if fitting else written
    if not statuses:
        yield from sorted(rule.reply_codes)


@each(
    ("rule", "line"),
    [
        pytest.param(rule, line, id=f"{rule.id}-{line}")
        for rule in RULES
        if not rule.patterns
        for line in code_lines(rule)
    ],
)
def test_a_code_alone_decides_for_the_reason_of_its_rule(rule: Rule, line: str, ask: Any) -> None:
    verdict = ask(pasted(rule, line))
    assert verdict.status is not Status.UNKNOWN, explanation(rule, line, verdict)
    assert verdict.topics[0] == f"bounce/{rule.reason}", explanation(rule, line, verdict)


@each("rule", RULES, ids=ids)
def test_an_underscore_that_is_meant_as_such_is_escaped(rule: Rule) -> None:
    """In a pattern ``_`` is any word, so that ``error_code`` would find ``error-a-code``."""
    for pattern in (*rule.patterns, *rule.unless):
        signs = re.sub(r"\\.", " ", pattern.source)
        assert not re.search(r"\w_[a-z0-9]|[a-z0-9]_", signs), f"{pattern.source!r}: write \\_ for the character itself"


def test_ids_of_rules_are_unique() -> None:
    names = [rule.id for rule in RULES]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@each("rule", RULES, ids=ids)
def test_rule_names_reasons_that_exist(rule: Rule) -> None:
    assert {rule.reason, rule.other or rule.reason} <= REASONS
    assert rule.other != rule.reason


@each("rule", RULES, ids=ids)
def test_rule_has_a_source_and_a_day_on_which_it_was_read(rule: Rule) -> None:
    assert len(rule.source) > 3
    assert date(2024, 1, 1) <= date.fromisoformat(rule.checked) <= date.today()


@each("rule", RULES, ids=ids)
def test_rule_has_words_with_examples_or_codes(rule: Rule) -> None:
    assert bool(rule.patterns) == bool(rule.examples)
    assert rule.patterns or rule.reply_codes or rule.enhanced_status_codes


def test_order_of_reasons_names_each_once_and_none_that_is_unknown() -> None:
    order = data.load("bounce/decide")["order"]
    assert sorted({reason for reason in order if order.count(reason) > 1}) == []
    assert set(order) - REASONS == set()


def test_every_reason_of_a_rule_stands_in_the_order() -> None:
    order = data.load("bounce/decide")["order"]
    assert {rule.reason for rule in RULES} - set(order) == set()


def test_every_mail_system_has_names_and_hosts_or_marks() -> None:
    assert systems()
    for system in systems():
        assert system.hosts or system.marks, f"{system.id}: nothing shows that it takes part"
        assert set(system.name) >= set(checker.locales), f"{system.id}: a name is missing"
        assert all(host == host.lower() and " " not in host for host in system.hosts)
    names = [system.id for system in systems()]
    assert len(names) == len(set(names))


def test_the_failure_of_an_example_names_the_rule_that_took_it(ask: Any) -> None:
    rule = next(rule for rule in RULES if rule.reason == "mailboxfull" and rule.patterns)
    line = "550 5.1.1 User unknown"
    said = explanation(rule, line, ask(line))
    assert "'userunknown'" in said
    assert "rule 'user-unknown': its words 'user unknown'" in said
