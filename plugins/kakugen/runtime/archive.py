"""Zip archives that are the same, byte for byte, whenever their content is the same.

In: file names and their bytes. Out: the bytes of an archive.
"""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

ENDING: Final = ".zip.txt"
"""What an archive for the browser is called.

The worker unpacks it into Python's file system. Its members are stored, not deflated: HTTP compression over
the whole archive saves a third more than compression of each member, and the browser undoes it faster than
Python would. But servers compress by the type that they see in a name, and hardly one compresses ``.zip``.
Plain text is what every one of them compresses, and what none rewrites.
"""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest date that the format can hold."""


def zip_stored(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive, sorted by name, undated and uncompressed.

    Args:
        files: name with slashes → content.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # whatever the system that builds
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()
