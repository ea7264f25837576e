"""How fast the headers checker answers, beside the bounce checker on the same mails, and what hostile headers cost.

Run it with ``uv run python tests/benchmarks/headers_speed.py``. It takes the samples of the tests. Milliseconds differ
from machine to machine; the ratio to the bounce checker, which reads the same text in the same round, does not.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kakugen_checkers import bounce, headers
from kakugen_checkers.protocol import to_json

SAMPLES = Path(__file__).parents[1] / "checkers" / "headers" / "samples"
TODAY = date(2026, 11, 24)
ROUNDS = 5
LINE = "Received: from a.example.jp ([192.0.2.1]) by b.example.jp with ESMTPS id 1; 24 Nov 2026 01:00:00 +0900\n"
HOSTILE: dict[str, Callable[[], str | bytes]] = {
    "100,000 Received lines": lambda: LINE * 100_000,
    "25 MB in one field": lambda: "Subject: " + "a" * 25_000_000,
    "25 MB in a file": lambda: LINE.encode() * (25_000_000 // len(LINE)),
    "nested comments": lambda: "Received: " + "(" * 100_000 + ")" * 100_000,
}


def seconds(run: Callable[[], object]) -> float:
    """Return how long one run takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> int:
    """Print the medians over the samples, then the time for each hostile header."""
    mails = [path.read_bytes() for path in sorted(SAMPLES.glob("*/*")) if path.suffix in (".eml", ".txt")]

    def ask(checker: headers.HeadersChecker | bounce.BounceChecker) -> None:
        for mail in mails:
            to_json(checker.run({"mail": mail}, today=TODAY, locale="ja"))

    ask(headers.checker)
    ask(bounce.checker)
    rounds = [(seconds(lambda: ask(headers.checker)), seconds(lambda: ask(bounce.checker))) for _ in range(ROUNDS)]
    own = statistics.median(one for one, _ in rounds) / len(mails)
    ratio = statistics.median(one / other for one, other in rounds)
    print(f"{len(mails)} samples: {own * 1000:.2f} ms each, {ratio:.2f} of the bounce checker on the same mails")
    for name, make in HOSTILE.items():
        mail = make()
        cost = seconds(lambda mail=mail: headers.checker.run({"mail": mail}, today=TODAY, locale="ja"))
        print(f"{name:<24} {cost * 1000:8.0f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
