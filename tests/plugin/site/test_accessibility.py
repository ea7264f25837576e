"""Articles, maxims and lists can be read by everybody, by day and by night, on a desk and in a hand."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(
    address: str, page: Page, node_modules: Path, colours: Literal["light", "dark"], width: int
) -> None:
    axe = (node_modules / "axe-core" / "axe.min.js").read_text("utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    for path in (
        "",
        "articles/",
        "articles/no-tea/",
        "maxims/",
        "en/maxims/plug-first/",
        "reference/",
        "en/reference/kettle-lamps/",
    ):
        page.goto(address + path)
        page.evaluate(axe)
        violations = page.evaluate("axe.run().then(result => result.violations.map(v => [v.id, v.nodes[0].html]))")
        assert violations == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
