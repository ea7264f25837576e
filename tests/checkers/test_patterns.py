"""The little language of patterns: what it finds, what it refuses, and that no pattern can blow up.

That last one is shown without a clock. The expression into which a pattern is turned has only quantifiers with a small
upper bound, none of them on a group, and each gap stands in an atomic group together with what follows it. So from one
place in a text only so many steps can be made, whatever the text: the number is computed here for every pattern of
every rule, from the pattern as it is written, and bounded. A search is then at most that number times the length.
"""

import re
import subprocess
import sys
from math import prod

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from tests.each import each

from kakugen_checkers.bounce.pattern import GAP, Pattern, PatternError, compile_pattern
from kakugen_checkers.bounce.rules import all_rules

PATTERNS = sorted({pattern.source for rule in all_rules() for pattern in (*rule.patterns, *rule.unless)})
MAX_STEPS = 120_000
"""How many steps from one place in the text are tolerated for a pattern of a rule."""

WORDS = st.text(st.sampled_from("abcxyz09"), min_size=1, max_size=6)
SIGNS = st.sampled_from(["#", "_", "word*", "(one|two)", "(one |)", "(_ |)", "\\(", "\\#", "(a|b*|#)"])
STRETCHES = st.lists(WORDS | SIGNS, min_size=1, max_size=5).map(" ".join)
SOURCES = st.lists(STRETCHES, min_size=1, max_size=4).map(" ... ".join)


def compiled(source: str) -> Pattern | None:
    try:
        return compile_pattern(source)
    except PatternError:
        return None


def folded(text: str) -> str:
    return " ".join(text.split()).lower()


# ------------------------------------------------------------------ what it finds


@given(st.lists(WORDS, min_size=1, max_size=6), st.text(st.sampled_from("äあ ,;:!?\n"), max_size=20))
def test_a_text_finds_itself_anywhere(words: list[str], around: str) -> None:
    source = " ".join(words)
    text = folded(f"{around} {source} {around}")
    span = compile_pattern(source).search(text)
    assert span is not None
    assert text[slice(*span)] == source


SPACES = st.lists(st.sampled_from([" ", "\n", "\t", "  ", "\u3000"]), min_size=6)


@given(st.lists(WORDS, min_size=1, max_size=6), SPACES)
def test_case_and_white_space_do_not_matter(words: list[str], spaces: list[str]) -> None:
    spread = "".join(word.upper() + space for word, space in zip(words, spaces, strict=False))
    assert compile_pattern(" ".join(words)).search(folded(spread)) is not None
    assert compile_pattern(spread).search(" ".join(words)) is not None


def test_a_pattern_begins_and_ends_at_the_edge_of_a_word() -> None:
    pattern = compile_pattern("over quota")
    assert pattern.search("user is over quota.")
    assert not pattern.search("takeover quota")
    assert not pattern.search("over quotas")


@pytest.mark.parametrize(("length", "found"), [(0, True), (1, True), (GAP - 2, True), (GAP + 1, False)])
def test_a_gap_spans_at_most_its_limit(length: int, found: bool) -> None:
    text = "quota " + "-" * length + " exceeded"
    assert bool(compile_pattern("quota ... exceeded").search(text)) is found


def test_a_gap_does_not_turn_the_order_around() -> None:
    assert not compile_pattern("quota ... exceeded").search("exceeded the quota")


@pytest.mark.parametrize(
    ("source", "hits", "misses"),
    [
        ("(mailbox|inbox) full", ["mailbox full", "inbox full"], ["box full", "mailboxinbox full"]),
        ("user (is |)unknown", ["user unknown", "user is unknown"], ["user was unknown"]),
        ("# hops", ["50 hops", "(50 hops"], ["fifty hops", "5x0 hops"]),
        ("user _ unknown", ["user <info@example.jp> unknown", "user x unknown"], ["user unknown", "user x y unknown"]),
        ("reject*", ["reject", "rejected", "rejection"], ["unrejected"]),
        ("state \\(#\\)", ["state (8)"], ["state 8"]),
        ("[ph0#]", ["[ph01]"], ["[phx1]"]),
        ("a \\* b", ["a * b"], ["a b", "aa b"]),
        ("宛先 ... 存在しません", ["この宛先のアドレスは存在しません。"], ["存在しません。宛先"]),
    ],
)
def test_signs_mean_what_the_language_says(source: str, hits: list[str], misses: list[str]) -> None:
    pattern = compile_pattern(source)
    assert [text for text in hits if not pattern.search(text)] == []
    assert [text for text in misses if pattern.search(text)] == []


@pytest.mark.parametrize(
    "source",
    ["", "   ", "...", "user ...", "... user", "a ... ... b", "(a|b", "a)", "a | b", "((a)|b)", "(a ... b)"],
)
def test_a_faulty_pattern_says_what_is_wrong(source: str) -> None:
    with pytest.raises(PatternError, match=r"\w+ \w+"):
        compile_pattern(source)


@given(st.text(st.sampled_from("ab .|()#*_\\ \u3042"), max_size=40))
def test_any_text_is_a_pattern_or_a_pattern_error(source: str) -> None:
    pattern = compiled(source)
    assume(pattern is not None)
    assert pattern is not None
    pattern.search("ab a b 12 あ")


# ------------------------------------------------------------------ that none can blow up

_ESCAPED = re.compile(r"\\.", re.DOTALL)
_CLASS = re.compile(r"\[\^?[^\]]*\]")
_QUANTIFIER = re.compile(r"\{(\d*)(,?)(\d*)\}")
_GROUP_OPENERS = ("(?:", "(?>", "(?<!", "(?!")


