"""What reading, checking and furnishing articles costs, and how long a lint of a thousand takes.

Run it with ``uv run python tests/benchmarks/knowledge_speed.py [articles]``. It writes a knowledge base of generated
Japanese articles with their English translations into a temporary folder. Milliseconds differ from machine to machine;
the column of turns does not: it counts in turns of a reference loop that runs beside each round.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from generated import write_base

from kakugen import knowledge
from kakugen.commands.linting import lint
from kakugen.commands.project import load_project
from kakugen.knowledge.safety import check_safety
from kakugen.pages import Furnisher, Reports, labels_for

ROUNDS = 5
TODAY = date(2026, 11, 24)


def turns() -> float:
    """Return how long a thousand turns of the reference loop take, in seconds."""
    begin = time.process_time()
    total = 0
    for number in range(200_000):
        total += number % 7
    assert total
    return (time.process_time() - begin) / 200


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median time of some work in seconds, and in thousands of turns."""
    times, ratios = [], []
    for _ in range(ROUNDS):
        turn = turns()
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
        ratios.append(times[-1] / turn)
    return statistics.median(times), statistics.median(ratios)


def main() -> None:
    """Print the table."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory() as folder:
        project = load_project(str(write_base(Path(folder), articles)))
        documents = list(project.documents())
        pages = sum("/articles/" in document.file for document in documents)
        catalog, _ = knowledge.read_catalog(documents, project.codes, project.folders)
        background = knowledge.Background(topics=project.topics, sections=project.sections, holds=180, today=TODAY)

        def fresh() -> knowledge.Catalog:
            return knowledge.read_catalog(documents, project.codes, project.folders)[0]

        furnisher = Furnisher(
            catalog=catalog,
            language="ja",
            labels=labels_for("ja"),
            checker_of={},
            checker_titles={},
            url_of=str,
            reports=Reports(
                template="https://git.example/?title={title}&body={body}", root="", labels=labels_for("ja")
            ),
            holds=180,
            today=TODAY,
        )
        rounds: dict[str, Callable[[], object]] = {
            "read front matter and catalog": fresh,
            "checks between articles": lambda: knowledge.check(fresh(), background),
            "furniture, twice a page": lambda: [
                furnisher.article(entry.path) for entry in catalog.articles_in("ja") for _ in range(2)
            ],
            "unsafe HTML and links": lambda: [list(check_safety(entry.text, "x")) for entry in fresh().articles],
            "lint, all rules": lambda: lint(project, TODAY),
        }
        print(f"{pages} articles, {ROUNDS} rounds; medians\n")
        print(f"{'':32}{'ms':>9}{'ms a page':>12}{'k turns a page':>16}")
        for name, work in rounds.items():
            seconds, ratio = measured(work)
            count = articles if name.startswith("furniture") else pages
            print(f"{name:32}{seconds * 1000:9.0f}{seconds * 1000 / count:12.3f}{ratio / count:16.3f}")


if __name__ == "__main__":
    main()
