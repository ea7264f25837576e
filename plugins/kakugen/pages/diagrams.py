"""A diagram as it stands in a page: its drawing with the words of one language in it.

In: a ``Diagram`` and a language. Out: SVG that is part of the page, so that the theme's colours reach it.
"""

from xml.etree import ElementTree

from kakugen.knowledge import Diagram

_LINE = "1.4em"


def diagram_svg(diagram: Diagram, language: str) -> str:
    """Return the drawing of a diagram in a language, as one picture with a text in its place for who cannot see it."""
    words = diagram.words[language]
    root = ElementTree.fromstring(diagram.drawing)  # noqa: S314 - checked when it was read: no entities
    for element in list(root.iter()):
        element.tag = element.tag.rpartition("}")[2]
        element.text = element.tail = None
        name = element.attrib.pop("data-label", None)
        if name is not None:
            _fill(element, words.labels[name])
    root.set("role", "img")
    root.set("aria-label", words.text)
    return ElementTree.tostring(root, "unicode")


def _fill(place: ElementTree.Element, lines: tuple[str, ...]) -> None:
    if len(lines) == 1:
        place.text = lines[0]
        return
    for number, line in enumerate(lines):
        span = ElementTree.SubElement(place, "tspan", {"x": place.get("x", "0")})
        if number:
            span.set("dy", _LINE)
        span.text = line
