"""What Kakugen adds to a build: the same pages with it and on plain Material, one after the other in one run.

Run it with ``uv run python tests/benchmarks/site_speed.py [articles] [--serve] [--linear]``. It writes knowledge bases
of generated articles into a temporary folder and prints a table with the budgets beside what was measured. Times of a
build are those of the processor, its further languages included; the two languages side by side are measured by the
clock too. Seconds differ from machine to machine, ratios do not.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from generated import MADE, write_base, write_plain

from kakugen.commands.linting import lint
from kakugen.commands.project import load_project

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
PATIENCE = 600.0
EDITS = 3
CHECKED = date(2026, 11, 24)
"""The day on which the generated articles were checked."""

# Reports the peak of its own memory; those of its children do not count.
_BUILD = (
    "import resource, sys\n"
    "from mkdocs.__main__ import cli\n"
    "try:\n"
    "    cli(['build', '--quiet', '--config-file', sys.argv[1], '--site-dir', sys.argv[2]])\n"
    "finally:\n"
    "    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a build costs: seconds of the processor, seconds of the clock, megabytes at most."""

    work: float
    clock: float
    megabytes: float


def build(config: Path) -> Cost:
    """Build a site and return what it cost."""
    before, begin = os.times(), time.perf_counter()
    command = [sys.executable, "-c", _BUILD, str(config), str(config.parent / "site")]
    done = subprocess.run(command, env=ENVIRONMENT, cwd=config.parent, capture_output=True, text=True, check=False)
    clock, after = time.perf_counter() - begin, os.times()
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    work = after.children_user + after.children_system - before.children_user - before.children_system
    return Cost(work=work, clock=clock, megabytes=int(done.stderr.split()[-1]) / 1024)


def measured(*configs: Path, rounds: int) -> list[Cost]:
    """Build each site once for the caches, then all in turn, so that whatever else runs slows all alike."""
    for config in configs:
        build(config)
    costs = [[build(config) for config in configs] for _ in range(rounds)]
    return [
        Cost(**{name: median(getattr(cost, name) for cost in column) for name in Cost.__slots__})
        for column in zip(*costs, strict=True)
    ]


def edit_time(config: Path, article: Path, page: str) -> float:
    """Serve a site, edit an article, and return how long it takes until the edit is shown, in seconds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--config-file", str(config), "--dev-addr", f"127.0.0.1:{port}"]
    log = config.parent / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(command, env=ENVIRONMENT, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(lambda: "Serving on" in log.read_text("utf-8") or server.poll() is not None)
        times = []
        for number in range(EDITS):
            mark = f"edited-{number}-{time.monotonic_ns()}"
            begin = time.perf_counter()
            article.write_text(article.read_text("utf-8") + f"\n{mark}\n", "utf-8")
            _wait(lambda mark=mark: mark in _fetched(f"http://127.0.0.1:{port}/{page}"))
            times.append(time.perf_counter() - begin)
        return median(times)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)


def _fetched(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return answer.read().decode()
    except OSError:
        return ""


def _wait(until: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not until():
        if time.monotonic() > end:
            raise SystemExit("It took too long.")
        time.sleep(0.05)


def row(what: str, value: str, budget: str) -> None:
    """Print one line of the table."""
    print(f"{what:58}{value:>14}{budget:>14}", flush=True)


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("articles", nargs="?", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--serve", action="store_true", help="measure an edit under mkdocs serve too")
    arguments.add_argument("--linear", action="store_true", help="build five times as many articles too")
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder, count = Path(name), asked.articles
        two = write_base(folder / "two", count)
        one = write_base(folder / "one", count, languages=("ja",))
        plain = write_plain(folder / "plain", one)
        # What a site has anyway: checkers, their tables, and the articles that the generated ones are copies of.
        few = write_base(folder / "few", 0, languages=("ja",))
        plain_few = write_plain(folder / "plain-few", few)
        row(f"{count} generated articles a language", "measured", "budget")
        material, material_few, own, own_few, both = measured(plain, plain_few, one, few, two, rounds=asked.rounds)
        row("plain Material, one language, processor", f"{material.work:.1f} s", "")
        row("Kakugen, one language, processor", f"{own.work:.1f} s", "")
        row(
            "a site without the generated articles, plain / Kakugen",
            f"{material_few.work:.1f} / {own_few.work:.1f} s",
            "",
        )
        share = ((own.work - own_few.work) - (material.work - material_few.work)) / count
        row("our share of a page", f"{share * 1000:.2f} ms", "1 ms")
        memory = (own.megabytes - own_few.megabytes) - (material.megabytes - material_few.megabytes)
        row("our share of the memory, in all", f"{own.megabytes - material.megabytes:.0f} MB", "60 MB")
        row("of that for the generated articles", f"{memory:.0f} MB", "")
        row("two languages against plain Material's one, processor", f"{both.work / material.work:.2f}", "2.5")
        row("the same by the clock", f"{both.clock / material.clock:.2f}", "2.5")
        project = load_project(str(write_base(folder / "lint", count // 2)))
        begin = time.process_time()
        lint(project, CHECKED)
        row(f"lint of {count} articles", f"{time.process_time() - begin:.2f} s", "1 s")
        if asked.linear:
            (large,) = measured(write_base(folder / "large", 5 * count, languages=("ja",)), rounds=1)
            row("a page among five times as many, against a page", f"{large.work / own.work / 5:.2f}", "1.1")
        if asked.serve:
            page, file = f"articles/{MADE}7/", f"articles/{MADE}7.md"
            plain_time = edit_time(plain, plain.parent / "docs" / file, page)
            own_time = edit_time(one, one.parent / "docs" / "ja" / file, page)
            row("an edit under mkdocs serve, against plain Material", f"{own_time / plain_time:.2f}", "1.3")


if __name__ == "__main__":
    main()
