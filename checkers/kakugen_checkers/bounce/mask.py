"""Mask: from a notice to one that can be shown to a stranger.

Mail addresses, the names before them, IP addresses, host names of one's own, message and queue ids, phone numbers,
postcodes and what stands in To, From and Subject lines are replaced; the same thing gets the same mask, so that the
text still says who is who. The words of the server stay.
"""

from __future__ import annotations

import re
from typing import Final

MAX_REPORT: Final = 6_000

_PERSONAL_LINE: Final = re.compile(
    r"(?im)^([ \t>]*(?:from|to|cc|bcc|reply-to|sender|subject|x-[\w-]+|received|return-path|message-id|dkim-signature"
    r"|差出人|送信者|宛先|件名)[ \t]*[:：])[^\n]*(?:\n[ \t]+[^\n]*){0,30}"
)
# words are bounded and taken as a whole, so that a long line without an address is not gone through again and again
_NAMED_ADDRESS: Final = re.compile(
    r'(?<![^\s<>"\n,;:()])(?:"[^"\n]{1,80}"|[^\s<>"\n,;:()]{1,60}+(?:[ \u3000][^\s<>"\n,;:()]{1,60}+){0,3})'
    r"[ \t]*(?=<[^<>\s@]{1,80}@)"
)
# a server knows addresses and no names: "550 5.1.1 The mailbox of <...>", where the word before it is a plain one
_CODE: Final = re.compile(r"(?<![\w.])[245](?:\d\d|\.\d{1,3}\.\d{1,3})(?![\w.])")
_CODES: Final = re.compile(r"(?:[245](?:\d\d|\.\d{1,3}\.\d{1,3})[ -]+){1,2}")
_PLAIN_WORD: Final = re.compile(r"(?<![^\s])[a-z]{2,20}[ \t]*\Z")
_ADDRESS: Final = re.compile(r"[\w.!#$%&'*+/=?^{|}~-]{1,64}@[\w.-]{1,200}")
_IP: Final = re.compile(
    r"(?<!\w)(?<!\w\.)(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\w)"
    r"|(?<!\w)(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F:]{0,40}|(?<!\w)[0-9a-fA-F:]{0,38}::[0-9a-fA-F:.]{0,40}"
)
_LONG_ID: Final = re.compile(r"(?<![\w@/])(?=[\w.+-]{0,200}\d)(?=[\w.+-]{0,200}[A-Za-z])[\w+.-]{18,200}(?![\w@])")
_PHONE: Final = re.compile(
    r"(?<![\d.-])(?:0\d{1,4}-\d{1,4}-\d{3,4}|0[5789]0 ?\d{4} ?\d{4}|\+81[ -]?\d{1,4}[ -]?\d{2,4}[ -]?\d{3,4})(?![\d-])"
)
_POSTCODE: Final = re.compile(r"〒[ \u3000]?\d{3}[-－]?\d{4}")


def mask(text: str) -> str:
    """Return ``text``, at most ``MAX_REPORT`` characters of it, with everything personal replaced."""
    masks: dict[str, str] = {}

    def numbered(kind: str, value: str) -> str:
        known = sum(1 for name in masks.values() if name.startswith(f"[{kind}"))
        return masks.setdefault(f"{kind} {value.lower()}", f"[{kind}-{known + 1}]")

    text = _PERSONAL_LINE.sub(r"\1 [...]", text[:MAX_REPORT])
    text = _NAMED_ADDRESS.sub(_name_masked, text)
    text = _ADDRESS.sub(lambda match: numbered("address", match[0]), text)
    text = _IP.sub(lambda match: numbered("ip", match[0]), text)
    text = _POSTCODE.sub("[postcode]", _PHONE.sub("[phone]", text))
    return _LONG_ID.sub("[id]", text).strip()


def _name_masked(found: re.Match[str]) -> str:
    """Return what stands before an address: the words of a server as they are, anything else as a name."""
    line = found.string.rfind("\n", max(0, found.start() - 200), found.start()) + 1
    said = found.string[max(line, found.start() - 200) : found.end()]
    if _PLAIN_WORD.search(found[0]) and _CODE.search(said):
        return found[0]
    codes = _CODES.match(found[0])
    return f"{codes[0]}[name] " if codes else "[name] "
