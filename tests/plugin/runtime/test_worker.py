"""The pack's own worker, in a thread of Node, starts, answers and says what went wrong."""

import base64
import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from kakugen.runtime import Pack, build_pack, find_checkers
from kakugen.runtime.checkers import collect_files, library_imports
from kakugen.runtime.pyodide import Pyodide
from kakugen.runtime.stdlib import BUILTIN, FROZEN, GIVEN, UNSEEN, module_name, needed_modules
from kakugen_checkers.bounce import checker as bounce
from kakugen_checkers.protocol import answers_from_json, to_json

type Talk = Callable[..., list[dict[str, Any]]]

START = {"type": "start", "checkers": ["decode"]}


def ask(run: int, *, checker: str = "decode", locale: str = "ja", **answers: Any) -> dict[str, Any]:
    return {
        "type": "run",
        "run": run,
        "checker": checker,
        "answers": json.dumps(answers),
        "today": "2026-11-24",
        "locale": locale,
    }


def encoded(text: str, charset: str) -> dict[str, Any]:
    return {"charset": charset, "bytes": {"base64": base64.b64encode(text.encode(charset)).decode()}}


def test_the_worker_counts_bytes_and_gets_ready(demo_pack: Pack, talk: Talk) -> None:
    *progress, last = talk(demo_pack.directory, START)
    assert last == {"type": "ready"}
    manifest = json.loads((demo_pack.directory / "manifest.json").read_text(encoding="utf-8"))
    total = sum(file["bytes"] for file in manifest["files"])
    loaded = [message["loaded"] for message in progress if message["stage"] == "download"]
    assert loaded[0] == 0
    assert loaded == sorted(loaded)
    assert loaded[-1] == total
    assert {message["total"] for message in progress} == {total}
    assert list(dict.fromkeys(message["stage"] for message in progress)) == ["download", "start", "import"]


CHARSETS = ["utf-8", "iso-2022-jp", "iso2022_jp_ext", "euc-jp", "shift_jis", "cp932", "utf-7", "utf-16"]


def test_mail_in_any_japanese_encoding_is_read(demo_pack: Pack, talk: Talk) -> None:
    runs = [ask(number, **encoded("宛先が見つかりません", charset)) for number, charset in enumerate(CHARSETS)]
    verdicts = [message for message in talk(demo_pack.directory, START, *runs) if message["type"] == "verdict"]
    assert [message["run"] for message in verdicts] == list(range(len(CHARSETS)))
    for message in verdicts:
        verdict = json.loads(message["verdict"])
        assert verdict["title"] == "宛先が見つかりません 上限 2026-11-24 True"
        assert verdict["actor"] == {"id": "nobody", "label": "誰も"}
        assert (verdict["summary"], verdict["locale"]) == ("2026-11-24", "ja")


def test_a_checker_that_fails_is_told_and_the_next_run_works(demo_pack: Pack, talk: Talk) -> None:
    broken = {**ask(3), "answers": "[]"}
    failed, unknown, refused, answered = talk(
        demo_pack.directory,
        START,
        ask(1, fail=True),
        ask(2, checker="nosuch"),
        broken,
        ask(4, **encoded("ok", "ascii")),
    )[-4:]
    assert {key: failed[key] for key in ("type", "run", "stage", "file")} == {
        "type": "failed",
        "run": 1,
        "stage": "run",
        "file": None,
    }
    assert "RuntimeError: as was asked for" in failed["detail"]
    assert "decode.py" in failed["detail"]
    assert "no checker 'nosuch', only decode" in unknown["detail"]
    assert "answers must be a JSON object" in refused["detail"]
    assert (answered["type"], answered["run"]) == ("verdict", 4)


def test_a_run_before_the_start_says_so(demo_pack: Pack, talk: Talk) -> None:
    (failed,) = talk(demo_pack.directory, ask(1))
    assert (failed["run"], failed["stage"], failed["detail"]) == (1, "start", "asked before it was started")


def test_every_module_of_the_pack_can_be_imported_there(
    demo_pack: Pack, pyodide: Pyodide, install: Callable[..., Any], talk: Talk
) -> None:
    files = collect_files(install().checkers)
    wanted = library_imports(files, pyodide.library)
    modules = needed_modules(pyodide.library, wanted)
    unusable = {"encodings.mbcs", "encodings.oem", "asyncio.windows_events", "asyncio.windows_utils"}
    own = {module_name(name)[0] for name in files if name.endswith(".py")}
    imported = ask(1, **{"import": " ".join(sorted((modules | own) - unusable))})
    *_, last = talk(demo_pack.directory, START, imported)
    assert last.get("detail") is None
    assert json.loads(last["verdict"])["title"] == "imported"
    there = modules | FROZEN | BUILTIN | GIVEN
    assert {name for name in wanted if name in pyodide.library or name in BUILTIN} <= there


def test_what_is_said_of_the_interpreter_is_what_it_says_itself(demo_pack: Pack, talk: Talk) -> None:
    *_, last = talk(demo_pack.directory, START, ask(1, modules=True))
    said = json.loads(json.loads(last["verdict"])["title"])
    assert set(said["builtin"]) == BUILTIN
    assert set(said["frozen"]) >= FROZEN - {"importlib._bootstrap", "importlib._bootstrap_external"}
    assert {"_frozen_importlib", "_frozen_importlib_external"} <= set(said["frozen"])  # their names there


