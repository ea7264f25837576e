"""Diagrams: drawings that articles show, one drawing for all languages and its words in each of them.

In: the files ``<id>.svg`` and ``<id>.toml`` of one folder. Out: ``Diagram``s and faults. A drawing has shapes and
places for words and nothing else: no colours, sizes or fonts, which are the theme's and follow light and dark; no
words, which stand in the TOML file; nothing that runs or loads.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, Final
from xml.parsers import expat

from kakugen.knowledge.catalog import Catalog
from kakugen.knowledge.faults import Fault, Place
from kakugen.knowledge.rules import Rule
from kakugen.knowledge.validation import nearest

BLOCK: Final = "diagram"
"""The Markdown block that shows one: ``/// diagram | <id>``."""

WIDEST: Final = 328
"""How wide a drawing may be, in units: the text of a page on a phone of 360 pixels, so that a unit is a pixel there."""

ELEMENTS: Final = frozenset("svg g path rect circle ellipse line polyline polygon text".split())
"""The elements that a drawing may have."""

ATTRIBUTES: Final = frozenset(
    "xmlns viewBox class d points x y x1 y1 x2 y2 cx cy r rx ry width height transform data-label".split()
)
"""The attributes that they may have."""

CLASSES: Final = frozenset("card quiet seal note line dash head fill strong middle end key".split())
"""What the theme draws: a surface (``card``, and with it ``quiet``, ``seal`` or ``note``), a ``line`` (``dash``,
``seal``), its ``head``, a ``fill`` of that colour, a ``key``; words (``strong``, ``quiet``, ``seal``, ``note``), and
where they stand from their place: ``middle`` or ``end``."""

_NAMESPACE: Final = "http://www.w3.org/2000/svg"
_VALUE: Final = re.compile(r"[\w\s.,()+%-]*")
_VIEW: Final = re.compile(r"0 0 (?P<width>\d+) (?P<height>\d+)")
_LIMIT: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramWords:
    """What stands in and below a diagram in one language.

    Attributes:
        title: what it shows, below it.
        text: all that it tells, for who does not see it.
        labels: the lines of the words at each place, by the name of the place.
    """

    title: str
    text: str
    labels: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """One diagram.

    Attributes:
        id: the name of its files.
        drawing: its SVG, which holds nothing that is not allowed.
        words: its words by language.
    """

    id: str
    drawing: str = field(repr=False)
    words: Mapping[str, DiagramWords]


def read_diagrams(
    folder: Path, shown: str, languages: tuple[str, ...]
) -> tuple[Mapping[str, Diagram], tuple[Fault, ...]]:
    """Read all diagrams of a folder.

    Args:
        folder: the folder; where there is none, there are no diagrams.
        shown: the folder as the author knows it.
        languages: the languages whose words are read; those of the others may be there.

    Returns:
        The diagrams by id, without those that have faults, and the faults.
    """
    diagrams: dict[str, Diagram] = {}
    faults: list[Fault] = []
    names = sorted({path.stem for path in folder.glob("*") if path.suffix in {".svg", ".toml"}})
    for name in names:
        diagram, found = _read(folder, f"{shown}/{name}", name, languages)
        faults += found
        if diagram is not None:
            diagrams[name] = diagram
    return diagrams, tuple(faults)


def check_diagrams(catalog: Catalog, diagrams: Mapping[str, Diagram], broken: Iterable[Fault]) -> Iterator[Fault]:
    """Yield each place where a page shows a diagram that there is not, or not in its language.

    Args:
        catalog: the pages.
        diagrams: the diagrams by id.
        broken: the faults of others, which are there all the same.
    """
    known = {*diagrams, *(PurePath(fault.place.file).stem for fault in broken)}
    for page in (*catalog.entries, *catalog.pages):
        for name, line in page.text.blocks(BLOCK):
            if name in diagrams and page.language not in diagrams[name].words:
                details = {"key": f"{name}.toml", "language": page.language}
                yield Fault(Rule.UNTOLD_DIAGRAM, Place(page.file, line), details, "language")
            elif name not in known:
                meant = nearest(name, known)
                case = "near" if meant else "known" if known else "none"
                details = {"word": name, "nearest": meant or "", "known": ", ".join(sorted(known))}
                yield Fault(Rule.UNKNOWN_DIAGRAM, Place(page.file, line), details, case)


