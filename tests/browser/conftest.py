"""The built site in a real Chromium: finds the browser, builds and serves the site, plays the reader.

Nothing here skips: without a browser the tests fail and say what to install. Each test gets a browser context of
its own and a server that it may tell to break things; an error in the console or in the page fails the test that
did not expect it.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Playwright, expect

ROOT = Path(__file__).parents[2]
MAILS = Path(__file__).parent / "mails"

TODAY: Final = "2026-11-24T10:00:00+09:00"
"""The day in the reader's browser: what an answer says depends on it."""

PUBLISHED: Final = "http://published.example/"
"""The address for which the site is built; each server stands in for it."""

PATIENCE: Final = 90_000
"""How long to wait for an answer, in milliseconds: a cold start on a busy machine."""


# ---- the browser ----

IN_EVERY_BROWSER: Final = ("test_faults.py", "test_second_visit.py")
"""Tests that run in Firefox too, where Playwright's own is installed: ``python -m playwright install firefox``. The
others look at what only Chromium tells."""


def _has_firefox() -> bool:
    """Return whether Playwright finds its Firefox, as it looks for it."""
    told = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    places = {"darwin": "Library/Caches", "win32": "AppData/Local"}
    folder = Path(told) if told else Path.home() / places.get(sys.platform, ".cache") / "ms-playwright"
    return any(folder.glob("firefox-*/firefox*/"))


def pytest_configure(config: pytest.Config) -> None:
    """Run in Chromium and, where it is there, in Firefox, unless ``--browser`` says in which.

    And keep Playwright's workers from reading the machine's proxy settings.
    """
    os.environ.setdefault("NO_PROXY", "127.0.0.1")
    if not config.option.browser:
        config.option.browser = ["chromium", "firefox"] if _has_firefox() else ["chromium"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is not for Firefox."""
    others = [
        item
        for item in items
        if isinstance(item, pytest.Function)
        and hasattr(item, "callspec")
        and item.callspec.params.get("browser_name") == "firefox"
        and item.path.name not in IN_EVERY_BROWSER
    ]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def _installed_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if (found := shutil.which(name))), None)


def _playwrights_chromium(playwright: Playwright) -> str:
    path = Path(playwright.chromium.executable_path)
    if path.exists():
        return str(path)
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    result = subprocess.run(install, capture_output=True, text=True, check=False)
    if not path.exists():
        pytest.fail(
            "these tests need Chromium and found none. Install it, for example with 'apt-get install chromium', "
            f"or make '{' '.join(install[1:])}' work; that said:\n{result.stdout}{result.stderr}"
        )
    return str(path)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], playwright: Playwright, browser_name: str
) -> dict[str, Any]:
    """Chromium without a sandbox (root, containers) and without any traffic of its own; Firefox as it comes."""
    if browser_name != "chromium":
        return browser_type_launch_args
    return {
        **browser_type_launch_args,
        "executable_path": _installed_chromium() or _playwrights_chromium(playwright),
        "args": [
            "--no-sandbox",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-quic",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], browser_name: str) -> dict[str, Any]:
    """A desk in Japan; no animation, so that nothing has to be waited for, and nothing kept for offline meanwhile."""
    return {
        **browser_context_args,
        "viewport": {"width": 1280, "height": 900},
        "locale": "ja-JP",
        "timezone_id": "Asia/Tokyo",
        "reduced_motion": "reduce",
        "permissions": ["clipboard-read", "clipboard-write"] if browser_name == "chromium" else [],
        "service_workers": "block",
    }


# ---- the site ----


@dataclass(frozen=True, slots=True)
class Request:
    """One request as the server saw it."""

    method: str
    path: str
    everything: str
    """Request line, headers and body as text."""


@dataclass(slots=True)
class SiteServer:
    """The built site on this machine. Tells what was asked of it, and breaks what it is told to break."""

    url: str
    requests: list[Request] = field(default_factory=list)
    broken: dict[str, Callable[["SiteHandler"], None]] = field(default_factory=dict)

    def paths(self) -> list[str]:
        """The paths of all requests so far."""
        return [request.path for request in self.requests]

    def missing(self, name: str) -> None:
        """Answer 404 for each file of this name."""
        self.broken[name] = lambda handler: handler.reply(404, "text/plain", b"not here")

    def cut(self, name: str) -> None:
        """Give only the first half of each file of this name."""
        self.broken[name] = lambda handler: handler.reply(200, handler.own_type(), half(handler.own_bytes()))

    def mistyped(self, name: str) -> None:
        """Give an HTML page in the place of each file of this name, as servers do that hide a 404."""
        page = b"<!doctype html><title>Welcome</title>"
        self.broken[name] = lambda handler: handler.reply(200, "text/html", page)

    def flipped(self, name: str, at: float) -> None:
        """Give each file of this name with one bit changed: 0 in its first byte, 0.5 in its middle."""
        self.broken[name] = lambda handler: handler.reply(
            200, handler.own_type(), with_flipped_bit(handler.own_bytes(), at)
        )

    def replaced(self, name: str, content: str) -> None:
        """Give this script in the place of each file of this name."""
        self.broken[name] = lambda handler: handler.reply(200, "text/javascript", content.encode())

    def heal(self) -> None:
        """Break nothing any more."""
        self.broken.clear()

    def clear(self) -> None:
        """Forget faults and requests: another test begins."""
        self.heal()
        self.requests.clear()


def half(content: bytes) -> bytes:
    """The first half."""
    return content[: len(content) // 2]


def with_flipped_bit(content: bytes, at: float) -> bytes:
    """The same, but for one bit."""
    place = int(len(content) * at)
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


class SiteHandler(SimpleHTTPRequestHandler):
    """Static files, as a plain host serves them."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".json": "application/json",
    }
    site: SiteServer

    def do_GET(self) -> None:
        """Note the request, then answer it, whole or broken."""
        self._note()
        breaking = self.site.broken.get(self.path.partition("?")[0].rsplit("/", 1)[-1])
        if breaking:
            breaking(self)
        elif self.path.endswith("sitemap.xml"):
            # Instant navigation swaps only pages that the sitemap has at their own address, port included.
            sitemap = self.own_bytes().replace(PUBLISHED.encode(), self.site.url.encode())
            self.reply(200, self.own_type(), sitemap)
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """Note what nobody should ever send."""
        self._note()
        self.reply(405, "text/plain", b"only GET here")

    def end_headers(self) -> None:
        """Let a browser ask each time: how long it keeps what says nothing of it depends on the age of the build."""
        if b"Cache-Control" not in b"".join(getattr(self, "_headers_buffer", [])):
            self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def own_bytes(self) -> bytes:
        """The file that was asked for."""
        return Path(self.translate_path(self.path)).read_bytes()

    def own_type(self) -> str:
        """Its type."""
        return self.guess_type(self.path)

    def reply(self, status: int, content_type: str, content: bytes) -> None:
        """Answer with something else."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _note(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
        self.site.requests.append(Request(self.command, self.path, f"{self.requestline}\n{self.headers}{body}"))


class QuietServer(ThreadingHTTPServer):
    """A page that is closed while it loads is no error."""

    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing unless something else than a closed connection went wrong."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def built_site(made_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """The folder of the real site, built once for all processes."""

    return made_once("site", lambda folder: build_site(ROOT, folder))


def build_site(source: Path, folder: Path, **environment: str) -> None:
    """Build the site of the ``mkdocs.yml`` in ``source`` into a folder, for the address of these tests."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "KAKUGEN_SITE_URL": PUBLISHED, **environment}
    result = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        pytest.fail(f"the site could not be built:\n{result.stdout}{result.stderr}")


