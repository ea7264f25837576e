"""How soon a page answers, on a first and on a second visit, beside Pyodide as it comes, and what it downloads.

Run it with ``uv run python tests/benchmarks/start.py``. Each round is one run of Chromium with a new profile, in which
both are visited twice in turn; the tables show medians, and ratios that hold on a noisy machine. A number says how
many rounds: ``… start.py 9``.
"""

import functools
import io
import os
import shutil
import statistics
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import BrowserContext, Playwright, sync_playwright
from runtime_pack import CACHE, PLAIN, loaded, sizes

from kakugen.runtime import build_pack, find_checkers
from kakugen.runtime.checkers import collect_files
from kakugen.runtime.pyodide import fetch_pyodide

ROUNDS: Final = 5
PATIENCE: Final = 120_000
"""How long one visit may take, in milliseconds."""

QUESTION: Final = "550 5.1.1 <nobody@example.jp>: Recipient address rejected: User unknown"

PAGE: Final = """<!doctype html><title>{name}</title><script>
  const question = {{ type: "run", run: 1, checker: "bounce", answers: JSON.stringify({{ mail: {question!r} }}),
                      today: "2026-11-24", locale: "ja" }};
  window.visit = () => new Promise((resolve, reject) => {{
    const begin = performance.now();
    const worker = new Worker("{worker}", {{ type: "module" }});
    let ready, snapshot;
    worker.onerror = reject;
    worker.onmessage = ({{ data }}) => {{
      if (data.type === "ready") {{
        ready = performance.now() - begin;
        snapshot = data.snapshot === true;
        worker.postMessage(question);
      }}
      if (data.type === "failed") reject(new Error(data.detail));
      if (data.type === "verdict") resolve({{ ready, answer: performance.now() - begin, snapshot }});
    }};
    worker.postMessage({{ type: "start", checkers: ["bounce"] }});
  }});
  window.keep = () => new Promise((resolve, reject) => {{
    const worker = new Worker("{worker}", {{ type: "module" }});
    worker.onmessage = ({{ data }}) => {{
      if (data.type === "kept") resolve(data.bytes);
      if (data.type === "failed") reject(new Error(data.detail));
    }};
    worker.postMessage({{ type: "keep", checkers: ["bounce"] }});
  }});
</script>"""

PLAIN_WORKER: Final = """
import { loadPyodide } from "./pyodide/pyodide.mjs";
onmessage = async ({ data }) => {
  if (data.type === "start") {
    const archive = fetch(new URL("./checkers.zip", import.meta.url)).then((response) => response.arrayBuffer());
    const pyodide = await loadPyodide({ indexURL: new URL("./pyodide/", import.meta.url).href });
    const started = performance.now();
    pyodide.unpackArchive(await archive, "zip");
    pyodide.runPython(`
      from datetime import date
      from kakugen_checkers.bounce import checker
      from kakugen_checkers.protocol import answers_from_json, to_json
      def answer(text, today, locale):
          return to_json(checker.run(answers_from_json(text), today=date.fromisoformat(today), locale=locale))
    `);
    self.answer = pyodide.globals.get("answer");
    postMessage({ type: "ready" });
  } else {
    postMessage({ type: "verdict", verdict: self.answer(data.answers, data.today, data.locale) });
  }
};
"""

type Times = dict[str, float]


class CachedFiles(SimpleHTTPRequestHandler):
    """Static files that a browser may keep, as hosts serve them."""

    protocol_version = "HTTP/1.1"
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript", ".wasm": "application/wasm"}

    def end_headers(self) -> None:
        """Let the browser keep everything for ten minutes."""
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def write_pages(folder: Path) -> list[int]:
    """Write what is visited, and return the sizes of the checkers as source: raw, gzip 6, brotli 5, brotli 11."""
    checkers = find_checkers()
    pack = build_pack(checkers, CACHE)
    shutil.copytree(pack.directory, folder / "pack" / pack.hash)
    shutil.copytree(fetch_pyodide(CACHE).directory, folder / "pyodide")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in collect_files(checkers).items():
            archive.writestr(name, content)
    (folder / "checkers.zip").write_bytes(buffer.getvalue())
    (folder / "plain.js").write_text(PLAIN_WORKER, encoding="utf-8")
    for name, worker in {"plain": "plain.js", "ours": f"pack/{pack.hash}/worker.js"}.items():
        page = PAGE.format(name=name, worker=worker, question=QUESTION)
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return sizes([folder / "checkers.zip"])[0]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address."""
    handler = functools.partial(CachedFiles, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def new_browser(playwright: Playwright) -> Iterator[BrowserContext]:
    """Start Chromium with a new profile on disk."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-component-update"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(profile, executable_path=path, args=arguments)
        yield context
        context.close()


