"""Python source compiled to bytecode that Pyodide loads as it is, the same bytes in every build.

In: source text and the name that tracebacks shall show. Out: the content of a ``.pyc`` file that Python
trusts without looking for a source beside it (an unchecked, hash-based one: PEP 552). It is what ``pyodide
py-compile`` makes, without its dates.
"""

import importlib.util
import marshal
import platform
from collections.abc import Iterator
from itertools import pairwise
from types import CodeType
from typing import Any, Final

from kakugen.runtime.errors import CheckerCodeError, PythonMismatchError

_UNCHECKED_HASH: Final = (0b01).to_bytes(4, "little")

_ENTRY: Final = 0x80  # marks the first byte of an entry of a location table
_CONTINUED: Final = 0x40  # marks a byte of a number that another follows
_ONE_LINE: Final = 10  # kinds of entries; 11 and 12 are one and two lines on
_NO_COLUMNS: Final = 13
_LONG: Final = 14
_NO_LOCATION: Final = 15


def require_same_bytecode(magic: bytes, python: str) -> None:
    """Make sure that this Python makes the bytecode that another one runs.

    Args:
        magic: the number that the other Python expects at the head of its bytecode.
        python: version of the other Python, for the message.

    Raises:
        PythonMismatchError: it makes a different one.
    """
    if magic != importlib.util.MAGIC_NUMBER:
        feature = ".".join(python.split(".")[:2])
        raise PythonMismatchError(
            f"Pyodide runs Python {python} and cannot load the bytecode of the Python that builds the site, "
            f"{platform.python_version()}. Build with Python {feature}: `uv run --python {feature} …`."
        )


def compile_module(source: bytes, name: str, *, docstrings: bool = True) -> bytes:
    """Return the ``.pyc`` of a module.

    Args:
        source: its source text, encoded as its own coding line says.
        name: the path that tracebacks show (no path of the machine that builds).
        docstrings: whether to keep docstrings and ``assert`` statements.

    Raises:
        CheckerCodeError: the source is no Python of this version.
    """
    try:
        code = compile(source, name, "exec", dont_inherit=True, optimize=0 if docstrings else 2)
    except (SyntaxError, ValueError) as error:
        raise CheckerCodeError(name, f"not valid Python 3.13: {error}") from error
    content = marshalled(_without_columns(code))
    return importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + importlib.util.source_hash(source) + content


def method_code(text: str) -> bytes:
    """Return what ``marshal`` makes of the code of ``text``, which a data class makes for its methods."""
    return marshalled(_without_columns(compile(text, "<string>", "exec", dont_inherit=True, optimize=2)))


def marshalled(value: Any) -> bytes:
    """Return the same bytes for the same value in every process.

    Args:
        value: code, or text, bytes, numbers and ``None``, or tuples of these.
    """
    # marshal marks objects that something else refers to, and interned names may be shared with any module
    # that this process happens to have loaded. Holding a reference to everything makes the marks the same in
    # every process.
    held = list(_parts(value))
    content = marshal.dumps(value)
    del held
    return content


def _without_columns(code: CodeType) -> CodeType:
    """Return code that knows its lines but not its columns, like that of ``python -X no_debug_ranges``.

    Columns only serve to underline source text in tracebacks, and no source is in the pack. They would be a
    quarter of the download of the standard library.
    """
    constants = tuple(_without_columns(value) if isinstance(value, CodeType) else value for value in code.co_consts)
    return code.replace(co_linetable=_lines_only(code.co_linetable), co_consts=constants)


def _lines_only(table: bytes) -> bytes:
    """Return a location table without columns (its format: ``Objects/locations.md`` in CPython's source)."""
    starts = [at for at, byte in enumerate(table) if byte & _ENTRY]
    lines = bytearray()
    for start, end in pairwise([*starts, len(table)]):
        kind, length = table[start] >> 3 & 0b1111, table[start] & 0b111
        if kind == _NO_LOCATION:
            lines.append(table[start])
            continue
        lines.append(_ENTRY | _NO_COLUMNS << 3 | length)
        if kind in (_NO_COLUMNS, _LONG):
            more = (at for at in range(start + 1, end) if not table[at] & _CONTINUED)
            lines += table[start + 1 : next(more) + 1]
        else:
            lines.append(max(kind - _ONE_LINE, 0) << 1)  # lines to go on, with the sign as the lowest bit
    return bytes(lines)


def _parts(value: object) -> Iterator[object]:
    yield value
    match value:
        case tuple() | frozenset():
            for entry in value:
                yield from _parts(entry)
        case CodeType():
            yield from (value.co_linetable, value.co_exceptiontable, value.co_filename)
            yield from (value.co_name, value.co_qualname)
            for names in (
                value.co_consts,
                value.co_names,
                value.co_varnames,
                value.co_cellvars,
                value.co_freevars,
            ):
                yield from _parts(names)
        case _:
            pass
