"""Titles break between phrases and nowhere else, and say the same as before."""

import html
import re

import pytest

from kakugen.pages import Phrases


@pytest.mark.parametrize(
    ("title", "phrases"),
    [
        ("昨日動いていたものは、昨日の設定を覚えている", "昨日動いていた|ものは、|昨日の|設定を|覚えている"),
        ("DMARCはp=noneから始める（2026年の新しい決まり）", "DMARCは|p=noneから|始める|（2026年の|新しい|決まり）"),
        ("「届かない」は三つに分ける：出ていない", "「届かない」は|三つに|分ける：出ていない"),
        ("よくあるまちがい）", "よく|ある|まちがい）"),
    ],
)
def test_lines_break_between_phrases_and_not_in_numbers_words_or_brackets(title: str, phrases: str) -> None:
    assert str(Phrases("ja")(title)).split("<wbr>") == phrases.split("|")


def test_text_stays_text_and_is_the_same_without_its_breaks() -> None:
    for text in ("<b>届かない</b>と&いう", "", "a", "届", "   ", "，，、", "\"x\" & 'y'"):
        broken = str(Phrases("ja")(text))
        assert html.unescape(broken.replace("<wbr>", "")) == text
        assert "<" not in broken.replace("<wbr>", "")


def test_a_language_that_writes_spaces_is_left_as_it_is() -> None:
    assert str(Phrases("en")("Two causes <1>")) == "Two causes &lt;1&gt;"
    assert Phrases("en").in_headings("<h2>Two causes</h2>") == "<h2>Two causes</h2>"


def test_only_the_words_of_headings_are_broken() -> None:
    page = (
        '<h2 id="前に">古い&lt;パスワードが<code>送る側に残って</code><a class="headerlink" title="ここへの">¶</a></h2>'
        "<p>古いパスワードが送る側に</p>"
    )
    broken = Phrases("ja").in_headings(page)
    assert broken.startswith('<h2 id="前に">古い')
    assert "<code>送る側に残って</code>" in broken
    assert "<p>古いパスワードが送る側に</p>" in broken
    assert re.sub("<wbr>", "", broken) == page
    assert broken != page
    assert Phrases("ja").in_headings(broken) == broken


def test_phrases_are_kept_and_those_that_nobody_asks_for_any_more_are_forgotten(tmp_path) -> None:
    kept = tmp_path / "phrases" / "ja.json"
    first = Phrases("ja", kept)
    first("古いパスワードが残っています")
    first.keep()
    assert "古い" in kept.read_text("utf-8")
    second = Phrases("ja", kept)
    second("届かないメール")
    second.keep()
    assert "古い" not in kept.read_text("utf-8")
    kept.write_text("[broken", "utf-8")
    assert str(Phrases("ja", kept)("届かないメール"))
