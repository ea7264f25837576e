"""What the templates write is read by the checkers as if a person had written it."""

import os
import shutil
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kakugen_checkers
from kakugen.knowledge.personal import personal_data
from kakugen_checkers.bounce import checker
from kakugen_checkers.bounce.rule import read_rule
from kakugen_checkers.bounce.rules import all_rules
from kakugen_checkers.protocol import ReadsReports, Template
from kakugen_checkers.templates import host, rule

TODAY = date(2026, 11, 24)
RULE = {
    "id": "kettle-is-full",
    "example": '550 5.2.2 The kettle of <info@example.com> is "full"',
    "match": "the kettle ... is",
    "reason": "mailboxfull",
    "source": "https://kettle.example/errors",
}
HOST = {
    "id": "kettle_mail",
    "kind": "rental",
    "name-ja": "やかんメール",
    "name-en": "Kettle Mail",
    "hostnames": "*.kettle.example, mail.kettle.example",
    "panel-ja": "「メール」です。",
    "panel-en": "“メール” (mail).",
    "path": "管理画面 > メール",
    "source": "https://kettle.example/manual",
}


def written(template: Template, answers: dict[str, str]) -> dict[str, Any]:
    (text,) = template.texts(answers, today=TODAY)
    return tomllib.loads(text.head + text.text)


def test_both_are_templates_and_ask_in_every_language() -> None:
    for template in (host, rule):
        assert isinstance(template, Template)
        assert all(set(field.label) == {"ja", "en"} for field in template.form.fields)


def test_a_rule_is_one_that_the_checker_can_use() -> None:
    assert rule.problem(RULE, "en") == ""
    (entry,) = written(rule, RULE)["rule"]
    read = read_rule("x", entry, None)
    assert (read.reason, read.examples, read.checked) == ("mailboxfull", (RULE["example"],), TODAY)
    assert read.patterns[0].search(RULE["example"].lower())


def test_a_rule_goes_into_the_file_of_its_reason_or_of_its_mail_system() -> None:
    (any_,) = rule.texts(RULE, today=TODAY)
    (google,) = rule.texts(RULE | {"system": "google"}, today=TODAY)
    assert (any_.path, google.path) == (
        "data/bounce/rules/any/mailboxfull.toml",
        "data/bounce/rules/google.toml",
    )
    assert any_.extends


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Kettle!"}, "small letters"),
        ({"id": all_rules()[0].id}, "already"),
        ({"reason": "kettle"}, "The reason is one of"),
        ({"system": "kettle"}, "The mail system is one of"),
        ({"match": "the (pot"}, "cannot be read"),
        ({"match": "the pot"}, "do not stand in the line"),
    ],
)
def test_answers_that_make_no_rule_say_what_to_write(change: dict[str, str], said: str) -> None:
    assert said in rule.problem(RULE | change, "en")
    assert rule.problem(RULE | change, "ja")


def test_a_host_has_a_file_of_its_own() -> None:
    assert host.problem(HOST, "en") == ""
    (text,) = host.texts(HOST, today=TODAY)
    assert (text.path, text.extends) == ("data/hosts/kettle_mail.toml", False)
    read = written(host, HOST)
    assert read["hostnames"] == ["*.kettle.example", "mail.kettle.example"]
    assert read["name"] == {"ja": "やかんメール", "en": "Kettle Mail"}
    assert read["facts"]["panel"]["path"] == ["管理画面", "メール"]
    assert read["review"] > read["checked"] == TODAY
    assert '"kettle_mail"' in host.advice(HOST, "en")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Kettle Mail"}, "small letters"),
        ({"kind": "shop"}, "The kind is one of: rental"),
        ({"hostnames": "kettle"}, "names of servers"),
        ({"hostnames": ""}, "names of servers"),
        ({"source": "a friend"}, "https://"),
    ],
)
def test_answers_that_make_no_host_say_what_to_write(change: dict[str, str], said: str) -> None:
    assert said in host.problem(HOST | change, "en")


# ---- from the report of a reader ----

SAMPLES = Path(__file__).parent / "samples"
BOUNCE = """\
From: MAILER-DAEMON@mx.example.net
To: Hanako Yamada <hanako@shop.example.jp>
Subject: Undelivered Mail Returned to Sender

This is the mail system at host mx.example.net.

<taro@kettle.example.org>: host mx9.example.org[203.0.113.9] said: 557 5.9.3 The kettle of <taro@kettle.example.org>
    boils over; call 03-1234-5678 (in reply to RCPT TO command)
"""


def sent_in(report: str) -> str:
    """The message that the git host makes of its form."""
    return f"### 伏せ字の文 / The masked text\n\n```text\n{report}\n```\n\n### どんなときに / When\n\n_No response_\n"


def test_a_report_from_the_page_becomes_a_rule_that_knows_the_mail(tmp_path: Path) -> None:
    verdict = checker.run({"mail": BOUNCE}, today=TODAY, locale="ja")
    assert verdict.topic is None
    (tmp_path / "report.txt").write_text(sent_in(verdict.report), "utf-8")
    package = Path(kakugen_checkers.__file__).parent
    shutil.copytree(package, tmp_path / package.name, ignore=shutil.ignore_patterns("__pycache__"))

    def run(*command: str) -> str:
        environment = {**os.environ, "PYTHONPATH": str(tmp_path), "LC_ALL": "en_GB.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-m", *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    said = run("kakugen.commands", "new", "rule", "--from", "report.txt", "--reason", "mailboxfull")
    assert "So far nobody knew what this line means" in said
    written = (tmp_path / package.name / "data/bounce/rules/any/mailboxfull.toml").read_text("utf-8")
    added = tomllib.loads(written)["rule"][-1]
    assert added["match"] == ["the kettle of ... boils over; call"]
    (line,) = added["examples"]
    assert line.startswith("557 5.9.3 The kettle of <info@example.jp> boils over; call 03-0000-0000 ")
    assert not list(personal_data(written))
    assert (added["checked"], added["source"]) == (date.today(), "a reader's report, masked")
    (tmp_path / "mail.eml").write_text(BOUNCE, "utf-8")
    assert '"bounce/mailboxfull"' in run("kakugen_checkers", "bounce", "--json", "mail.eml")


def test_whatever_is_reported_gives_answers_that_make_a_rule_or_none() -> None:
    odd = [
        "",
        "  \n",
        "[[((" * 900,
        "... ... ...",
        "x" * 6000,
        "550 a|b (cd) *ef* _gh_ #5 \\ end",
        "```\n550 open",
        "。" * 90,
    ]
    mails = [
        next(folder.glob("[mp]a[is][lt]*.*")).read_bytes().decode("utf-8", "replace") for folder in SAMPLES.glob("*/")
    ]
    assert isinstance(rule, ReadsReports)
    given = 0
    for report in (*odd, *mails):
        answers = rule.answers_in(report)
        if answers:
            given += 1
            assert rule.problem({**answers, "reason": "mailboxfull"}, "en") == "", report
    assert given > len(mails) / 2
