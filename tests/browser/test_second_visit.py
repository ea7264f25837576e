"""Who comes back gets on faster: Python continues from a snapshot, and on any doubt starts as on the first visit."""

import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.conftest import PATIENCE, Console, Reader, SiteServer

SECRET = "taro.yamada.secret"
TEXT = f"<{SECRET}@gmail.com>: 550 5.1.1 The email account that you tried to reach does not exist."
CACHE = "kakugen-snapshots"


@pytest.fixture
def pack_folder(built_site: Path) -> Path:
    """The folder of the pack."""
    (folder,) = (built_site / "assets" / "kakugen" / "pack").iterdir()
    return folder


@pytest.fixture
def pack(pack_folder: Path, site: SiteServer) -> str:
    """The address of the pack."""
    return f"{site.url}assets/kakugen/pack/{pack_folder.name}/"


def makes_it_after(milliseconds: int, site: SiteServer, built_site: Path) -> None:
    (path,) = (built_site / "assets/kakugen/client").glob("**/snapshot.js")
    source = path.read_text("utf-8")
    assert source.count("const PAUSE = 3_000;") == 1
    site.replaced("snapshot.js", source.replace("const PAUSE = 3_000;", f"const PAUSE = {milliseconds};"))


@pytest.fixture(autouse=True)
def soon(site: SiteServer, built_site: Path) -> None:
    """The snapshot is made a moment after the answer, not three seconds."""
    makes_it_after(100, site, built_site)


@pytest.fixture
def not_again(soon: None, site: SiteServer, built_site: Path) -> None:
    """No snapshot is made by itself while the test goes on: what is not there was dropped."""
    makes_it_after(3_600_000, site, built_site)


def visit(page: Page, site: SiteServer) -> Reader:
    # Not `Reader.open`: the clock of those tests hides what the page notes about its performance.
    page.goto(site.url)
    return Reader(page, site)


def is_restored(page: Page) -> bool:
    answer: bool = page.evaluate("performance.getEntriesByName('kakugen-ready').at(-1).detail.snapshot")
    return answer


