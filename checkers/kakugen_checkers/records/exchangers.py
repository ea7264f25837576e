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
    numbers: list[tuple[int, Span]] = []
    found: list[tuple[int, Span]] = []
    for index in range(after, len(words)):
        word, at = words[index], tokens[index][1]
        if word.isdigit() and len(word) <= 5:
            numbers.append((index, (at, at + len(word))))
        elif word == "." or names.is_full_name(word) or names.is_ip4(word) or "://" in word:
            found.append((index, (at, at + len(word))))
    if not found:
        return None
    # the number stands right before its host; a panel may put it in a column of its own, behind
    for index, number in reversed(numbers):
        for other, host in found:
            if other == index + 1:
                return number, host
    return (numbers[0][1] if numbers else None), found[0][1]
