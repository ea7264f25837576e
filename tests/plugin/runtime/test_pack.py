"""A pack is the same wherever it is built, built once, and smaller than plain Pyodide."""

import hashlib
import json
import os
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kakugen.runtime import Pack, build_pack

type Install = Callable[..., Any]


def contents(pack: Pack) -> dict[str, bytes]:
    files = (path for path in pack.directory.rglob("*") if path.is_file())
    return {path.relative_to(pack.directory).as_posix(): path.read_bytes() for path in files}


def test_two_builds_from_clean_caches_give_identical_bytes(
    install: Install, clean_cache: Callable[[str], Path]
) -> None:
    checkers = install().checkers
    one, other = build_pack(checkers, clean_cache("one")), build_pack(checkers, clean_cache("another/deeper"))
    assert one.built
    assert other.built
    assert one.hash == other.hash
    assert contents(one) == contents(other)


def test_a_second_build_only_looks(
    install: Install, clean_cache: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    checkers, cache = install().checkers, clean_cache("cache")
    first = build_pack(checkers, cache)
    before = {path: path.stat().st_mtime_ns for path in cache.rglob("*")}
    monkeypatch.setattr("kakugen.runtime.pack._assemble", lambda *_: pytest.fail("assembled again"))
    second = build_pack(checkers, cache)
    assert not second.built
    assert (second.hash, second.files, second.directory) == (first.hash, first.files, first.directory)
    assert {path: path.stat().st_mtime_ns for path in cache.rglob("*")} == before


def test_a_changed_checker_makes_another_pack(install: Install, pyodide_cache: Path, tmp_path: Path) -> None:
    made = install()
    first = build_pack(made.checkers, pyodide_cache)
    made.write("demo_checkers/facts/notes.txt", str(tmp_path))
    second = build_pack(made.checkers, pyodide_cache)
    assert second.built
    assert second.hash != first.hash


def test_a_damaged_pack_in_the_cache_is_built_again(install: Install, clean_cache: Callable[[str], Path]) -> None:
    checkers, cache = install().checkers, clean_cache("cache")
    first = build_pack(checkers, cache)
    whole = contents(first)
    (first.directory / "pyodide.asm.wasm").write_bytes(b"cut short")
    second = build_pack(checkers, cache)
    assert second.built
    assert contents(second) == whole


def test_old_packs_leave_the_cache_but_the_newest(install: Install, clean_cache: Callable[[str], Path]) -> None:
    cache = clean_cache("cache")
    for age in range(10):
        old = cache / "packs" / f"old-{age}"
        old.mkdir(parents=True)
        os.utime(old, (0, time.time() - (age + 0.5) * 24 * 60 * 60))
    kept = build_pack(install().checkers, cache).directory.parent
    assert {path.name for path in (cache / "packs").iterdir()} == {kept.name, "old-0", "old-1", "old-2", "old-3"}


def test_the_manifest_describes_every_file_that_is_fetched(demo_pack: Pack) -> None:
    manifest = json.loads((demo_pack.directory / "manifest.json").read_text(encoding="utf-8"))
    assert {key: manifest[key] for key in ("schema", "pack", "python", "pyodide")} == {
        "schema": 2,
        "pack": demo_pack.hash,
        "python": "3.13",
        "pyodide": "0.29.5",
    }
    assert manifest["checkers"] == [
        {"id": "decode", "module": "demo_checkers.decode", "attribute": "checker", "archives": []}
    ]
    assert manifest["lock"]["packages"] == {}
    for file in manifest["files"]:
        content = (demo_pack.directory / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())


def members(pack: Pack, name: str) -> set[str]:
    with zipfile.ZipFile(pack.directory / name) as archive:
        return set(archive.namelist())


def test_archives_hold_no_source_and_no_toml(demo_pack: Pack) -> None:
    checkers = members(demo_pack, "checkers.zip.txt")
    assert {"demo_checkers/decode.pyc", "demo_checkers/facts/limits.json", "demo_checkers/facts/notes.txt"} < checkers
    everything = checkers | members(demo_pack, "stdlib.zip.txt")
    assert not [name for name in everything if name.endswith((".py", ".toml", ".pyi", ".so"))]


def test_licences_stand_beside_what_they_are_for(demo_pack: Pack) -> None:
    assert "Mozilla Public License Version 2.0" in (demo_pack.directory / "licenses/mpl-2.0.txt").read_text()
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (demo_pack.directory / "licenses/cpython.txt").read_text()
    assert "Pyodide 0.29.5" in (demo_pack.directory / "licenses/notice.txt").read_text()


def test_nothing_in_the_pack_that_is_ours_names_another_host(demo_pack: Pack) -> None:
    for name in ("worker.js", "manifest.json"):
        assert "http" not in (demo_pack.directory / name).read_text(encoding="utf-8")


def test_the_summary_says_what_was_done_and_how_large_it_is(demo_pack: Pack) -> None:
    assert demo_pack.summary.startswith(f"runtime pack {demo_pack.hash} ")
    assert "MB as gzip" in demo_pack.summary
