"""How fast the bounce checker answers, where its time goes, and what hostile input costs.

Run it with ``uv run python tests/benchmarks/bounce_speed.py [folder of mails]``. Without a folder it takes the samples
of the tests, and the corpus that ``tests/corpus`` describes where there is one. Milliseconds differ from machine to
machine; the last column does not: it counts in turns of a reference loop that runs beside each round. Hostile input is
answered in a process of its own, whose peak of memory is that of Python, the rules and the input together.
"""

import email
import email.policy
import json
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

from kakugen_checkers.bounce import checker
from kakugen_checkers.bounce.decide import decide
from kakugen_checkers.bounce.explain import Case, explain
from kakugen_checkers.bounce.rules import match_rules, speaking_systems
from kakugen_checkers.bounce.signals import read_signals
from kakugen_checkers.bounce.unwrap import unwrap
from kakugen_checkers.protocol import to_json

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "tests" / "checkers" / "samples"
CORPUS = ROOT.parent / "shared" / "corpus"
ENDINGS = {".eml", ".txt", ".mbox"}
TODAY = date(2026, 11, 24)
ROUNDS = 5
STEPS = ("unwrap", "signals", "rules", "decide+explain", "json")
SMALL, LARGE = 1_000_000, 25_000_000


def mails(folders: Sequence[Path]) -> list[bytes]:
    """Return every mail and every pasted text below folders."""
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in ENDINGS]
    return [path.read_bytes() for path in paths]


def visible_text(mail: bytes) -> str:
    """Return what a mail program shows of a mail; a text that is no mail as it is."""
    message = email.message_from_bytes(mail, policy=email.policy.default)
    if not message.keys():
        return mail.decode("utf-8", "replace")
    for part in message.walk():
        if part.get_content_maintype() == "text":
            content = part.get_payload(decode=True)
            return content.decode("utf-8", "replace") if isinstance(content, bytes) else str(content)
    return mail.decode("utf-8", "replace")


# ---- time ----


def turn() -> float:
    """Return the milliseconds of one turn of the reference loop: counting the words of a fixed text."""
    words = ("the mailbox of the recipient is full " * 200).split()
    start = time.perf_counter()
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + len(word.upper())
    return (time.perf_counter() - start) * 1000


@dataclass
class Times:
    """The milliseconds of each step for one mail, the best of all rounds."""

    steps: list[float] = field(default_factory=lambda: [float("inf")] * len(STEPS))

    def note(self, steps: list[float]) -> None:
        """Take over what is better than before."""
        self.steps = list(map(min, self.steps, steps))

    @property
    def whole(self) -> float:
        """All steps together."""
        return sum(self.steps)


def answer(mail: bytes | str) -> list[float]:
    """Answer a mail step by step, as ``BounceChecker.run`` does; return the milliseconds of each step."""
    marks = [time.perf_counter()]
    parts = unwrap(mail)
    marks.append(time.perf_counter())
    signals = read_signals(parts)
    marks.append(time.perf_counter())
    speaking = speaking_systems(signals)
    hits = match_rules(signals, speaking)
    marks.append(time.perf_counter())
    text = mail if isinstance(mail, str) else None
    case = Case(
        answer=text,
        parts=parts,
        signals=signals,
        decision=decide(signals, hits),
        systems=speaking,
        today=TODAY,
        locale="ja",
    )
    verdict = explain(case)
    marks.append(time.perf_counter())
    to_json(verdict)
    marks.append(time.perf_counter())
    return [(end - start) * 1000 for start, end in pairwise(marks)]


def measure(pastes: Sequence[bytes | str]) -> tuple[list[Times], float]:
    """Return the times of each paste, and the milliseconds of a turn of the reference loop in the same minutes."""
    times = [Times() for _ in pastes]
    turns = []
    for _ in range(ROUNDS):
        turns += [turn() for _ in range(50)]
        for paste, found in zip(pastes, times, strict=True):
            found.note(answer(paste))
    return times, min(turns)


