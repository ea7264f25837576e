"""Checkers are found by entry points; what they need is collected, or refused with a reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from kakugen.runtime import (
    CheckerCodeError,
    CompiledCodeError,
    ForeignImportError,
    MissingRequirementError,
    UnknownCheckerError,
    editable_code,
    find_checkers,
)
from kakugen.runtime.checkers import collect_files, compile_files, library_imports

type Install = Callable[..., Any]


def test_a_registered_checker_is_found_with_its_distribution(install: Install) -> None:
    made = install()
    assert find_checkers(["decode"]) == made.checkers
    assert find_checkers() == made.checkers


def test_an_unknown_checker_names_the_known_ones(install: Install) -> None:
    install()
    with pytest.raises(UnknownCheckerError, match=r"checker 'bonuce'; installed are: decode\."):
        find_checkers(["bonuce"])


def test_two_distributions_with_the_same_checker_are_named(install: Install) -> None:
    install()
    install({}, name="other-checkers", checkers={"decode": "other:checker"})
    with pytest.raises(UnknownCheckerError, match=r"both .*-checkers and .*-checkers register a checker 'decode'"):
        find_checkers()


def test_files_of_the_checker_the_protocol_and_all_requirements_are_collected(install: Install) -> None:
    install({"deep.py": "x = 1"}, name="deep-one", requires=(), checkers={})
    install({"middle/__init__.py": ""}, name="middle-one", requires=("deep-one>=1",), checkers={})
    made = install(requires=("kakugen-checkers", "middle-one", 'missing; sys_platform == "win32"'))
    files = collect_files(made.checkers)
    assert {"deep.py", "middle/__init__.py", "demo_checkers/decode.py", "kakugen_checkers/protocol.py"} <= set(files)
    assert "demo_checkers/__main__.py" not in files
    assert "demo_checkers/py.typed" not in files


def test_an_editable_distribution_is_collected_like_an_installed_one(install: Install) -> None:
    assert collect_files(install(editable=True).checkers) == collect_files(install().checkers)


def test_only_what_is_installed_editable_may_change_while_it_is_used(install: Install) -> None:
    assert editable_code(install().checkers) == ()
    made = install(editable=True)
    assert editable_code(made.checkers) == (made.folder / "demo_checkers",)


def test_a_requirement_that_is_not_installed_is_named(install: Install) -> None:
    made = install(requires=("kakugen-checkers", "no-such-thing"))
    with pytest.raises(MissingRequirementError, match="demo-checkers requires no-such-thing, which is not installed"):
        collect_files(made.checkers)


def test_compiled_code_is_refused_by_name(install: Install) -> None:
    install({"fast/_speed.cpython-313-x86_64-linux-gnu.so": ""}, name="fast", checkers={}, requires=())
    install({"fast/__init__.py": "", "fast/_speed.so": ""}, name="fast", checkers={}, requires=())
    made = install(requires=("kakugen-checkers", "fast"))
    with pytest.raises(CompiledCodeError, match=r"^fast/_speed\.so: compiled code of fast\."):
        collect_files(made.checkers)


def test_toml_becomes_json_with_dates_as_text() -> None:
    compiled = compile_files({"a/b.toml": "since = 2026-11-24\nname = '上限'\n[x]\ny = [1, 2.5]".encode()})
    assert list(compiled) == ["a/b.json"]
    assert json.loads(compiled["a/b.json"]) == {"since": "2026-11-24", "name": "上限", "x": {"y": [1, 2.5]}}


def test_broken_toml_names_the_file() -> None:
    with pytest.raises(CheckerCodeError, match=r"^a/b\.toml: cannot be made into JSON: .*line 1"):
        compile_files({"a/b.toml": b"since = = 1"})


def test_toml_beside_json_of_the_same_name_is_refused() -> None:
    with pytest.raises(CheckerCodeError, match=r"^a/b\.toml: takes the place of a/b\.json"):
        compile_files({"a/b.toml": b"", "a/b.json": b"{}"})


def test_imports_of_what_pyodide_has_not_are_refused_unless_the_code_can_do_without() -> None:
    with pytest.raises(ForeignImportError, match=r"^a/b\.py: imports ssl, which Python has but Pyodide's core has not"):
        library_imports({"a/b.py": b"import ssl"}, ["json"])
    source = b"try:\n  import ssl\nexcept ImportError:\n  ssl = None\ndef f():\n  import sqlite3"
    assert library_imports({"a/b.py": source}, ["json"]) == {"ssl", "sqlite3"}


def test_imports_of_undeclared_packages_say_to_declare_them() -> None:
    with pytest.raises(ForeignImportError, match=r"imports requests, .*add it to `dependencies`"):
        library_imports({"a/b.py": b"import requests"}, ["json"])


def test_imports_of_each_other_are_no_matter_of_the_library() -> None:
    files = {"a/__init__.py": b"", "a/b.py": b"import a.c\nfrom .d import e\nimport json", "f.py": b"import a"}
    assert library_imports(files, ["json"]) == {"json"}
