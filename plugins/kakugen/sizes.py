"""How large files are, as they are and as servers send them.

In: files by name. Out: a table for whoever builds a site. Brotli is only measured where the package ``brotli`` is
installed; a site needs it for nothing else.
"""

import gzip
import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

GZIP_LEVEL: Final = 6
BROTLI_QUALITY: Final = 5
"""What servers use that compress as they send; those that compress beforehand get smaller files."""


@dataclass(frozen=True, slots=True)
class Size:
    """The size of one file, or of several together, in bytes.

    Attributes:
        name: the file.
        raw: as it is.
        gzip: compressed with gzip.
        brotli: compressed with brotli; ``None`` where that could not be measured.
    """

    name: str
    raw: int
    gzip: int
    brotli: int | None

    @classmethod
    def of(cls, name: str, content: bytes) -> "Size":
        """Measure a file."""
        return cls(name, len(content), len(gzip.compress(content, GZIP_LEVEL, mtime=0)), _brotli(content))


def together(name: str, sizes: Iterable[Size]) -> Size:
    """Return the sum of sizes, under a name."""
    parts = list(sizes)
    brotli = [part.brotli for part in parts if part.brotli is not None]
    return Size(
        name,
        sum(part.raw for part in parts),
        sum(part.gzip for part in parts),
        sum(brotli) if len(brotli) == len(parts) else None,
    )


def size_table(groups: Mapping[str, Mapping[str, Path]]) -> str:
    """Return a table of files, one a line, each group with its sum: name, raw, gzip, brotli.

    Args:
        groups: files by the name that the table shows, by the title of their group.
    """
    rows: list[Size] = []
    for title, files in groups.items():
        sizes = [Size.of(f"  {name}", path.read_bytes()) for name, path in files.items()]
        rows += [together(title, sizes), *sizes]
    width = max((len(row.name) for row in rows), default=0)
    lines = [f"{'bytes':<{width}} {'raw':>12} {'gzip':>12} {'brotli':>12}"]
    lines += [
        f"{row.name:<{width}} {row.raw:>12,} {row.gzip:>12,} {'-' if row.brotli is None else f'{row.brotli:,}':>12}"
        for row in rows
    ]
    return "\n".join(lines)


def _brotli(content: bytes) -> int | None:
    if find_spec("brotli") is None:
        return None
    return len(importlib.import_module("brotli").compress(content, quality=BROTLI_QUALITY))
