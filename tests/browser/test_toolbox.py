"""A shop owner counts their tools: by example, by keyboard, again from a file, and takes the picture with them."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page, expect
from tests.browser.conftest import PATIENCE, Reader, Traffic
from tests.browser.test_accessibility import violations

PNG = b"\x89PNG\r\n\x1a\n"


def saved(page: Page, button: Locator) -> tuple[str, bytes]:
    """Press a button that gives a file; return its name and what is in it."""
    with page.expect_download() as waiting:
        button.click()
    download: Download = waiting.value
    return download.suggested_filename, Path(download.path()).read_bytes()


def open_file(reader: Reader, name: str, content: Any) -> None:
    text = content if isinstance(content, str) else json.dumps(content)
    chooser = reader.checker.locator("[data-open]")
    chooser.set_input_files({"name": name, "mimeType": "application/json", "buffer": text.encode()})


def test_a_shop_counts_its_tools_and_comes_back_to_them(
    reader: Reader, page: Page, traffic: Traffic, node_modules: Path
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    reader.open("checkers/toolbox/")
    rows = reader.checker.locator("[data-row]")
    names = reader.checker.locator("[data-column=name] input")
    note = reader.checker.locator("[data-refilled]")

    # Rows: added and removed with the keyboard, counted anew, each control with an id and a label of its own.
    expect(rows).to_have_count(3)
    reader.checker.locator("[data-press=add-row]").press("Enter")
    expect(names.nth(3)).to_be_focused()
    page.keyboard.type("電話帳")
    reader.checker.locator("[data-press=remove-row]").nth(0).press("Enter")
    expect(rows).to_have_count(3)
    expect(rows.locator("legend")).to_have_text(["道具 1", "道具 2", "道具 3"])
    expect(reader.checker.get_by_role("button", name="道具3を外す")).to_be_visible()
    ids = reader.checker.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    expect(rows.nth(2).get_by_label("名前")).to_have_value("電話帳")

    # An example fills the form with one tap, and can be undone.
    example = reader.checker.locator("[data-press=sample]").first
    example.click()
    expect(names.first).to_have_value("問い合わせフォーム", timeout=PATIENCE)
    expect(note).to_contain_text("例を入れました")
    note.locator("[data-undo]").click()
    expect(rows).to_have_count(3)
    expect(names.nth(2)).to_have_value("電話帳")
    example.click()
    expect(rows).to_have_count(5)
    assert violations(page, node_modules) == []

    # The answer: drawn, with the same as a table, and read out.
    reader.button.click()
    reader.sees_answer("toolbox/drop-tool")
    figure = reader.verdict.locator("[data-figure=graph]")
    drawing = figure.get_by_role("img")
    expect(drawing.locator(".checker-box")).to_have_count(5)
    expect(drawing.locator(".checker-link")).to_have_count(3)
    expect(drawing.locator("desc")).to_contain_text("Gmail → スマホ (店長).")
    assert drawing.evaluate("svg => svg.getBoundingClientRect().right <= innerWidth")
    figure.locator("summary").click()
    expect(figure.locator("td").filter(has_text="レンタルサーバー").first).to_be_visible()
    expect(figure.locator("dd").filter(has_text="Gmail、スマホ、紙の予約帳")).to_be_visible()
    assert violations(page, node_modules) == []

    # Pictures and answers as files, made in the page.
    name, picture = saved(page, figure.locator("[data-picture=png]"))
    assert name == "picture.png"
    assert picture.startswith(PNG)
    assert len(picture) > 10_000
    name, picture = saved(page, figure.locator("[data-picture=svg]"))
    assert name == "picture.svg"
    assert "紙の予約帳" in picture.decode()
    assert "var(" not in picture.decode()
    name, kept = saved(page, reader.checker.locator("[data-press=save]"))
    assert name.startswith("toolbox-")
    assert name.endswith(".json")

    # What is not a file of this form gets a sentence, and the form stays as it is.
    good = json.loads(kept)
    bad: list[tuple[Any, str]] = [
        ("{", "ここで保存したものではない"),
        ("[" * 100_000, "ここで保存したものではない"),
        ("x" * 1_000_001, "ここで保存したものではない"),
        ({**good, "version": 2}, "新しい形"),
        ({**good, "version": "1"}, "ここで保存したものではない"),
        ({**good, "checker": "mailbox"}, "別のページ"),
        ({**good, "answers": []}, "ここで保存したものではない"),
    ]
    for content, sentence in bad:
        open_file(reader, "bad.json", content)
        expect(note).to_contain_text(sentence)
        expect(rows).to_have_count(5)
    names.first.fill("別の名前")
    for answers in (
        {"tools": [{"name": 3}]},
        {"tools": [{"nowhere": "x"}]},
        {"tools": [{"name": "x"}] * 61},
        {"x": "<b>"},
    ):
        open_file(reader, "part.json", {**good, "answers": answers})
        expect(note).to_contain_text("読めない欄がありました")
        note.locator("[data-undo]").click()
        expect(names.first).to_have_value("別の名前")

    # A good one, dropped anywhere on the form, brings everything back; the answer to something else is put away.
    reader.drop(name, kept, rows.nth(1))
    expect(note).to_contain_text("保存したものを開きました")
    expect(names.first).to_have_value("問い合わせフォーム")
    expect(rows).to_have_count(5)
    expect(reader.verdict).to_be_hidden()
    reader.button.click()
    reader.sees_answer("toolbox/drop-tool")
    assert not [url for url in traffic.urls if not url.startswith((reader.site.url, "blob:"))]
