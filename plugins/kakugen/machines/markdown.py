"""Articles and maxims as plain Markdown, beside their pages: for language models and for people with a text editor.

In: an entry of the catalog. Out: Markdown that stands alone: title, summary, what holds of it, the text with its blocks
written out and its links leading to the web, the sources.
"""

import posixpath
import re
from typing import Any, Final
from urllib.parse import urlsplit

from kakugen.knowledge import Article, Entry, MarkdownText, Maxim
from kakugen.machines.publication import Edition

MARKDOWN: Final = "index.html.md"
"""The name beside a page whose address ends in a slash. Source: https://llmstxt.org, "Proposal"."""

_BLOCK: Final = re.compile(
    r"^/{3,}[ ]*(?P<name>[a-z]+)(?:[ ]*\|[ ]*(?P<argument>[^\n]*?))?[ ]*\n(?P<content>.*?)^/{3,}[ ]*$",
    re.MULTILINE | re.DOTALL,
)
_ATTRIBUTES: Final = re.compile(r"[ \t]*\{:[^}\n]*\}[ \t]*$", re.MULTILINE)
_TARGET: Final = re.compile(r"\]\(\s*(?:<(?P<angle>[^>\n]*)>|(?P<plain>[^)\s]+))")


def markdown_url(url: str) -> str:
    """Return where the Markdown of a page is published, relative as the page's own address is."""
    url = url.removeprefix("./")
    return url + MARKDOWN if url.endswith("/") or not url else f"{url}.md"


def markdown_page(edition: Edition, entry: Entry[Article] | Entry[Maxim]) -> str:
    """Return an article or a maxim as Markdown."""
    about = entry.about
    parts = [f"# {about.title}", f"> {about.summary}", "\n".join(_facts(edition, entry)), _text(edition, entry)]
    if isinstance(about, Article):
        sources = "\n".join(f"- [{source.title}]({source.url}) ({source.seen})" for source in about.sources)
        parts.append(f"## {edition.words('article.sources')}\n\n{sources}")
    return "\n\n".join(part for part in parts if part) + "\n"


def _facts(edition: Edition, entry: Entry[Any]) -> list[str]:
    about: Article | Maxim = entry.about
    facts = [("article.page", edition.address(entry.url)), ("article.checked", about.checked.isoformat())]
    if isinstance(about, Article):
        facts.insert(1, ("article.actor", edition.words(f"actors.{about.actor}")))
        facts.append(("article.confidence", edition.words(f"confidence.{about.confidence.value}")))
    elif about.said_by:
        facts.insert(1, ("maxim.by", about.said_by))
    return [f"- {edition.words(name)}: {value}" for name, value in facts]


def _text(edition: Edition, entry: Entry[Any]) -> str:
    text = entry.text.body.strip()
    if "///" in text:
        text = _outside_fences(_BLOCK, lambda found: _block(edition, found), text)
    if "{:" in text:
        text = _ATTRIBUTES.sub("", text)
    if "](" in text:
        text = _with_web_links(edition, entry.path, text)
    return text


def _block(edition: Edition, found: re.Match[str]) -> str:
    argument = found["argument"] or ""
    match found["name"]:
        case "maxim":
            maxim = edition.catalog.maxim(edition.language, argument)
            if maxim is None:
                return ""
            return f"> [{maxim.about.title}]({edition.address(markdown_url(maxim.url))})\n> {maxim.about.summary}"
        case "actor":
            return f"{edition.words('article.actor')}: {edition.words(f'actors.{argument}')}"
        case _:
            return found["content"].strip()


def _outside_fences(pattern: re.Pattern[str], write: Any, text: str) -> str:
    plain = MarkdownText(text).outside_fences
    parts, end = [], 0
    for found in pattern.finditer(plain):
        parts += [text[end : found.start()], write(pattern.match(text, found.start()) or found)]
        end = found.end()
    return "".join((*parts, text[end:]))


def _with_web_links(edition: Edition, path: str, text: str) -> str:
    """Return a text in which links between files lead to the web: to the Markdown of articles and maxims."""
    plain = MarkdownText(text).outside_code
    parts, end = [], 0
    for found in _TARGET.finditer(plain):
        name = "angle" if found["angle"] is not None else "plain"
        parts += [text[end : found.start(name)], _on_the_web(edition, path, found[name])]
        end = found.end(name)
    return "".join((*parts, text[end:]))


def _on_the_web(edition: Edition, path: str, target: str) -> str:
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return target
    file = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
    known = edition.catalog.at(edition.language, file)
    url = markdown_url(known.url) if known is not None else edition.urls.get(file, file)
    return edition.address(url) + (f"#{parts.fragment}" if parts.fragment and known is None else "")
