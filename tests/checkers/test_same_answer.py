"""The same paste gives the same answer, in every process."""

import json
import os
import subprocess
import sys
from pathlib import Path

SAMPLES = Path(__file__).parent / "samples"


def test_answers_do_not_depend_on_the_process() -> None:
    pastes = sorted([*SAMPLES.glob("*/paste.txt"), *SAMPLES.glob("*/mail.eml")])
    questions = "".join(
        json.dumps({"id": path.parent.name, "text": path.read_bytes().decode("latin-1")}) + "\n" for path in pastes
    )
    answers = {
        subprocess.run(
            [sys.executable, "-m", "kakugen_checkers", "bounce", "--jsonl", "--today", "2026-11-24"],
            input=questions,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "2", "3")
    }
    assert len(answers) == 1
    assert next(iter(answers)).count("\n") == len(pastes) > 50