def expressions_of(source: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The regular expressions that a pattern is turned into, taken where they are handed to ``re``."""
    seen: list[str] = []
    real = re.compile

    def recording(expression: str, *flags: int) -> re.Pattern[str]:
        seen.append(expression)
        return real(expression, *flags)

    with monkeypatch.context() as patched:
        patched.setattr(re, "compile", recording)
        compile_pattern(source).search("")
    return seen


def faults_of(expression: str) -> list[str]:
    """What in an expression could make it slow; empty when nothing can."""
    found: list[str] = []
    bare = _ESCAPED.sub("e", expression)
    bare = _CLASS.sub("c", bare)
    for quantifier in _QUANTIFIER.finditer(bare):
        least, comma, most = quantifier.groups()
        if not (most or (least and not comma)) or int(most or least) > GAP:
            found.append(f"quantifier {quantifier[0]} is not bounded by {GAP}")
        if bare[quantifier.start() - 1] == ")":
            found.append(f"quantifier {quantifier[0]} repeats a group")
        if bare[quantifier.start() - 1] == "." and not bare[: quantifier.start() - 1].endswith("(?>"):
            found.append("a gap stands outside an atomic group")
    rest = _QUANTIFIER.sub("q", bare)
    for opener in _GROUP_OPENERS:
        rest = rest.replace(opener, "(")
    rest = rest.replace("q?", "q")
    found += [f"{sign!r} is not of the language" for sign in "*+?{}^$" if sign in rest]
    if re.search(r"\((?:[^()]|\([^()]*\))*\(\(", rest):
        found.append("groups are nested more than twice")
    return found


@pytest.mark.parametrize("expression", ["a*", "a+", "(a|b){2,3}", "a{3,}", "x.{0,120}?y", "a?", "(?=a)", ".{0,500}"])
def test_the_inspection_finds_what_could_be_slow(expression: str) -> None:
    assert faults_of(expression)


def test_every_pattern_of_every_rule_has_only_small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: dict[str, list[str]] = {}
    for source in PATTERNS:
        expressions = expressions_of(source, monkeypatch)
        assert expressions, f"{source!r}: no expression was seen"
        faults[source] = [fault for expression in expressions for fault in faults_of(expression)]
    assert {source: found for source, found in faults.items() if found} == {}


@given(SOURCES)
@example("(a|b*|#) _ _ ... word* # ... (_ |)x")
def test_no_pattern_that_can_be_written_has_more(source: str) -> None:
    if compiled(source) is None:
        return
    with pytest.MonkeyPatch.context() as monkeypatch:
        assert [fault for text in expressions_of(source, monkeypatch) for fault in faults_of(text)] == []


# How many ways each sign has to match from one place: a word 100, the rest of a word 25, a number one (it must end).
_WAYS = {"_": 100, "#": 9, "*": 25}


def ways(stretch: str) -> int:
    """In how many ways a stretch without gaps can match from one place, at most."""
    choices = re.findall(r"\(((?:[^()\\]|\\.)*)\)", stretch)
    outside = re.sub(r"\((?:[^()\\]|\\.)*\)", "", re.sub(r"\\[^()]", "", stretch))
    of_choices = prod(sum(ways(option) for option in re.split(r"(?<!\\)\|", choice)) for choice in choices)
    # a word or a rest of one ends where a space follows: of all the ways to take it, one goes on
    ambiguous = re.sub(r"[_*](?= |$)", "", outside)
    return of_choices * prod(_WAYS[sign] for sign in ambiguous if sign in _WAYS)


def steps(source: str) -> int:
    """How many steps a search can make from one place in a text, at most."""
    first, *rest = re.split(r"\.\.\.", source.replace("\\.", ""))
    longest = len(source) + 100 * source.count("_") + 24 * source.count("*")
    return ways(first) * longest + ways(first) * sum((GAP + 1) * ways(stretch) * 8 for stretch in rest)


@each("source", PATTERNS)
def test_from_one_place_a_search_makes_few_steps(source: str) -> None:
    assert steps(source) <= MAX_STEPS, f"{source!r} can make {steps(source)} steps from each place in a text"


def hostile_text(source: str) -> str:
    """24 KB made to be as bad as possible for one pattern: what it wants, again and again, and never quite."""
    plain = folded(re.sub(r"\(([^|()]*)[^()]*\)", r"\1", source.replace("\\", "")))
    words = plain.replace("...", " ").replace("#", "1").replace("_", "x").replace("*", "").split() or ["x"]
    units = (
        " ".join(words[:-1]) + " " if len(words) > 1 else words[0][:-1] or "x",
        words[0],
        " ".join(words) + "z",
        f"{words[0]} {'x' * 99} ",
    )
    return "".join((unit * (6_000 // len(unit) + 1))[:6_000] for unit in units)


_NET = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("patterns", sys.argv[1])
patterns = importlib.util.module_from_spec(spec)
spec.loader.exec_module(patterns)
for source in patterns.PATTERNS:
    patterns.compile_pattern(source).search(patterns.hostile_text(source))
print(len(patterns.PATTERNS))
"""


def test_hostile_texts_of_24_kb_are_searched_in_the_end() -> None:
    """A net under the proof: it fails only where a search takes hours."""
    done = subprocess.run(
        [sys.executable, "-c", _NET, __file__], capture_output=True, text=True, timeout=1800, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(PATTERNS)
