"""Whether a line goes on with a record that began above it.

In: the kind of a record, what has been read of it, and the next line. Out: yes or no. Panels, mails and chats break
long records at any place; other lines, such as the next record of the same answer, must not be taken for a part.
"""

from __future__ import annotations

import re
from typing import Final

from kakugen_checkers.records.model import Kind
from kakugen_checkers.records.pasted import RECENT

_SPF_TERM: Final = re.compile(
    r"[+~?-]?(?:all|a|mx|ptr|(?:a|mx|include|ip4|ip6|exists|ptr):[^\s\"]{1,255}|(?:a|mx)/\d{1,3}|(?:redirect|exp)=[^\s\"]{1,255})"
    r"(?=[\s\"]|\Z)",
    re.IGNORECASE,
)
_SPF_END: Final = re.compile(r"(?:all|redirect=\S{1,255})\s*\Z", re.IGNORECASE)
_BASE64: Final = re.compile(r"[A-Za-z0-9+/]{4,2000}={0,2};?[\s\")]*\Z")
_DKIM_TAG: Final = re.compile(r";?\s?[vkphtsng]\s?=")
_DMARC_TAG: Final = re.compile(r";?\s?(?:p|sp|np|rua|ruf|adkim|aspf|fo|pct|rf|ri|t|psd)\s?=", re.IGNORECASE)
_IN_KEY: Final = re.compile(r"p\s?=\s?[A-Za-z0-9+/\s]{0,2000}\Z")


def continues(kind: Kind, so_far: str, following: str) -> bool:
    """Return whether ``following`` goes on with the record of ``kind`` of which ``so_far`` was read."""
    following, recent = following[:RECENT].lstrip(), so_far[-RECENT:]
    match kind:
        case Kind.SPF:
            return not _SPF_END.search(recent[-300:]) and bool(_SPF_TERM.match(following))
        case Kind.DKIM:
            if _DKIM_TAG.match(following):
                return True
            return bool(_BASE64.match(following.rstrip())) and bool(_IN_KEY.search(recent))
        case Kind.DMARC:
            return bool(_DMARC_TAG.match(following))
        case Kind.MX:
            return False
