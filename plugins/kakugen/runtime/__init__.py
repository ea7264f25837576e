"""The runtime pack: everything that lets checkers run in the reader's browser, made once and kept.

In: the checkers that a site turns on (entry points of installed distributions) and a cache folder. Out: a
folder to publish, with Pyodide's core, a slim standard library and the checkers as bytecode, the worker and a
manifest. Nothing is fetched from anywhere when a reader opens a page, but from the site itself.
"""

from kakugen.runtime.checkers import CheckerSource, editable_code, find_checkers
from kakugen.runtime.errors import (
    CheckerCodeError,
    CompiledCodeError,
    ForeignImportError,
    MissingRequirementError,
    PackError,
    PyodideUnavailableError,
    PythonMismatchError,
    RehearsalError,
    UnknownCheckerError,
)
from kakugen.runtime.manifest import PackFile
from kakugen.runtime.pack import Pack, build_pack

__all__ = [
    "CheckerCodeError",
    "CheckerSource",
    "CompiledCodeError",
    "ForeignImportError",
    "MissingRequirementError",
    "Pack",
    "PackError",
    "PackFile",
    "PyodideUnavailableError",
    "PythonMismatchError",
    "RehearsalError",
    "UnknownCheckerError",
    "build_pack",
    "editable_code",
    "find_checkers",
]
