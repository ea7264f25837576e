"""The passwords checker as a whole: any input is answered, every place has all its parts, and the order is kept."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.each import each

from kakugen_checkers.hosts import hosts
from kakugen_checkers.passwords import checker
from kakugen_checkers.passwords.guess import guess
from kakugen_checkers.passwords.places import Place, Sign, State, all_places, all_signs, state
from kakugen_checkers.protocol import Checker, Status, Verdict, to_json

DAYS = [date(2026, 11, 24), date(2027, 1, 15), date(2027, 2, 1), date(2028, 1, 1)]
TESTS = Path(__file__).parents[1]
MAXIMS = {path.stem for path in (TESTS.parents[1] / "docs/ja/maxims").glob("*.md")}
IDS = [place.id for place in all_places()]

ERRORS = st.one_of(
    st.text(max_size=60),
    st.sampled_from([example for place in all_places() for example in place.examples]),
    st.sampled_from([example for sign in all_signs() for example in sign.examples]),
    st.binary(max_size=20),
    st.none(),
    st.floats(),
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "changed": st.sampled_from(["changed", "about-to", "", "x", 3.0]),
        "host": st.sampled_from([*(host.id for host in hosts()), "unknown", "", "nowhere", True]),
        "places": st.one_of(
            st.lists(st.sampled_from([*IDS, "nowhere"]), max_size=6, unique=True).map(tuple),
            st.text(max_size=5),
            st.none(),
        ),
        "error": ERRORS,
    },
)


def ask(answers: dict[str, Any], *, today: date = DAYS[0], locale: str = "ja") -> Verdict:
    return checker.run(answers, today=today, locale=locale)


def check(verdict: Verdict, answers: dict[str, Any]) -> None:
    """What holds for every verdict."""
    everything = json.dumps(json.loads(to_json(verdict)), ensure_ascii=False)
    error = answers.get("error")
    if not isinstance(error, str) or "{" not in error:
        assert not re.search(r"\{[a-z_]+\}", everything), everything
    assert verdict.title
    assert verdict.summary.count("。") + len(re.findall(r"[.?!](?: |$)", verdict.summary)) <= 3, verdict.summary
    assert verdict.topic in checker.topics
    assert verdict.topics[0] == verdict.topic
    assert set(verdict.topics) <= set(checker.topics)
    assert verdict.steps
    assert verdict.actor
    assert verdict.figures
    assert set(verdict.maxims) <= MAXIMS
    assert (verdict.status is Status.AMBIGUOUS) <= bool(verdict.alternatives)
    for entry in verdict.evidence:
        if isinstance(error, str) and entry.start is not None:
            assert error[entry.start : entry.end] == entry.text


def test_it_is_a_checker() -> None:
    assert isinstance(checker, Checker)
    assert all(checker.topic_title(topic, locale) for topic in checker.topics for locale in checker.locales)
    places = next(field for field in checker.form.fields if field.id == "places")
    assert [choice.id for choice in places.choices] == IDS


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(ANSWERS, st.sampled_from(DAYS), st.sampled_from(["ja", "en", "fr"]))
def test_any_input_gives_a_verdict(answers: dict[str, Any], today: date, locale: str) -> None:
    check(ask(answers, today=today, locale=locale), answers)


@pytest.mark.parametrize("place", all_places(), ids=lambda place: place.id)
def test_every_place_says_what_is_noticed_what_to_do_and_where_that_is_from(place: Place) -> None:
    assert place.source
    assert date.fromisoformat(place.checked) <= DAYS[0]
    assert place.sure in ("confirmed", "secondary", "unconfirmed")
    assert place.side in ("send", "receive", "both")
    for locale in ("ja", "en"):
        texts = place.texts[locale]
        assert all(texts[key] for key in ("name", "symptom", "error", "who", "steps"))
        assert all(step["text"] for step in texts["steps"])
        assert not place.retries or texts["pause"]
        assert not place.expiry or (texts["ending"] and texts["ended"])
    assert [len(step.get("where", ())) for step in place.texts["ja"]["steps"]] == [
        len(step.get("where", ())) for step in place.texts["en"]["steps"]
    ]


@each("locale", ["ja", "en"])
@each("place", all_places(), ids=lambda place: place.id)
def test_every_place_is_on_the_sheet_with_its_symptom(place: Place, locale: str) -> None:
    verdict = ask({"places": (place.id,), "changed": "changed"}, locale=locale)
    sheet = next(section for section in verdict.sections if section.id == "places")
    assert sheet.checklist
    assert place.texts[locale]["name"] in sheet.steps[0].text
    assert sheet.steps[0].topic == place.topic
    assert any(place.texts[locale]["symptom"] in step.note for step in sheet.steps)
    row = (place.texts[locale]["name"], place.texts[locale]["symptom"], place.texts[locale]["error"])
    assert verdict.figures[0].rows == (row,)


def test_names_that_nobody_confirmed_are_said_to_differ() -> None:
    for place in all_places():
        if place.sure == "unconfirmed" and any(step.get("where") for step in place.texts["ja"]["steps"]):
            verdict = ask({"places": (place.id,)})
            sheet = next(section for section in verdict.sections if section.id == "places")
            assert any("違います" in step.note for step in sheet.steps), place.id


EXAMPLES = [(entry, example) for entry in (*all_places(), *all_signs()) for example in entry.examples]


@each(("entry", "example"), EXAMPLES, ids=[f"{entry.id}-{n}" for n, (entry, _) in enumerate(EXAMPLES)])
def test_every_example_leads_to_its_entry(entry: Place | Sign, example: str) -> None:
    found = guess(f"お知らせ\n\n{example}\n", ())
    if isinstance(entry, Place):
        assert entry in found.places
    else:
        assert entry.id == found.sign


def test_every_pattern_has_an_example() -> None:
    for entry in (*all_places(), *all_signs()):
        texts = [example.lower() for example in entry.examples]
        for pattern in entry.patterns:
            assert any(pattern.search(text) for text in texts), (entry.id, pattern.source)


def test_one_place_is_clear_from_each_app_s_own_words() -> None:
    shared = {"SMTP Error: Could not authenticate."}
    for place in all_places():
        for example in place.examples:
            if example not in shared:
                assert guess(example, ()).places == (place,), (place.id, example)


def test_places_come_in_the_order_that_locks_nobody_out() -> None:
    verdict = ask({"places": tuple(reversed(IDS)), "changed": "changed"})
    steps = next(section for section in verdict.sections if section.id == "places").steps
    assert [step.topic for step in steps if step.topic] == [f"passwords/{ident}" for ident in IDS]
    order = [
        IDS.index(ident) for ident in ("gmail-sending", "gmail-receiving", "iphone-incoming", "outlook", "scanner")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("changed", ["changed", "about-to"])
def test_what_tries_by_itself_is_stopped_before_anything_else(changed: str) -> None:
    verdict = ask({"places": ("outlook", "scanner"), "changed": changed})
    ids = [section.id for section in verdict.sections]
    assert ids.index("stop") < ids.index("places")
    assert "Outlook" in verdict.steps[0].text
    assert "複合機" not in verdict.steps[0].text


def test_the_forgotten_place_comes_first() -> None:
    verdict = ask(
        {"places": ("gmail-sending", "thunderbird"), "error": "Unable to authenticate to Outgoing server (SMTP) x"}
    )
    steps = next(section for section in verdict.sections if section.id == "places").steps
    assert steps[0].topic == "passwords/thunderbird"


@pytest.mark.parametrize(
    ("today", "now"),
    [
        (DAYS[0], State.THERE),
        (date(2026, 12, 31), State.THERE),
        (date(2027, 1, 1), State.ENDING),
        (DAYS[1], State.ENDING),
        (date(2027, 1, 31), State.ENDING),
        (DAYS[2], State.ENDED),
        (DAYS[3], State.ENDED),
    ],
)
def test_gmail_s_places_end_in_january_2027(today: date, now: State) -> None:
    for place in all_places():
        expected = now if place.id in ("gmail-sending", "gmail-receiving") else State.THERE
        assert state(place, today) is expected


@each("host", hosts(), ids=lambda host: host.id)
def test_every_host_is_answered_in_its_own_words(host: Any) -> None:
    for locale in ("ja", "en"):
        verdict = ask({"host": host.id, "places": ("outlook",)}, locale=locale)
        check(verdict, {})
        assert host.topic in verdict.topics
        assert any(host.fact("password").text[locale] in step.text for step in verdict.steps)


def test_no_password_is_asked_for() -> None:
    assert not any(field.id in ("password", "pass") for field in checker.form.fields)


ASK_ALL = """
import sys, tomllib
from datetime import date
from pathlib import Path
from kakugen_checkers import mailbox, passwords
from kakugen_checkers.protocol import to_json
for checker in (mailbox.checker, passwords.checker):
    for path in sorted((Path(sys.argv[1]) / checker.id / "cases").glob("*.toml")):
        given = tomllib.loads(path.read_text(encoding="utf-8"))["answers"]
        answers = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        print(to_json(checker.run(answers, today=date(2026, 11, 24), locale="ja")))
"""


def test_answers_do_not_depend_on_the_process() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", ASK_ALL, str(TESTS)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1
    assert next(iter(said)).count("\n") > 40
