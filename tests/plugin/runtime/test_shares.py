"""A page loads what its checkers need, and of the others nothing."""

import importlib
import itertools
import json
import subprocess
import sys
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kakugen.runtime import CheckerSource, build_pack, find_checkers
from kakugen.runtime.shares import COMMON, WORTH_AN_ARCHIVE, share_out
from kakugen_checkers.protocol import answers_from_json, to_json

ROOT = Path(__file__).parents[3]

LARGE = f"TEXT = '{'x' * WORTH_AN_ARCHIVE}'\n"

FILES = {
    "mail/__init__.py": "",
    "mail/texts.py": LARGE,
    "mail/small.py": "",
    "mail/data/__init__.py": "from importlib import resources",
    "mail/data/facts.toml": "",
    "mail/data/bounce/words.toml": "",
    "mail/data/records/words.toml": "",
    "mail/data/records/terms.toml": "",
    "mail/bounce/__init__.py": "def __getattr__(name):\n    from mail.bounce.answer import checker\n    return checker",
    "mail/bounce/answer.py": """
from mail import data, texts
import mail.bounce.pattern
class Checker:
    def run(self):
        import mail.bounce.rare
    def examples(self):
        import mail.bounce.samples
""",
    "mail/bounce/pattern.py": "from mail import small",
    "mail/bounce/rare.py": "",
    "mail/bounce/samples.py": "",
    "mail/records/__init__.py": "import mail.records.answer",
    "mail/records/answer.py": "from mail import data, small\nimport mail.texts",
    "mail/records/notes/sizes.txt": "",
    "mail/forward.py": "from mail import data, bounce\nfrom mail.bounce import pattern\ndata.load('records/terms')",
    "mail/tool.py": "",
    "mail/terminal.py": "",
}


def sources(**places: str) -> list[CheckerSource]:
    return [CheckerSource(ident, module, "checker", "mail") for ident, module in places.items()]


def needs(**places: str) -> dict[str, set[str]]:
    """Return what each checker loads, without the package that all are in."""
    shares = share_out({name: text.encode() for name, text in FILES.items()}, sources(**places))
    return {
        ident: {
            name.removeprefix("mail/")
            for archive in (COMMON, *archives)
            for name in shares.archives[archive]
            if name != "mail/__init__.py"
        }
        for ident, archives in shares.of_checker.items()
    }


DATA = {"data/__init__.py", "data/facts.toml"}


def test_checker_brings_what_it_imports_and_the_data_beside_it() -> None:
    bounce = {f"bounce/{name}.py" for name in ("__init__", "answer", "pattern", "rare")}
    assert needs(bounce="mail.bounce")["bounce"] == {*bounce, *DATA, "data/bounce/words.toml", "small.py", "texts.py"}
    records = {"records/__init__.py", "records/answer.py", "records/notes/sizes.txt"}
    data = {*DATA, "data/records/words.toml", "data/records/terms.toml"}
    assert needs(records="mail.records")["records"] == {*records, *data, "small.py", "texts.py"}


def test_module_of_another_checker_is_taken_without_that_checker_and_data_by_name() -> None:
    data = {*DATA, "data/records/words.toml", "data/records/terms.toml"}
    parts = {"forward.py", "bounce/__init__.py", "bounce/pattern.py", "small.py"}
    assert needs(forward="mail.forward")["forward"] == {*parts, *data}


def test_what_several_share_has_an_archive_of_its_own_unless_it_is_small() -> None:
    files = {name: text.encode() for name, text in FILES.items()}
    shares = share_out(files, sources(bounce="mail.bounce", records="mail.records", tool="mail.tool"))
    shared = "checkers-bounce_records.zip.txt"
    assert shares.of_checker == {
        "bounce": ("checkers-bounce.zip.txt", shared),
        "records": (shared, "checkers-records.zip.txt"),
        "tool": ("checkers-tool.zip.txt",),
    }
    assert "mail/texts.py" in shares.archives[shared]
    assert "mail/__init__.py" in shares.archives[COMMON]
    placed = list(itertools.chain.from_iterable(shares.archives.values()))
    assert len(placed) == len(set(placed))
    assert not {"mail/terminal.py", "mail/bounce/samples.py"} & set(placed)


def test_module_that_imports_by_a_name_made_up_while_it_runs_brings_all_beside_it() -> None:
    files = {"a/__init__.py": b"", "a/b.py": b"import importlib\nimportlib.import_module('a.' + name)", "a/c.py": b""}
    assert share_out(files, sources(b="a.b")).archives[COMMON] == tuple(files)


ANSWER = """
import json, sys
sys.path.insert(0, sys.argv[1])
from kakugen_answering import register, run
checker = json.loads(sys.argv[2])
register(json.dumps([checker]))
for line in sys.stdin:
    print(run(checker["id"], *json.loads(line)))
"""


def questions(checker: Any) -> list[tuple[str, str, str]]:
    """Return what is asked of a checker: answers as JSON, day, language."""
    examples = checker.examples() if hasattr(checker, "examples") else ()
    cases = sorted((ROOT / "tests/checkers" / checker.id / "cases").glob("*.toml"))
    asked = [{}, *(example.answers for example in examples)]
    asked += [tomllib.loads(path.read_text("utf-8"))["answers"] for path in cases]
    texts = [answers for answers in asked if not any(isinstance(one, bytes) for one in answers.values())]
    locales = itertools.cycle(checker.locales)
    return [(json.dumps(answers), "2026-11-24", next(locales)) for answers in texts]


@pytest.mark.parametrize("source", find_checkers(), ids=lambda source: source.id)
def test_checker_answers_from_what_a_page_loads_for_it_as_it_does_with_everything(
    source: CheckerSource, pyodide_cache: Path, tmp_path: Path
) -> None:
    pack = build_pack(find_checkers(), pyodide_cache).directory
    manifest = json.loads((pack / "manifest.json").read_text("utf-8"))
    (archives,) = (entry["archives"] for entry in manifest["checkers"] if entry["id"] == source.id)
    for name in (COMMON, *archives):
        with zipfile.ZipFile(pack / name) as archive:
            archive.extractall(tmp_path)
    checker = getattr(importlib.import_module(source.module), source.attribute)
    asked = questions(checker)
    place = json.dumps({"id": source.id, "module": source.module, "attribute": source.attribute})
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ANSWER, str(tmp_path), place],
        input="".join(json.dumps(question) + "\n" for question in asked),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for (answers, today, locale), answer in zip(asked, done.stdout.splitlines(), strict=True):
        verdict = checker.run(answers_from_json(answers), today=date.fromisoformat(today), locale=locale)
        assert json.loads(answer) == json.loads(to_json(verdict)), answers