def _read(folder: Path, shown: str, name: str, languages: tuple[str, ...]) -> tuple[Diagram | None, list[Fault]]:
    texts: dict[str, str] = {}
    for ending in ("svg", "toml"):
        try:
            texts[ending] = (folder / f"{name}.{ending}").read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            return None, [Fault(Rule.BROKEN_DIAGRAM, Place(f"{shown}.{ending}"), {"why": str(error)})]
    reading = _Reading(f"{shown}.svg")
    reading.read(texts["svg"])
    try:
        written = tomllib.loads(texts["toml"])
    except tomllib.TOMLDecodeError as error:
        return None, [*reading.faults, Fault(Rule.BROKEN_DIAGRAM, Place(f"{shown}.toml"), {"why": str(error)})]
    untold = [] if reading.faults else list(_untold(written, reading.labels, Place(f"{shown}.toml"), languages))
    faults = [*reading.faults, *untold]
    if faults:
        return None, faults
    words = {language: _words(written[language]) for language in languages if language in written}
    return Diagram(id=name, drawing=texts["svg"], words=words), []


def _words(written: Mapping[str, Any]) -> DiagramWords:
    labels = {name: (words,) if isinstance(words, str) else tuple(words) for name, words in written["labels"].items()}
    return DiagramWords(title=written["title"], text=written["text"], labels=labels)


def _untold(
    written: Mapping[str, Any], labels: Mapping[str, int], place: Place, languages: tuple[str, ...]
) -> Iterator[Fault]:
    for language in languages:
        if language not in written:
            continue  # it is missed where a page of that language shows the diagram
        told = written[language] if isinstance(written[language], dict) else {}
        for key in ("title", "text"):
            if not isinstance(told.get(key), str) or not told[key].strip():
                yield Fault(Rule.UNTOLD_DIAGRAM, place, {"key": key, "language": language}, "missing")
        own = told["labels"] if isinstance(told.get("labels"), dict) else {}
        for name in labels:
            words = own.get(name)
            lines = words if isinstance(words, list) else [words]
            if not all(isinstance(line, str) and line.strip() for line in lines) or not lines:
                yield Fault(Rule.UNTOLD_DIAGRAM, place, {"key": f"labels.{name}", "language": language}, "missing")
        for name in own.keys() - labels.keys():
            yield Fault(Rule.UNTOLD_DIAGRAM, place, {"key": f"labels.{name}", "language": language}, "unused")


class _Reading:
    """Reads a drawing once: what it may not hold, and where words stand in it."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._parser = expat.ParserCreate()
        self.faults: list[Fault] = []
        self.labels: dict[str, int] = {}
        self._depth = 0

    def read(self, text: str) -> None:
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters
        parser.EndElementHandler = self._end
        # Entities are declared there; without them a small file cannot become a big one.
        parser.StartDoctypeDeclHandler = lambda *_: self._unsafe("<!DOCTYPE>")
        parser.ProcessingInstructionHandler = lambda name, _: self._unsafe(f"<?{name}?>")
        if len(text) > _LIMIT:
            self._broken(f"{len(text)} > {_LIMIT}")
            return
        try:
            parser.Parse(text, True)
        except expat.ExpatError as error:
            self._broken(str(error))

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name not in ELEMENTS or (name == "svg") != (self._depth == 0):
            self._unsafe(f"<{name}>")
        for key, value in attributes.items():
            plain = value == _NAMESPACE if key == "xmlns" else _VALUE.fullmatch(value)
            if key not in ATTRIBUTES or not plain:
                self._unsafe(f'{key}="{value[:40]}"')
        for word in attributes.get("class", "").split():
            if word not in CLASSES:
                self._unsafe(f'class="{word}"')
        if name == "svg":
            self._check_width(attributes.get("viewBox", ""))
        if name == "text":
            self.labels.setdefault(attributes.get("data-label", ""), self._line)
        self._depth += 1

    def _check_width(self, view: str) -> None:
        found = _VIEW.fullmatch(view)
        if found is None or int(found["width"]) > WIDEST:
            details = {"view": view, "widest": str(WIDEST)}
            self.faults.append(Fault(Rule.WIDE_DIAGRAM, Place(self._file, self._line), details))

    def _characters(self, words: str) -> None:
        if words.strip():
            self._unsafe(words.strip()[:40])

    def _end(self, _name: str) -> None:
        self._depth -= 1

    @property
    def _line(self) -> int:
        return self._parser.CurrentLineNumber

    def _unsafe(self, found: str) -> None:
        self.faults.append(Fault(Rule.UNSAFE_DIAGRAM, Place(self._file, self._line), {"found": found}))

    def _broken(self, why: str) -> None:
        self.faults.append(Fault(Rule.BROKEN_DIAGRAM, Place(self._file, self._line), {"why": why}))
