"""MX records on one line: of a zone file, of an answer of ``dig``, ``nslookup`` or ``host``, or of a panel.

In: the words of a line and where they stand. Out: where its number and its host stand.
"""

from __future__ import annotations

from kakugen_checkers.records import names

type Span = tuple[int, int]


def mail_exchanger(tokens: list[tuple[str, int]], asked: bool) -> tuple[Span | None, Span] | None:
    """Return where the number and the host of an MX record stand on a line of ``tokens``.

    Args:
        tokens: the words of the line and where they stand.
        asked: whether the paste is an answer to a question about MX.
    """
    words = [word.rstrip(",") for word, _at in tokens[:12]]
    upper = [word.upper() for word in words]
    if "MX" in upper:
        after = upper.index("MX") + 1
    elif "EXCHANGER" in upper:
        after = upper.index("PREFERENCE" if "PREFERENCE" in upper else "EXCHANGER") + 1
    elif "HANDLED" in upper and "BY" in upper:
        after = upper.index("BY") + 1
    elif len(words) == 2 and words[0].isdigit() and (asked or words[1].endswith(".")):
        after = 0
    else:
        return None
    before = behind = host = None
    for index in range(after, len(words)):
        word, at = words[index], tokens[index][1]
        span = (at, at + len(word))
        if word.isdigit() and len(word) <= 5:
            if host is None:
                before = span
            else:
                behind = behind or span
        elif host is None and (word == "." or names.is_full_name(word) or names.is_ip4(word) or "://" in word):
            host = span
    return (before or behind, host) if host else None
