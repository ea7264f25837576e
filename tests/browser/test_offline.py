"""Without a network: who has used a checker, or asked for it, reads and is answered all the same."""

import functools
import json
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from tests.browser.conftest import PATIENCE, ROOT, Console, QuietServer, Reader, SiteHandler, SiteServer
from tests.browser.test_accessibility import violations

from kakugen.offline import read_site, write_offline

SECRET = "taro.yamada.secret"
TEXT = f"<{SECRET}@gmail.com>: 550 5.1.1 The email account that you tried to reach does not exist."
ARTICLE = "articles/gmail-authentication-failed/"
UNREACHABLE = ("net::ERR_", "An unknown error occurred when fetching the script")
REGISTERED = "navigator.serviceWorker.getRegistrations().then(all => all.map(one => one.scope))"

SAVE_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true}});"


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """These tests are about what others keep out of their way."""
    return {**browser_context_args, "service_workers": "allow"}


# ---- a site that can change, and a server that can stop ----


class HostHandler(SiteHandler):
    """Static files, as hosts of static sites send them: to be asked for again."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


@dataclass(slots=True)
class Host:
    """A copy of the built site on a server of its own."""

    folder: Path
    site: SiteServer
    port: int = 0
    _server: QuietServer | None = None

    def start(self, below: str = "") -> None:
        """Serve the site, always at the same address, in a folder of the host."""
        handler = type("BoundHandler", (HostHandler,), {"site": self.site})
        root = self.folder.parents[below.count("/") - 1] if below else self.folder
        self._server = QuietServer(("127.0.0.1", self.port), functools.partial(handler, directory=str(root)))
        self.port = self._server.server_port
        self.site.url = f"http://127.0.0.1:{self.port}/{below}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """From now on nobody answers."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def publish(self) -> str:
        """Write service worker and list for the files as they are now; return the name of the build."""
        return write_offline(self.folder, read_site(self.folder, {"ja": "", "en": "en/"}, first=b"<kakugen-checker"))

    def edit(self, page: str, old: str, new: str) -> None:
        """Change a page."""
        path = self.folder / page / "index.html"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def host(built_site: Path, tmp_path: Path) -> Iterator[Host]:
    """The site, with a checker in an article too; not served yet."""
    folder = tmp_path / "host" / "project"
    shutil.copytree(built_site, folder)
    host = Host(folder, SiteServer(""))
    found = re.search(r"<kakugen-checker.*</kakugen-checker>", (folder / "index.html").read_text("utf-8"), re.DOTALL)
    assert found is not None
    element = found[0].replace('data-root="."', 'data-root="../.."')
    host.edit(ARTICLE, "</article>", f"{element}</article>")
    host.publish()
    yield host
    host.stop()


@pytest.fixture
def site(host: Host) -> SiteServer:
    """The same, at the root of a running server."""
    host.start()
    return host.site


def offline(page: Page) -> Locator:
    """The line below the checker."""
    return page.locator("[data-offline]")


def sees_offline(page: Page, state: str) -> None:
    """Wait for what the line says."""
    expect(offline(page)).to_have_attribute("data-offline", state, timeout=PATIENCE)


def uses(reader: Reader, path: str = "") -> None:
    """Ask something, and wait until the site is kept."""
    reader.open(path)
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_offline(reader.page, "kept")


def goes_offline(context: BrowserContext, host: Host, console: Console) -> None:
    console.expect(*UNREACHABLE)
    host.stop()
    context.set_offline(True)


def is_answered(reader: Reader, path: str) -> None:
    """Open a page anew, from the service worker, and ask."""
    response = reader.page.goto(reader.site.url + path)
    assert response is not None
    assert response.from_service_worker
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")


