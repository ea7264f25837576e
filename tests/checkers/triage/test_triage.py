"""The interview: any ticks get a verdict with a next step, points only add up, and the first case comes out whole."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kakugen_checkers import data
from kakugen_checkers.bounce import checker as bounce
from kakugen_checkers.forwarding import checker as forwarding
from kakugen_checkers.headers import checker as headers
from kakugen_checkers.hosts import hosts
from kakugen_checkers.mailbox import checker as mailbox
from kakugen_checkers.passwords import checker as passwords
from kakugen_checkers.protocol import Checker, FieldKind, GivesExamples, Status, Verdict, to_json
from kakugen_checkers.records import checker as records
from kakugen_checkers.toolbox import checker as toolbox
from kakugen_checkers.triage import checker
from kakugen_checkers.triage.answered import NOTHING, options, questions
from kakugen_checkers.triage.ranking import all_causes, rank

DAYS = [date(2026, 11, 24), date(2027, 1, 15), date(2027, 2, 1), date(2028, 1, 1)]
OTHERS = {other.id: other for other in (bounce, forwarding, headers, mailbox, passwords, records, toolbox)}
MAXIMS = {path.stem for path in (Path(__file__).parents[3] / "docs/ja/maxims").glob("*.md")}
ERROR = "535 5.7.8 Error: authentication failed"
FIELDS = {field.id: field for field in checker.form.fields}
OWN = {name: [choice.id for choice in FIELDS[name].choices] for name in questions()}
"""The interview's own options by field."""

TICKS = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(ids), unique=True).map(tuple)
        if FIELDS[name].kind is FieldKind.CHOICES
        else st.sampled_from(ids)
        for name, ids in OWN.items()
    },
)
ERRORS = st.sampled_from(["", ERROR, "550 5.1.1 User unknown", "hello", "421 4.7.28 x", "{label}"]) | st.text(
    max_size=40
)
MORE = st.fixed_dictionaries(
    {}, optional={"error": ERRORS, "host": st.sampled_from([*(host.id for host in hosts()), "unknown", "nowhere"])}
)
NONSENSE = st.one_of(
    st.none(), st.floats(), st.booleans(), st.binary(max_size=20), st.text(max_size=9), st.just(("x",))
)

THE_CASE: dict[str, Any] = {
    "trouble": ("send-fails",),
    "changed": ("password",),
    "did": ("cleaned",),
    "odd": ("full-notice",),
    "uses": ("gmail-send", "gmail-fetch"),
    "host": "xserver",
}
"""The mailbox had filled, was cleaned up, and its password changed meanwhile; Gmail keeps it in two places."""


def ask(answers: dict[str, Any], *, today: date = DAYS[0], locale: str = "ja") -> Verdict:
    return checker.run(answers, today=today, locale=locale)


def check(verdict: Verdict) -> None:
    """Everything that is true of every verdict."""
    assert {*verdict.topics, *filter(None, [verdict.topic])} <= set(checker.topics)
    assert (verdict.status is Status.UNKNOWN) == (verdict.topic is None) == (verdict.confidence == 0)
    assert verdict.title
    assert 1 <= len(re.findall(r"。|[.?!](?= |$)", verdict.summary)) <= 3, verdict.summary
    assert verdict.steps
    assert verdict.topics, "every answer leads to an article"
    if verdict.status is Status.AMBIGUOUS:
        assert len(verdict.alternatives) >= 2
        assert verdict.alternatives[0].topic == verdict.topic
    if verdict.status is not Status.IDENTIFIED:
        assert verdict.questions, "what is open asks the one question that would settle it"
    assert set(verdict.maxims) <= MAXIMS
    for handover in verdict.handovers:
        fields = {field.id: field for field in OTHERS[handover.checker].form.fields}
        for name, value in handover.answers.items():
            assert name in fields, (handover.checker, name)
            if fields[name].choices:
                chosen = value if isinstance(value, tuple) else (value,)
                assert isinstance(value, tuple) == (fields[name].kind is FieldKind.CHOICES)
                assert set(chosen) <= {choice.id for choice in fields[name].choices}, (handover.checker, name, value)


def test_it_is_a_checker_whose_options_have_one_meaning() -> None:
    assert isinstance(checker, Checker)
    assert isinstance(checker, GivesExamples)
    assert all(checker.topic_title(topic, locale) for topic in checker.topics for locale in checker.locales)
    ids = [option for own in OWN.values() for option in own]
    assert len(ids) == len(set(ids))
    assert {field: option for option, field in NOTHING.items()}.keys() <= OWN.keys()


