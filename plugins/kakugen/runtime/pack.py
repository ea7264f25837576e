"""The runtime pack: the folder that a site publishes so that checkers run in the reader's browser.

In: the checkers of a site and a cache folder. Out: a folder that a page's worker starts from, named by its
content. Built once for each content; the next build only looks.
"""

import gzip
import hashlib
import json
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final

from kakugen.npm import move_unless_there
from kakugen.runtime.archive import ENDING, zip_stored
from kakugen.runtime.bytecode import require_same_bytecode
from kakugen.runtime.checkers import CheckerSource, collect_files, compile_files, library_imports
from kakugen.runtime.manifest import NAME, PackFile, describe, manifest_text, pack_hash
from kakugen.runtime.pyodide import VERSION, Pyodide, fetch_pyodide
from kakugen.runtime.rehearsal import rehearse
from kakugen.runtime.shares import Shares, share_out
from kakugen.runtime.stdlib import compile_library, needed_modules

CORE: Final = ("pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm")
STDLIB: Final = f"stdlib{ENDING}"
WORKER: Final = "worker.js"

_ROOM: Final = Path(__file__).parent
_ALWAYS: Final = {"kakugen_answering": "answering.py", "kakugen_ready_made": "ready_made.py"}
"""Modules of this room that run in the browser: name there, file here."""

_IMPORT: Final = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";.*\n', re.MULTILINE)
_COMMENT: Final = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_EXPORT: Final = re.compile(r"^export ", re.MULTILINE)

_KEPT: Final = 5
"""How many packs stay in the cache in any case."""

_IN_USE: Final = 24 * 60 * 60
"""How long a pack stays in any case, in seconds: another build may be reading it."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A runtime pack in the cache, ready to be published.

    Attributes:
        hash: its name; two packs of the same content have the same.
        directory: the folder to publish as ``assets/kakugen/pack/<hash>/``.
        files: everything in it, licences included.
        built: whether it was made now, rather than found in the cache.
    """

    hash: str
    directory: Path
    files: tuple[PackFile, ...]
    built: bool

    @property
    def summary(self) -> str:
        """What was done and how large the pack is, in one line."""
        done = "built" if self.built else "taken from the cache"
        raw = sum(file.bytes for file in self.files) / 1e6
        packed = sum(file.gzip for file in self.files) / 1e6
        count = len(self.files)
        return f"runtime pack {self.hash} {done}: {count} files, {raw:.1f} MB ({packed:.1f} MB as gzip)"


def build_pack(checkers: Sequence[CheckerSource], cache: Path) -> Pack:
    """Build the pack for some checkers, or find it built.

    Args:
        checkers: what the pack shall answer with.
        cache: folder for Pyodide and for what is built; made if it is not there.

    Raises:
        PyodideUnavailableError: Pyodide is not in the cache and cannot be fetched.
        PythonMismatchError: this Python makes other bytecode than Pyodide runs.
        MissingRequirementError: a distribution is not installed.
        CompiledCodeError: a checker needs compiled code.
        ForeignImportError: a checker imports what will not be there.
        CheckerCodeError: a file of a checker cannot be read.
        RehearsalError: what is in the pack cannot be imported.
    """
    pyodide = fetch_pyodide(cache)
    files = collect_files(checkers) | {f"{name}.py": (_ROOM / file).read_bytes() for name, file in _ALWAYS.items()}
    key = _key(pyodide.key, _own_code(), *_flat(files), *(repr(checker) for checker in checkers))
    kept = cache / "packs" / key
    found = _read_kept(kept)
    if found is not None:
        return found
    require_same_bytecode(pyodide.bytecode_magic, pyodide.python)
    shares = share_out(files, checkers, always=_ALWAYS)
    content = _assemble(pyodide, files, shares, checkers, cache)
    return _keep(kept, content, pyodide, checkers, shares)


def worker_script() -> bytes:
    """Return the worker as one script: each module stands where it is imported first.

    One file is there sooner than six, and none of what they share can be imported by anybody. Comments stay here.
    """
    placed: set[str] = set()

    def place(name: str) -> str:
        if name in placed:
            return ""
        placed.add(name)
        text = (_ROOM / "worker" / name).read_text(encoding="utf-8")
        return _IMPORT.sub(lambda found: place(found[1]), _EXPORT.sub("", text))

    return _COMMENT.sub("", place(WORKER)).strip().encode()


