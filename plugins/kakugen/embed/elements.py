"""Elements of HTML as trees: text in them is escaped when they are written out.

In: names, texts and attributes. Out: elements that stand in their parents.
"""

from xml.etree import ElementTree


def add_div(parent: ElementTree.Element, classes: str) -> ElementTree.Element:
    """Add a ``<div>`` of these classes."""
    return ElementTree.SubElement(parent, "div", {"class": classes})


def add_text(
    parent: ElementTree.Element, tag: str, text: str, *, classes: str = "", **attributes: str
) -> ElementTree.Element:
    """Add an element with a text in it."""
    element = ElementTree.SubElement(parent, tag, ({"class": classes} if classes else {}) | attributes)
    element.text = text
    return element
