"""Characters: from bytes in whatever encoding a mail claims to text that can be read.

Bounces often declare a wrong character set or none, Japanese ones above all (ISO-2022-JP sent as US-ASCII, Shift_JIS
sent as ISO-8859-1). So what the bytes look like counts before what the mail says.
"""

from __future__ import annotations

import binascii
import codecs
import re
from typing import Final

_ESCAPE: Final = re.compile(rb"\x1b\$[@B(]|\x1b\([IJ]")
_ENCODED_WORD: Final = re.compile(r"=\?([\w.:+-]{2,40})(?:\*[\w-]*)?\?([bqBQ])\?([^?\s]{0,2000})\?=")
_BETWEEN_WORDS: Final = re.compile(r"(\?=)\s+(=\?)")
_KANA: Final = re.compile("[\u3040-\u30ff]")
_UNLIKELY: Final = re.compile("[\uff61-\uff9f\ue000-\uf8ff\x80-\x9f]")


def decode(data: bytes, declared: str = "") -> str:
    """Return ``data`` as text. Never fails: what cannot be read becomes U+FFFD.

    Args:
        data: encoded text.
        declared: the character set the mail names, possibly wrong, unknown or empty.
    """
    if data.isascii():
        if b"\x1b" in data and _ESCAPE.search(data):
            return data.decode("iso2022_jp_ext", "replace")
        return data.decode("ascii")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    named = _decode_as(data, declared)
    if declared.lower().startswith(("iso-8859", "us-ascii", "ascii", "windows-125", "utf-8")) or named is None:
        japanese = max((_decode_as(data, "cp932"), _decode_as(data, "euc_jp")), key=_looks_japanese)
        if japanese is not None and _looks_japanese(japanese) > 0:
            return japanese
    return named if named is not None else data.decode("utf-8", "replace")


def decode_words(header: str) -> str:
    """Return a header value with its encoded words (RFC 2047) decoded; broken ones stay as they are."""
    if "=?" not in header:
        return header
    return _ENCODED_WORD.sub(_decoded_word, _BETWEEN_WORDS.sub(r"\1\2", header))


def from_base64(text: str) -> bytes:
    """Return what base64 ``text`` holds, as far as it can be read."""
    clean = re.sub(r"[^A-Za-z0-9+/]", "", text)
    return binascii.a2b_base64(clean[: len(clean) // 4 * 4] + _padded(clean[len(clean) // 4 * 4 :]))


def from_quoted_printable(text: str) -> bytes:
    """Return what quoted-printable ``text`` holds; characters above U+00FF come as UTF-8."""
    return binascii.a2b_qp(to_bytes(text))


def to_bytes(text: str) -> bytes:
    """Return the bytes behind ``text``: one a character where they came in as bytes, else UTF-8."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _decode_as(data: bytes, charset: str) -> str | None:
    if not charset:
        return None
    try:
        return data.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None


def _looks_japanese(text: str | None) -> int:
    if text is None:
        return -1
    return len(_KANA.findall(text)) - 2 * len(_UNLIKELY.findall(text))


def _padded(tail: str) -> str:
    return "" if len(tail) < 2 else tail.ljust(4, "=")


def _decoded_word(match: re.Match[str]) -> str:
    charset, encoding, text = match.groups()
    data = from_base64(text) if encoding in "bB" else binascii.a2b_qp(to_bytes(text), header=True)
    return decode(data, charset)
