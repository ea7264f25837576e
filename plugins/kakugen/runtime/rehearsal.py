"""What a pack can hold ready-made, found out by letting its checkers answer once while the pack is built.

In: the files of a pack, by archive. Out: the same with one file more in each archive: the regular expressions and the
methods of data classes that the modules in it compile when they are imported and when they first answer; and in place
of data, what checkers make of it. Whatever is not in there a browser makes itself, as Python does everywhere.
"""

import json
import marshal
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from kakugen.runtime.bytecode import marshalled, method_code
from kakugen.runtime.checkers import CheckerSource
from kakugen.runtime.errors import RehearsalError
from kakugen.runtime.manifest import place_of
from kakugen.runtime.ready_made import FOLDER, name_of
from kakugen.runtime.stdlib import Library, module_name

_PROGRAM: Final = Path(__file__).with_name("rehearsing.py")
_COMPILER: Final = ("_constants", "_casefix", "_parser", "_compiler")
"""The modules of ``re`` that compile, each after those that it imports."""

type Archives = Mapping[str, Mapping[str, bytes]]
"""Files by path, by archive."""


def rehearse(archives: Archives, checkers: Sequence[CheckerSource], library: Library) -> dict[str, dict[str, bytes]]:
    """Return archives as browsers read them, with what can be made beforehand.

    Args:
        archives: the files of a pack as browsers read them.
        checkers: its checkers.
        library: the browser's standard library.

    Raises:
        RehearsalError: the files cannot be imported, or what a checker prepares belongs to no archive.
    """
    homes = {path: archive for archive, files in archives.items() for path in files}
    modules = {module_name(path.removesuffix("c"))[0]: archive for path, archive in homes.items() if _is_code(path)}
    patterns, methods, prepared = _run(archives, checkers, library, sorted(modules))
    made = {archive: dict(files) for archive, files in archives.items()}
    for path, content in prepared.items():
        _put(made, homes, path, content)
    for archive, files in made.items():
        known = {(pattern, flags): rest for module, pattern, flags, *rest in patterns if modules[module] == archive}
        texts = dict.fromkeys(text for module, text in methods if modules[module] == archive)
        if known or texts:
            files[f"{FOLDER}/{archive}"] = marshalled(
                (
                    tuple((*key, *rest) for key, rest in known.items()),
                    tuple((name_of(text), method_code(text)) for text in texts),
                )
            )
    return made


def _run(archives: Archives, checkers: Sequence[CheckerSource], library: Library, modules: Sequence[str]) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        for files in archives.values():
            for name, content in files.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        request = {
            "folder": folder,
            "checkers": [place_of(checker) for checker in checkers],
            "modules": modules,
            "re": {name: library[f"re.{name}"].source.decode() for name in _COMPILER},
        }
        # The same seed every time: the same pack every time.
        done = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-s", "-S", "-P", "-B", str(_PROGRAM)],
            input=json.dumps(request).encode(),
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": ""},
            capture_output=True,
            check=False,
        )
    if done.returncode:
        raise RehearsalError(
            f"the checkers cannot be imported as in a browser:\n{done.stderr.decode(errors='replace')}"
        )
    return marshal.loads(done.stdout)  # noqa: S302


def _put(made: dict[str, dict[str, bytes]], homes: Mapping[str, str], path: str, content: bytes | None) -> None:
    """Put a file that a checker has prepared where the others of its folder are, or take one away."""
    folder = path.rpartition("/")[0]
    archive = homes.get(path) or next((home for other, home in homes.items() if other.startswith(f"{folder}/")), None)
    if archive is None:
        raise RehearsalError(f"a checker prepares {path}, but no file of the pack is in {folder}/")
    if content is None:
        made[archive].pop(path, None)
    else:
        made[archive][path] = content


def _is_code(path: str) -> bool:
    return path.endswith(".pyc")
