"""Speaker: which server says the words that were pasted.

Gmail writes "The response was" before its own words and "The response from the remote server was" before those of
another; Postfix writes "(expanded from <…>)", Sendmail "(expanded from: <…>)", where an address that mail is forwarded
to refused.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from kakugen_checkers import data
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


def find_speaker(signals: Signals, reason: str) -> Speaker | None:
    """Return who says what was pasted, or ``None`` where the paste does not show it."""
    known = data.load("bounce/speaker")
    marks: dict[str, list[str]] = known["marks"]
    text = "\n".join(passage.lower for passage in signals.passages if passage.place is not Place.SUBJECT)
    remote_mta = signals.refusals[0].remote_mta

    def stands(kind: str) -> bool:
        return any(mark in text for mark in marks[kind])

    if signals.forwarded:
        return Speaker.FORWARD_TARGET
    if reason in known["own_server"] and not (reason in known["also_remote"] and remote_mta):
        return Speaker.OWN_SERVER
    if stands("gmail_remote"):
        return Speaker.REMOTE_OR_OWN if stands("send_as") else Speaker.REMOTE
    if any(passage.lower.startswith(tuple(marks["gmail"])) for passage in signals.passages):
        return Speaker.GMAIL
    if reason in known["reporting"] and not stands("remote"):
        return Speaker.REPORTING if signals.reporting_mta or signals.headers.get("from") else None
    return Speaker.REMOTE if remote_mta or stands("remote") else None
