"""All that is published for machines, by path.

In: an edition. Out: text by published path. ``is_for_machines`` tells these files from those that readers open.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kakugen.machines.api import FOLDER, INDEX, api_files, index_text, schema_files
from kakugen.machines.feed import feed
from kakugen.machines.llms import NAME, llms_text
from kakugen.machines.markdown import markdown_page, markdown_url
from kakugen.machines.publication import FEED, Edition

ROBOTS: Final = "robots.txt"
"""Where crawlers look for sitemaps first, relative to the root of the whole site."""


def language_files(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield what each language has of its own with its path, relative to the root of the language."""
    yield FEED, feed(edition)
    yield NAME, llms_text(edition)
    yield from api_files(edition)
    for entry in edition.entries:
        yield markdown_url(entry.url), markdown_page(edition, entry)


def shared_files(edition: Edition) -> Mapping[str, str]:
    """Return what all languages share, by path relative to the root of the whole site.

    Args:
        edition: the main language.
    """
    prefixes = (edition.prefix, *(prefix for _, prefix in edition.siblings.values()))
    return {**schema_files(), INDEX: index_text(edition), ROBOTS: _robots(edition.site_url, prefixes)}


def is_for_machines(path: str) -> bool:
    """Return whether a file is none that a reader's browser opens.

    Args:
        path: the file, relative to the root of a language.
    """
    return path in (FEED, NAME, ROBOTS) or path.startswith(f"{FOLDER}/") or path.endswith(".html.md")


def _robots(site_url: str, prefixes: Sequence[str]) -> str:
    # Each language has a sitemap of its own, because instant navigation looks for one at the root of its language.
    sitemaps = "".join(f"Sitemap: {site_url}{prefix}sitemap.xml\n" for prefix in prefixes)
    return f"User-agent: *\nAllow: /\n\n{sitemaps}"
