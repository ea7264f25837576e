"""A checker that changes while the generator runs can be read anew; what the generator works with stays."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kakugen.embed import forget_code
from kakugen_checkers import protocol


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package with a module in it, importable under the name ``lamps``."""
    folder = tmp_path / "lamps"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "colour.py").write_text("name = 'red'\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    forget_code([folder])


def colour() -> object:
    return importlib.import_module("lamps.colour").name


def test_changed_code_is_read_after_it_was_forgotten(package: Path) -> None:
    assert colour() == "red"
    (package / "colour.py").write_text("name = 'yellow'\n")
    assert colour() == "red"
    forget_code([package])
    assert colour() == "yellow"


def test_a_module_in_a_package_that_stays_is_forgotten_there_too(package: Path) -> None:
    assert colour() == "red"
    forget_code([package / "colour.py"])
    assert "lamps" in sys.modules
    assert not hasattr(sys.modules["lamps"], "colour")


def test_the_protocol_and_other_packages_stay(package: Path) -> None:
    before = {name: sys.modules[name] for name in ("kakugen_checkers", "kakugen_checkers.protocol", "pytest")}
    assert colour() == "red"
    forget_code([package, Path(protocol.__file__)])
    assert {name: sys.modules[name] for name in before} == before
    assert "lamps" not in sys.modules
