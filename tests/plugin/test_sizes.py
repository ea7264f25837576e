"""The budgets of what readers load, and the table that shows it."""

import gzip
import importlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kakugen.embed import ENTRY, STYLES, client_files
from kakugen.runtime import build_pack, find_checkers
from kakugen.runtime.manifest import NAME
from kakugen.runtime.pack import CORE, STDLIB, WORKER
from kakugen.runtime.pyodide import Pyodide, fetch_pyodide
from kakugen.runtime.shares import COMMON
from kakugen.sizes import BROTLI_QUALITY, GZIP_LEVEL, Size, size_table, together

ROOT = Path(__file__).parents[2]

CLIENT_BEFORE_INTENT = 12 * 1024
"""Bytes of gzip that a page loads for its checkers before the reader turns to one."""

FIRST_VISIT = 0.8
"""The largest part of plain Pyodide's core that a first visit loads, on hosts that know brotli and on others."""

PLAIN_CORE = (*CORE, "python_stdlib.zip", "pyodide-lock.json")
"""What a page loads that starts Pyodide as it comes."""


@pytest.fixture(scope="module")
def cache(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    """A cache with Pyodide in it."""
    return made_once("pyodide-cache", fetch_pyodide)


@pytest.fixture(scope="module")
def pyodide(cache: Path) -> Pyodide:
    return fetch_pyodide(cache)


def sum_of(paths: Iterable[Path]) -> Size:
    return together("all", [Size.of(path.name, path.read_bytes()) for path in paths])


def test_client_before_intent_is_within_its_budget() -> None:
    assert sum_of(client_files()[name] for name in (ENTRY, STYLES)).gzip <= CLIENT_BEFORE_INTENT


def test_first_visit_to_any_checker_is_within_its_budget_with_gzip_and_with_brotli(
    cache: Path, pyodide: Pyodide
) -> None:
    pack = build_pack(find_checkers(), cache)
    manifest = json.loads((pack.directory / NAME).read_text("utf-8"))
    always = [pack.directory / name for name in (*CORE, STDLIB, COMMON, WORKER, NAME)]
    base = sum_of([*always, *client_files().values()])
    plain = sum_of(pyodide.directory / name for name in PLAIN_CORE)
    assert plain.brotli is not None
    for checker in manifest["checkers"]:
        ours = together(checker["id"], [base, sum_of(pack.directory / name for name in checker["archives"])])
        assert ours.brotli is not None
        assert ours.gzip <= FIRST_VISIT * plain.gzip, checker["id"]
        assert ours.brotli <= FIRST_VISIT * plain.brotli, checker["id"]


def test_size_is_measured_as_servers_compress() -> None:
    content = b"a line of text\n" * 1000
    brotli = importlib.import_module("brotli")
    assert Size.of("x", content) == Size(
        "x",
        len(content),
        len(gzip.compress(content, GZIP_LEVEL)),
        len(brotli.compress(content, quality=BROTLI_QUALITY)),
    )


def test_table_shows_each_group_with_its_sum_and_each_file(tmp_path: Path) -> None:
    for name in ("one.js", "two.js"):
        (tmp_path / name).write_bytes(b"x" * 1000)
    table = size_table({"client": {name: tmp_path / name for name in ("one.js", "two.js")}})
    rows = [line.split() for line in table.splitlines()]
    assert rows[0] == ["bytes", "raw", "gzip", "brotli"]
    assert [row[:2] for row in rows[1:]] == [["client", "2,000"], ["one.js", "1,000"], ["two.js", "1,000"]]


def test_table_without_brotli_says_so_and_still_has_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one.js").write_bytes(b"x" * 1000)
    monkeypatch.setattr("kakugen.sizes.find_spec", lambda name: None)
    assert size_table({"client": {"one.js": tmp_path / "one.js"}}).splitlines()[-1].split()[-1] == "-"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """A function that builds a small site and returns what the build says: ``built(*options)``."""
    project = tmp_path_factory.mktemp("project")
    (project / "docs").mkdir()
    (project / "docs/index.md").write_text("# Home\n\n/// checker | bounce\n///\n", "utf-8")
    (project / "mkdocs.yml").write_text(
        f"site_name: Small\nsite_url: https://small.example/\ntheme: {{name: material, language: en}}\n"
        f"plugins:\n  - kakugen: {{checkers: [bounce], cache: {ROOT / '.cache/kakugen'}}}\n",
        "utf-8",
    )

    def build(*options: str) -> str:
        command = [sys.executable, "-m", "mkdocs", "build", *options]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stderr

    return build


def test_build_says_in_one_line_what_it_did_with_the_pack_and_how_large_it_is(built: Callable[..., str]) -> None:
    (line,) = [line for line in built().splitlines() if "runtime pack" in line]
    assert " MB as gzip)" in line


def test_verbose_build_shows_the_size_of_each_file(built: Callable[..., str]) -> None:
    said = built("--verbose")
    for name in ("checker.js", "conversation.js", "pyodide.asm.wasm", "worker.js"):
        (row,) = [line for line in said.splitlines() if line.strip().startswith(f"{name} ")]
        assert len(row.split()) == 4
        assert all(cell.replace(",", "").isdecimal() for cell in row.split()[1:])


BUILD = """
import json, sys
from pathlib import Path
from kakugen.runtime import build_pack, find_checkers
print(build_pack(find_checkers(["bounce"]), Path(sys.argv[1])).directory)
"""


def test_the_same_input_gives_the_same_pack_in_any_folder_at_any_time_with_any_hash_seed(
    cache: Path, tmp_path: Path
) -> None:
    packs: list[dict[str, bytes]] = []
    for number, name in enumerate(("one", "a folder/deeper"), start=1):
        folder = tmp_path / name
        shutil.copytree(ROOT / "checkers" / "kakugen_checkers", folder / "kakugen_checkers")
        (folder / "kakugen_checkers/data/copied.txt").write_text("shows that this folder was read", "utf-8")
        for path in folder.rglob("*"):
            os.utime(path, (number * 1e9, number * 1e9))
        (folder / "cache").mkdir()
        (folder / "cache/pyodide").symlink_to(cache / "pyodide")
        environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONHASHSEED": str(number)}
        done = subprocess.run(
            [sys.executable, "-c", BUILD, str(folder / "cache")],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        pack = Path(done.stdout.strip())
        packs.append(
            {path.relative_to(pack).as_posix(): path.read_bytes() for path in pack.rglob("*") if path.is_file()}
        )
    assert {name for name in packs[0] if packs[0][name] != packs[1].get(name)} == set()
    assert packs[0].keys() == packs[1].keys()
    assert b"shows that this folder was read" in packs[0][COMMON]
