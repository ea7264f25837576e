"""What ends, as the checkers of a site tell it, in one language.

In: the checkers and a language. Out: ``kakugen.knowledge.Ending``s by id, each with the words for before and after its
day. A checker that knows of no such day has no timeline, and none is missed.
"""

from collections.abc import Mapping
from datetime import date

from kakugen.knowledge import Ending
from kakugen_checkers.protocol import Checker, KeepsTimeline


def endings_in(checkers: Mapping[str, Checker], locale: str) -> Mapping[str, Ending]:
    """Return all that ends, by id; of two checkers that tell of the same, the first is heard.

    Args:
        checkers: the checkers of the site, by id.
        locale: the language of the words.
    """
    endings: dict[str, Ending] = {}
    for checker in checkers.values():
        if not isinstance(checker, KeepsTimeline):
            continue
        after = {expiry.id: expiry.text for expiry in checker.timeline(today=date.max, locale=locale)}
        for expiry in checker.timeline(today=date.min, locale=locale):
            ending = Ending(
                id=expiry.id,
                until=date.fromisoformat(expiry.until),
                before=expiry.text,
                after=after[expiry.id],
                source=expiry.source,
            )
            endings.setdefault(expiry.id, ending)
    return endings
