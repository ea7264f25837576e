"""How many real bounces are read right, measured on a corpus that lies beside the repository.

The corpus holds mails of other projects under their own licences and is not part of this repository. Whoever has it
puts it at ``../shared/corpus`` (seen from the root of the repository), with its ``score.py``; this module then asks
``score.py`` to measure the command line, and holds the checker to the shares below.

Where the folder does not exist there is nothing to measure: the tests below are then not defined, so none is collected
and none is reported as skipped. A checkout without the corpus is complete. What must hold everywhere is tested by the
samples of the repository itself, in ``tests/checkers/samples``.
"""

import json
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
SCORER = CORPUS / "score.py"

# Share of pastes read right, by the way of pasting: what a change must not fall below.
STYLES = {
    "whole": 0.95,
    "body": 0.94,
    "visible": 0.90,
    "headed": 0.90,
    "quoted": 0.90,
    "diagnostic": 0.94,
    "manual": 0.97,
    "not-a-bounce": 1.0,
}
# Share of facts read right off whole mails.
FACTS = {"reply-code": 0.98, "enhanced-status-code": 0.985, "final-recipient": 0.99}
# How far the share right may be from what the confidence says, where there are enough cases to tell.
CALIBRATION = 0.07
ENOUGH = 30


@cache
def score() -> dict[str, Any]:
    """What ``score.py`` measured, once for all tests."""
    command = shlex.join([sys.executable, "-m", "kakugen_checkers", "bounce", "--jsonl"])
    done = subprocess.run(
        [sys.executable, str(SCORER), "--command", command, "--json"],
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


if SCORER.exists():

    @pytest.mark.parametrize("style", STYLES)
    def test_enough_pastes_are_read_right(style: str) -> None:
        measured = score()["styles"][style]
        assert measured["all"] > 0
        assert measured["right_share"] >= STYLES[style], f"{measured['right']} of {measured['all']}"

    @pytest.mark.parametrize("fact", FACTS)
    def test_enough_facts_are_read_right(fact: str) -> None:
        assert score()["facts"][fact] >= FACTS[fact]

    def test_every_way_of_pasting_is_held_to_a_share() -> None:
        assert score()["styles"].keys() == STYLES.keys()

    def test_confidence_says_how_often_it_is_right() -> None:
        for low, (cases, share) in score()["calibration"].items():
            if cases >= ENOUGH and float(low) >= 0.5:
                assert float(low) - CALIBRATION <= share <= float(low) + 0.1 + CALIBRATION, (low, cases, share)
