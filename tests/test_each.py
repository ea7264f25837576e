"""A test over many entries: it runs for all of them, and names each that fails."""

import pytest
from tests.each import each


def test_all_entries_are_run_and_each_that_fails_is_named() -> None:
    seen: list[int] = []

    @each("number", [1, 2, 3, 4], ids=lambda number: f"number {number}")
    def test(number: int, limit: int) -> None:
        seen.append(number)
        assert number < limit, "too large"

    with pytest.raises(AssertionError, match=r"(?s)^2 of 4 fail:.*number 3: .*too large.*number 4: .*too large"):
        test(limit=3)
    assert seen == [1, 2, 3, 4]
    test(limit=5)


def test_stacked_entries_are_all_combined() -> None:
    seen: list[tuple[str, int]] = []

    @each("letter", [pytest.param("a", id="first"), "b"])
    @each(("number", "half"), [(2, 1), (4, 2)])
    def test(letter: str, number: int, half: int) -> None:
        seen.append((letter, number * half))

    test()
    assert seen == [("a", 2), ("a", 8), ("b", 2), ("b", 8)]


def test_a_test_over_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no entries for rule"):
        each("rule", [])