def show_times(title: str, pastes: Sequence[bytes | str]) -> None:
    """Print how fast pastes are answered and where the time goes."""
    times, reference = measure(pastes)
    totals = sorted(found.whole for found in times)
    mean = statistics.fmean(totals)
    size = statistics.median(len(paste) for paste in pastes)
    print(f"\n{title}: {len(pastes)} of {size / 1000:.1f} kB (median), {1000 / mean:,.0f} a second")
    print(f"{'':<18}{'ms':>10}{'share':>10}{'turns':>10}")
    for name, value in (
        ("median", statistics.median(totals)),
        ("p95", totals[int(len(totals) * 0.95)]),
        ("slowest", totals[-1]),
    ):
        print(f"{name:<18}{value:>10.3f}{'':>10}{value / reference:>10.2f}")
    for number, step in enumerate(STEPS):
        value = statistics.fmean(found.steps[number] for found in times)
        print(f"{step:<18}{value:>10.3f}{value / mean:>10.0%}{value / reference:>10.2f}")


# ---- hostile input ----


def filled(unit: str, size: int) -> str:
    """Return one thing again and again."""
    return (unit * (size // len(unit) + 1))[:size]


def bounce_with_attachment(size: int) -> bytes:
    """Return a bounce behind which a large attachment lies."""
    bounce = (SAMPLES / "postfix-user-unknown" / "mail.eml").read_bytes()
    return (bounce + b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n" * (size // 37))[:size]


def nested(size: int) -> str:
    """Return multipart in multipart in multipart, until it is as large as asked for."""
    mail, depth = ["From: a@example.com\nTo: b@example.com\n"], 0
    length = len(mail[0])
    while length < size:
        mail.append(f"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n")
        length, depth = length + len(mail[-1]), depth + 1
    return "".join(mail)


def noise(size: int) -> bytes:
    """Return the same random bytes each time."""
    return random.Random(0).randbytes(size)


HOSTILE: dict[str, Callable[[int], bytes | str]] = {
    "codes": lambda size: filled("550 5.1.1 ", size),
    "quote marks": lambda size: filled("> ", size),
    "one long word": lambda size: filled("a", size),
    "addresses": lambda size: filled("a@example.com,", size),
    "angle brackets": lambda size: filled("<", size),
    "HTML": lambda size: filled("<div ", size),
    "boundaries": lambda size: filled("--b\n", size),
    "report fields": lambda size: filled("Status: 5.1.1\n", size),
    "empty lines": lambda size: filled("\n\n", size),
    "Japanese": lambda size: filled("いっぱい", size),
    "refusals": lambda size: filled("550 5.2.2 The mailbox of a@example.com is over quota\n", size),
    "nested multipart": nested,
    "random bytes": noise,
    "large attachment": bounce_with_attachment,
}


def answer_hostile(kind: str, size: int) -> None:
    """Answer one hostile input and print seconds and peak of memory as JSON; called in a process of its own."""
    paste = HOSTILE[kind](size)
    answer("550 5.1.1 User unknown")  # the rules are read before the clock starts
    start = time.perf_counter()
    checker.run({"mail": paste}, today=TODAY, locale="ja")
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    print(json.dumps([seconds, peak]))


def hostile_results() -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """Yield each kind with its seconds and its peak in bytes, for the small and for the large input."""
    for kind in HOSTILE:
        found = []
        for size in (SMALL, LARGE):
            command = [sys.executable, __file__, "--hostile", kind, str(size)]
            output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            seconds, peak = json.loads(output)
            found.append((seconds, peak))
        yield kind, found


def show_hostile() -> None:
    """Print what hostile input costs."""
    print(f"\n{'hostile input':<18}{'1 MB: s':>10}{'peak MB':>10}{'25 MB: s':>10}{'peak MB':>10}")
    for kind, results in hostile_results():
        print(f"{kind:<18}" + "".join(f"{seconds:>10.2f}{peak / 1e6:>10.0f}" for seconds, peak in results), flush=True)


def main(arguments: Sequence[str]) -> None:
    """Print the tables."""
    if arguments[:1] == ["--hostile"]:
        answer_hostile(arguments[1], int(arguments[2]))
        return
    folders = [Path(argument) for argument in arguments] or [SAMPLES, *([CORPUS] if CORPUS.is_dir() else [])]
    whole = mails(folders)
    if not whole:
        sys.exit(f"no mail ({', '.join(sorted(ENDINGS))}) in {', '.join(map(str, folders))}")
    start = time.perf_counter()
    answer("550 5.1.1 User unknown")
    print(f"first answer, reading the rules: {time.perf_counter() - start:.2f} s")
    print(f"one turn of the reference loop: {min(turn() for _ in range(200)):.3f} ms")
    show_times("whole mails", whole)
    show_times("visible text", [visible_text(mail) for mail in whole])
    show_hostile()


if __name__ == "__main__":
    main(sys.argv[1:])
