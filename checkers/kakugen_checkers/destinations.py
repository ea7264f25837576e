"""Destinations: where mail is forwarded to, and what each demands of it.

In: ``data/destinations.toml`` and the kinds of facts of ``data/facts.toml``. Out: facts as hosts have them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kakugen_checkers import data
from kakugen_checkers.hosts import HostFact, read_facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.protocol import LocalText


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A service that mail is forwarded to.

    Attributes:
        id: ``gmail``, ``outlook``; ``other`` stands for any that is not known.
        name: what it is called.
        facts: what is known of it, by id, in the order of the kinds of facts.
    """

    id: str
    name: LocalText
    facts: Mapping[str, HostFact]

    def fact(self, ident: str) -> HostFact:
        """Return what is known of one kind of fact; where nothing is, a sentence that says so.

        Raises:
            KeyError: there is no such kind of fact.
        """
        unknown = data.load("facts")["destination-fact"][ident]["unknown"]
        return self.facts.get(ident) or HostFact(id=ident, text=unknown)


@cache
def destinations() -> tuple[Destination, ...]:
    """Return all destinations, in the order of their file."""
    content = data.load("destinations")
    return tuple(
        Destination(id=ident, name=entry["name"], facts=read_facts(entry["facts"], destination_fact_ids(), content))
        for ident, entry in content["destination"].items()
    )


def destination(ident: str) -> Destination | None:
    """Return one destination by its id, or ``None``."""
    return next((entry for entry in destinations() if entry.id == ident), None)


def destination_fact_ids() -> tuple[str, ...]:
    """Return the ids of all kinds of facts of destinations, in the order in which they are shown."""
    return tuple(data.load("facts")["destination-fact"])


def destination_fact_label(ident: str) -> LocalText:
    """Return what a kind of fact is about, in a few words."""
    words: LocalText = data.load("facts")["destination-fact"][ident]["label"]
    return words
