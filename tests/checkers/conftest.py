"""What the tests of the checkers share: asking the bounce checker, in one call."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, settings

from kakugen_checkers.bounce import checker
from kakugen_checkers.protocol import Verdict

TODAY = date(2026, 11, 24)

# The same examples on each run, and no clock: a busy machine must not fail a test.
settings.register_profile(
    "kakugen", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("kakugen")

type Ask = Callable[..., Verdict]


@pytest.fixture(scope="session")
def ask() -> Ask:
    """``ask(mail, locale="en", today=…)``: the verdict on a pasted text, or on the bytes of a file."""

    def ask_bounce(mail: str | bytes | None, *, locale: str = "en", today: date = TODAY) -> Verdict:
        return checker.run({"mail": mail}, today=today, locale=locale)

    return ask_bounce
