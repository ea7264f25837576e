"""Share cards: the right size, no sentence cut or boxed, each drawn once; and one plain line where none can be made."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image

from kakugen.cards import HEIGHT, WIDTH, CardMaker, CardsUnavailableError, CardWords, card_maker
from kakugen.cards.drawing import _fitting

CACHE = Path(__file__).parents[2] / ".cache" / "kakugen"


@pytest.fixture(scope="module")
def maker() -> CardMaker:
    return card_maker(CACHE)


def _words(*phrases: str) -> CardWords:
    return CardWords(phrases=phrases, site="やかん", label="格言")


def test_a_card_is_a_small_picture_of_the_size_that_is_asked_for(maker: CardMaker) -> None:
    png = maker.png(_words("昨日動いていた", "ものは、", "昨日の", "設定を", "覚えている"))
    assert png
    with Image.open(io.BytesIO(png)) as image:
        assert (image.size, image.format) == ((WIDTH, HEIGHT), "PNG")
        seal = sum(red > 140 and blue < 80 for red, _, blue in image.convert("RGB").get_flattened_data())
    assert seal > 1000
    assert len(png) < 60_000


def test_lines_break_between_phrases_and_keep_the_whole_sentence(maker: CardMaker) -> None:
    for phrases in (
        ("4は", "待つ、", "5は", "直す"),
        ("「届かない」は", "三つに", "分ける：出ていない、", "断られた、", "隠れている"),
        ("Every ", "added ", "tool ", "adds ", "a ", "place ", "to ", "fail"),
        ("長い" * 9 + "、",) * 4,
    ):
        _, lines = _fitting(phrases, maker._typeface)
        assert len(lines) <= 4
        assert "".join(lines).replace(" ", "") == "".join(phrases).replace(" ", "")
        starts = {"".join(phrases[:count]).replace(" ", "") for count in range(len(phrases) + 1)}
        for count in range(len(lines) + 1):
            assert "".join(lines[:count]).replace(" ", "") in starts


def test_a_sentence_that_is_too_long_for_any_card_ends_in_dots(maker: CardMaker) -> None:
    _, lines = _fitting(("とても" * 60,), maker._typeface)
    assert len(lines) == 4
    assert lines[-1].endswith("…")


def test_no_card_shows_a_box_in_the_place_of_a_letter(maker: CardMaker) -> None:
    assert maker.png(_words("한국어")) is None
    assert maker.png(_words("한국어")) is None  # from the cache


def test_a_card_is_drawn_once_for_each_content(tmp_path: Path, maker: CardMaker) -> None:
    own = CardMaker(maker._typeface, tmp_path, "key")
    first = own.png(_words("まず線と電源"))
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"kept")
    assert own.png(_words("まず線と電源")) == b"kept" != first
    assert own.png(_words("まず電源と線")) != b"kept"


def test_without_pillow_it_is_said_in_one_line_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(CardsUnavailableError, match=r"install 'kakugen\[cards\]'") as error:
        card_maker(CACHE)
    assert "\n" not in str(error.value)
