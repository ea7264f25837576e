"""The knowledge of the records checker is whole: texts in both languages, sources, topics, placeholders."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.hosts import Host, hosts
from kakugen_checkers.protocol import Checker
from kakugen_checkers.records import checker, faults
from kakugen_checkers.records.forward import WAYS, passages
from kakugen_checkers.records.lookups import includes
from kakugen_checkers.records.publish import spf_to_publish
from kakugen_checkers.records.read import SPF_BREAKS, read_records

KNOWN = {
    "term",
    "meant",
    "text",
    "character",
    "tag",
    "value",
    "name",
    "bits",
    "size",
    "count",
    "terms",
    "host",
    "hosts",
}
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def test_it_is_a_checker() -> None:
    assert isinstance(checker, Checker)


def test_every_fault_has_texts_a_source_and_a_topic() -> None:
    for ident, entry in faults.entries().items():
        assert entry["topic"] in faults.topic_ids(), ident
        assert entry["grade"] in ("breaks", "weakens", "note"), ident
        assert entry["source"], ident
        assert re.fullmatch(r"2026-\d\d-\d\d", entry["checked"]), ident
        for locale in faults.LOCALES:
            assert set(PLACEHOLDER.findall(entry[locale])) <= KNOWN, ident
        assert set(PLACEHOLDER.findall(entry["ja"])) == set(PLACEHOLDER.findall(entry["en"])), ident


def test_every_fault_that_code_names_is_known_and_the_other_way_round() -> None:
    folder = Path(faults.__file__).parent
    named = set()
    for file in sorted(folder.glob("*.py")):
        named |= set(re.findall(r'"((?:spf|dkim|dmarc|mx)-[a-z0-9-]+)"', file.read_text(encoding="utf-8")))
    named -= {"spf-lookups", "spf-length", "spf-record", "spf-include", "spf-includes", "dkim-key"}
    named -= {"dkim-least-bits", "dkim-good-bits", "dmarc-policy", *faults.topic_ids()} - faults.entries().keys()
    shared = {f"{kind}-{name}" for kind in ("spf", "dkim", "dmarc") for name in ("characters",)}
    shared |= {f"{kind}-{name}" for kind in ("dkim", "dmarc") for name in ("no-equals", "tag-twice", "no-semicolon")}
    assert named | shared == faults.entries().keys()
    assert faults.entries().keys() >= SPF_BREAKS


def test_every_topic_has_a_title_in_both_languages_and_summaries_are_short() -> None:
    for topic in checker.topics:
        for locale in checker.locales:
            assert checker.topic_title(topic, locale)
    for name in faults.topic_ids():
        for locale, stop in (("ja", "。"), ("en", ".")):
            texts = faults.topic_texts(name, locale)
            assert 1 <= len(re.findall(rf"\{stop}(?:\s|$|(?=\w))", texts["summary"])) <= 4, name
            assert "step" in texts or name.startswith("records-")


def test_both_languages_have_the_same_words() -> None:
    words = data.load("records/words")
    terms = data.load("records/terms")
    for content in (words, terms):
        assert {key: set(content["ja"][key]) for key in content["ja"]} == {
            key: set(content["en"][key]) for key in content["en"]
        }


def test_known_includes_have_a_source_and_a_cost() -> None:
    for name, entry in includes().items():
        assert entry["source"], name
        assert 1 <= entry["lookups"] <= 10, name
        assert entry["title"].keys() == {"ja", "en"}, name


def test_reference_tables_hold_every_include_and_every_fault() -> None:
    tables = {table.id: table for table in checker.references()}
    assert len(tables["spf-includes"].rows) == len(includes())
    assert {row.id for row in tables["record-mistakes"].rows} == {f"mistake-{name}" for name in faults.entries()}
    rows, groups = tables["record-mistakes"].rows, tables["record-mistakes"].groups
    assert {row.id for row in rows}.isdisjoint(group.id for group in groups)  # both are anchors of one page
    for table in tables.values():
        assert all("{" not in text for row in table.rows for cell in row.cells for text in cell.values())
        assert {row.group for row in table.rows} <= {group.id for group in table.groups} | {""}
        assert len({row.id for row in table.rows}) == len(table.rows)


@each("host", hosts(), ids=lambda host: host.id)
def test_what_a_host_asks_for_is_right_spf_and_holds_no_stars(host: Host) -> None:
    for text in ("", "v=spf1 include:spf.shop.example.com +all", "MX 10 sv1.xserver.jp www1.sakura.ne.jp"):
        written = spf_to_publish(read_records(text), host)
        assert "*" not in written
        if written:
            (record,) = read_records(written).spf
            assert record.faults == ()
            assert record.all_qualifier == "~"


KEY = 'k._domainkey.example.jp. TXT "v=DKIM1; k=ed25519; p=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="\n'
NO_KEY = 'k._domainkey.example.jp. TXT "v=DKIM1; p="\n'
SPF = 'example.jp. TXT "v=spf1 mx ~all"\n'


def policy(name: str) -> str:
    return f'_dmarc.example.jp. TXT "v=DMARC1; p={name}; rua=mailto:a@example.jp"\n'


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        # a signature that fits the domain survives any forwarding that leaves the text alone
        (SPF + KEY + policy("reject"), ("delivered", "delivered", "delivered", "rejected")),
        (SPF + KEY + policy("quarantine"), ("delivered", "delivered", "delivered", "spam")),
        (SPF + KEY + policy("none"), ("delivered", "delivered", "delivered", "unauthenticated")),
        # no signature: the policy decides, and SRS saves nothing under p=reject
        (SPF + NO_KEY + policy("reject"), ("delivered", "rejected", "rejected", "rejected")),
        (SPF + NO_KEY + policy("quarantine"), ("delivered", "spam", "spam", "spam")),
        (SPF + NO_KEY + policy("none"), ("delivered", "usually", "unauthenticated", "unauthenticated")),
        (SPF + NO_KEY, ("delivered", "usually", "unauthenticated", "unauthenticated")),
        # a trial applies no policy
        (SPF + NO_KEY + policy("reject; t=y"), ("delivered", "usually", "unauthenticated", "unauthenticated")),
        # SPF that breaks does not help even without forwarding
        ('example.jp. TXT "v=spf1 foo ~all"\n' + NO_KEY + policy("reject"), ("rejected",) * 4),
        (NO_KEY, ("unauthenticated", "usually", "unauthenticated", "unauthenticated")),
    ],
)
def test_forwarding_table_says_what_the_rules_say(text: str, outcomes: tuple[str, ...]) -> None:
    found = passages(read_records(text))
    assert tuple(passage.way for passage in found) == WAYS
    assert tuple(passage.outcome for passage in found) == outcomes


def test_answers_do_not_depend_on_the_process() -> None:
    script = """
from datetime import date
from kakugen_checkers.protocol import to_json
from kakugen_checkers.records import checker
text = 'v=spf1 a mx ptr inculde:b foo +all x=y\\nv=DMARC1; p=none; p=x; pct=3; rua=a\\nexample.jp MX 10 1.2.3.4'
print(to_json(checker.run({"records": text}, today=date(2026, 11, 24), locale="ja")))
"""
    answers = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(answers) == 1
