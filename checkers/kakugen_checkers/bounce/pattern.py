r"""The little language in which rules name the words of a mail server.

A pattern goes in (``user ... (unknown|not found)``), a matcher comes out that runs in time linear in the text.
It is written without knowing regular expressions, and it cannot express one that blows up:

* text matches itself, in any case; a space matches any run of white space;
* ``...`` stands for anything, up to ``GAP`` characters and the end of a Japanese sentence;
* ``(a|b|c)`` is one of several texts, ``(a|)`` an optional one;
* ``#`` is a whole number;
* ``_`` is one word: a name, an address, a host;
* ``*`` at the end of a word lets the word go on (``reject*``: reject, rejected, rejection);
* ``\`` takes the next character as it is: ``\(``, ``\#``, ``\*``.

A pattern, and what stands on each side of ``...``, begins and ends at the edge of a word, so that ``over quota`` is
not found in ``takeover quotas``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP: Final = 120
"""How many characters ``...`` spans at most."""

_TOKEN: Final = re.compile(r"\\(.)|(\.\.\.)|([()|#*_])|(\s+)|([^\\()|#*_\s.]+|\.)", re.DOTALL)
_WORDS: Final = re.compile(r"[a-z0-9]+")
_NUMBER: Final = r"[0-9]{1,9}(?![0-9])"
_ANY_WORD: Final = r"\S{1,100}"
_REST_OF_WORD: Final = r"[^\W_]{0,24}"
_SIGNS: Final = {"#": _NUMBER, "_": _ANY_WORD, "*": _REST_OF_WORD}
_PLAIN: Final = re.compile(r"\s*[^\s\\()|#*_.][^\\()|#*_.]*")
_EDGE_BEFORE: Final = r"(?<![a-z0-9])"
_EDGE_AFTER: Final = r"(?![a-z0-9])"


class PatternError(ValueError):
    """A pattern that cannot be read; the message says what is wrong with it."""


type _Read = tuple[tuple[frozenset[str], ...], tuple[str, ...]]


@dataclass(slots=True)
class Pattern:
    """One pattern, read when it is first needed: of thousands, few are for any one text.

    Attributes:
        source: the pattern as written.
    """

    source: str
    _read: _Read | None = field(default=None, repr=False)
    _compiled: re.Pattern[str] | None = field(default=None, repr=False)

    @property
    def keys(self) -> tuple[frozenset[str], ...]:
        """Sets of whole words; of each set, at least one word stands in every text that matches.

        Empty where the pattern has no whole word of a to z and 0 to 9.
        """
        return self.read()[0]

    @property
    def needles(self) -> tuple[str, ...]:
        """Texts of which at least one stands in every match."""
        return self.read()[1]

    def read(self) -> _Read:
        """Return keys and needles.

        Raises:
            PatternError: the pattern cannot be read.
        """
        if self._read is None:
            self._read = _read(self.source)
        return self._read

    def may_match(self, text: str, words: frozenset[str]) -> bool:
        """Return whether ``text`` can match; cheap, to be asked before ``search``.

        Args:
            text: the text as ``search`` takes it.
            words: its whole words (``words_of``).
        """
        # loops rather than generators: this is asked for every pattern, and they take twice as long
        keys, needles = self._read or self.read()
        for key in keys:
            if key.isdisjoint(words):
                return False
        for needle in needles:  # noqa: SIM110
            if needle in text:
                return True
        return False

    def search(self, text: str) -> tuple[int, int] | None:
        """Return where the pattern first matches, or ``None``.

        Args:
            text: the text in lower case, white space already folded to single spaces.
        """
        if self._compiled is None:
            self._compiled = re.compile(_regular_expression(self.source), re.DOTALL)
        found = self._compiled.search(text)
        return found.span() if found else None


@dataclass(frozen=True, slots=True)
class _Text:
    """Characters that match themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class _Sign:
    """A number, a word, or the rest of one."""

    expression: str


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several sequences."""

    options: tuple[tuple[_Text | _Sign, ...], ...]


type _Node = _Text | _Sign | _Choice


def words_of(text: str) -> frozenset[str]:
    """Return the whole words of a text in lower case, to be compared with ``Pattern.keys``."""
    return frozenset(_WORDS.findall(text))


def compile_pattern(source: str) -> Pattern:
    """Return the matcher for ``source``; its regular expression is made when it is first needed, and seldom is.

    Raises:
        PatternError: parentheses do not pair, a gap stands at an end or inside parentheses, a sign stands where it
            means nothing, or there is no text in it.
    """
    pattern = Pattern(source)
    pattern.read()
    return pattern


def _read(source: str) -> _Read:
    if _PLAIN.fullmatch(source):  # most are, and a page must start soon
        text = _folded(source)
        return tuple(frozenset({word}) for word in _WORDS.findall(text)), (text,)
    stretches = _parse(source)
    return tuple(key for stretch in stretches for key in _keys(stretch)), _needles(source, stretches)


def _folded(source: str) -> str:
    return " ".join(source.lower().split())


def _regular_expression(source: str) -> str:
    if _PLAIN.fullmatch(source):
        text = _folded(source)
        return _edge_before(text[0]) + re.escape(text) + _edge_after(text[-1])
    first, *rest = (_stretch_expression(stretch) for stretch in _parse(source))
    return first + "".join(rf"(?>[^。]{{0,{GAP}}}?{part})" for part in rest)


def _parse(source: str) -> list[list[_Node]]:
    """Return the nodes of each stretch between gaps."""
    stretches: list[list[_Node]] = [[]]
    options: list[list[_Text | _Sign]] | None = None
    for escaped, gap, sign, space, word in _TOKEN.findall(source.strip().lower()):
        here: list[_Node] | list[_Text | _Sign] = options[-1] if options else stretches[-1]
        if escaped or word or space:
            _append_text(here, escaped or word or " ")
        elif gap and options is None:
            stretches.append([])
        elif sign in ("#", "_") or (sign == "*" and here and isinstance(here[-1], _Text)):
            here.append(_Sign(_SIGNS[sign]))
        elif sign == "(" and options is None:
            options = [[]]
        elif sign == "|" and options:
            options.append([])
        elif sign == ")" and options:
            stretches[-1].append(_Choice(tuple(tuple(option) for option in options)))
            options = None
        else:
            raise PatternError(f"{source!r}: {sign or gap!r} means nothing here; write \\{sign or gap} for the text")
    if options is not None:
        raise PatternError(f"{source!r}: a parenthesis is not closed; write \\( for the character itself")
    trimmed = [_trimmed(stretch) for stretch in stretches]
    if not all(trimmed):
        raise PatternError(f"{source!r}: '...' must stand between words" if len(trimmed) > 1 else "empty pattern")
    return trimmed


def _append_text(nodes: list[_Node] | list[_Text | _Sign], text: str) -> None:
    if nodes and isinstance(nodes[-1], _Text):
        nodes[-1] = _Text(nodes[-1].text + text)
    else:
        nodes.append(_Text(text))


def _trimmed(stretch: list[_Node]) -> list[_Node]:
    """Return the stretch without the spaces that stood beside a gap."""
    nodes = list(stretch)
    if nodes and isinstance(nodes[0], _Text):
        nodes[0] = _Text(nodes[0].text.lstrip())
    if nodes and isinstance(nodes[-1], _Text):
        nodes[-1] = _Text(nodes[-1].text.rstrip())
    return [node for node in nodes if node != _Text("")]


def _stretch_expression(stretch: Sequence[_Node]) -> str:
    before = _edge_before(*_first_characters(stretch[0]))
    after = _edge_after(*_last_characters(stretch[-1]))
    return before + "".join(map(_expression, stretch)) + after


def _edge_before(*characters: str) -> str:
    return _EDGE_BEFORE if any(map(_is_word, characters)) else ""


def _edge_after(*characters: str) -> str:
    return _EDGE_AFTER if any(map(_is_word, characters)) else ""


def _expression(node: _Node) -> str:
    match node:
        case _Text(text):
            return re.escape(text)
        case _Sign(expression):
            return expression
        case _Choice(options):
            written = ("".join(map(_expression, option)) for option in options)
            return f"(?:{'|'.join(sorted(written, key=len, reverse=True))})"


def _first_characters(node: _Node) -> Iterator[str]:
    match node:
        case _Text(text):
            yield text[:1]
        case _Sign(expression):
            yield "0" if expression == _NUMBER else ""
        case _Choice(options):
            for option in options:
                yield from _first_characters(option[0]) if option else ("",)


def _last_characters(node: _Node) -> Iterator[str]:
    match node:
        case _Text(text):
            yield text[-1:]
        case _Sign(expression):
            yield "0" if expression == _NUMBER else ""
        case _Choice(options):
            for option in options:
                yield from _last_characters(option[-1]) if option else ("",)


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _keys(stretch: Sequence[_Node]) -> Iterator[frozenset[str]]:
    """Yield the sets of whole words of which one is in every match of the stretch."""
    for number, node in enumerate(stretch):
        # a word that touches a sign or a choice may go on there
        open_before = number > 0 and any(map(_may_be_word, _last_characters(stretch[number - 1])))
        open_after = number + 1 < len(stretch) and any(map(_may_be_word, _first_characters(stretch[number + 1])))
        if isinstance(node, _Text):
            yield from (frozenset({word}) for word in _whole_words(node.text, open_before, open_after))
        elif isinstance(node, _Choice):
            options = [_option_words(option, open_before, open_after) for option in node.options]
            if all(options):
                yield frozenset(max(words, key=len) for words in options)


def _needles(source: str, stretches: Sequence[Sequence[_Node]]) -> tuple[str, ...]:
    found: list[tuple[str, ...]] = []
    for node in (node for stretch in stretches for node in stretch):
        if isinstance(node, _Text):
            found.append((node.text.strip(),))
        elif isinstance(node, _Choice):
            found.append(tuple(max((_text(part) for part in option), key=len, default="") for option in node.options))
    usable = [needles for needles in found if all(needles)]
    if not usable:
        raise PatternError(f"{source!r}: needs some text besides numbers, words and optional texts")
    return max(usable, key=lambda needles: min(map(len, needles)))


def _text(node: _Text | _Sign) -> str:
    return node.text.strip() if isinstance(node, _Text) else ""


def _option_words(option: tuple[_Text | _Sign, ...], open_before: bool, open_after: bool) -> list[str]:
    found: list[str] = []
    for number, node in enumerate(option):
        if isinstance(node, _Text):
            before = number > 0 or open_before
            after = number + 1 < len(option) or open_after
            found += _whole_words(node.text, before, after)
    return found


def _may_be_word(character: str) -> bool:
    return character == "" or _is_word(character)


def _whole_words(text: str, open_before: bool, open_after: bool) -> list[str]:
    return [
        match[0]
        for match in _WORDS.finditer(text)
        if not (open_before and match.start() == 0) and not (open_after and match.end() == len(text))
    ]