def waits_until(page: Page, condition: str) -> None:
    """Wait until an asynchronous function of the page says true."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < deadline, condition
        page.wait_for_timeout(200)


def builds(page: Page) -> list[str]:
    """The names of the caches of this site."""
    names: list[str] = page.evaluate("caches.keys()")
    return [name for name in names if name.startswith("kakugen-offline")]


# ---- keeping ----


@pytest.mark.parametrize("used", ["", ARTICLE])
def test_after_one_answer_every_page_answers_without_a_network(
    reader: Reader, context: BrowserContext, host: Host, console: Console, used: str
) -> None:
    uses(reader, used)
    expect(offline(reader.page)).to_contain_text(
        re.compile(r"通信がなくても使えます（この端末に \d\d\.\d MB を保存しました）。")
    )
    goes_offline(context, host, console)
    is_answered(reader, "")
    is_answered(reader, ARTICLE)
    expect(reader.page.locator("article h1").first).to_be_visible()
    sees_offline(reader.page, "kept")
    is_answered(reader, "?from=somewhere")
    is_answered(reader, "index.html")


def test_an_address_without_its_last_slash_leads_on_without_a_network(
    reader: Reader, context: BrowserContext, host: Host, console: Console
) -> None:
    uses(reader)
    goes_offline(context, host, console)
    reader.page.goto(reader.site.url + ARTICLE.rstrip("/"))
    assert reader.page.url == reader.site.url + ARTICLE
    expect(reader.page.locator("article h1").first).to_be_visible()


def test_of_a_large_site_only_the_pages_with_checkers_are_kept_unasked_and_the_rest_on_demand(
    reader: Reader, host: Host
) -> None:
    sizes = host.folder / "assets/kakugen/offline/sizes.json"
    said = json.loads(sizes.read_text("utf-8"))
    sizes.write_text(json.dumps({**said, "groups": {**said["groups"], "ja/rest": 51_000_000}}), "utf-8")
    kept = f"""async () => {{
        const found = await caches.match("{reader.site.url}assets/kakugen/offline/kept");
        return (await found.json()).groups;
    }}"""
    uses(reader)
    assert reader.page.evaluate(kept) == ["shared", "ja"]
    rest = offline(reader.page).locator("[data-offline-keep]")
    expect(rest).to_have_text("オフライン用に保存（51.0 MB）")
    rest.click()
    expect(rest).to_be_hidden(timeout=PATIENCE)
    sees_offline(reader.page, "kept")
    assert reader.page.evaluate(kept) == ["shared", "ja", "ja/rest"]


def test_search_works_without_a_network(reader: Reader, context: BrowserContext, host: Host, console: Console) -> None:
    uses(reader)
    goes_offline(context, host, console)
    reader.page.goto(reader.site.url)
    reader.page.locator(".md-search__input").click()
    reader.page.locator(".md-search__input").press_sequentially("Gmail")
    expect(reader.page.locator(".md-search-result__item")).not_to_have_count(0)


def test_the_page_that_was_used_goes_on_without_a_network_and_a_worker(
    reader: Reader, context: BrowserContext, host: Host, console: Console
) -> None:
    uses(reader)
    goes_offline(context, host, console)
    reader.page.reload()
    reader.box.focus()
    reader.sees_state("ready")


def test_each_language_is_kept_when_it_is_used(
    reader: Reader, context: BrowserContext, host: Host, console: Console
) -> None:
    uses(reader)
    reader.open("en/")
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_offline(reader.page, "kept")
    expect(offline(reader.page)).to_contain_text("This works without a network too")
    goes_offline(context, host, console)
    for path in ("en/", "", f"en/{ARTICLE}"):
        response = reader.page.goto(reader.site.url + path)
        assert response is not None
        assert response.from_service_worker


def test_nothing_is_kept_before_a_checker_was_used(reader: Reader) -> None:
    reader.open()
    reader.box.focus()
    reader.sees_state("ready")
    sees_offline(reader.page, "offered")
    reader.page.wait_for_timeout(2500)
    assert reader.page.evaluate(REGISTERED) == []
    assert builds(reader.page) == []


def test_reader_who_saves_data_is_only_asked(reader: Reader) -> None:
    reader.page.add_init_script(SAVE_DATA)
    reader.open()
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    reader.page.wait_for_timeout(2500)
    sees_offline(reader.page, "offered")
    assert reader.page.evaluate(REGISTERED) == []
    button = reader.checker.get_by_role("button", name=re.compile(r"^オフライン用に保存（\d\d\.\d MB）$"))
    button.click()
    sees_offline(reader.page, "kept")
    assert reader.page.evaluate(REGISTERED) == [reader.site.url]


def test_kept_by_the_button_before_anything_was_asked(
    reader: Reader, context: BrowserContext, host: Host, console: Console
) -> None:
    reader.open("en/")
    reader.box.focus()
    reader.sees_state("ready")
    reader.checker.get_by_role("button", name=re.compile(r"^Keep for offline \(\d\d\.\d MB\)$")).click()
    sees_offline(reader.page, "kept")
    goes_offline(context, host, console)
    is_answered(reader, "en/")


def test_what_is_kept_can_be_removed_and_is_not_kept_again_unasked(reader: Reader) -> None:
    uses(reader)
    reader.checker.get_by_role("button", name="保存したものを消す").click()
    sees_offline(reader.page, "removed")
    expect(reader.checker.locator("[data-offline-keep]")).to_be_focused()
    assert builds(reader.page) == ["kakugen-offline / declined"]
    reader.open()
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    reader.page.wait_for_timeout(2500)
    sees_offline(reader.page, "offered")
    assert reader.page.evaluate(REGISTERED) == []
    reader.checker.locator("[data-offline-keep]").click()
    sees_offline(reader.page, "kept")
    assert "kakugen-offline / declined" not in builds(reader.page)


def test_nothing_that_was_pasted_is_kept_and_snapshots_are_left_alone(reader: Reader) -> None:
    put = "caches.open('kakugen-snapshots').then(cache => cache.put('/snapshot', new Response('of the runtime')))"
    reader.open()
    reader.page.evaluate(put)
    uses(reader)
    everything = """async () => {
        const texts = [];
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                texts.push(name, request.url, await (await cache.match(request)).text());
            }
        }
        return texts.join("\\n");
    }"""
    kept = reader.page.evaluate(everything)
    assert "kakugen-checker" in kept
    assert SECRET not in kept
    reader.checker.locator("[data-offline-remove]").click()
    sees_offline(reader.page, "removed")
    assert "of the runtime" in reader.page.evaluate(everything)


def test_keeping_after_a_paste_is_no_request_to_anybody_else(reader: Reader) -> None:
    uses(reader)
    expect(reader.checker.locator("[data-requests]")).to_have_attribute("data-requests", "0")
    assert not [request for request in reader.site.requests if SECRET in request.everything]
    assert {request.method for request in reader.site.requests} == {"GET"}


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_line_has_no_violation_before_and_after(
    reader: Reader, node_modules: Path, colours: Literal["light", "dark"]
) -> None:
    reader.page.emulate_media(color_scheme=colours)
    reader.open()
    reader.box.focus()
    reader.sees_state("ready")
    sees_offline(reader.page, "offered")
    assert violations(reader.page, node_modules) == []
    keep = reader.checker.locator("[data-offline-keep]").bounding_box()
    assert keep is not None
    assert keep["height"] >= 44
    reader.checker.locator("[data-offline-keep]").click()
    sees_offline(reader.page, "kept")
    assert violations(reader.page, node_modules) == []


# ---- instant navigation, sub-path, serve ----


def test_instant_navigation_goes_on_without_a_network(
    reader: Reader, context: BrowserContext, host: Host, console: Console
) -> None:
    reader.open("maxims/two-causes/")
    reader.page.evaluate("window.sameDocument = true")
    reader.page.locator("a.md-logo:visible, .md-header a[href='../..']:visible").first.click()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_offline(reader.page, "kept")
    goes_offline(context, host, console)
    reader.page.locator(f"a[href$='{ARTICLE}']:visible").first.click()
    reader.page.wait_for_url(f"**/{ARTICLE}")
    expect(reader.page.locator("article h1").first).to_be_visible()
    assert reader.page.evaluate("window.sameDocument") is True
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")
    reader.page.go_back()
    reader.sees_answer("bounce/userunknown")
    expect(offline(reader.page)).to_have_count(1)
    sees_offline(reader.page, "kept")


def test_a_site_in_a_folder_of_its_host_keeps_to_itself(
    page: Page, context: BrowserContext, host: Host, console: Console
) -> None:
    host.start("project/")
    (host.folder.parent / "other.html").write_text("<!doctype html><title>Another site</title>", "utf-8")
    reader = Reader(page, host.site)
    console.expect("404")  # of the other site's icon
    page.goto(f"http://127.0.0.1:{host.port}/other.html")
    page.evaluate("caches.open('kakugen-offline / of-another-site')")
    uses(reader)
    assert page.evaluate(REGISTERED) == [f"http://127.0.0.1:{host.port}/project/"]
    page.goto(f"http://127.0.0.1:{host.port}/other.html")
    assert page.evaluate("navigator.serviceWorker.controller") is None
    goes_offline(context, host, console)
    is_answered(reader, "")
    is_answered(reader, ARTICLE)
    reader.checker.locator("[data-offline-remove]").click()
    sees_offline(page, "removed")
    assert builds(page) == ["kakugen-offline / of-another-site", "kakugen-offline /project/ declined"]


@pytest.fixture
def serving(host: Host) -> Iterator[Callable[[], None]]:
    """Start ``mkdocs serve`` where the host was."""
    running: list[subprocess.Popen[bytes]] = []

    def serve() -> None:
        address = f"127.0.0.1:{host.port}"
        command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", address]
        running.append(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    yield serve
    for process in running:
        process.terminate()
        process.wait()


FIRST_SERVED: Final = 120
"""How long ``mkdocs serve`` may take to its first page, in seconds."""


def test_mkdocs_serve_keeps_nothing_and_clears_what_a_site_has_left_there(
    reader: Reader, host: Host, serving: Callable[[], None], console: Console
) -> None:
    uses(reader)
    console.expect(*UNREACHABLE, "Failed to load resource")
    host.stop()
    serving()
    deadline = time.monotonic() + FIRST_SERVED
    while "livereload" not in reader.page.content():
        assert time.monotonic() < deadline
        reader.page.wait_for_timeout(500)
        reader.page.goto(reader.site.url)
    waits_until(reader.page, f"async () => (await {REGISTERED}).length === 0")
    assert builds(reader.page) == []
    reader.page.goto(reader.site.url)
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    reader.page.wait_for_timeout(2500)
    expect(offline(reader.page)).to_be_hidden()
    assert reader.page.evaluate(REGISTERED) == []
    assert builds(reader.page) == []


# ---- a site that changes ----

TITLE = "<title>"
NEW_TITLE = "<title>NEW "


def waits_for_update(page: Page, build: str) -> None:
    """Wait until another build is kept beside the one that serves."""
    waits_until(
        page,
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            return Boolean(registration.waiting);
        }""",
    )
    assert f"kakugen-offline / {build}" in builds(page)


