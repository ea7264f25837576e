"""The fixed words exist in every language that has a file, and days are written as each language writes them."""

import tomllib
from datetime import date
from importlib.resources import files

from kakugen.pages import labels_for

_LABELS = files("kakugen.pages") / "labels"


def test_japanese_has_every_label_and_the_same_holes_to_fill() -> None:
    english, japanese = (tomllib.loads((_LABELS / name).read_text("utf-8")) for name in ("en.toml", "ja.toml"))
    assert {table: set(words) for table, words in english.items()} == {
        table: set(words) for table, words in japanese.items()
    }


def test_days_are_written_as_the_language_writes_them() -> None:
    day = date(2026, 11, 4)
    assert labels_for("ja")("article.seen", day=day) == "2026年11月4日に確認"
    assert labels_for("en")("article.seen", day=day) == "read 4 November 2026"


def test_a_language_without_a_file_speaks_english() -> None:
    assert labels_for("fr")("nav.articles") == "Articles"
    assert labels_for("fr")("article.seen", day=date(2026, 11, 4)) == "read 2026-11-04"