def visit(context: BrowserContext, address: str) -> dict[str, Any]:
    """Open a page of its own, ask, and leave."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    times: dict[str, Any] = page.evaluate("visit()")
    page.close()
    return times


def play(context: BrowserContext, url: str, names: list[str]) -> dict[str, Times]:
    """Visit both twice, one after the other, with the pause in which a snapshot is made."""
    rows: dict[str, Times] = {}
    for name in names:
        rows[f"{name}, first visit"] = visit(context, f"{url}{name}.html")
    page = context.new_page()
    page.goto(f"{url}ours.html")
    begin = page.evaluate("performance.now()")
    assert page.evaluate("keep()"), "no snapshot was made"
    rows["making the snapshot"] = {"ready": page.evaluate("performance.now()") - begin}
    page.close()
    for name in names:
        rows[f"{name}, second visit"] = visit(context, f"{url}{name}.html")
    assert rows["ours, second visit"].pop("snapshot"), "the second visit did not use the snapshot"
    return rows


def show_times(rounds: list[dict[str, Times]]) -> None:
    """Print medians in milliseconds, and the median of the ratios.

    Each ratio is of two visits of the same round, one right after the other, so that both had the machine as it was.
    """

    def median(row: str, column: str) -> float:
        return statistics.median(one[row][column] for one in rounds)

    print(f"\nload of the machine: {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors")
    print(f"\n{f'milliseconds, medians of {len(rounds)}':<34}{'ready':>10}{'answer':>10}")
    for which in ("first", "second"):
        rows = [f"{name}, {which} visit" for name in ("plain", "ours")]
        for row in rows:
            print(f"{row:<34}{median(row, 'ready'):>10,.0f}{median(row, 'answer'):>10,.0f}")
        ratios = [
            statistics.median(one[rows[1]][column] / one[rows[0]][column] for one in rounds)
            for column in ("ready", "answer")
        ]
        print(f"{'ratio':<34}" + "".join(f"{ratio:>10.2f}" for ratio in ratios))
        if which == "first":
            print(f"{'making the snapshot':<34}{median('making the snapshot', 'ready'):>10,.0f}")


def show_sizes(folder: Path, checkers: list[int]) -> None:
    """Print what is downloaded on the first visit, and the ratios."""
    (pack,) = (folder / "pack").iterdir()
    ours = [sum(column) for column in zip(*sizes([pack / name for name in loaded(pack, "bounce")]), strict=True)]
    core = [sum(column) for column in zip(*sizes([folder / "pyodide" / name for name in PLAIN]), strict=True)]
    plain = [size + more for size, more in zip(core, checkers, strict=True)]
    print(f"\n{'bytes of the first visit':<34}{'raw':>12}{'gzip 6':>12}{'brotli 5':>12}{'brotli 11':>12}")
    for name, row in {"plain, without checkers": core, "plain": plain, "ours": ours}.items():
        print(f"{name:<34}" + "".join(f"{size:>12,}" for size in row))
    print(f"{'ratio':<34}" + "".join(f"{a / b:>12.2f}" for a, b in zip(ours, plain, strict=True)))


def main() -> None:
    """Play the rounds and print the tables."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    os.environ.setdefault("NODE_NO_WARNINGS", "1")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        checkers = write_pages(folder)
        rounds: list[dict[str, Times]] = []
        with served(folder) as url:
            for number in range(count):
                names = ["plain", "ours"] if number % 2 == 0 else ["ours", "plain"]
                with new_browser(playwright) as context:
                    rounds.append(play(context, url, names))
        show_times(rounds)
        show_sizes(folder, checkers)


if __name__ == "__main__":
    main()