def title_of(reader: Reader, path: str) -> str:
    reader.page.goto(reader.site.url + path)
    return reader.page.title()


def test_a_changed_site_is_taken_over_whole_with_only_the_changed_files_fetched(
    reader: Reader, context: BrowserContext, host: Host, console: Console
) -> None:
    uses(reader)
    (old,) = builds(reader.page)
    host.edit(ARTICLE, TITLE, NEW_TITLE)
    new = host.publish()
    reader.site.requests.clear()
    reader.page.reload()
    waits_for_update(reader.page, new)
    asked = {path for path in reader.site.paths() if "/assets/kakugen/pack/" in path or path.startswith("/maxims/")}
    assert asked == set()
    assert f"/{ARTICLE}" in reader.site.paths()

    goes_offline(context, host, console)
    assert "NEW" not in title_of(reader, ARTICLE), "the old build serves as long as one of its pages is open"
    assert sorted(builds(reader.page)) == sorted([old, f"kakugen-offline / {new}"])
    reader.page.close()
    page = context.new_page()
    reader = Reader(page, reader.site)
    assert title_of(reader, ARTICLE).startswith("NEW ")
    assert builds(page) == [f"kakugen-offline / {new}"]
    is_answered(reader, "")
    is_answered(reader, ARTICLE)


