"""The toolbox checker as a whole: any input is answered, with the reader's own numbers, and nothing dear is advised."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kakugen_checkers import data
from kakugen_checkers.protocol import Checker, FieldKind, GivesExamples, Status, Verdict, answers_from_json, to_json
from kakugen_checkers.toolbox import checker
from kakugen_checkers.toolbox.explain import TOPICS

TODAY = date(2026, 11, 24)
MAXIMS = {path.stem for path in (Path(__file__).parents[3] / "docs/ja/maxims").glob("*.md")}
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["Gmail", "会計", "Gmail（佐藤）、会計", "<b>x</b>", "\u202eabc", "👨‍👩‍👧", "{tool}", "-3", "1e309", "月1回"]
    ),
)
ROW = st.one_of(CELL, st.dictionaries(st.sampled_from(["name", "facts", "next", "owner", "rate", "x"]), CELL))
ANSWER = st.one_of(st.lists(ROW, max_size=6).map(tuple), st.text(), st.binary(), st.none(), st.floats(), st.booleans())


def ask(tools: Any, locale: str = "ja") -> Verdict:
    return checker.run({"tools": tools}, today=TODAY, locale=locale)


def fact(verdict: Verdict, name: str) -> str:
    return next(fact.value for fact in verdict.facts if fact.id == name)


def test_it_is_a_checker_that_proves_its_topics() -> None:
    assert isinstance(checker, Checker)
    assert isinstance(checker, GivesExamples)
    examples = list(checker.examples())
    assert {example.topic for example in examples} == set(checker.topics)
    for example in examples:
        verdict = checker.run(example.answers, today=date.fromisoformat(example.today), locale="ja")
        assert verdict.topic == example.topic
    assert all(checker.topic_title(topic, locale) for topic in checker.topics for locale in checker.locales)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(ANSWER, st.sampled_from(["ja", "en", "fr"]))
def test_any_input_is_answered_in_whole_sentences(tools: Any, locale: str) -> None:
    verdict = ask(tools, locale)
    everything = json.dumps(json.loads(to_json(verdict)), ensure_ascii=False)
    assert "{tool}" in repr(tools) or not re.search(r"\{[a-z_]+\}", everything), everything
    assert set(verdict.topics) <= set(checker.topics)
    assert (verdict.status is Status.UNKNOWN) == (verdict.topic is None) == (not verdict.figures)
    assert set(verdict.maxims) <= MAXIMS
    assert verdict.locale == (locale if locale != "fr" else "ja")


def test_both_languages_have_the_same_words_and_every_maxim_is_there() -> None:
    words = data.load("toolbox/words")

    def keys(entry: Any) -> Any:
        return {key: keys(value) for key, value in entry.items()} if isinstance(entry, dict) else type(entry)

    assert keys(words["ja"]) == keys(words["en"])
    assert set(words["maxims"]) == {*TOPICS, "none"}
    assert {maxim for maxims in words["maxims"].values() for maxim in maxims} <= MAXIMS


def test_samples_of_the_form_are_answered_alike_in_both_languages() -> None:
    assert checker.form.saves
    (field,) = checker.form.fields
    assert field.kind is FieldKind.ROWS
    columns = {column.id for column in field.columns}
    for sample in checker.form.samples:
        verdicts = [ask(sample.answers[locale]["tools"], locale) for locale in checker.locales]
        for locale in checker.locales:
            rows: Any = sample.answers[locale]["tools"]
            assert all(set(row) == columns for row in rows)
        first, other = verdicts
        assert not [question for question in first.questions if "つ目" in question]
        assert [fact.value for fact in first.facts] == [fact.value for fact in other.facts]
        assert first.topics == other.topics
        assert answers_from_json(to_json(sample.answers["ja"])) == sample.answers["ja"]


def test_the_arithmetic_is_told_with_the_readers_own_numbers() -> None:
    verdict = ask("予約|電話|会計|店長|12\n会計|電話、金額|名簿|会計士|0\n名簿|電話|||0", "ja")
    told = " ".join(step.text for section in verdict.sections for step in section.steps)
    for sentence in (
        "3 × 2 ÷ 2 = 3組",
        "「電話」は3か所に打ってあります",
        "3 + 2 + 3 = 8組",
        "e^(−12 × 30 ÷ 365) = 37.3%",
        "100% − 37.3% = 62.7%",
        "「電話」が変わると、直すのは3か所：「予約」、「会計」、「名簿」",
        "「会計」 → 「名簿」：だれも決まっていません",
    ):
        assert sentence in told
    assert (fact(verdict, "total"), fact(verdict, "again"), fact(verdict, "nobody")) == ("8", "2", "2")


def test_dropping_the_only_carrier_of_a_fact_or_of_a_path_is_never_advised_without_saying_so() -> None:
    verdict = ask("A|x|B\nB|y|C\nC|z||", "en")
    assert verdict.topic == "toolbox/nobody"
    assert "something is lost" in verdict.summary
    assert "Drop" not in " ".join(step.text for step in verdict.steps)
    assert any("“y” would stand nowhere" in caution for caution in verdict.cautions)
    assert any("from “A” to “C” is cut" in caution for caution in verdict.cautions)
    table = next(figure for figure in verdict.figures if figure.id == "options")
    assert all(row[-1] != "nothing" for row in table.rows)


def test_options_that_are_as_good_as_each_other_are_said_to_be() -> None:
    verdict = ask("A|x|||1\nB|x|||1\nC|y|||1\nD|y|||1", "en")
    assert any("Just as great a relief" in step.text for step in verdict.steps)


def test_names_are_shown_as_they_are_and_nothing_unseen_gets_through() -> None:
    verdict = ask(({"name": "<img src=x>\u202e\x00\n👨‍👩‍👧", "facts": "{fact}"},), "en")
    assert verdict.figures[0].rows[0][0] == "<img src=x> 👨‍👩‍👧"


def test_hostile_input_is_answered_briefly() -> None:
    dense = tuple(
        {
            "name": f"t{number}",
            "facts": "、".join(f"f{number * other % 90}" for other in range(99)),
            "next": "、".join(f"t{(number * other + 1) % 60}" for other in range(99)),
            "rate": "1",
        }
        for number in range(10_000)
    )
    big = "x" * 1_000_000
    inputs: list[Any] = [
        dense,
        ({"name": big, "facts": "、" * 1_000_000, "next": "(" * 1_000_000, "rate": "9" * 1_000_000},),
    ]
    inputs += ["|" * 1_000_000, "\n" * 1_000_000, bytes(range(256)) * 4000, tuple(["a|b|a"] * 10_000)]
    for tools in inputs:
        assert len(to_json(ask(tools))) < 1_000_000


def test_the_answer_does_not_depend_on_the_process() -> None:
    ask_it = (
        "from datetime import date\nfrom kakugen_checkers.toolbox import checker\n"
        "from kakugen_checkers.protocol import to_json\n"
        "for sample in checker.form.samples:\n"
        "    print(to_json(checker.run(sample.answers['ja'], today=date(2026, 11, 24), locale='ja')))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", ask_it],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(answers) == 1
    assert next(iter(answers))
