"""Speaker: which server says the words that were pasted.

Gmail writes "The response was" before its own words and "The response from the remote server was" before those of
another; Postfix writes "(expanded from <…>)", Sendmail "(expanded from: <…>)", where an address that mail is forwarded
to refused.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kakugen_checkers.bounce.signals import Place

if TYPE_CHECKING:
    from kakugen_checkers.bounce.signals import Signals


class Speaker(StrEnum):
    """Who speaks."""

    OWN_SERVER = "own-server"
    GMAIL = "gmail"
    REMOTE = "remote"
    REMOTE_OR_OWN = "remote-or-own"
    FORWARD_TARGET = "forward-target"
    REPORTING = "reporting"


OWN_SERVER_REASONS: Final = frozenset(
    {
        "formfailed",
        "oldsignin",
        "sendermismatch",
        "sendingblocked",
        "sendingpassword",
        "sendingsignin",
        "apppassword",
        "sendingcertificate",
        "sendingencryption",
        "sendingunreachable",
        "foreignip",
        "sendinglimit",
        "portblocked",
    }
)
_ALSO_REMOTE: Final = frozenset({"sendermismatch", "sendingsignin"})
"""Of these, the ones that a server further on may say too."""
_REPORTING_REASONS: Final = frozenset({"delayed", "expired", "networkerror", "mailloop", "mailererror", "hostunknown"})
_SEND_AS: Final = ("'send mail as'", "[名前] の機能", "customfromdenied")
_GMAIL_ITSELF: Final = ("the response was:", "応答:")
"""What a paragraph of Gmail's notice begins with."""
_REMOTE_TO_GMAIL: Final = (
    "the response from the remote server was:",
    "リモート サーバーからの応答",
    "リモートサーバーからの応答",
)
_REMOTE: Final = (
    " said: ",
    "<<< ",
    "remote host said",
    "returned '",
    "smtp error from remote",
    "other server returned",
    "reason: 5",
    "reason: 4",
)


def find_speaker(signals: Signals, reason: str) -> Speaker | None:
    """Return who says what was pasted, or ``None`` where the paste does not show it."""
    text = "\n".join(passage.lower for passage in signals.passages if passage.place is not Place.SUBJECT)
    if signals.forwarded:
        return Speaker.FORWARD_TARGET
    if reason in OWN_SERVER_REASONS and not (reason in _ALSO_REMOTE and signals.refusals[0].remote_mta):
        return Speaker.OWN_SERVER
    if any(mark in text for mark in _REMOTE_TO_GMAIL):
        return Speaker.REMOTE_OR_OWN if any(mark in text for mark in _SEND_AS) else Speaker.REMOTE
    if any(passage.lower.startswith(_GMAIL_ITSELF) for passage in signals.passages):
        return Speaker.GMAIL
    if reason in _REPORTING_REASONS and not any(mark in text for mark in _REMOTE):
        return Speaker.REPORTING if signals.reporting_mta or signals.headers.get("from") else None
    if signals.refusals[0].remote_mta or any(mark in text for mark in _REMOTE):
        return Speaker.REMOTE
    return None