def test_with_a_network_the_reader_sees_the_changed_page_at_once(reader: Reader, host: Host) -> None:
    uses(reader)
    host.edit(ARTICLE, TITLE, NEW_TITLE)
    host.publish()
    assert title_of(reader, ARTICLE).startswith("NEW ")


@pytest.mark.parametrize("fault", ["missing", "of another build", "server error"])
def test_a_half_published_site_is_not_taken_over(
    reader: Reader, context: BrowserContext, host: Host, console: Console, fault: str
) -> None:
    uses(reader)
    before = builds(reader.page)
    host.edit(ARTICLE, TITLE, NEW_TITLE)
    host.publish()
    article = host.folder / ARTICLE / "index.html"
    right = article.read_text("utf-8")
    if fault == "missing":
        article.unlink()
    elif fault == "of another build":
        article.write_text(right.replace("NEW", "NEWER"), "utf-8")
    else:
        reader.site.broken[""] = lambda handler: (
            handler.reply(503, "text/plain", b"later") if ARTICLE in handler.path else SiteHandler.send_head(handler)
        )
    console.expect("Failed to load resource")
    ended = reader.page.evaluate_handle(
        """async () => {
            const registration = await navigator.serviceWorker.getRegistration();
            return {ended: new Promise(resolve => {
                registration.addEventListener("updatefound", () => {
                    const {installing} = registration;
                    installing.addEventListener("statechange", () => resolve(installing.state));
                });
                registration.update().catch(() => {});
            })};
        }"""
    )
    assert reader.page.evaluate("async ({ended}) => await ended", ended) == "redundant"
    assert builds(reader.page) == before
    article.write_text(right, "utf-8")
    goes_offline(context, host, console)
    assert not title_of(reader, ARTICLE).startswith("NEW")
    is_answered(reader, "")


