"""Where to click on the reader's own host, and how sure that is.

In: a kind of fact and the host, if it is known. Out: labels to click, and a sentence about it in the reader's language.
What nobody has confirmed sends the reader to the screen; what is second-hand or old says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakugen_checkers.hosts import SENTENCES, doubt, unknown_fact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kakugen_checkers.hosts import Host, HostFact


def place(
    kind: str, host: Host | None, words: Mapping[str, Any], *, today: date, locale: str
) -> tuple[tuple[str, ...], str]:
    """Return labels to click, and how it works there.

    Args:
        kind: a kind of fact, ``keep-copy``.
        host: the reader's host; ``None`` where it is not known.
        words: the words under ``panel`` in the language of the answer.
        today: the day of the answer.
        locale: its language.
    """
    generic = tuple(words["generic"])
    if host is None:
        return generic, unknown_fact(kind).text[locale]
    fact = host.fact(kind)
    return fact.path or host.fact("panel").path or generic, spoken_fact(fact, today=today, locale=locale)


def spoken_fact(fact: HostFact, *, today: date, locale: str) -> str:
    """Return a fact in a sentence, with how sure it is where that matters."""
    return SENTENCES[locale].join(filter(None, (fact.text[locale], doubt(fact, today, locale))))
