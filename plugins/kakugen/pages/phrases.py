"""Where lines of a title may break: between phrases, for languages that write without spaces.

In: text, or the HTML of a page for its headings. Out: the same with ``<wbr>`` between phrases; the style sheet lets
such text break nowhere else. Copied text, screen readers and searches do not see them. BudouX finds the phrases, at
build; what it found is kept, because a title stands on many pages and in every build.
"""

import html
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

import budoux
from markupsafe import Markup

_PARSERS: Final[Mapping[str, Callable[[], budoux.Parser]]] = {
    "ja": budoux.load_default_japanese_parser,
    "th": budoux.load_default_thai_parser,
    "zh": budoux.load_default_simplified_chinese_parser,
    "zh-hant": budoux.load_default_traditional_chinese_parser,
    "zh-tw": budoux.load_default_traditional_chinese_parser,
}
"""The languages that BudouX knows; text in any other is left as it is."""

_BREAK: Final = "<wbr>"
_HEADING: Final = re.compile(r"(<h([1-6])\b[^>]*>)(.*?)(</h\2>)", re.DOTALL)
_PART: Final = re.compile(r"<code\b.*?</code>|<[^>]*>|[^<]+", re.DOTALL)

_CLOSING: Final = frozenset(
    "、。，．・：；！？」』）］｝〉》】”’ー～…‥ぁぃぅぇぉっゃゅょァィゥェォッャュョ々)]}:;,.!?%"
)
_OPENING: Final = frozenset("「『（［｛〈《【“‘([{")
_LONE_KANA: Final = re.compile(r"[\u3041-\u3096](?![\u3041-\u309f\u30a0-\u30ff\u3400-\u9fff\w])")
_KANJI: Final = re.compile(r"[\u3400-\u9fff]")


class Phrases:
    """Breaks the titles of one language."""

    def __init__(self, language: str, kept: Path | None = None) -> None:
        """Begin.

        Args:
            language: the code of the language.
            kept: the file in which phrases are kept from build to build.
        """
        self._parser = _parser(language.lower())
        self._kept = kept
        self._known: dict[str, str] = _read(kept) if self._parser and kept else {}
        self._used: dict[str, str] = {}

    def __call__(self, text: str) -> Markup:
        """Return a text as HTML in which lines break between phrases."""
        return Markup(self._broken(str(text)))  # noqa: S704 - escaped below

    def of(self, text: str) -> tuple[str, ...]:
        """Return the phrases of a text, none of a language that writes spaces."""
        return tuple(phrases_of(self._parser, text)) if self._parser else ()

    def in_headings(self, content: str) -> str:
        """Return the HTML of a page with phrases in its headings; code in them stays as it is."""
        if self._parser is None or "<h" not in content:
            return content
        return _HEADING.sub(lambda found: found[1] + self._in_parts(found[3]) + found[4], content)

    def keep(self) -> None:
        """Keep what this build has asked for."""
        if self._kept is None or self._parser is None or self._used == self._known:
            return
        self._kept.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(dict(sorted(self._used.items())), ensure_ascii=False, indent=0)
        self._kept.write_text(text, "utf-8")

    def _in_parts(self, heading: str) -> str:
        if _BREAK in heading:
            return heading
        return _PART.sub(
            lambda part: part[0] if part[0].startswith("<") else self._broken(html.unescape(part[0])), heading
        )

    def _broken(self, text: str) -> str:
        if self._parser is None:
            return html.escape(text)
        found = self._used.get(text)
        if found is None:
            found = self._known.get(text)
            if found is None:
                found = _BREAK.join(html.escape(phrase) for phrase in phrases_of(self._parser, text))
            self._used[text] = found
        return found


def phrases_of(parser: budoux.Parser, text: str) -> Iterator[str]:
    """Yield the phrases of a text, none of which begins or ends where no line may.

    BudouX sees neighbouring letters and not words, so it cuts a number or the last letter off a word now and then.
    """
    phrase = ""
    for part in parser.parse(text):
        if phrase and _may_part(phrase, part):
            yield phrase
            phrase = part
        else:
            phrase += part
    if phrase:
        yield phrase


def _may_part(before: str, after: str) -> bool:
    last, first = before[-1], after[0]
    if first in _CLOSING or last in _OPENING or first.isspace() or last.isspace():
        return False
    if last.isascii() and first.isascii():
        return False
    if len(before) == 1 and _KANJI.match(last) and _KANJI.match(first):
        return False
    return _LONE_KANA.match(after) is None


@cache
def _parser(language: str) -> budoux.Parser | None:
    name = next((name for name in (language, language.partition("-")[0]) if name in _PARSERS), None)
    return _PARSERS[name]() if name else None


def _read(kept: Path) -> dict[str, str]:
    try:
        content = json.loads(kept.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
