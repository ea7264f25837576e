"""What is loaded when, and what the reader sees meanwhile. Nothing pasted goes anywhere."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import Reader, SiteServer, Traffic

ARTICLE = "articles/gmail-authentication-failed/"
SECRET = "taro.yamada.secret"
TEXT = f"<{SECRET}@gmail.com>: 550 5.1.1 The email account that you tried to reach does not exist."

AFTER_INTENT = re.compile(r"/assets/kakugen/(pack/|offline/|client/\w+/(?!checker\.))")


def test_article_page_loads_no_byte_of_the_runtime(reader: Reader, page: Page) -> None:
    reader.open(ARTICLE)
    page.wait_for_load_state("networkidle")
    page.locator("article h1").click()
    page.mouse.wheel(0, 2000)
    page.wait_for_timeout(500)
    assert [path for path in reader.site.paths() if AFTER_INTENT.search(path)] == []


def test_home_page_loads_no_byte_of_the_runtime_before_intent(reader: Reader, page: Page) -> None:
    reader.open()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    assert [path for path in reader.site.paths() if AFTER_INTENT.search(path)] == []
    expect(reader.checker).to_have_attribute("data-state", "idle")


def test_focus_starts_the_runtime(reader: Reader) -> None:
    reader.open()
    reader.box.focus()
    reader.sees_state("ready")
    expect(reader.checker.locator("[data-progress]")).to_have_text("準備ができました。")


def test_file_held_over_the_page_starts_the_runtime_and_is_not_opened(reader: Reader, page: Page) -> None:
    reader.open()
    transfer = page.evaluate_handle(
        "() => { const t = new DataTransfer(); t.items.add(new File(['x'], 'x.eml')); return t; }"
    )
    reader.box.dispatch_event("dragenter", {"dataTransfer": transfer})
    expect(reader.checker).to_have_attribute("data-dragging", "")
    expect(reader.checker).to_have_attribute("data-state", re.compile("loading|ready"))


def test_progress_is_shown_in_bytes_and_in_a_real_progress_bar(
    reader: Reader, sham_worker: Callable[..., None]
) -> None:
    sham_worker(ready=False, progress={"stage": "download", "loaded": 2_100_000, "total": 4_200_000})
    reader.open()
    reader.box.focus()
    progress = reader.checker.locator("[data-progress]")
    expect(progress).to_contain_text("2.1 / 4.2 MB")
    assert progress.get_by_role("progressbar", name="読み込み中").evaluate("bar => bar.value") == 0.5


def test_bytes_are_not_read_out_one_by_one(reader: Reader, sham_worker: Callable[..., None]) -> None:
    sham_worker(ready=False, progress={"stage": "download", "loaded": 2_100_000, "total": 4_200_000})
    reader.open()
    reader.box.focus()
    expect(reader.checker.locator("[data-progress] [aria-live=off]")).to_have_text("2.1 / 4.2 MB")
    expect(reader.checker.locator("[data-progress]")).to_have_attribute("aria-atomic", "false")


def test_box_can_be_used_while_loading_and_the_question_is_remembered(
    reader: Reader, page: Page, blank_verdict: Callable[..., dict[str, Any]]
) -> None:
    import json  # noqa: PLC0415

    reader.site.replaced(
        "worker.js",
        f"""let start; const started = new Promise(resolve => start = resolve);
            new BroadcastChannel("test").onmessage = () => start();
            onmessage = async ({{data}}) => {{
              await started;
              if (data.type === "start") postMessage({{type: "ready"}});
              else postMessage({{type: "verdict", run: data.run, verdict: {json.dumps(json.dumps(blank_verdict()))}}});
            }};""",
    )
    reader.open()
    reader.ask(TEXT)
    reader.sees_state("loading")
    expect(reader.checker.locator("[data-progress]")).to_contain_text("準備ができしだい、答えます。")
    reader.box.press("End")
    reader.box.type(" more")
    page.evaluate("new BroadcastChannel('test').postMessage(1)")
    reader.sees_state("done")
    expect(reader.box).to_have_value(TEXT + " more")


def test_one_worker_serves_every_question(reader: Reader) -> None:
    reader.open()
    for text in (TEXT, "535 5.7.8 Error: authentication failed", "hello"):
        reader.ask(text)
        reader.sees_state("done")
    assert len([path for path in reader.site.paths() if path.endswith("/worker.js")]) == 1


def test_no_request_goes_to_another_origin_and_none_carries_what_was_pasted(reader: Reader, traffic: Traffic) -> None:
    reader.open()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    assert any(url.endswith("/manifest.json") for url in traffic.urls), "requests of the worker are watched too"
    origin = urlsplit(reader.site.url).netloc
    assert {urlsplit(url).netloc for url in traffic.urls if not url.startswith(("data:", "blob:"))} == {origin}
    assert not [url for url in (*traffic.urls, *traffic.bodies) if SECRET in url]
    assert not [request for request in reader.site.requests if SECRET in request.everything]
    assert {request.method for request in reader.site.requests} == {"GET"}


def test_nothing_is_requested_between_paste_and_answer_once_ready(reader: Reader, page: Page, traffic: Traffic) -> None:
    reader.open()
    reader.box.focus()
    reader.sees_state("ready")
    page.wait_for_load_state("networkidle")
    before = list(traffic.urls)
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    assert traffic.urls == before


def test_nothing_that_was_pasted_is_stored(reader: Reader, page: Page) -> None:
    reader.open()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    stored = page.evaluate(
        """async () => JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, history.state,
             location.href, await caches.keys(), await indexedDB.databases()])"""
    )
    assert SECRET not in stored


def test_form_without_javascript_is_readable_and_says_what_it_needs(site: SiteServer, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(site.url)
    expect(plain.locator("kakugen-checker textarea")).to_be_visible()
    assert "JavaScript が必要です" in plain.locator("kakugen-checker noscript").inner_html()
    expect(plain.locator("kakugen-checker button[type=submit]")).to_be_disabled()
    context.close()
