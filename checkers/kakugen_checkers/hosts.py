"""Hosts: rental servers and mail services whose settings we know, and which of them a text speaks of.

In: ``data/hosts/<id>.toml``, one file a host, and ``data/facts.toml`` with the kinds of facts. Out: each fact in both
languages with its source, its dates and how sure it is. What nobody has confirmed is a sentence that sends the reader
to the screen, never a number.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakugen_checkers.protocol import LocalText, Topic

FOLDER: Final = "hosts"
LOCALES: Final = ("ja", "en")
SENTENCES: Final = {"ja": "", "en": " "}
"""What stands between two sentences."""


class Sure(enum.StrEnum):
    """How sure a fact is."""

    CONFIRMED = "confirmed"
    """The host's own page, manual or server says so."""
    SECONDARY = "secondary"
    """Others who use the host say so."""
    UNCONFIRMED = "unconfirmed"
    """Nobody has shown it: look at the screen."""


class Kind(enum.StrEnum):
    """What a host is."""

    RENTAL = "rental"
    """A rental server or mail plan with a panel of its own."""
    PANEL = "panel"
    """A panel that many hosts use under their own names."""
    SERVICE = "service"
    """A mail or forwarding service that takes the place of the host's mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFact:
    """One thing that is known of a host.

    Attributes:
        id: kind of fact: ``forward-only``; one of ``fact_ids()`` or ``trap-<name>``.
        text: the fact in a sentence.
        path: labels to click to get there, outermost first, as they stand on that panel.
        value: the number or word in it, for reckoning and telling apart; ``None`` where there is none. The words that
            a kind of fact can have stand in ``data/facts.toml``.
        unit: unit of a number: ``MB`` (of 1,000,000 bytes or so, as hosts count), ``mails/h``, ``mails/day``.
        source: where it is from, one source a line.
        checked: day on which the source was last read, ISO 8601.
        review: day until which it may be relied on, ISO 8601.
        sure: how sure it is.
    """

    id: str
    text: LocalText
    path: tuple[str, ...] = ()
    value: float | str | None = None
    unit: str = ""
    source: str = ""
    checked: str = ""
    review: str = ""
    sure: Sure = Sure.UNCONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A rental server or mail service.

    Attributes:
        id: name of its file.
        name: what it calls itself.
        kind: what it is.
        hostnames: names of its servers; ``*.xserver.jp`` stands for that name and all below it.
        names: what people call it wherever it stands in a text.
        short_names: what people call it where nothing else stands on the line, because it is an ordinary word too.
        facts: what is known, by id, in the order of the kinds of facts; traps come last.
    """

    id: str
    name: LocalText
    kind: Kind
    hostnames: tuple[str, ...]
    names: tuple[str, ...]
    short_names: tuple[str, ...]
    facts: Mapping[str, HostFact]

    @property
    def topic(self) -> Topic:
        """The topic of articles about it: ``host/xserver``."""
        return f"host/{self.id}"

    @property
    def traps(self) -> tuple[HostFact, ...]:
        """What goes wrong there."""
        return tuple(fact for ident, fact in self.facts.items() if ident.startswith("trap-"))

    def fact(self, ident: str) -> HostFact:
        """Return what is known of one kind of fact; where nothing is, the sentence that sends the reader to look.

        Raises:
            KeyError: there is no such kind of fact.
        """
        return self.facts.get(ident) or unknown_fact(ident)


@cache
def hosts() -> tuple[Host, ...]:
    """Return all hosts: rental servers, then panels, then services; by the order of ``data/facts.toml`` within."""
    order = data.load("facts")["hosts"]
    return tuple(_host(ident) for ident in order)


def host(ident: str) -> Host | None:
    """Return one host by its id, or ``None``."""
    return _by_id().get(ident)


def fact_ids() -> tuple[str, ...]:
    """Return the ids of all kinds of facts, traps apart, in the order in which they are shown."""
    return tuple(data.load("facts")["fact"])


def fact_label(ident: str) -> LocalText:
    """Return what a kind of fact is about, in a few words; all traps have one label."""
    entry = data.load("facts")["trap" if ident.startswith("trap-") else "fact"]
    words: LocalText = (entry if ident.startswith("trap-") else entry[ident])["label"]
    return words


@cache
def unknown_fact(ident: str) -> HostFact:
    """Return what to say of a kind of fact that is not known of a host.

    Raises:
        KeyError: there is no such kind of fact.
    """
    return HostFact(id=ident, text=data.load("facts")["fact"][ident]["unknown"])


def is_old(fact: HostFact, today: date) -> bool:
    """Return whether the day until which a fact may be relied on is past; what was never known is not old."""
    return bool(fact.review) and today > date.fromisoformat(fact.review)


def doubt(fact: HostFact, today: date, locale: str) -> str:
    """Return what to say beside a fact that is second-hand or old; nothing beside one that says so itself."""
    if fact.sure is Sure.UNCONFIRMED:
        return ""
    words = data.load("facts")["doubt"]
    said = [words["secondary"][locale]] if fact.sure is Sure.SECONDARY else []
    if is_old(fact, today):
        said.append(words["old"][locale].format(checked=fact.checked))
    return SENTENCES[locale].join(said)


def read_facts(written: Mapping[str, Any], order: Iterable[str], defaults: Mapping[str, Any]) -> Mapping[str, HostFact]:
    """Read the facts of one host as its file holds them.

    Args:
        written: the facts by id.
        order: the ids in the order that they get; those that are not written are left out.
        defaults: the days ``checked`` and ``review`` of facts that name none.
    """
    return {ident: _fact(ident, written[ident], defaults) for ident in order if ident in written}


def _fact(ident: str, entry: Mapping[str, Any], defaults: Mapping[str, Any]) -> HostFact:
    return HostFact(
        id=ident,
        text={locale: entry[locale] for locale in LOCALES},
        path=tuple(entry.get("path", ())),
        value=entry.get("value"),
        unit=entry.get("unit", ""),
        source="\n".join(entry["source"]),
        checked=entry.get("checked", defaults["checked"]),
        review=entry.get("review", defaults["review"]),
        sure=Sure(entry["sure"]),
    )


@cache
def _by_id() -> Mapping[str, Host]:
    return {entry.id: entry for entry in hosts()}


def _host(ident: str) -> Host:
    entry = data.load(f"{FOLDER}/{ident}")
    written: Mapping[str, Any] = entry["facts"]
    traps = tuple(kind for kind in written if kind.startswith("trap-"))
    return Host(
        id=ident,
        name=entry["name"],
        kind=Kind(entry["kind"]),
        hostnames=tuple(entry["hostnames"]),
        names=tuple(entry["names"]),
        short_names=tuple(entry.get("short_names", ())),
        facts=read_facts(written, (*fact_ids(), *traps), entry),
    )
