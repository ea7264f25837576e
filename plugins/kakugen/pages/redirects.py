"""Pages at the old addresses of what has moved: each leads on by itself, also without JavaScript.

In: the catalog. Out: HTML by path of the published file, relative to the root of the language.
"""

import html
from collections.abc import Callable, Mapping
from typing import Final

from mkdocs.utils import get_relative_url

from kakugen.knowledge import Catalog
from kakugen.pages.labels import Labels

_PAGE: Final = """\
<!doctype html>
<html lang="{locale}">
<meta charset="utf-8">
<title>{title}</title>
<meta name="robots" content="noindex">
<link rel="canonical" href="{url}">
<meta http-equiv="refresh" content="0; url={url}">
<p><a href="{url}">{text}</a></p>
</html>
"""


def redirect_pages(
    catalog: Catalog, language: str, place_of: Callable[[str], tuple[str, str]], labels: Labels
) -> Mapping[str, str]:
    """Return the pages that lead from old addresses to new ones.

    Args:
        catalog: all articles and maxims that are published.
        language: the code of the language.
        place_of: the published file and the address of a Markdown file, there or not.
        labels: the words of the language.
    """
    pages: dict[str, str] = {}
    for path, entry in catalog.moves(language):
        published, url = place_of(path)
        pages[published] = _PAGE.format(
            locale=html.escape(language),
            title=html.escape(entry.about.title),
            url=html.escape(get_relative_url(entry.url or ".", url)),
            text=html.escape(labels("page.moved", title=entry.about.title)),
        )
    return pages
