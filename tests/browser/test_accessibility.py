"""axe-core finds no violation, before and after an answer, in light and dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Console, Reader

NOTICE = (
    "You're sending this from a different address or alias using the 'Send mail as' feature. The settings for "
    "your 'Send mail as' account are misconfigured or out of date."
)


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, page: Page) -> str:
    scheme: str = request.param
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    return scheme


def violations(page: Page, node_modules: Path) -> list[str]:
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [
        f"{one['id']}: {one['help']}\n  " + "\n  ".join(node["html"] + node["failureSummary"] for node in one["nodes"])
        for one in found
    ]


@pytest.mark.parametrize("path", ["", "en/", "en/checkers/toolbox/"])
@pytest.mark.usefixtures("scheme")
def test_page_with_a_form_has_no_violation(reader: Reader, page: Page, node_modules: Path, path: str) -> None:
    reader.open(path)
    assert violations(page, node_modules) == []


@pytest.mark.parametrize("path", ["", "en/"])
@pytest.mark.usefixtures("scheme")
def test_answer_has_no_violation(reader: Reader, page: Page, node_modules: Path, path: str) -> None:
    reader.open(path)
    reader.paste(NOTICE)
    reader.sees_answer("bounce/sendingpassword")
    assert violations(page, node_modules) == []


@pytest.mark.usefixtures("scheme")
def test_unknown_answer_has_no_violation(reader: Reader, page: Page, node_modules: Path) -> None:
    reader.open()
    reader.ask("hello")
    reader.sees_answer("", status="unknown")
    assert violations(page, node_modules) == []


@pytest.mark.usefixtures("scheme")
def test_fault_has_no_violation(reader: Reader, page: Page, node_modules: Path, console: Console) -> None:
    console.expect("Failed to load resource")
    reader.site.missing("worker.js")
    reader.open()
    reader.ask(NOTICE)
    reader.sees_state("failed")
    assert violations(page, node_modules) == []


def test_dark_scheme_is_really_dark(reader: Reader, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    reader.open()
    colour = page.evaluate("getComputedStyle(document.querySelector('.kakugen')).getPropertyValue('color-scheme')")
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert colour == "dark"
    assert sum(int(part) for part in background[4:-1].split(",")[:3]) < 200
