"""What a checker says on the command line in processes whose hashes differ."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable


def answers_of_processes(checker: str, pastes: Iterable[str], seeds: Iterable[str] = ("0", "1", "2")) -> set[str]:
    """Return all that is said to the same pastes: one text where no answer depends on the process."""
    questions = "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(pastes))
    return {
        subprocess.run(
            [sys.executable, "-m", "kakugen_checkers", checker, "--jsonl", "--today", "2026-11-24"],
            input=questions,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in seeds
    }
