"""Bytecode is the same in every process, and refused where it would not run."""

import argparse
import ast
import dataclasses
import hashlib
import importlib.util
import json
import marshal
import subprocess
import sys
import typing
from pathlib import Path
from types import CodeType, ModuleType

import pytest

from kakugen.runtime import CheckerCodeError, PythonMismatchError
from kakugen.runtime.bytecode import compile_module, require_same_bytecode

SOURCE = b'''
"""Says what it is."""
import json
def decode(value, *, parser=json):
    "Read."
    assert value
    if value in {"argparse", "decode", "encodings", "parser", "prefix_chars"}:
        return [entry.parser for entry in parser.loads(value) if (prefix_chars := entry)]
    return lambda: prefix_chars
'''


@pytest.mark.parametrize("loaded", ["", "import argparse, asyncio, email.parser, xml.dom.minidom; "])
@pytest.mark.parametrize("seed", ["0", "1234"])
def test_bytecode_does_not_depend_on_the_process_that_makes_it(loaded: str, seed: str) -> None:
    program = (
        f"{loaded}import sys, hashlib; from kakugen.runtime.bytecode import compile_module; "
        f"print(hashlib.sha256(compile_module({SOURCE!r}, 'a/b.py')).hexdigest())"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
    )
    assert result.stdout.strip() == hashlib.sha256(compile_module(SOURCE, "a/b.py")).hexdigest()


def test_bytecode_is_trusted_without_its_source_and_names_no_path_of_this_machine() -> None:
    content = compile_module(SOURCE, "a/b.py")
    assert content[:4] == importlib.util.MAGIC_NUMBER
    assert content[4:8] == bytes([1, 0, 0, 0])
    assert marshal.loads(content[16:]).co_filename == "a/b.py"


def tables(code: CodeType) -> list[str]:
    inner = [table for value in code.co_consts if isinstance(value, CodeType) for table in tables(value)]
    return [code.co_linetable.hex(), *inner]


@pytest.mark.parametrize("module", [argparse, ast, dataclasses, typing])
def test_code_knows_its_lines_and_nothing_finer(module: ModuleType) -> None:
    program = f"""
import json, marshal, sys
from types import CodeType
def tables(code):
    inner = [table for value in code.co_consts if isinstance(value, CodeType) for table in tables(value)]
    return [code.co_linetable.hex(), *inner]
source = open({module.__file__!r}, "rb").read()
print(json.dumps(tables(compile(source, "a.py", "exec", dont_inherit=True))))
"""
    result = subprocess.run(
        [sys.executable, "-X", "no_debug_ranges", "-c", program], check=True, capture_output=True, text=True
    )
    source = Path(str(module.__file__)).read_bytes()
    assert tables(marshal.loads(compile_module(source, "a.py")[16:])) == json.loads(result.stdout)


def test_docstrings_go_only_where_asked() -> None:
    assert b"Says what it is" in compile_module(SOURCE, "a/b.py")
    assert b"Says what it is" not in compile_module(SOURCE, "a/b.py", docstrings=False)


def test_a_syntax_error_names_the_file_and_line() -> None:
    with pytest.raises(CheckerCodeError, match=r"^shop/rules\.py: not valid Python 3\.13: .*line 2"):
        compile_module(b"x = 1\ndef broken(:\n", "shop/rules.py")


def test_a_python_with_other_bytecode_is_told_which_one_to_use() -> None:
    require_same_bytecode(importlib.util.MAGIC_NUMBER, "3.13.2")
    with pytest.raises(PythonMismatchError, match=r"Build with Python 3\.12: `uv run --python 3\.12"):
        require_same_bytecode(b"\xcb\r\r\n", "3.12.7")
