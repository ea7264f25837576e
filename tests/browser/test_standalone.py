"""A checker on a page that Kakugen did not make, from a server that knows nothing: static files and one tag."""

import functools
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import ROOT, Console, QuietServer, Reader, SiteServer, Traffic

EXAMPLE = ROOT / "examples" / "plain-html"
TEXT = "550 5.1.1 The email account that you tried to reach does not exist."
TAG = '<script type="module" src="{}"></script>'


class PlainHandler(SimpleHTTPRequestHandler):
    """What ``python -m http.server`` does, without its log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def written(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The example, with the folder that the command writes beside it."""

    def write(folder: Path) -> None:
        shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("kakugen"))
        command = [sys.executable, "-m", "kakugen.embed", str(folder / "kakugen"), "--checker", "bounce"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    return made_once("plain-html", write)


@pytest.fixture
def site(written: Path, tmp_path: Path) -> Iterator[SiteServer]:
    """A bare server with a copy of the example."""
    shutil.copytree(written, tmp_path / "www")
    handler = functools.partial(PlainHandler, directory=str(tmp_path / "www"))
    with QuietServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield SiteServer(f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


def put(folder: Path, path: str, html: str) -> None:
    """Add a page to the server."""
    page = folder / "www" / path
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(html, "utf-8")


def test_example_answers_under_its_own_policy_and_asks_nobody_else(
    reader: Reader, traffic: Traffic, console: Console
) -> None:
    console.expect("favicon.ico", "404")
    reader.open()
    expect(reader.checker.get_by_role("heading", name="Read a bounce")).to_be_visible()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    expect(reader.checker.locator("[data-requests]")).to_have_attribute("data-requests", "0")
    expect(reader.checker.locator("[data-offline]")).to_be_hidden()
    hosts = {urlsplit(url).netloc for url in traffic.urls if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(reader.site.url).netloc}


def test_form_has_the_styles_of_the_checker_and_the_place_of_its_tag(reader: Reader, console: Console) -> None:
    console.expect("favicon.ico", "404")
    reader.open()
    expect(reader.button).to_be_enabled()
    expect(reader.checker).to_have_css("display", "block")
    assert reader.page.evaluate("document.querySelector('kakugen-checker').previousElementSibling.src").endswith(
        "kakugen/bounce.en.js"
    )


def test_page_in_a_folder_of_another_theme_in_another_language_answers(
    reader: Reader, tmp_path: Path, console: Console
) -> None:
    console.expect("favicon.ico", "404")
    style = "<style>form, textarea, button, section { all: unset }</style>"
    tag = TAG.format("../../kakugen/bounce.ja.js?v=1")
    put(tmp_path, "a/b/index.html", f"<!doctype html><meta charset=utf-8><body>{style}<main>{tag}</main>")
    reader.open("a/b/")
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    expect(reader.page.locator("main > kakugen-checker")).to_have_count(1)
    expect(reader.button).to_have_text("調べる")


def test_tag_in_the_head_puts_the_checker_at_the_end(reader: Reader, tmp_path: Path, console: Console) -> None:
    console.expect("favicon.ico", "404")
    tag = TAG.format("kakugen/bounce.en.js")
    put(tmp_path, "head.html", f"<!doctype html><html><head><meta charset=utf-8>{tag}</head><body><p>Text</p></body>")
    reader.open("head.html")
    expect(reader.page.locator("body > p + kakugen-checker form")).to_be_visible()


def test_fault_keeps_what_was_entered_and_the_button_tries_again(
    reader: Reader, page: Page, tmp_path: Path, console: Console
) -> None:
    console.expect("favicon.ico", "404")
    (pack,) = (tmp_path / "www/kakugen/pack").iterdir()
    (pack / "checkers.zip.txt").rename(pack / "away")
    reader.open()
    reader.ask(TEXT)
    reader.sees_state("failed")
    expect(reader.fault).to_contain_text("Nothing is lost.")
    (pack / "away").rename(pack / "checkers.zip.txt")
    page.locator("[data-retry]").click()
    reader.sees_answer("bounce/userunknown")