# ---- what can go wrong ----


def test_full_storage_is_said_and_nothing_breaks(reader: Reader, context: BrowserContext) -> None:
    reader.open()
    session = context.new_cdp_session(reader.page)
    quota = {"origin": reader.site.url, "quotaSize": 2_000_000}
    session.send("Storage.overrideQuotaForOrigin", quota)
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_offline(reader.page, "full")
    expect(offline(reader.page)).to_contain_text("この端末の空きが足りないため")
    assert builds(reader.page) == []
    assert reader.page.evaluate(REGISTERED) == []
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")
    session.send("Storage.overrideQuotaForOrigin", {"origin": reader.site.url})
    reader.checker.locator("[data-offline-keep]").click()
    sees_offline(reader.page, "kept")


FORBIDDEN = {
    "no service workers here": "delete Navigator.prototype.serviceWorker;",
    "not for this page": """ServiceWorkerContainer.prototype.register =
        () => Promise.reject(new DOMException("no", "SecurityError"));""",
    "silently": "ServiceWorkerContainer.prototype.register = async () => undefined;",
    "not to be looked at": """ServiceWorkerContainer.prototype.getRegistration =
        () => Promise.reject(new DOMException("no", "SecurityError"));""",
}


@pytest.mark.parametrize("how", FORBIDDEN)
def test_forbidden_storage_is_said_and_nothing_breaks(reader: Reader, how: str) -> None:
    reader.page.add_init_script(FORBIDDEN[how])
    reader.open()
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_offline(reader.page, "forbidden")
    expect(offline(reader.page)).to_contain_text("このブラウザの今の設定では")
    reader.ask("535 5.7.8 Error: authentication failed")
    reader.sees_answer("bounce/sendingpassword")


def test_storage_that_is_gone_leaves_the_network(reader: Reader) -> None:
    uses(reader)
    reader.page.evaluate("caches.keys().then(names => Promise.all(names.map(name => caches.delete(name))))")
    reader.open(ARTICLE)
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_offline(reader.page, "kept")
    assert len(builds(reader.page)) == 1


def test_network_that_ends_meanwhile_is_said_and_the_button_tries_again(
    reader: Reader, context: BrowserContext, host: Host, console: Console
) -> None:
    reader.page.add_init_script(SAVE_DATA)
    reader.open()
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    sees_offline(reader.page, "offered")
    goes_offline(context, host, console)
    reader.checker.locator("[data-offline-keep]").click()
    sees_offline(reader.page, "unreachable")
    assert reader.page.evaluate(REGISTERED) == []
    host.start()
    context.set_offline(False)
    reader.checker.locator("[data-offline-keep]").click()
    sees_offline(reader.page, "kept")


def test_site_that_changes_meanwhile_is_said(reader: Reader, host: Host) -> None:
    reader.page.add_init_script(SAVE_DATA)
    reader.open()
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    host.edit("maxims/two-causes", TITLE, NEW_TITLE)
    reader.checker.locator("[data-offline-keep]").click()
    sees_offline(reader.page, "changed")
    assert builds(reader.page) == []
    assert reader.page.evaluate(REGISTERED) == []
    host.publish()
    reader.page.reload()
    reader.box.fill("something")
    reader.sees_state("ready")
    reader.checker.locator("[data-offline-keep]").click()
    sees_offline(reader.page, "kept")