def _assemble(
    pyodide: Pyodide,
    files: Mapping[str, bytes],
    shares: Shares,
    checkers: Sequence[CheckerSource],
    cache: Path,
) -> dict[str, bytes]:
    """Return what workers fetch: name → content."""
    library = pyodide.library
    held = {name: files[name] for names in shares.archives.values() for name in names}
    wanted = sorted(library_imports(held, library))
    stdlib = _cached(
        cache / "stdlib" / _key(pyodide.key, _own_code(), *wanted),
        lambda: zip_stored(compile_library(library, needed_modules(library, wanted))),
    )
    archives = {name: compile_files({path: files[path] for path in paths}) for name, paths in shares.archives.items()}
    return {
        **{name: pyodide.read(name) for name in CORE},
        STDLIB: stdlib,
        **{name: zip_stored(content) for name, content in rehearse(archives, checkers, library).items()},
    }


def _keep(
    kept: Path, fetched: Mapping[str, bytes], pyodide: Pyodide, checkers: Sequence[CheckerSource], shares: Shares
) -> Pack:
    """Write a pack into the cache, whole or not at all."""
    beside = {WORKER: worker_script()} | {
        f"licenses/{path.name}": path.read_bytes() for path in sorted((_ROOM / "licenses").iterdir())
    }
    name = pack_hash([describe(*entry) for entry in {**fetched, **beside}.items()], checkers)
    manifest = manifest_text(
        pack=name,
        python=".".join(pyodide.python.split(".")[:2]),
        pyodide=VERSION,
        lock={"info": pyodide.info, "packages": {}},
        files=[describe(*entry) for entry in fetched.items()],
        checkers=checkers,
        archives=shares.of_checker,
    ).encode()
    content = {NAME: manifest, **fetched, **beside}
    files = [replace(describe(*entry), gzip=len(gzip.compress(entry[1], 6, mtime=0))) for entry in content.items()]
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as temporary:
        fresh = Path(temporary) / "fresh"
        for entry, data in content.items():
            path = fresh / "files" / entry
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        report = {"hash": name, "files": [asdict(file) for file in files]}
        (fresh / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        if _read_kept(kept) is None:
            shutil.rmtree(kept, ignore_errors=True)  # damaged
        move_unless_there(fresh, kept)
    _forget_old(kept.parent)
    return Pack(name, kept / "files", tuple(files), built=True)


def _read_kept(kept: Path) -> Pack | None:
    """Return a pack of the cache, or ``None`` when it is not there or not whole."""
    try:
        report = json.loads((kept / "report.json").read_text(encoding="utf-8"))
        files = tuple(PackFile(**entry) for entry in report["files"])
        whole = all((kept / "files" / file.name).stat().st_size == file.bytes for file in files)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Pack(report["hash"], kept / "files", files, built=False) if whole else None


def _forget_old(packs: Path) -> None:
    """Remove the packs that nobody has made for a while: every change of a checker makes another."""
    newest_first = sorted(packs.iterdir(), key=lambda pack: pack.stat().st_mtime, reverse=True)
    for pack in newest_first[_KEPT:]:
        if time.time() - pack.stat().st_mtime > _IN_USE:
            shutil.rmtree(pack, ignore_errors=True)


def _cached(path: Path, make: Callable[[], bytes]) -> bytes:
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as fresh:
            fresh.write(make())
        Path(fresh.name).replace(path)
    return path.read_bytes()


def _own_code() -> bytes:
    """Return a hash of this room, since a pack depends on how it is made."""
    return _key(
        sys.version,
        *(path.read_bytes() for path in sorted(_ROOM.rglob("*")) if path.is_file() and path.suffix != ".pyc"),
    ).encode()


def _flat(files: Mapping[str, bytes]) -> list[str | bytes]:
    return [part for entry in sorted(files.items()) for part in entry]


def _key(*parts: str | bytes) -> str:
    """Return a hash of parts, each kept apart from the next."""
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part.encode() if isinstance(part, str) else part).digest())
    return total.hexdigest()[:20]