def test_ready_made_patterns_are_those_that_the_browser_makes(demo_pack: Pack, talk: Talk) -> None:
    *_, last = talk(demo_pack.directory, START, ask(1, patterns=True))
    count, others = json.loads(json.loads(last["verdict"])["title"])
    assert count > 0
    assert others == []


def test_what_c_code_is_said_to_import_is_named_in_it(pyodide: Pyodide) -> None:
    wasm = pyodide.read("pyodide.asm.wasm")
    for importer, imported in UNSEEN.items():
        for name in imported if importer in BUILTIN else ():
            assert f"{name}\0".encode() in wasm, f"{importer} → {name}"
    for names in UNSEEN.values():
        assert set(names) <= set(pyodide.library)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


FILES = ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "stdlib.zip.txt", "checkers.zip.txt"]
FAULTS: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (Path.unlink, "download"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:-10]), "verify"),
    "too long": (lambda path: path.write_bytes(path.read_bytes() + b"more"), "verify"),
    "another page": (lambda path: path.write_bytes(b"<!doctype html>"), "verify"),
    "one bit flipped": (flip, "verify"),
}


@pytest.fixture(scope="module")
def whole(pyodide_cache: Path) -> Path:
    """A pack with no checker but what the protocol brings."""
    return build_pack([], pyodide_cache).directory


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_damaged_file_is_named(whole: Path, tmp_path: Path, talk: Talk, name: str, fault: str) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(whole, folder)
    damage, stage = FAULTS[fault]
    damage(folder / name)
    failures = [message for message in talk(folder, START) if message["type"] != "progress"]
    assert [(message["type"], message["stage"], message["file"]) for message in failures] == [("failed", stage, name)]
    assert failures[0]["detail"]
    assert failures[0]["run"] is None


def test_wasm_that_does_not_compile_ends_the_start(whole: Path, tmp_path: Path, talk: Talk) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(whole, folder)
    broken = b"\0asm\1\0\0\0" + b"nothing that wasm would know"
    (folder / "pyodide.asm.wasm").write_bytes(broken)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for file in manifest["files"]:
        if file["name"] == "pyodide.asm.wasm":
            file |= {"bytes": len(broken), "sha256": hashlib.sha256(broken).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    for wasm_type in ("application/wasm", "text/plain"):
        *_, last = talk(folder, START, wasm_type=wasm_type)
        assert (last["type"], last["stage"], last["file"]) == ("failed", "start", "pyodide.asm.wasm")
        assert "CompileError" in last["detail"] or "WebAssembly" in last["detail"]


@pytest.mark.parametrize("content", [None, "<!doctype html>", '{"schema": 1}'])
def test_a_missing_or_foreign_manifest_is_named(whole: Path, tmp_path: Path, talk: Talk, content: str | None) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(whole, folder)
    (folder / "manifest.json").unlink()
    if content is not None:
        (folder / "manifest.json").write_text(content, encoding="utf-8")
    *_, last = talk(folder, START)
    assert (last["type"], last["stage"], last["file"]) == ("failed", "manifest", "manifest.json")


def test_a_server_that_sends_wasm_as_another_type_is_good_enough(whole: Path, talk: Talk) -> None:
    start = {"type": "start", "checkers": []}
    assert talk(whole, start, wasm_type="application/octet-stream")[-1] == {"type": "ready"}


NOTICE = """\
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
Subject: Delivery Status Notification (Failure)
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-2022-jp
Content-Transfer-Encoding: 7bit

メールを送信できませんでした。宛先を確認してください。
550 5.1.1 <nobody@example.jp>: Recipient address rejected: User unknown
"""

PASTES = [
    "535 5.7.8 Error: authentication failed",
    "452 4.2.2 The email account that you tried to reach is over quota",
    "こんにちは",
    "",
    "<script>alert(1)</script>\ud83d",
    {"base64": base64.b64encode(NOTICE.encode("iso-2022-jp")).decode()},
    {"base64": base64.b64encode(NOTICE.replace("iso-2022-jp", "us-ascii").encode("euc-jp")).decode()},
]


def test_the_bounce_checker_answers_in_the_pack_as_it_does_outside(pyodide_cache: Path, talk: Talk) -> None:
    pack = build_pack(find_checkers(["bounce"]), pyodide_cache)
    runs = [
        ask(number, checker="bounce", locale=locale, mail=paste)
        for number, (paste, locale) in enumerate(product(PASTES, ["ja", "en"]))
    ]
    answered = talk(pack.directory, {"type": "start", "checkers": ["bounce"]}, *runs)[-len(runs) :]
    for run, message in zip(runs, answered, strict=True):
        verdict = bounce.run(answers_from_json(run["answers"]), today=date(2026, 11, 24), locale=run["locale"])
        assert json.loads(message["verdict"]) == json.loads(to_json(verdict))


def test_a_checker_that_the_pack_does_not_hold_fails_at_import(whole: Path, talk: Talk) -> None:
    *_, last = talk(whole, START)
    assert (last["type"], last["stage"]) == ("failed", "import")
    assert "no checker 'decode'" in last["detail"]
