"""Pyodide is fetched by its lock file, and a site owner is told what to do when it cannot be."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from kakugen.runtime import PyodideUnavailableError
from kakugen.runtime.pyodide import VERSION, Pyodide, fetch_pyodide


def lock() -> dict[str, Any]:
    text = (resources.files("kakugen.runtime") / "package-lock.json").read_text(encoding="utf-8")
    packages: dict[str, Any] = json.loads(text)["packages"]
    return {name: entry for name, entry in packages.items() if name}


def test_the_lock_pins_every_package_by_hash_and_names_no_registry() -> None:
    assert lock()["node_modules/pyodide"]["version"] == VERSION == "0.29.5"
    for entry in lock().values():
        assert entry["integrity"].startswith("sha512-")
        assert "resolved" not in entry


def test_pyodide_says_which_python_it_runs(pyodide: Pyodide) -> None:
    assert pyodide.python.startswith("3.13.")
    assert pyodide.bytecode_magic == bytes([0xF3, 0x0D]) + b"\r\n"


def test_without_a_network_the_message_says_what_to_do_and_nothing_half_done_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    with pytest.raises(PyodideUnavailableError) as caught:
        fetch_pyodide(tmp_path / "cache")
    assert f"Pyodide {VERSION}" in str(caught.value)
    assert "proxy" in str(caught.value)
    assert "127.0.0.1:9" in str(caught.value)
    assert list((tmp_path / "cache" / "pyodide").iterdir()) == []