@contextmanager
def serving(folder: Path) -> Iterator[SiteServer]:
    """Serve a built site."""
    site = SiteServer("")
    handler = type("BoundHandler", (SiteHandler,), {"site": site})
    with QuietServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        site.url = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site
        server.shutdown()


@pytest.fixture(scope="session")
def site_server(built_site: Path) -> Iterator[SiteServer]:
    """The server, one for each process."""
    with serving(built_site) as site:
        yield site


@pytest.fixture
def site(site_server: SiteServer) -> SiteServer:
    """The server as it is before anything was asked or broken."""
    site_server.clear()
    return site_server


@pytest.fixture(scope="session")
def worker_source(built_site: Path) -> str:
    """The pack's own worker, for tests that change one thing in it."""
    (path,) = (built_site / "assets" / "kakugen" / "pack").glob("*/worker.js")
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def pack_files(built_site: Path) -> frozenset[str]:
    """The names of the files that the worker of the home page loads."""
    (pack,) = (built_site / "assets" / "kakugen" / "pack").iterdir()
    manifest = json.loads((pack / "manifest.json").read_text("utf-8"))
    archives = {entry["id"]: set(entry["archives"]) for entry in manifest["checkers"]}
    foreign = set().union(*archives.values()) - archives["bounce"]
    return frozenset({"worker.js", "manifest.json", *(entry["name"] for entry in manifest["files"])} - foreign)


# ---- the reader ----


@dataclass(slots=True)
class Console:
    """What the browser complained about."""

    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, *parts: str) -> None:
        """Allow complaints that hold one of these texts."""
        self.expected.extend(parts)

    def unexpected(self) -> list[str]:
        """All other complaints."""
        return [one for one in self.complaints if not any(part in one for part in self.expected)]


