"""The feed of new and changed articles and maxims, as Atom (RFC 4287).

In: an edition. Out: the feed. An entry counts as changed on the day on which somebody last made sure that it is right,
and as new on the day on which its id was listed. Its name in the feed is made of the id, so it stays when a page moves.
"""

# Written here and not by a library: feedgen needs lxml, the plugins for MkDocs ask git for the days (and one pulls in
# another generator), and django's writer is RSS first; a feed without media is thirty elements of the standard library.
from typing import Final
from xml.etree import ElementTree

from kakugen.knowledge import Article, Confidence, Entry, Maxim
from kakugen.machines.publication import FEED, Edition

_ATOM: Final = "http://www.w3.org/2005/Atom"
_MOST: Final = 50
"""How many entries are told: readers ask often, and what is older stands in the lists of the site."""


def feed(edition: Edition) -> str:
    """Return the feed of a language."""
    entries = sorted(
        (entry for entry in edition.entries if entry.about.confidence is not Confidence.RETIRED),
        key=lambda entry: (-entry.about.checked.toordinal(), -edition.first_day(entry).toordinal(), entry.about.id),
    )[:_MOST]
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": edition.language})
    _add(root, "id", edition.address(""))
    _add(root, "title", edition.name)
    if edition.description:
        _add(root, "subtitle", edition.description)
    _add(root, "updated", _moment(max((entry.about.checked.isoformat() for entry in entries), default="1970-01-01")))
    ElementTree.SubElement(root, "link", {"rel": "self", "href": edition.address(FEED)})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": edition.address("")})
    _add(ElementTree.SubElement(root, "author"), "name", edition.name)
    for entry in entries:
        _add_entry(root, edition, entry)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _add_entry(root: ElementTree.Element, edition: Edition, entry: Entry[Article] | Entry[Maxim]) -> None:
    element = ElementTree.SubElement(root, "entry")
    _add(element, "id", edition.address(f"#{entry.about.kind}/{entry.about.id}"))
    _add(element, "title", entry.about.title)
    ElementTree.SubElement(element, "link", {"rel": "alternate", "href": edition.address(entry.url)})
    _add(element, "published", _moment(edition.first_day(entry).isoformat()))
    _add(element, "updated", _moment(entry.about.checked.isoformat()))
    _add(element, "summary", entry.about.summary)
    ElementTree.SubElement(element, "category", {"term": entry.about.kind})


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _moment(day: str) -> str:
    """Return a day as Atom writes it; it knows only moments, and this one lies on that day nearly everywhere."""
    return f"{day}T12:00:00Z"
