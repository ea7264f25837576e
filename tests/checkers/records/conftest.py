"""What the tests of DNS records share: the faults of one paste, with the words that each points at."""

from collections.abc import Callable

import pytest

from kakugen_checkers.records.judge import judge
from kakugen_checkers.records.read import read_records

type Faults = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="session")
def faults() -> Faults:
    """``faults(text, domain="")``: ids of the faults of a paste and the words that show them, the worst first."""

    def faults_of(text: str, domain: str = "") -> list[tuple[str, str]]:
        return [(fault.id, text[fault.start : fault.end]) for fault in judge(read_records(text, domain), None).faults]

    return faults_of
