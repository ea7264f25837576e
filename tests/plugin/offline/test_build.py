"""What a build writes for readers without a network, and what where the owner does not want that."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kakugen.offline import removal_script

ROOT = Path(__file__).parents[3]


@pytest.fixture
def built(tmp_path: Path) -> Callable[[str], Path]:
    """A function that builds a small site in two languages with more options, and returns its folder."""

    def build(options: str = "") -> Path:
        for language in ("de", "en"):
            page = tmp_path / "docs" / language / "index.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text("# Home\n\n/// checker | bounce\n///\n", "utf-8")
        (tmp_path / "mkdocs.yml").write_text(
            "site_name: Small\nsite_url: https://small.example/\ntheme: {name: material}\n"
            "plugins:\n  - kakugen:\n      languages: {de: {name: Deutsch}, en: {name: English}}\n"
            f"      checkers: [bounce]\n      cache: {ROOT / '.cache/kakugen'}\n{options}",
            "utf-8",
        )
        command = [sys.executable, "-m", "mkdocs", "build"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return tmp_path / "site"

    return build


def test_pages_of_every_language_name_the_service_worker_and_their_group(built: Callable[[str], Path]) -> None:
    site = built("")
    assert (site / "offline.js").read_text("utf-8").startswith('const BUILD = "')
    for page, group in (("index.html", "de"), ("en/index.html", "en")):
        html = (site / page).read_text("utf-8")
        assert 'data-offline-worker="offline.js"' in html
        assert f'data-offline-group="{group}"' in html
    # The policy is in the pages that are listed: what is written last is what is kept.
    (listed,) = [path for path in (site / "assets/kakugen/offline").iterdir() if path.name != "sizes.json"]
    assert f'["",{(site / "index.html").stat().st_size},' in listed.read_text("utf-8")


def test_turned_off_no_page_offers_it_and_what_was_kept_is_cleared(built: Callable[[str], Path]) -> None:
    site = built("      offline: false\n")
    assert (site / "offline.js").read_text("utf-8") == removal_script()
    assert not (site / "assets/kakugen/offline").exists()
    for page in ("index.html", "en/index.html"):
        assert "data-offline" not in (site / page).read_text("utf-8")
