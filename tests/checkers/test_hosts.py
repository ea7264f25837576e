"""Hosts and destinations: each fact has its source and its days, nothing unconfirmed looks certain."""

import re
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from tests.each import each

from kakugen_checkers import data
from kakugen_checkers.destinations import (
    Destination,
    destination,
    destination_fact_ids,
    destination_fact_label,
    destinations,
)
from kakugen_checkers.hosts import (
    LOCALES,
    Host,
    HostFact,
    Kind,
    Sure,
    fact_ids,
    fact_label,
    host,
    hosts,
    is_old,
    unknown_fact,
)

TODAY = date(2026, 11, 24)
UNITS = {"MB", "mails/h", "mails/day", "%"}
EACH_HOST = each("entry", [pytest.param(entry, id=entry.id) for entry in hosts()])
EACH_DESTINATION = each("entry", [pytest.param(entry, id=entry.id) for entry in destinations()])
EACH_FACT = each(
    "fact",
    [
        pytest.param(fact, id=f"{entry.id}-{fact.id}")
        for entry in (*hosts(), *destinations())
        for fact in entry.facts.values()
    ],
)
UNKNOWN = [unknown_fact(ident) for ident in fact_ids()]
UNKNOWN += [HostFact(id=ident, text=destinations()[-1].fact(ident).text) for ident in destination_fact_ids()]
# Two plans of one company with the same servers: a name of theirs cannot tell which it is.
SAME_SERVERS = {("cpi_chmz", "cpi_bs")}
# "1 day" and "1通" tell of a unit, not of how many.
NUMBER = re.compile(r"[2-9]|\d{2}")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


def kinds_of(entry: Host | Destination) -> tuple[str, ...]:
    return fact_ids() if isinstance(entry, Host) else destination_fact_ids()


def test_every_file_of_a_host_is_shown_and_every_host_has_a_file() -> None:
    names = sorted(name.removeprefix("hosts/") for name in data.names("hosts"))
    assert sorted(entry.id for entry in hosts()) == names
    assert len(names) == 32


def test_rental_servers_come_first() -> None:
    order = [list(Kind).index(entry.kind) for entry in hosts()]
    assert order == sorted(order)


@EACH_HOST
def test_a_host_is_found_by_its_id(entry: Host) -> None:
    assert host(entry.id) is entry
    assert entry.topic == f"host/{entry.id}"


def test_a_host_that_nobody_knows_is_none() -> None:
    assert host("unknown") is None
    assert host("") is None
    assert destination("unknown") is None


@EACH_HOST
def test_a_host_has_a_name_in_each_language_and_words_for_it(entry: Host) -> None:
    assert all(entry.name[locale].strip() for locale in LOCALES)
    assert not JAPANESE.search(entry.name["en"])
    assert entry.names
    assert entry.facts, "a host of which nothing is known helps nobody"


@EACH_HOST
def test_a_host_has_only_kinds_of_facts_that_there_are(entry: Host) -> None:
    written = data.load(f"hosts/{entry.id}")["facts"]
    assert set(written) == set(entry.facts)
    assert {ident for ident in entry.facts if not ident.startswith("trap-")} <= set(fact_ids())
    assert [fact.id for fact in entry.traps] == [ident for ident in written if ident.startswith("trap-")]


@EACH_DESTINATION
def test_a_destination_has_only_kinds_of_facts_that_there_are(entry: Destination) -> None:
    assert set(data.load("destinations")["destination"][entry.id]["facts"]) == set(entry.facts)
    assert destination(entry.id) is entry
    assert all(entry.name[locale].strip() for locale in LOCALES)


@EACH_FACT
def test_a_fact_has_its_source_and_its_days(fact: HostFact) -> None:
    assert fact.source.strip()
    assert all(line.strip() for line in fact.source.splitlines())
    checked, review = date.fromisoformat(fact.checked), date.fromisoformat(fact.review)
    assert date(2026, 11, 1) <= checked < review
    assert (review - checked).days <= 366, "what was read more than a year ago is no longer known"


@EACH_FACT
def test_a_fact_is_told_in_each_language(fact: HostFact) -> None:
    assert set(fact.text) == set(LOCALES)
    assert JAPANESE.search(fact.text["ja"])
    assert fact.text["ja"].endswith("。")
    assert fact.text["en"].endswith((".", ".”"))
    assert not any("{" in text or "TODO" in text or "memory" in text for text in fact.text.values())


@EACH_FACT
def test_english_keeps_japanese_only_for_words_on_the_screen(fact: HostFact) -> None:
    assert not JAPANESE.search(re.sub(r"“[^”]*”|\([^)]*\)", "", fact.text["en"])), fact.text["en"]


@EACH_FACT
def test_a_path_is_made_of_labels(fact: HostFact) -> None:
    assert all(label.strip() == label and label for label in fact.path)
    assert not any(sign in label for label in fact.path for sign in (">", "＞", "→"))


@EACH_FACT
def test_a_number_has_a_unit_and_stands_in_the_text(fact: HostFact) -> None:
    if not isinstance(fact.value, int | float):
        assert not fact.unit
        return
    assert fact.unit in UNITS
    assert fact.value > 0
    shown = [f"{fact.value:,}", f"{fact.value // 1000:,}GB", f"{fact.value // 1000:,} GB"]
    for locale in LOCALES:
        assert any(form in fact.text[locale] for form in shown), f"{fact.value} is not in {fact.text[locale]!r}"


