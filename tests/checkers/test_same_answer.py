"""The same paste gives the same answer, in every process."""

from pathlib import Path

from tests.checkers.processes import answers_of_processes

SAMPLES = Path(__file__).parent / "samples"


def test_answers_do_not_depend_on_the_process() -> None:
    pastes = [
        path.read_bytes().decode("latin-1")
        for path in sorted([*SAMPLES.glob("*/paste.txt"), *SAMPLES.glob("*/mail.eml")])
    ]
    (answers,) = answers_of_processes("bounce", pastes, seeds=("0", "1", "2", "3"))
    assert answers.count("\n") == len(pastes) > 50
