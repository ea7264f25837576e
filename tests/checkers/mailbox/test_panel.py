"""What control panels and notices say of a mailbox, and what is not read into them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakugen_checkers import data
from kakugen_checkers.mailbox.panel import read_panel
from kakugen_checkers.mailbox.room import Room, deduce
from kakugen_checkers.mailbox.units import units

PASTES = [
    ("使用量 180.5MB / 200MB", 180.5, 200),
    ("使用量：１８０．５ＭＢ／２００ＭＢ", 180.5, 200),
    ("180.5 / 200MB", 180.5, 200),
    ("4.2 GB of 5 GB", 4300.8, 5120),
    ("200MB中180MB使用", 180, 200),
    ("5 GB のうち 4.2 GB を使用", 4300.8, 5120),
    ("現在の使用量 : 2.1MB\n最大使用量 : 3.0MB", 2.1, 3),
    ("使用量\n180.5MB\n上限\n200MB", 180.5, 200),
    ("180MB使用 200MB上限", 180, 200),
    ("used: 1,536 MiB, limit 2 GiB", 1536, 2048),
    ("使用率 95%（残り 10MB）", 190, 200),
    ("空き容量 1.2GB / 5GB", 3891.2, 5120),
    ("Quota: 5120 MB Used: 100%", 5120, 5120),
    ("4.2GB/5GB (84%)", 4300.8, 5120),
    ("15 GB のうち 14.2 GB（94%）を使用中", 14540.8, 15360),
    ("0B / 1GB", 0, 1024),
    ("ディスク使用率が90%を超えました 使用容量 90MB", 90, 100),
    ("90% of 200MB", 180, 200),
    ("メールアドレス\t容量\t使用量\ninfo@example.jp\t200MB\t180MB", 180, 200),
]


@pytest.mark.parametrize(("text", "used", "quota"), PASTES)
def test_used_space_and_limit_are_read(text: str, used: float, quota: float) -> None:
    room = deduce(read_panel(text).values)
    assert room.used == pytest.approx(used)
    assert room.quota == pytest.approx(quota)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("残り 12MB", {"left": 12}),
        ("12 MB free", {"left": 12}),
        ("90%", {"used-percent": 90}),
        ("残り10%を下回りました", {"left-percent": 10}),
        ("容量 5GB", {"quota": 5120}),
        ("1,234通 / 180.5MB", {"messages": 1234, "used": 180.5}),
        ("使用容量：3.5GB（無制限）", {"used": 3584}),
        ("2048KB 使用", {"used": 2}),
    ],
)
def test_what_is_said_is_read_and_no_more(text: str, values: dict[str, float]) -> None:
    assert read_panel(text).values == pytest.approx(values)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "192.0.2.1 2026/11/24 10:00 info@example.jp 12345",
        "2026-11-24",
        "v1.2GB3",
        "SRS0=1GB=xx@example.jp",
        "三百メガ",
        "-",
        "1,23MB",
        "http://example.jp/5GB/10",
        "100 / 200",
        "1/2",
    ],
)
def test_numbers_that_nothing_explains_are_not_guessed_at(text: str) -> None:
    assert read_panel(text).values == {}


def test_two_sizes_without_words_are_told_to_be_unexplained() -> None:
    panel = read_panel("500 MB, 1GB")
    assert panel.values == {}
    assert [one.value for one in panel.unexplained] == [500, 1024]


def test_of_several_mailboxes_the_fullest_counts() -> None:
    panel = read_panel(
        "アドレス\t容量\t使用量\na@example.jp\t200MB\t20MB\nb@example.jp\t200MB\t180MB\nc@example.jp\t1GB\t300MB"
    )
    assert panel.values == {"quota": 200, "used": 180}
    assert panel.boxes == 3


def test_a_notice_in_two_languages_shows_one_mailbox() -> None:
    panel = read_panel("使用率が90%を超えました。\n使用量 : 90MB\n上限 : 100MB\nThe mailbox exceeded 90 %. used 90MB")
    assert panel.boxes == 1
    assert panel.values == {"used-percent": 90, "used": 90, "quota": 100}


@pytest.mark.parametrize("text", data.load("mailbox/panel")["full"]["examples"])
def test_words_for_a_full_mailbox_are_found(text: str) -> None:
    panel = read_panel(f"お知らせ\n{text}\n以上")
    assert panel.full is not None
    assert panel.full[0] < panel.full[1]


@pytest.mark.parametrize(
    "text", ["容量の90%を超えました", "使用率が90%を超えました", "メールを受信しました", "full width"]
)
def test_a_warning_is_not_taken_for_a_full_mailbox(text: str) -> None:
    assert read_panel(text).full is None


def test_every_label_has_one_role() -> None:
    words = [word for entry in data.load("mailbox/panel")["label"] for word in entry["words"]]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in (*words, *units()))


PIECES = st.sampled_from(
    "使用量 上限 残り 容量 1 200 4.2 1,234 MB GB % / of 中 のうち : \n \t （ ） ， ． ａ ５ İ ß 通 無制限 -".split(" ")
)


@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_text_is_read_and_each_place_holds_a_number(text: str) -> None:
    panel = read_panel(text)
    for reading in panel.readings:
        assert any(character.isdigit() for character in text[reading.start : reading.end])
        assert reading.value >= 0
    room = deduce(panel.values)
    assert all(value is None or value >= 0 for value in (room.used, room.quota, room.share))


@given(
    used=st.integers(0, 9_000),
    quota=st.integers(1, 9_000),
    unit=st.sampled_from(["MB", "mb", "ＭＢ", " MB", "M", "メガバイト"]),
)
def test_written_figures_are_read_back(used: int, quota: int, unit: str) -> None:
    room = deduce(read_panel(f"使用量 {used}{unit} / {quota}{unit}").values)
    assert (room.used, room.quota) == (used, quota)


@given(used=st.floats(1, 1e6), quota=st.floats(1, 1e6))
def test_each_two_of_the_figures_tell_the_third(used: float, quota: float) -> None:
    used, quota = min(used, quota), max(used, quota)
    whole = Room(used=used, quota=quota, left=quota - used, share=used / quota)
    told = {"used": used, "quota": quota, "left": quota - used, "used-percent": 100 * used / quota}
    for pair in (
        ("used", "quota"),
        ("quota", "left"),
        ("used", "left"),
        ("quota", "used-percent"),
        ("used", "used-percent"),
    ):
        room = deduce({name: told[name] for name in pair})
        for name in ("used", "quota", "share"):
            assert getattr(room, name) == pytest.approx(getattr(whole, name), rel=1e-6, abs=1e-6)


HOSTILE = {
    "digits": "'1' * N",
    "numbers": "'1 ' * (N // 2)",
    "sizes": "'1MB ' * (N // 4)",
    "labels": "'使用量' * (N // 3)",
    "pairs": "'1MB/2MB ' * (N // 8)",
    "commas": "'1,' * (N // 2)",
    "groups of three": "'1' + ',000' * (N // 4)",
    "a table without end": "('使用量' + chr(9)) * (N // 8) + chr(10) + ('1MB' + chr(9)) * (N // 8)",
    "spaces": "' ' * N + '1MB'",
    "blank lines": "('使用量' + chr(10) * 30) * (N // 33)",
    "percent": "'%' * N",
    "over and quota": "'over ' * (N // 10) + 'quota ' * (N // 10)",
    "half a surrogate pair": "chr(0xd800) * N",
    "letters that grow": "chr(0x130) * N",
}
ASK = """
from datetime import date
from kakugen_checkers.mailbox import checker
from kakugen_checkers.passwords import checker as passwords
N = 200_000
text = {text}
for entered in (text, text.encode("utf-8", "surrogatepass")):
    print(checker.run({{"hints": entered}}, today=date(2026, 11, 24), locale="ja").checker)
    print(passwords.run({{"error": entered}}, today=date(2026, 11, 24), locale="ja").checker)
"""


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_answered(text: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(text=text)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["mailbox", "passwords"] * 2
