"""Front matter: the keys at the head of a Markdown file, with the line of each.

In: a file's bytes, whatever they are. Out: ``FrontMatter`` with plain values, the line of every key and
item, and the faults that were met on the way; never an exception. The values are built from the events of
libyaml's parser and not from its node tree: the composer of nodes recurses in C, and deep nesting overflows
the stack and ends the process. Events let us refuse depth and aliases before they cost anything, and carry
the line numbers.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import yaml
from yaml import CSafeLoader
from yaml.constructor import SafeConstructor
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.nodes import ScalarNode
from yaml.resolver import Resolver

from kakugen.knowledge.faults import Fault, Place
from kakugen.knowledge.rules import Rule

type Path = tuple[str | int, ...]
"""The way to a value: keys and positions in lists, outermost first. ``("sources", 0, "url")``."""

LONGEST: Final = 64 * 1024
"""The most characters that front matter may have."""

DEEPEST: Final = 8
"""The most levels of lists and keys."""

# As MkDocs finds it, so that both see the same keys; MkDocs wants a line after the closing dashes, we do not.
_FENCED: Final = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_EMPTY: Final = re.compile(r"---[ \t]*\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_OPENED: Final = re.compile(r"---[ \t]*\n[a-z_]+:")


_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

_SPECIAL: Final = frozenset(Resolver.yaml_implicit_resolvers)
"""How a plain value begins that may be something else than text; an empty one is nothing."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The head of one file.

    Attributes:
        values: the keys and their values: text, numbers, days, yes or no, lists and mappings of these.
        lines: the line of each value in the file, from 1, by the way to it; ``()`` is the whole.
        body: the text after it.
        body_line: the line on which the body begins.
        faults: what was wrong.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    lines: Mapping[Path, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: tuple[Fault, ...] = ()

    def line(self, path: Path) -> int:
        """Return the line of the value at ``path``, or of the nearest thing around it that has one."""
        while path not in self.lines:
            if not path:
                return 1
            path = path[:-1]
        return self.lines[path]


def read_front_matter(source: bytes, file: str) -> FrontMatter:
    """Read the front matter of a file.

    Args:
        source: the file's bytes.
        file: its path, for the faults.
    """
    try:
        text = source.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        why = f"byte {error.start + 1} is {source[error.start]:#04x}"
        return FrontMatter(faults=(Fault(Rule.NOT_UTF8, Place(file, line), {"why": why}),))
    match = _FENCED.match(text)
    if match is None:
        empty = _EMPTY.match(text)
        unclosed = empty is None and _OPENED.match(text)
        return FrontMatter(
            body=text[empty.end() :] if empty else text,
            body_line=3 if empty else 1,
            faults=(Fault(Rule.UNCLOSED, Place(file), {}),) if unclosed else (),
        )
    head = match["yaml"]
    body = text[match.end() :]
    body_line = text.count("\n", 0, match.end()) + 1
    if len(head) > LONGEST:
        fault = Fault(Rule.TOO_LONG, Place(file), {"limit": f"{LONGEST:,}"})
        return FrontMatter(body=body, body_line=body_line, faults=(fault,))
    reader = _Reader(file)
    values = reader.read(head)
    return FrontMatter(values, reader.lines, body, body_line, tuple(reader.faults))


class _UnreadableError(Exception):
    """Nothing more can be read."""


class _Reader:
    """Turns the parser's events into values. One per file."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.faults: list[Fault] = []
        self._file = file
        self._resolver = Resolver()
        self._constructor = SafeConstructor()
        self._next: Callable[[], Any] = lambda: None

    def read(self, text: str) -> Mapping[str, object]:
        try:
            loader = CSafeLoader(text)
            self._next = loader.get_event
            # The stream starts, a document starts; comments alone make no document.
            event = self._next()
            while event is not None and not isinstance(event, NodeEvent):
                event = self._next()
            value = self._value(event, ()) if event is not None else None
        except yaml.YAMLError as error:
            self._broken(error)
            return {}
        except _UnreadableError:
            return {}
        if isinstance(value, dict):
            return value
        if value is not None:
            self._fault(Rule.NOT_A_MAPPING, 2)
        return {}

    def _broken(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        # The first line of the file is the dashes, and marks count from 0.
        self._fault(Rule.NOT_YAML, mark.line + 2 if mark is not None else 2, why=str(why))

    def _fault(self, rule: Rule, line: int, **details: str) -> None:
        self.faults.append(Fault(rule, Place(self._file, line), details))

    def _value(self, event: Any, path: Path) -> object:
        """Return the value that begins with an event; whoever calls has noted its line."""
        kind = type(event)
        if kind is AliasEvent or event.anchor is not None:
            self._fault(Rule.ALIAS, _line(event))
            raise _UnreadableError
        if len(path) > DEEPEST:
            self._fault(Rule.TOO_DEEP, _line(event), limit=str(DEEPEST))
            raise _UnreadableError
        if kind is ScalarEvent:
            return self._scalar(event)
        return self._list(path) if kind is SequenceStartEvent else self._keys(path)

    def _list(self, path: Path) -> list[object]:
        items: list[object] = []
        while type(event := self._next()) is not SequenceEndEvent:
            inside = (*path, len(items))
            self.lines[inside] = event.start_mark.line + 2
            items.append(self._value(event, inside))
        return items

    def _keys(self, path: Path) -> dict[str, object]:
        values: dict[str, object] = {}
        while type(event := self._next()) is not MappingEndEvent:
            line = _line(event)
            if type(event) is not ScalarEvent:
                self._fault(Rule.KEY_NOT_TEXT, line)
                raise _UnreadableError
            key = event.value
            if key in values:
                self._fault(Rule.REPEATED_KEY, line, key=key)
            inside = (*path, key)
            self.lines.setdefault(inside, line)
            values[key] = self._value(self._next(), inside)
        return values

    def _scalar(self, event: ScalarEvent) -> object:
        tag = event.tag
        if tag is None and (not event.implicit[0] or event.value[:1] not in _SPECIAL):
            return event.value
        if tag is None and _DAY.fullmatch(event.value):
            # Most of what is not text: three days a source. What is no day is told of below.
            with suppress(ValueError):
                return date.fromisoformat(event.value)
        if tag is None or tag == "!":
            tag = self._resolver.resolve(ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        if tag == "tag:yaml.org,2002:str":
            return event.value
        node = ScalarNode(tag, event.value)
        try:
            return self._constructor.construct_object(node)
        except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
            why = getattr(error, "problem", None) or str(error) or type(error).__name__
            self._fault(Rule.BAD_VALUE, _line(event), value=event.value[:60], why=why)
            return event.value


def _line(event: Any) -> int:
    # The first line of the file is the dashes, and marks count from 0.
    return int(event.start_mark.line) + 2