@pytest.fixture(autouse=True)
def console(page: Page) -> Iterator[Console]:
    """Watches the page, and fails the test on any complaint that it did not expect."""
    seen = Console()
    page.on("console", lambda message: seen.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    assert seen.unexpected() == []


@dataclass(slots=True)
class Reader:
    """Someone in front of the site."""

    page: Page
    site: SiteServer

    def open(self, path: str = "") -> None:
        """Open a page of the site, on the day of these tests."""
        self.page.clock.set_fixed_time(TODAY)
        self.page.goto(self.site.url + path)

    @property
    def checker(self) -> Locator:
        """The element on the page."""
        return self.page.locator("kakugen-checker")

    @property
    def box(self) -> Locator:
        """The paste box."""
        return self.checker.locator("textarea[name]").first

    @property
    def button(self) -> Locator:
        """The button that asks."""
        return self.checker.locator("form button[type=submit]")

    @property
    def verdict(self) -> Locator:
        """The answer."""
        return self.checker.locator("[data-verdict]")

    @property
    def fault(self) -> Locator:
        """The message about what failed."""
        return self.checker.locator("[data-fault]")

    def paste(self, text: str, into: Locator | None = None) -> None:
        """Press Ctrl+V in the box."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        (into or self.box).focus()
        self.page.keyboard.press("Control+V")

    def ask(self, text: str) -> None:
        """Type, then press the button."""
        self.box.fill(text)
        self.button.click()

    def sees_state(self, state: str) -> None:
        """Wait until the element is in a state."""
        expect(self.checker).to_have_attribute("data-state", state, timeout=PATIENCE)

    def sees_answer(self, topic: str | None = None, *, status: str = "identified") -> None:
        """Wait for an answer, and look at what it is."""
        self.sees_state("done")
        expect(self.verdict).to_be_visible()
        expect(self.verdict).to_have_attribute("data-status", status)
        if topic is not None:
            expect(self.verdict).to_have_attribute("data-topic", topic)

    def drop(self, name: str, content: bytes, onto: Locator | None = None) -> None:
        """Drop a file on the box."""
        transfer = self.page.evaluate_handle(
            """([name, bytes]) => {
                const transfer = new DataTransfer();
                transfer.items.add(new File([new Uint8Array(bytes)], name));
                return transfer;
            }""",
            [name, list(content)],
        )
        for event in ("dragenter", "dragover", "drop"):
            (onto or self.box).dispatch_event(event, {"dataTransfer": transfer})


@pytest.fixture
def reader(page: Page, site: SiteServer) -> Reader:
    """A reader who has not opened the site yet."""
    return Reader(page, site)


@dataclass(slots=True)
class Traffic:
    """Every request that the pages and workers of a context make, as the browser reports them."""

    urls: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


@pytest.fixture
def traffic(context: BrowserContext, page: Page) -> Traffic:
    """Watches what leaves the browser, wherever it would go."""
    seen = Traffic()

    def note(request: Any) -> None:
        seen.urls.append(request.url)
        seen.bodies.append(str(request.headers) + (request.post_data or ""))

    context.on("request", note)
    page.on("websocket", lambda socket: seen.urls.append(socket.url))
    return seen


# ---- workers that do exactly what a test wants ----


@pytest.fixture
def sham_worker(site: SiteServer) -> Callable[..., None]:
    """Put a worker in the place of the pack's: ``sham_worker(verdict=…, ready=…, answers=…)``.

    Without ``ready`` it stays silent; without ``answers`` it never answers; ``progress`` is sent once at the start.
    """

    def put(
        *,
        verdict: dict[str, Any] | None = None,
        ready: bool = True,
        answers: bool = True,
        progress: dict[str, Any] | None = None,
    ) -> None:
        site.replaced(
            "worker.js",
            f"""
            onmessage = ({{data}}) => {{
              const progress = {json.dumps(progress)};
              if (data.type === "start" && progress) postMessage({{type: "progress", ...progress}});
              if (data.type === "start" && {json.dumps(ready)}) postMessage({{type: "ready"}});
              if (data.type === "add") postMessage({{type: "added", checker: data.checker}});
              if (data.type === "run" && {json.dumps(answers)}) {{
                postMessage({{type: "verdict", run: data.run, verdict: JSON.stringify({json.dumps(verdict)})}});
              }}
            }};
            """,
        )

    return put


BLANK: Final[dict[str, Any]] = {
    "checker": "bounce",
    "locale": "ja",
    "status": "identified",
    "topic": "bounce/example",
    "title": "題",
    "summary": "",
    "topics": [],
    "confidence": 0.9,
    "confidence_meaning": "",
    "permanence": None,
    "actor": None,
    "speaker": None,
    "evidence": [],
    "facts": [],
    "steps": [],
    "cautions": [],
    "questions": [],
    "alternatives": [],
    "maxims": [],
    "expiries": [],
    "messages": [],
    "figures": [],
    "sections": [],
    "handovers": [],
    "report": "",
}


@pytest.fixture
def blank_verdict() -> Callable[..., dict[str, Any]]:
    """A verdict with nothing in it but what is given."""
    return lambda **parts: BLANK | parts


@pytest.fixture
def mail() -> Callable[[str], bytes]:
    """Read one of the sample mails."""
    return lambda name: (MAILS / name).read_bytes()
