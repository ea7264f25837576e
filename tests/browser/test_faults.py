"""Whatever breaks: a clear message, nothing typed is lost, and trying again works."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import PATIENCE, TODAY, Console, Reader, SiteServer

TEXT = "550 5.1.1 The email account that you tried to reach does not exist."
NETWORK = "Failed to load resource"


def missing(site: SiteServer, name: str) -> None:
    site.missing(name)


def cut(site: SiteServer, name: str) -> None:
    site.cut(name)


def mistyped(site: SiteServer, name: str) -> None:
    site.mistyped(name)


def flipped(site: SiteServer, name: str) -> None:
    # No hash is known of the two files that come before the hashes: there it is a bit that matters.
    site.flipped(name, at=0 if name in ("worker.js", "manifest.json") else 0.5)


@pytest.mark.parametrize("fault", [missing, cut, mistyped, flipped], ids=lambda fault: fault.__name__)
def test_each_pack_file_that_is_broken_is_said_and_retry_works(
    reader: Reader, console: Console, pack_files: frozenset[str], fault: Callable[[SiteServer, str], None]
) -> None:
    console.expect(NETWORK, "MIME type", "SyntaxError")
    reader.open()
    for name in ("worker.js", *sorted(pack_files - {"worker.js"})):
        reader.site.heal()
        fault(reader.site, name)
        if name == "worker.js":
            reader.ask(TEXT)
        else:
            reader.checker.locator("[data-retry]").click()
            expect(reader.fault.locator("code")).to_contain_text(name, timeout=PATIENCE)
        reader.sees_state("failed")
        expect(reader.fault).to_contain_text("入力したものは、上の欄にそのまま残っています。")
        expect(reader.box).to_have_value(TEXT)
    reader.site.heal()
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/userunknown")
    expect(reader.fault).to_have_count(0)
    expect(reader.box).to_have_value(TEXT)


def test_bit_flipped_in_a_hash_of_the_manifest_is_said(reader: Reader, built_site: Path) -> None:
    (path,) = (built_site / "assets/kakugen/pack").glob("*/manifest.json")
    manifest = path.read_text("utf-8")
    (entry,) = (entry for entry in json.loads(manifest)["files"] if entry["name"] == "stdlib.zip.txt")
    reader.site.flipped("manifest.json", at=(manifest.index(entry["sha256"]) + 0.5) / len(manifest))
    reader.open()
    reader.ask(TEXT)
    reader.sees_state("failed")


@pytest.mark.parametrize("name", ["conversation.js", "verdict.js", "ja.json"])
def test_missing_part_of_the_client_is_said_and_the_button_tries_again(
    reader: Reader,
    console: Console,
    name: str,
    sham_worker: Callable[..., None],
    blank_verdict: Callable[..., dict[str, Any]],
) -> None:
    console.expect(NETWORK)
    sham_worker(verdict=blank_verdict())
    reader.site.missing(name)
    reader.open()
    reader.ask(TEXT)
    expect(reader.checker.locator("[data-broken]")).to_contain_text("入力したものはそのまま残っています。")
    reader.sees_state("failed")
    del reader.site.broken[name]
    reader.button.click()
    expect(reader.checker.locator("[data-broken]")).to_be_hidden()
    reader.sees_answer("bounce/example")
    expect(reader.box).to_have_value(TEXT)


def test_page_without_the_runtime_still_shows_its_form(reader: Reader, console: Console) -> None:
    console.expect(NETWORK)
    reader.site.missing("worker.js")
    reader.open()
    reader.box.focus()
    reader.sees_state("failed")
    expect(reader.fault).to_contain_text("必要なファイルを読み込めませんでした")
    expect(reader.box).to_be_editable()
    expect(reader.button).to_be_enabled()


def test_english_page_tells_of_a_fault_in_english(reader: Reader, console: Console) -> None:
    console.expect(NETWORK)
    reader.site.missing("worker.js")
    reader.open("en/")
    reader.ask(TEXT)
    expect(reader.fault).to_contain_text("Nothing is lost.")
    expect(reader.checker.locator("[data-retry]")).to_have_text("Try again")


def test_worker_that_stays_silent_is_given_up_and_retry_starts_a_fresh_one(
    reader: Reader, page: Page, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]
) -> None:
    sham_worker(ready=False)
    page.clock.install(time=TODAY)
    page.goto(reader.site.url)
    reader.ask(TEXT)
    reader.sees_state("loading")
    page.clock.fast_forward(31_000)
    reader.sees_state("failed")
    expect(reader.fault).to_have_attribute("data-fault", "stalled")
    expect(reader.box).to_have_value(TEXT)
    sham_worker(verdict=blank_verdict())
    page.clock.resume()
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/example")


def test_slow_download_that_goes_on_is_not_given_up(
    reader: Reader, page: Page, sham_worker: Callable[..., None]
) -> None:
    sham_worker(ready=False, progress={"stage": "start", "loaded": 4_200_000, "total": 4_200_000})
    page.clock.install(time=TODAY)
    page.goto(reader.site.url)
    reader.ask(TEXT)
    expect(reader.checker.locator("[data-progress]")).to_contain_text("起動しています")
    page.clock.fast_forward(60_000)
    reader.sees_state("loading")


def test_run_of_more_than_twenty_seconds_is_ended_and_said(
    reader: Reader, page: Page, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]
) -> None:
    sham_worker(answers=False)
    page.clock.install(time=TODAY)
    page.goto(reader.site.url)
    reader.ask(TEXT)
    reader.sees_state("running")
    page.clock.fast_forward(21_000)
    reader.sees_state("failed")
    expect(reader.fault).to_contain_text("20秒")
    expect(reader.box).to_have_value(TEXT)
    sham_worker(verdict=blank_verdict())
    page.clock.resume()
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/example")


def test_run_that_fails_is_said_and_another_text_is_answered(
    reader: Reader, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]
) -> None:
    reader.site.replaced(
        "worker.js",
        """onmessage = ({data}) => postMessage(data.type === "start" ? {type: "ready"} :
             {type: "failed", run: data.run, stage: "run", file: null, detail: "MemoryError"});""",
    )
    reader.open()
    reader.ask(TEXT)
    expect(reader.fault).to_have_attribute("data-fault", "refused")
    reader.fault.locator("summary").click()
    expect(reader.fault.locator("code")).to_contain_text("MemoryError")
    sham_worker(verdict=blank_verdict())
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/example")
    expect(reader.fault).to_have_count(0)


def test_worker_that_dies_in_a_run_is_said_and_retry_works(
    reader: Reader, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]
) -> None:
    reader.site.replaced(
        "worker.js",
        """onmessage = ({data}) => {
             if (data.type === "start") postMessage({type: "ready"});
             else throw new Error("died");
           };""",
    )
    reader.open()
    reader.ask(TEXT)
    expect(reader.fault).to_have_attribute("data-fault", "lost")
    sham_worker(verdict=blank_verdict())
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/example")


def test_worker_that_is_killed_while_it_is_idle_is_said_at_the_next_question_and_retry_works(
    reader: Reader, page: Page, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]
) -> None:
    sham_worker(verdict=blank_verdict())
    page.clock.install(time=TODAY)
    page.goto(reader.site.url)
    reader.ask(TEXT)
    reader.sees_answer("bounce/example")
    kill(page)
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_state("running")
    page.clock.fast_forward(21_000)
    reader.sees_state("failed")
    expect(reader.box).to_have_value("535 5.7.8 Error: authentication failed")
    page.clock.resume()
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/example")


def test_worker_that_is_killed_while_it_loads_is_said_and_retry_works(
    reader: Reader, page: Page, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]
) -> None:
    page.clock.install(time=TODAY)
    going_on = threading.Event()
    reader.site.broken["stdlib.zip.txt"] = lambda _: going_on.wait(PATIENCE / 1000)
    page.goto(reader.site.url)
    reader.ask(TEXT)
    expect(reader.checker.locator("[data-progress]")).to_contain_text("MB")
    kill(page)
    going_on.set()
    page.clock.fast_forward(31_000)
    reader.sees_state("failed")
    expect(reader.fault).to_have_attribute("data-fault", "stalled")
    expect(reader.box).to_have_value(TEXT)
    sham_worker(verdict=blank_verdict())
    page.clock.resume()
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/example")


def kill(page: Page) -> None:
    """End the worker as a browser does that needs its memory: without a word to the page."""
    (worker,) = (one for one in page.workers if one.url.startswith("blob:"))  # Material's search has another
    worker.evaluate("self.close()")


def test_checker_that_loops_for_ever_is_ended_and_said_and_the_next_run_works(
    reader: Reader, page: Page, worker_source: str
) -> None:
    run = "verdict: started.answering.run(checker, answers, today, locale)"
    assert worker_source.count(run) == 1
    looping = run.replace(": ", ': (answers.includes("for ever") && loop(), ') + ")"
    enclosing = "  const answering = pyodide.pyimport(ANSWERING);\n"
    assert worker_source.count(enclosing) == 1
    with_loop = enclosing + '  globalThis.loop = () => pyodide.runPython("while True: pass");\n'
    reader.site.replaced("worker.js", worker_source.replace(run, looping).replace(enclosing, with_loop))
    page.clock.install(time=TODAY)
    page.goto(reader.site.url)
    reader.ask("for ever")
    reader.sees_state("running")
    page.clock.fast_forward(21_000)
    reader.sees_state("failed")
    expect(reader.fault).to_have_attribute("data-fault", "slow")
    expect(reader.fault).to_contain_text("20秒")
    expect(reader.box).to_have_value("for ever")
    page.clock.resume()
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    expect(reader.fault).to_have_count(0)


def test_tab_that_fails_and_is_closed_leaves_the_other_as_it_is(
    reader: Reader, context: BrowserContext, console: Console, page: Page
) -> None:
    console.expect(NETWORK)
    reader.open()
    other = Reader(context.new_page(), reader.site)
    other.open()
    reader.box.focus()
    reader.sees_state("ready")
    reader.site.missing("checkers.zip.txt")
    other.ask(TEXT)
    other.sees_state("failed")
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    reader.site.heal()
    other.checker.locator("[data-retry]").click()
    other.page.close()
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")


def test_paste_of_25_megabytes_is_answered_and_kept(reader: Reader, page: Page) -> None:
    reader.open()
    reader.box.focus()
    reader.sees_state("ready")
    reader.box.evaluate(
        """(box, text) => {
            box.value = text + "\\n" + "x".repeat(99).concat("\\n").repeat(250_000);
            box.dispatchEvent(new InputEvent("input", { bubbles: true }));
        }""",
        TEXT,
    )
    page.keyboard.press("Control+Enter")
    reader.sees_answer("bounce/userunknown")
    assert reader.box.evaluate("box => box.value.length") == len(TEXT) + 1 + 25_000_000
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")


def test_file_that_was_dropped_survives_a_failure(
    reader: Reader,
    console: Console,
    mail: Callable[[str], bytes],
    sham_worker: Callable[..., None],
    blank_verdict: Callable[..., dict[str, Any]],
) -> None:
    console.expect(NETWORK)
    reader.site.missing("manifest.json")
    reader.open()
    reader.box.fill("my own note")
    reader.drop("returned.eml", mail("user-unknown.eml"))
    reader.sees_state("failed")
    expect(reader.checker.locator("[data-files] li")).to_contain_text("returned.eml")
    expect(reader.box).to_have_value("my own note")
    sham_worker(verdict=blank_verdict())
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/example")


def test_later_question_wins_over_one_that_is_still_running(
    reader: Reader, blank_verdict: Callable[..., dict[str, Any]], page: Page
) -> None:
    verdict = json.dumps(blank_verdict())
    reader.site.replaced(
        "worker.js",
        f"""let first;
            const tell = (run, title) =>
              postMessage({{type: "verdict", run, verdict: JSON.stringify({{...{verdict}, title}})}});
            onmessage = ({{data}}) => {{
              if (data.type === "start") return postMessage({{type: "ready"}});
              if (!first) return void (first = data.run);
              tell(data.run, "second");
              tell(first, "first");
            }};""",
    )
    reader.open()
    reader.ask("first")
    reader.sees_state("running")
    reader.ask("second")
    reader.sees_state("done")
    page.wait_for_timeout(300)  # both are told by now; the earlier one came last
    expect(reader.verdict.locator("[data-heading]")).to_have_text("second")
