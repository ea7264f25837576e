"""The arithmetic, against a simulation that counts day by day."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakugen_checkers.mailbox.growth import Box, Effect, Keeping, days_until_full, level

BOXES = st.builds(
    Box,
    used=st.floats(0, 5_000),
    quota=st.floats(1, 5_000),
    inflow=st.one_of(st.just(0.0), st.floats(0.01, 500)),
)
LASTS = st.one_of(st.none(), st.floats(0, 400))
KEEPINGS = st.one_of(
    st.just(Keeping(effect=Effect.GROWS)),
    st.builds(Keeping, effect=st.just(Effect.STOPS), lasts=LASTS),
    st.builds(Keeping, effect=st.just(Effect.KEEPS_DAYS), days=st.floats(1, 400)),
    st.builds(Keeping, effect=st.just(Effect.EMPTIED), days=st.floats(7, 400)),
)


@given(BOXES, KEEPINGS)
def test_on_the_day_told_it_is_full_and_the_day_before_it_is_not(box: Box, keeping: Keeping) -> None:
    days = days_until_full(box, keeping)
    if days is None or days == 0:
        return
    assert level(box, keeping, days * (1 - 1e-9)) == pytest.approx(box.quota, rel=1e-5, abs=1e-5)
    assert level(box, keeping, days / 2) <= box.quota + 1e-6


@given(BOXES, KEEPINGS)
def test_where_no_day_is_told_ten_years_don_t_fill_it(box: Box, keeping: Keeping) -> None:
    if days_until_full(box, keeping) is None:
        assert max(level(box, keeping, day) for day in range(0, 3_650, 5)) <= box.quota + 1e-6


@given(BOXES, KEEPINGS)
def test_a_full_box_is_full_today(box: Box, keeping: Keeping) -> None:
    assert (days_until_full(box, keeping) == 0) is (box.used >= box.quota)


@given(BOXES, KEEPINGS, st.integers(0, 3_000))
def test_nothing_deletes_more_than_there_is(box: Box, keeping: Keeping, day: int) -> None:
    assert -1e-6 <= level(box, keeping, day) <= box.used + box.inflow * day + 1e-6


@given(BOXES, st.floats(0, 300))
def test_what_stops_after_some_days_fills_that_much_later(box: Box, lasts: float) -> None:
    growing = days_until_full(box, Keeping(effect=Effect.GROWS))
    later = days_until_full(box, Keeping(effect=Effect.STOPS, lasts=lasts))
    if growing:
        assert later == pytest.approx(growing + lasts)


def test_mails_of_the_last_days_are_kept() -> None:
    box, keeping = Box(used=0, quota=100, inflow=2), Keeping(effect=Effect.KEEPS_DAYS, days=14)
    assert [level(box, keeping, day) for day in (0, 7, 14, 100)] == [0, 14, 28, 28]


def test_what_is_older_than_that_stays() -> None:
    box, keeping = Box(used=50, quota=100, inflow=2), Keeping(effect=Effect.KEEPS_DAYS, days=14)
    assert level(box, keeping, 100) == 50


def test_a_clean_up_empties_the_box() -> None:
    box, keeping = Box(used=20, quota=100, inflow=1), Keeping(effect=Effect.EMPTIED, days=60)
    assert [round(level(box, keeping, day)) for day in (0, 39, 40, 99, 100)] == [20, 59, 0, 59, 0]


def test_a_simulation_day_by_day_agrees() -> None:
    box, keeping = Box(used=3, quota=90, inflow=1.5), Keeping(effect=Effect.KEEPS_DAYS, days=40)
    mails = [(0.0 - (3 - 1.5 * number) / 1.5, 1.5) for number in range(2)]  # 3 MB came in the last two days
    for day in range(1, 120):
        mails = [(came, size) for came, size in mails if day - came <= keeping.days]
        mails.append((float(day), 1.5))
        assert math.isclose(sum(size for _, size in mails), level(box, keeping, day), abs_tol=3.1)
