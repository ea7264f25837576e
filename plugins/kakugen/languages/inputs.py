"""Whether the pages of a language would come out differently than last time.

In: the files that a build reads. Out: a ``Fingerprint``; equal fingerprints, equal pages. A language
depends on the content of its own documents, on the settings, and on which documents the other languages
have (for the language switch), not on what stands in them.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kakugen.languages.language import Language

type Fingerprint = str


def fingerprint(language: Language, languages: Sequence[Language], settings: Iterable[Path]) -> Fingerprint:
    """Return the fingerprint of what the build of a language reads.

    Args:
        language: the language.
        languages: all languages of the site.
        settings: files and folders that count for every language: ``mkdocs.yml``, overridden templates.
    """
    digest = hashlib.blake2b(fingerprint_of([language.docs, *settings]).encode(), digest_size=16)
    for other in languages:
        if other.code != language.code:
            digest.update("\n".join(f"{other.code}\0{path}" for path, _ in other.markdown()).encode())
    return digest.hexdigest()


def fingerprint_of(roots: Iterable[Path]) -> Fingerprint:
    """Return the fingerprint of files and of folders with all that is in them, but for what Python compiles."""
    digest = hashlib.blake2b(digest_size=16)
    for root in roots:
        for path, status in _files(root):
            digest.update(f"{path}\0{status.st_mtime_ns}\0{status.st_size}\n".encode())
    return digest.hexdigest()


def folders_of(root: Path) -> Iterator[Path]:
    """Yield a file, or a folder and all folders in it but those in which Python keeps what it compiles.

    Whoever watches these, each without what lies below it, is not woken by a build that imports code from there.
    """
    yield root
    if root.is_dir():
        yield from (path for path in sorted(root.rglob("*/")) if "__pycache__" not in path.parts)


def _files(root: Path) -> Iterator[tuple[Path, os.stat_result]]:
    if root.is_file():
        yield root, root.stat()
        return
    for path in sorted(root.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path, path.stat()
