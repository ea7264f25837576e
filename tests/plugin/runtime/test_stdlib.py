"""The slim standard library holds what is imported, and follows what a checker adds."""

import pytest

from kakugen.runtime.pyodide import Pyodide
from kakugen.runtime.stdlib import compile_library, needed_modules


def test_what_a_checker_imports_comes_with_all_that_it_imports(pyodide: Pyodide) -> None:
    bare = needed_modules(pyodide.library, [])
    more = needed_modules(pyodide.library, ["csv", "xml.etree.ElementTree"])
    assert {"csv", "xml", "xml.etree", "xml.etree.ElementTree", "xml.etree.ElementPath"} <= more - bare


def test_a_module_left_out_by_default_is_kept_whole_when_a_checker_imports_it(pyodide: Pyodide) -> None:
    assert "argparse" not in needed_modules(pyodide.library, [])
    with_argparse = needed_modules(pyodide.library, ["argparse"])
    assert {"argparse", "gettext"} <= with_argparse
    with_unittest = needed_modules(pyodide.library, ["unittest"])
    assert {"unittest", "unittest.case", "unittest.main", "argparse"} <= with_unittest


@pytest.mark.parametrize("name", ["encodings.iso2022_jp", "encodings.cp932", "encodings.utf_7", "encodings.koi8_r"])
def test_every_character_set_is_there(pyodide: Pyodide, name: str) -> None:
    assert name in needed_modules(pyodide.library, [])


def test_what_c_code_imports_follows_from_what_uses_it(pyodide: Pyodide) -> None:
    assert {"_strptime", "calendar", "locale"} <= needed_modules(pyodide.library, ["datetime"])


def test_names_of_things_inside_modules_and_of_other_packages_are_passed_over(pyodide: Pyodide) -> None:
    assert needed_modules(pyodide.library, ["json.loads", "nowhere.at.all"]) == needed_modules(
        pyodide.library, ["json"]
    )


def test_the_prompt_the_debugger_and_the_network_stay_out(pyodide: Pyodide) -> None:
    tops = {name.partition(".")[0] for name in needed_modules(pyodide.library, ["dataclasses", "email", "re"])}
    assert tops.isdisjoint({"pdb", "_pyrepl", "unittest", "http", "multiprocessing", "ctypes", "os"})


def test_docstrings_go_but_where_the_start_reads_them(pyodide: Pyodide) -> None:
    compiled = compile_library(pyodide.library, ["textwrap", "_pyodide._core_docs"])
    assert b"Wrap the single paragraph" not in compiled["textwrap.pyc"]
    assert b"A Promise" in compiled["_pyodide/_core_docs.pyc"] or b"JavaScript" in compiled["_pyodide/_core_docs.pyc"]
