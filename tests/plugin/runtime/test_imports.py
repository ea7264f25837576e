"""Imports are read from sources without running them."""

from kakugen.runtime.imports import Import, closure, imports_of


def names(source: str, module: str = "a.b.c", *, is_package: bool = False) -> set[str]:
    return {entry.module for entry in imports_of(source, module, is_package=is_package)}


def test_from_import_names_the_module_and_maybe_a_module_inside_it() -> None:
    assert imports_of("from json import decoder", "a", is_package=False) == {
        Import("json"),
        Import("json.decoder", certain=False),
    }


def test_relative_imports_are_resolved_against_the_package() -> None:
    assert names("from . import x") == {"a.b", "a.b.x"}
    assert names("from ..y import z") == {"a.y", "a.y.z"}
    assert names("from . import x", is_package=True) == {"a.b.c", "a.b.c.x"}


def test_an_import_inside_a_function_is_lazy() -> None:
    (entry,) = imports_of("class C:\n  def f(self):\n    import csv", "a", is_package=False)
    assert entry == Import("csv", lazy=True, inside="f")


def test_an_import_in_try_is_guarded_and_one_in_except_is_a_fallback() -> None:
    source = "try:\n  import _x\nexcept ImportError:\n  import x\nelse:\n  import y"
    assert imports_of(source, "a", is_package=False) == {
        Import("_x", guarded=True),
        Import("x", fallback=True),
        Import("y"),
    }


def test_what_a_browser_never_runs_is_not_imported() -> None:
    source = """
if TYPE_CHECKING:
    import typed
if __name__ == "__main__":
    import program
if sys.platform == "win32":
    import windows
elif os.name == "posix":
    import posix_only
else:
    import other
"""
    assert names(source) == {"posix_only", "other"}


def test_modules_imported_by_a_literal_name_are_found() -> None:
    assert names('importlib.import_module("csv")\n__import__("json")\nimport_module(".d", __package__)') == {
        "csv",
        "json",
        "a.b.d",
    }


def test_closure_follows_circles_once() -> None:
    graph = {"a": ["b"], "b": ["a", "c"], "d": ["e"]}
    assert closure(["a"], lambda name: graph.get(name, ())) == {"a", "b", "c"}
