"""Archives are the same, byte for byte, when their content is."""

import io
import zipfile

from kakugen.runtime.archive import zip_stored


def test_order_of_files_changes_nothing() -> None:
    assert zip_stored({"b": b"2", "a/c": b"1"}) == zip_stored({"a/c": b"1", "b": b"2"})


def test_members_are_stored_and_undated() -> None:
    with zipfile.ZipFile(io.BytesIO(zip_stored({"a/c": b"1" * 1000, "b": b"2"}))) as archive:
        assert archive.namelist() == ["a/c", "b"]
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("a/c") == b"1" * 1000