def test_everything_that_the_data_names_exists() -> None:
    derived = {entry["id"] for entry in data.load("triage/causes")["derived"]}
    reasons = {topic.replace("bounce/", "reason/") for topic in bounce.topics}
    known = {*options(), *derived, *reasons}
    for cause in all_causes():
        weights = {**cause.speaks_for, **cause.speaks_against}
        assert weights.keys() <= known, (cause.id, weights.keys() - known)
        assert not cause.speaks_for.keys() & cause.speaks_against.keys(), cause.id
        assert all(weight > 0 for weight in weights.values()), cause.id
        assert set(cause.leads) <= OTHERS.keys(), cause.id
        assert set(cause.maxims) <= MAXIMS, cause.id
    for entry in data.load("triage/causes")["cause"]:
        assert entry["source"], entry["id"]
        assert entry["kind"] in data.load("triage/words")["ja"]["kind"], entry["id"]
        assert len(entry["ja"]["steps"]) == len(entry["en"]["steps"]), entry["id"]
    kinds = {cause.id: cause.kind for cause in all_causes()}
    for pair in data.load("triage/pairs")["pair"]:
        assert (kinds[pair["piled"]], kinds[pair["changed"]]) == ("piled-up", "changed")
        assert pair["first"] in ("piled", "changed")
    for entry in data.load("triage/carry")["carry"]:
        assert {entry["answer"], *entry.get("unless", ())} <= options().keys()


def test_every_topic_has_an_example_that_leads_to_it_in_both_languages() -> None:
    found = list(checker.examples())
    assert {example.topic for example in found} == {one for one in checker.topics if one.startswith("triage/")}
    for example in found:
        for locale in checker.locales:
            verdict = ask(dict(example.answers), today=date.fromisoformat(example.today), locale=locale)
            check(verdict)
            assert verdict.topics[0] == example.topic, example.origin


@given(TICKS, MORE, st.sampled_from(DAYS), st.sampled_from(["ja", "en", "fr"]))
def test_any_ticks_get_a_verdict_with_a_next_step(
    ticks: dict[str, Any], more: dict[str, Any], today: date, locale: str
) -> None:
    verdict = ask(ticks | more, today=today, locale=locale)
    check(verdict)
    if "{" not in str(more.get("error", "")):
        assert not re.search(r"\{[a-z_]+\}", to_json(verdict))


@given(st.dictionaries(st.sampled_from([*FIELDS, "colour"]), NONSENSE))
def test_nonsense_gets_a_verdict(answers: dict[str, Any]) -> None:
    check(ask(answers))


@given(TICKS, st.randoms(use_true_random=False))
def test_the_order_of_ticks_never_matters(ticks: dict[str, Any], chance: Any) -> None:
    mixed = dict(ticks)
    for name, value in ticks.items():
        if isinstance(value, tuple):
            mixed[name] = tuple(chance.sample(value, len(value)))
    names = list(mixed)
    chance.shuffle(names)
    assert to_json(ask({name: mixed[name] for name in names})) == to_json(ask(ticks))


@given(st.sets(st.sampled_from(sorted(options()))), st.sampled_from(all_causes()), st.data())
def test_one_more_answer_for_a_cause_never_lowers_it(given_: set[str], cause: Any, draw: Any) -> None:
    more = draw.draw(st.sampled_from(sorted(cause.speaks_for)))
    before = next(one for one in rank(sorted(given_)) if one.cause is cause)
    after = next(one for one in rank(sorted(given_ | {more})) if one.cause is cause)
    assert after.points >= before.points
    assert more in given_ or after.points == before.points + cause.speaks_for[more]


def test_the_first_case_comes_out_as_both_and_leads_to_what_mends_it() -> None:
    for locale, piled, changed in (("ja", "たまった", "変えた"), ("en", "piled up", "changed")):
        verdict = ask(THE_CASE, locale=locale)
        check(verdict)
        assert verdict.status is Status.IDENTIFIED
        assert verdict.topics[:3] == ("triage/both", "triage/old-password", "triage/mailbox-full")
        assert piled in verdict.title
        assert changed in verdict.title
        assert verdict.maxims[0] == "two-causes"
        assert {expiry.id for expiry in verdict.expiries} == {"gmail-send-as", "gmail-pop-fetch"}
        first, second = verdict.handovers[:2]
        assert (first.checker, second.checker) == ("passwords", "mailbox")
        assert first.answers == {
            "host": "xserver",
            "changed": "changed",
            "places": ("gmail-sending", "gmail-receiving"),
        }
        assert second.answers == {
            "host": "xserver",
            "arrives": ("pop-fetch",),
            "changed": "password",
            "deletes": ("by-hand",),
        }


