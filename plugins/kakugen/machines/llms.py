"""``llms.txt``: what the site holds, for language models, with the Markdown of each page.

In: an edition. Out: Markdown in the order that https://llmstxt.org asks for: the name, what the site is, then lists of
links under headings.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from kakugen.machines.api import CATALOG, table_path
from kakugen.machines.markdown import markdown_url
from kakugen.machines.publication import FEED, Edition

NAME: Final = "llms.txt"
"""Where it is published, relative to the root of the language."""


def llms_text(edition: Edition) -> str:
    """Return the ``llms.txt`` of a language."""
    words = edition.words
    parts = [f"# {edition.name}"]
    if edition.description:
        parts.append(f"> {_line(edition.description)}")
    tools = ((tool.title, tool.url, "") for tool in edition.tools)
    articles = ((entry.about.title, markdown_url(entry.url), entry.about.summary) for entry in edition.articles)
    maxims = ((entry.about.title, markdown_url(entry.url), entry.about.summary) for entry in edition.maxims)
    tables = ((table.title, table_path(table.id), table.intro) for table in edition.tables)
    for name, links in (("asking", tools), ("articles", articles), ("maxims", maxims), ("reference", tables)):
        if listed := "\n".join(_list(edition, links)):
            parts.append(f"## {words(f'nav.{name}')}\n\n{listed}")
    optional = [*_list(edition, [("catalog.json", CATALOG, ""), (FEED, FEED, "")])]
    optional += [f"- [{name}]({edition.site_url}{prefix}{NAME})" for name, prefix in edition.siblings.values()]
    # This heading is a word of the format, the same in every language.
    parts.append("## Optional\n\n" + "\n".join(optional))
    return "\n\n".join(parts) + "\n"


def _list(edition: Edition, links: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for title, url, note in links:
        name = _line(title).replace("[", "(").replace("]", ")")
        yield f"- [{name}]({edition.address(url)})" + (f": {_line(note)}" if note else "")


def _line(text: str) -> str:
    return " ".join(text.split())