@EACH_FACT
def test_what_nobody_has_confirmed_has_no_number(fact: HostFact) -> None:
    if fact.sure is not Sure.UNCONFIRMED:
        return
    assert fact.value is None
    for text in fact.text.values():
        assert not NUMBER.search(text), f"{text!r} gives a number that nobody has confirmed"


@EACH_FACT
def test_what_nobody_has_confirmed_says_so(fact: HostFact) -> None:
    if fact.sure is Sure.UNCONFIRMED:
        assert re.search(r"確かめ|聞いて|探して", fact.text["ja"]), fact.text["ja"]
        assert re.search(r"not confirmed|[Ll]ook|Ask", fact.text["en"]), fact.text["en"]


@each("entry", [*hosts(), *destinations()], ids=lambda entry: entry.id)
def test_a_word_is_one_of_those_that_its_kind_can_have(entry: Host | Destination) -> None:
    kinds = data.load("facts")["fact"] if isinstance(entry, Host) else {}
    for fact in entry.facts.values():
        allowed = kinds.get(fact.id, {}).get("values")
        if allowed is not None and fact.value is not None:
            assert fact.value in allowed


@EACH_HOST
def test_what_is_not_known_sends_the_reader_to_the_screen(entry: Host) -> None:
    for ident in fact_ids():
        fact = entry.fact(ident)
        assert fact.id == ident
        if ident not in entry.facts:
            assert (fact.sure, fact.value, fact.path) == (Sure.UNCONFIRMED, None, ())
            assert fact == unknown_fact(ident)


@EACH_DESTINATION
def test_what_is_not_known_of_a_destination_says_so(entry: Destination) -> None:
    for ident in destination_fact_ids():
        assert (entry.fact(ident) is entry.facts.get(ident)) or entry.fact(ident).sure is Sure.UNCONFIRMED


@each("fact", UNKNOWN, ids=lambda fact: fact.id)
def test_the_words_for_what_is_not_known_are_there_in_each_language(fact: HostFact) -> None:
    assert JAPANESE.search(fact.text["ja"])
    assert fact.text["en"]
    assert not any(NUMBER.search(text) for text in fact.text.values())


@pytest.mark.parametrize("ident", [*fact_ids(), "trap-anything"])
def test_a_kind_of_fact_has_a_label_in_each_language(ident: str) -> None:
    assert all(fact_label(ident)[locale] for locale in LOCALES)


@pytest.mark.parametrize("ident", destination_fact_ids())
def test_a_kind_of_fact_of_destinations_has_a_label_in_each_language(ident: str) -> None:
    assert all(destination_fact_label(ident)[locale] for locale in LOCALES)


def test_a_kind_of_fact_that_there_is_not_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        hosts()[0].fact("colour")
    with pytest.raises(KeyError):
        destinations()[0].fact("colour")


def test_names_of_servers_belong_to_one_host_each() -> None:
    for first, second in combinations(hosts(), 2):
        if (first.id, second.id) in SAME_SERVERS:
            continue
        for one in first.hostnames:
            for other in second.hostnames:
                ends = (one.removeprefix("*."), other.removeprefix("*."))
                assert not f".{ends[0]}".endswith(f".{ends[1]}"), f"{first.id} and {second.id} both have {ends[0]}"
                assert not f".{ends[1]}".endswith(f".{ends[0]}"), f"{first.id} and {second.id} both have {ends[1]}"


@EACH_HOST
def test_names_of_servers_are_names(entry: Host) -> None:
    for name in entry.hostnames:
        assert re.fullmatch(r"(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+", name)


def test_xserver_warns_of_mail_that_vanishes() -> None:
    xserver = host("xserver")
    assert xserver is not None
    assert "消えます" in xserver.facts["trap-vanishes"].text["ja"]
    assert xserver.fact("filter-before-forward").value == "before"
    assert (xserver.fact("quota").value, xserver.fact("quota").unit) == (20000, "MB")


def test_sakura_blocks_sending_from_abroad_unless_told_otherwise() -> None:
    sakura = host("sakura")
    assert sakura is not None
    assert sakura.fact("foreign-block").value == "on"
    assert sakura.fact("send-limit").sure is Sure.UNCONFIRMED


@pytest.mark.parametrize(
    ("today", "old"),
    [
        (TODAY, False),
        (date(2027, 1, 15), False),
        (date(2027, 5, 31), False),
        (date(2027, 6, 1), True),
        (date.max, True),
    ],
)
def test_a_fact_is_old_the_day_after_its_review(today: date, old: bool) -> None:
    assert all(is_old(fact, today) is old for fact in host_facts("xserver") if fact.review == "2027-05-31")


def host_facts(ident: str) -> list[HostFact]:
    found = host(ident)
    assert found is not None
    return list(found.facts.values())


def test_what_was_never_known_is_not_old() -> None:
    assert not is_old(unknown_fact("quota"), date.max)


def test_no_text_of_hosts_stands_in_python() -> None:
    for name in ("hosts", "host_guess", "host_references", "destinations"):
        source = Path(data.__file__).parents[1] / f"{name}.py"
        code = re.sub(r'""".*?"""|#[^\n]*', "", source.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"[ぁ-んァ-ヶ一-龠]", code), f"{name}.py holds Japanese text"