def test_what_it_hands_over_is_answered_by_the_other_checkers() -> None:
    first, second = ask(THE_CASE).handovers[:2]
    sheet = passwords.run(first.answers, today=DAYS[0], locale="ja")
    assert "passwords/checklist" in sheet.topics
    assert [step.topic for section in sheet.sections if section.id == "places" for step in section.steps] == [
        "passwords/gmail-sending",
        "passwords/gmail-receiving",
    ]
    assert mailbox.run(second.answers, today=DAYS[0], locale="ja").topics[0] == "mailbox/changed"


def test_either_half_of_the_case_is_told_by_its_kind() -> None:
    changed = ask({"trouble": ("send-fails",), "changed": ("password",), "uses": ("gmail-send",)})
    assert (changed.topic, changed.facts[0].value) == ("triage/old-password", "変えて止まった")
    piled = ask({"trouble": ("they-get-errors",), "odd": ("full-notice", "never-cleaned")})
    assert (piled.topic, piled.facts[0].value) == ("triage/mailbox-full", "たまって止まった")
    assert "「たまって止まった」ほうです" in piled.summary


def test_what_cannot_be_told_apart_asks_the_one_question_that_would() -> None:
    verdict = ask({"trouble": ("send-fails",), "changed": ("password",), "did": ("many-sent",)})
    assert verdict.status is Status.AMBIGUOUS
    assert {other.topic for other in verdict.alternatives} == {"triage/old-password", "triage/sending-limit"}
    assert len(verdict.questions) == 1
    label = re.match(r"「(.*?)」は、あてはまりますか", verdict.questions[0])
    assert label
    (settling,) = (option for option, words in options().items() if words["ja"] == label[1])
    field = next(name for name, ids in OWN.items() if settling in ids)
    given_before = {"trouble": ("send-fails",), "changed": ("password",), "did": ("many-sent",)}
    settled = ask(given_before | {field: (*given_before.get(field, ()), settling)})
    assert settled.status is Status.IDENTIFIED


def test_a_pasted_error_counts_and_goes_on_to_be_explained() -> None:
    verdict = ask({"trouble": ("send-fails",), "error": ERROR})
    assert verdict.topic == "triage/old-password"
    assert verdict.evidence[0].field == "error"
    assert ERROR[verdict.evidence[0].start : verdict.evidence[0].end] == verdict.evidence[0].text
    handed = {handover.checker: handover.answers for handover in verdict.handovers}
    assert handed["bounce"] == {"mail": ERROR}
    assert handed["passwords"]["error"] == ERROR
    chat = ask({"trouble": ("send-fails",), "error": "どうしたらいいですか"})
    assert not any(handover.answers for handover in chat.handovers)
    assert any("読み取れませんでした" in question for question in chat.questions)


def test_nothing_was_changed_does_not_count_beside_a_change() -> None:
    both = ask({"trouble": ("send-fails",), "changed": ("password", "nothing-changed")})
    assert both.topic == "triage/old-password"
    assert "何も変えていない" in both.questions[-1]


def test_what_has_ended_is_suspected_from_its_month_on() -> None:
    quiet = {"trouble": ("nothing-arrives",), "uses": ("gmail-fetch",), "changed": ("nothing-changed",)}
    topics = [ask(quiet, today=today).topic for today in DAYS]
    assert topics == [None, *["triage/feature-ended"] * 3]


def test_texts_are_whole_and_in_their_own_language() -> None:
    kana = re.compile(r"[\u3040-\u30ff]")
    wrong = [
        (cause.id, locale, key)
        for cause in all_causes()
        for locale in checker.locales
        for key, text in cause.texts[locale].items()
        for one in ([text] if isinstance(text, str) else text)
        if not one or bool(kana.search(one)) is (locale == "en")
    ]
    assert wrong == []
    assert json.loads(to_json(ask(THE_CASE)))


def test_a_bounce_that_nobody_can_read_goes_on_to_the_three_questions() -> None:
    for text in ("hello", ""):
        (handed,) = bounce.run({"mail": text}, today=DAYS[0], locale="ja").handovers
        assert handed.checker == "triage"
        assert handed.label