def sees_kept(page: Page) -> None:
    """Wait until the snapshot is made. In turns: the page's policy forbids what Playwright does to wait inside it."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate("performance.getEntriesByName('kakugen-kept').length"):
        assert time.monotonic() < deadline, "no snapshot was made"
        page.wait_for_timeout(100)


def asks_and_is_answered(page: Page, site: SiteServer) -> bool:
    """Return whether Python continued from a snapshot."""
    reader = visit(page, site)
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    return is_restored(page)


def keep(page: Page, site: SiteServer, pack: str) -> int:
    """Let a worker make the snapshot now, and return its size in bytes."""
    page.goto(site.url)
    size: int = page.evaluate(KEEP, pack)
    return size


KEEP = """pack => new Promise((resolve, reject) => {
    const worker = new Worker(`${pack}worker.js`, { type: "module" });
    worker.onmessage = ({ data }) => {
        if (data.type === "kept") resolve(data.bytes);
        if (data.type === "failed") reject(new Error(data.detail));
    };
    worker.postMessage({ type: "keep", checkers: ["bounce"] });
})"""


def kept(page: Page) -> list[str]:
    """The addresses of all snapshots."""
    addresses: list[str] = page.evaluate(
        "async name => (await (await caches.open(name)).keys()).map(request => request.url)", CACHE
    )
    return sorted(addresses)


def test_the_second_visit_continues_from_the_snapshot_that_the_first_one_left(
    page: Page, site: SiteServer, pack: str
) -> None:
    assert not asks_and_is_answered(page, site)
    sees_kept(page)
    first = page.locator("[data-verdict]").inner_text()
    assert kept(page) == [f"{pack}snapshot"]
    assert asks_and_is_answered(page, site)
    assert page.locator("[data-verdict]").inner_text() == first
    page.wait_for_timeout(1_000)
    assert page.evaluate("performance.getEntriesByName('kakugen-kept').length") == 0, "it is made only once"


def test_the_snapshot_holds_nothing_that_was_pasted(page: Page, site: SiteServer, pack: str) -> None:
    reader = visit(page, site)
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_kept(page)
    holds = """async ([name, address, text]) => {
        const kept = await (await caches.open(name)).match(address);
        return new TextDecoder("latin1").decode(await kept.arrayBuffer()).includes(text);
    }"""
    assert page.evaluate(holds, [CACHE, f"{pack}snapshot", "userunknown"])
    assert not page.evaluate(holds, [CACHE, f"{pack}snapshot", SECRET])


TAMPERED = {
    "one byte flipped": "bytes[bytes.length >> 1] ^= 1;",
    "of another browser": "headers['x-kakugen-browser'] = 'Lynx';",
    "whole, but nothing that Pyodide would know": "bytes.fill(7, 5121, 5121 + 48); await hash();",
}

TAMPER = """async ([name, address]) => {
    const cache = await caches.open(name);
    const kept = await cache.match(address);
    let bytes = new Uint8Array(await kept.clone().arrayBuffer());
    const headers = Object.fromEntries(kept.headers);
    const hash = async () => {
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        headers["x-kakugen-sha256"] = Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("");
    };
    CHANGE
    await (await caches.open(`${name} aside`)).put(address, kept);
    await cache.put(address, new Response(bytes, { headers }));
}"""

PUT_BACK = """async ([name, address]) => {
    const cache = await caches.open(name);
    await cache.put(address, await (await caches.open(`${name} aside`)).match(address));
}"""


@pytest.mark.usefixtures("not_again")
def test_a_snapshot_that_is_not_as_it_was_is_dropped_and_the_answer_comes(
    page: Page, site: SiteServer, pack: str
) -> None:
    place = [CACHE, f"{pack}snapshot"]
    assert keep(page, site, pack) > 0
    for fault, change in TAMPERED.items():
        page.evaluate(TAMPER.replace("CHANGE", change), place)
        assert not asks_and_is_answered(page, site), fault
        assert kept(page) == [], fault
        page.evaluate(PUT_BACK, place)
    assert asks_and_is_answered(page, site)


@pytest.mark.usefixtures("not_again")
def test_snapshot_that_takes_too_long_is_dropped_and_the_answer_comes(
    page: Page, site: SiteServer, pack: str, worker_source: str
) -> None:
    assert keep(page, site, pack) > 0
    limit, filling = "const RESTORE_LIMIT = 10_000;", "await snapshot?.fill();"
    assert worker_source.count(limit) == worker_source.count(filling) == 1
    hanging = worker_source.replace(filling, "if (snapshot) await new Promise(() => {});")
    site.replaced("worker.js", hanging.replace(limit, "const RESTORE_LIMIT = 200;"))
    assert not asks_and_is_answered(page, site)
    assert kept(page) == []


def test_snapshot_is_made_where_all_checkers_together_need_more_memory_than_can_be_restored(
    page: Page, site: SiteServer, pack: str, pack_folder: Path
) -> None:
    manifest = json.loads((pack_folder / "manifest.json").read_text("utf-8"))
    every = [checker["id"] for checker in manifest["checkers"]]
    page.goto(site.url)
    size: int = page.evaluate(KEEP.replace('["bounce"]', json.dumps([*every, "bounce"])), pack)
    assert size > 0
    assert asks_and_is_answered(page, site)


@pytest.mark.usefixtures("not_again")
def test_snapshots_of_earlier_packs_are_removed_and_those_of_other_sites_stay(
    page: Page, site: SiteServer, pack: str
) -> None:
    page.goto(site.url)
    earlier = f"{site.url}assets/kakugen/pack/0123456789abcdef0123/snapshot"
    foreign = f"{site.url}another/assets/kakugen/pack/0123456789abcdef0123/snapshot"
    put = "async ([name, address]) => (await caches.open(name)).put(address, new Response('old'))"
    for address in (earlier, foreign):
        page.evaluate(put, [CACHE, address])
    assert not asks_and_is_answered(page, site)
    assert kept(page) == [foreign]
    page.evaluate(put, [CACHE, earlier])
    assert keep(page, site, pack) > 0
    assert kept(page) == sorted([foreign, f"{pack}snapshot"])


FORBIDDEN = {
    "forbidden": "Object.defineProperty(self, 'caches', "
    "{ configurable: true, get() { throw new DOMException('no', 'SecurityError'); } });",
    "forbidden when opened": "CacheStorage.prototype.open = CacheStorage.prototype.has = "
    "async () => { throw new DOMException('no', 'SecurityError'); };",
    "silent": "CacheStorage.prototype.open = CacheStorage.prototype.has = () => new Promise(() => {});",
    "full": "Cache.prototype.put = async () => { throw new DOMException('full', 'QuotaExceededError'); };",
    "almost full": "StorageManager.prototype.estimate = async () => ({ quota: 60e6, usage: 1e6 });",
    "not there": "delete self.caches; Object.defineProperty(self, 'caches', { configurable: true, value: undefined });",
}


@pytest.mark.parametrize("storage", FORBIDDEN)
def test_where_storage_does_not_help_every_visit_is_a_first_one(
    page: Page, site: SiteServer, pack: str, pack_folder: Path, storage: str
) -> None:
    worker = (pack_folder / "worker.js").read_text("utf-8")
    site.replaced("worker.js", f"{FORBIDDEN[storage]}\n{worker}")
    page.goto(site.url)
    if storage != "silent":
        assert page.evaluate(KEEP.replace("reject(new Error(data.detail))", "resolve(0)"), pack) == 0
    assert not asks_and_is_answered(page, site)
    assert kept(page) == []


def test_two_tabs_make_one_snapshot_and_both_continue_from_it(
    page: Page, context: BrowserContext, site: SiteServer, pack: str
) -> None:
    other = context.new_page()
    both = [page, other]
    for tab in both:
        tab.goto(site.url)
        tab.evaluate(f"pack => {{ window.made = ({KEEP})(pack) }}", pack)
    sizes = sorted(tab.evaluate("made") for tab in both)
    assert sizes[0] == 0
    assert sizes[1] > 0
    readers = [visit(tab, site) for tab in both]
    for reader in readers:
        reader.ask(TEXT)
    for reader in readers:
        reader.sees_answer("bounce/userunknown")
        assert is_restored(reader.page)


def test_who_saves_data_starts_nothing_by_looking_and_keeps_nothing(page: Page, site: SiteServer) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    reader = visit(page, site)
    reader.box.hover()
    reader.box.focus()
    page.wait_for_timeout(500)
    expect(reader.checker).to_have_attribute("data-state", "idle")
    assert not [path for path in site.paths() if "/pack/" in path]
    reader.box.press_sequentially("550")
    reader.sees_state("ready")
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    page.wait_for_timeout(1_000)
    assert page.evaluate("caches.keys()") == []


def test_pointing_at_the_form_starts_the_runtime(page: Page, site: SiteServer) -> None:
    reader = visit(page, site)
    reader.box.hover()
    reader.sees_state("ready")


def test_a_second_visit_is_verified_like_the_first(page: Page, site: SiteServer, pack: str, console: Console) -> None:
    assert keep(page, site, pack) > 0
    console.expect("Failed to load resource")
    site.cut("pyodide.asm.wasm")
    reader = visit(page, site)
    reader.ask(TEXT)
    reader.sees_state("failed")
    del site.broken["pyodide.asm.wasm"]
    reader.checker.locator("[data-retry]").click()
    reader.sees_answer("bounce/userunknown")
    assert is_restored(page)


ASK_ANOTHER = """async ([client, pack]) => {
    const { runtimeFor } = await import(`${client}runtime.js`);
    const answers = JSON.stringify({ records: 'example.jp. IN TXT "v=spf1 -all"' });
    const question = { checker: "records", answers, today: "2026-11-24", locale: "en" };
    return JSON.parse(await runtimeFor(new URL(pack)).run(question)).checker;
}"""


def test_another_checker_is_added_to_the_worker_that_is_there_and_to_the_next_snapshot(
    page: Page, site: SiteServer, built_site: Path, pack: str
) -> None:
    (client,) = (built_site / "assets/kakugen/client").glob("**/runtime.js")
    place = f"{site.url}{client.parent.relative_to(built_site).as_posix()}/"
    assert keep(page, site, pack) > 0
    assert asks_and_is_answered(page, site)
    assert not [path for path in site.paths() if "checkers-records" in path]
    before = len([path for path in site.paths() if path.endswith("worker.js")])
    assert page.evaluate(ASK_ANOTHER, [place, pack]) == "records"
    assert len([path for path in site.paths() if path.endswith("worker.js")]) == before
    sees_kept(page)
    made_for = (
        "async ([name, address]) => (await (await caches.open(name)).match(address)).headers.get('x-kakugen-checkers')"
    )
    assert page.evaluate(made_for, [CACHE, f"{pack}snapshot"]) == "bounce records"
    assert asks_and_is_answered(page, site)
