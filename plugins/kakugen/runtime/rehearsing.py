"""The rehearsal: checkers are imported and answer once, as they will in a browser, and what they compile is noted.

Runs as a program of its own, so that nothing of the process that builds is in the way. In, from standard input as
JSON: the folder with the files of a pack, its checkers, the names of its modules, and the browser's compiler of regular
expressions as source. Out, to standard output by ``marshal``: patterns and methods of data classes, each with the
module that asked for it, and what checkers have prepared.
"""

import builtins
import dataclasses
import importlib
import json
import marshal
import sys
import types
from array import array
from collections.abc import Callable
from typing import Any, Final

_BROWSERS_LIMITS: Final = {"MAXREPEAT": 2**31 - 1, "MAXGROUPS": 2**30 - 1}
"""Those of a Python with 32 bits (``Modules/_sre/sre.h``)."""


def main() -> None:
    """Rehearse."""
    request = json.loads(sys.stdin.buffer.read())
    answer, sys.stdout = sys.stdout.buffer, sys.stderr  # a checker may print
    sys.path.insert(0, request["folder"])
    own = frozenset(request["modules"])
    patterns: list[Any] = []
    methods: list[Any] = []
    compiler: Any = sys.modules["re._compiler"]
    compile_here, compile_there = compiler.compile, _browsers_compiler(request["re"])

    def note_pattern(pattern: Any, flags: int = 0) -> Any:
        made = compile_here(pattern, flags)
        module = _asking(own)
        if module and isinstance(pattern, str | bytes):
            patterns.append((module, pattern, int(flags), *compile_there(pattern, int(flags))))
        return made

    def note_methods(text: str, scope: dict[str, Any], names: dict[str, Any]) -> None:
        module = _asking(own)
        if module:
            methods.append((module, text))
        builtins.exec(text, scope, names)  # noqa: S102 - as dataclasses does

    ready_made: Any = importlib.import_module("kakugen_ready_made")
    ready_made.use_ready_made = lambda: None  # or nothing would be asked of what is noted here
    compiler.compile = note_pattern
    vars(dataclasses)["exec"] = note_methods
    answering = importlib.import_module("kakugen_answering")
    answering.register(json.dumps(request["checkers"]))
    prepared: dict[str, bytes | None] = {}
    for checker in request["checkers"]:
        answering.warm(checker["id"])
        prepared |= answering.prepared(checker["id"])
    answer.write(marshal.dumps((patterns, methods, prepared)))


def _asking(own: frozenset[str]) -> str:
    """Return the innermost module of a pack that is running."""
    frame: types.FrameType | None = sys._getframe(2)
    while frame and frame.f_globals.get("__name__") not in own:
        frame = frame.f_back
    return str(frame.f_globals["__name__"]) if frame else ""


def _browsers_compiler(sources: dict[str, str]) -> Callable[[str | bytes, int], tuple[Any, ...]]:
    """Return what makes of a pattern the arguments of the browser's ``_sre.compile``, but for the pattern."""

    def note(_: Any, flags: int, code: list[int], groups: int, names: dict[str, int], places: Any) -> tuple[Any, ...]:
        return flags, array("I", code).tobytes(), groups, tuple(names.items()), tuple(places)

    there = types.ModuleType("_sre")
    vars(there).update({**vars(sys.modules["_sre"]), **_BROWSERS_LIMITS, "compile": note})
    package = types.ModuleType("browsers_re")
    package.__path__ = []
    sys.modules["browsers_re"] = package
    here, sys.modules["_sre"] = sys.modules["_sre"], there
    try:
        for name, source in sources.items():
            module = types.ModuleType(f"browsers_re.{name}")
            module.__package__ = "browsers_re"
            sys.modules[module.__name__] = module
            setattr(package, name, module)
            builtins.exec(compile(source, f"re/{name}.py", "exec"), vars(module))  # noqa: S102 - Python's own
    finally:
        sys.modules["_sre"] = here
    compiler: Callable[[str | bytes, int], tuple[Any, ...]] = vars(package)["_compiler"].compile
    return compiler


if __name__ == "__main__":
    main()
