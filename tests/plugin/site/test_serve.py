"""``mkdocs serve`` serves every language and builds again only what an edit touches."""

import json
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

KETTLE = Path(__file__).parent / "kettle"
_PATIENCE = 60  # seconds until a test gives up; nothing is timed


def wait_for(what: str, seen: Callable[[], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not seen():
        assert time.monotonic() < end, what
        time.sleep(0.1)


class Session:
    """A running ``mkdocs serve``."""

    def __init__(self, address: str, log: Path) -> None:
        self.address = address
        self._log = log

    @property
    def log(self) -> str:
        return self._log.read_text("utf-8")

    def pack(self) -> str:
        """The folder of the runtime pack that the home page names."""
        with urllib.request.urlopen(self.address, timeout=_PATIENCE) as answer:
            found = re.search(r'data-pack="([^"]+)"', answer.read().decode())
        assert found is not None
        return found[1]

    def shows(self, page: str, text: str) -> bool:
        try:
            with urllib.request.urlopen(self.address + page, timeout=_PATIENCE) as answer:
                # Titles break between phrases.
                return text in answer.read().decode().replace("<wbr>", "")
        except urllib.error.HTTPError:
            return False


@pytest.fixture
def workshop(kettles, tmp_path) -> Path:
    """The checker of the site as whoever writes it has it: installed editable, in a folder of its own."""
    folder = tmp_path / "workshop"
    shutil.copytree(KETTLE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    installed = folder / "kettle-1.0.dist-info"
    (installed / "direct_url.json").write_text(json.dumps({"url": folder.as_uri(), "dir_info": {"editable": True}}))
    (installed / "RECORD").write_text("kettle-1.0.dist-info/RECORD,,\n")
    (folder / "kettle/lamp.toml").write_text('colour = "red"\n')
    kettles.environment = {**kettles.environment, "PYTHONPATH": str(folder)}
    return folder


@pytest.fixture
def session(kettles, tmp_path) -> Iterator[Session]:
    log = tmp_path / "serve.log"
    port = _free_port()
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=kettles.root,
            env={**kettles.environment, "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        session = Session(f"http://127.0.0.1:{port}/base/", log)
        wait_for("the first build", lambda: "Serving on" in session.log or process.poll() is not None)
        yield session
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def main_builds(session: Session) -> int:
    return len(re.findall(r"Documentation built in", session.log))


def test_an_edit_builds_the_language_that_it_touches_and_no_other(kettles, session) -> None:
    assert session.shows("", "やかんが鳴らない")
    assert session.shows("en/", "The kettle is silent")
    before = main_builds(session)

    kettles.edit("docs/en/articles/no-tea.md", ("Somebody pulled", "A cat pulled"))
    wait_for("the English edit", lambda: session.shows("en/articles/no-tea/", "A cat pulled"))
    assert main_builds(session) == before
    assert "Building English" in session.log

    kettles.edit("docs/ja/index.md", ("やかんが鳴らない", "やかんが静かです"))
    wait_for("the Japanese edit", lambda: session.shows("", "やかんが静かです"))
    assert session.log.count("Building English") == 1
    assert session.shows("en/articles/no-tea/", "A cat pulled")


def test_a_fault_is_said_and_its_correction_is_served(kettles, session) -> None:
    kettles.edit("docs/en/articles/no-tea.md", ("minutes: 5", "minutes: soon"))
    wait_for("the fault", lambda: "docs/en/articles/no-tea.md:10: 'minutes' is 'soon'" in session.log)
    kettles.edit("docs/en/articles/no-tea.md", ("minutes: soon", "minutes: 7"))
    wait_for("the correction", lambda: session.shows("en/articles/no-tea/", "about 7 min"))
    assert session.shows("articles/no-tea/", "5分ほど")


def test_an_edited_checker_is_served_in_every_language_with_a_new_pack(kettles, workshop, session) -> None:
    assert session.shows("", "やかんを調べる")
    before = session.pack()
    code = workshop / "kettle/__init__.py"
    changed = (
        code.read_text("utf-8").replace("やかんを調べる", "やかんに聞く").replace("A red light.", "A green light.")
    )
    code.write_text(changed, "utf-8")
    wait_for("the new form", lambda: session.shows("", "やかんに聞く"))
    wait_for("the new table", lambda: session.shows("en/reference/kettle-lamps/", "A green light."))
    after = session.pack()
    assert after != before
    assert session.shows(f"{after}manifest.json", '"kettle"')


def test_an_edited_file_of_data_gives_a_new_pack_once(kettles, workshop, session) -> None:
    before = session.pack()
    (workshop / "kettle/lamp.toml").write_text('colour = "green"\n')
    wait_for("the new pack", lambda: session.pack() != before and "Reloading browsers" in session.log)
    builds = session.log.count("Detected file changes")
    time.sleep(3)  # the time in which a build that wakes itself would have begun again
    assert session.log.count("Detected file changes") == builds == 1


def test_a_checker_with_a_mistake_is_served_again_once_it_is_corrected(kettles, workshop, session) -> None:
    code = workshop / "kettle/__init__.py"
    right = code.read_text("utf-8")
    code.write_text("class Kettle(", "utf-8")
    wait_for("the mistake", lambda: "An error happened during the rebuild" in session.log)
    code.write_text(right.replace("やかんを調べる", "やかんに聞く"), "utf-8")
    wait_for("the correction", lambda: session.shows("", "やかんに聞く"))
