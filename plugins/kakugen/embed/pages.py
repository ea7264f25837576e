"""A page for each checker that no page shows, so that turning a checker on is all that a site owner has to do.

In: the checkers of a site and the pages on which some of them stand. Out: Markdown by path.
"""

import json
from collections.abc import Collection, Mapping
from typing import Final

from kakugen.embed.form import form_texts
from kakugen_checkers.protocol import Checker

FOLDER: Final = "checkers"
"""The folder of these pages in the pages of each language."""


def checker_pages(
    checkers: Mapping[str, Checker], locale: str, placed: Collection[str], paths: Collection[str]
) -> Mapping[str, str]:
    """Return a page for each checker that stands on none.

    Args:
        checkers: the checkers of the site, by id.
        locale: the language of the pages.
        placed: ids of the checkers that a page shows.
        paths: the Markdown files that there are; none of them is replaced.

    Returns:
        Markdown by path, in the order of the checkers.
    """
    missing = {f"{FOLDER}/{id_}.md": checker for id_, checker in checkers.items() if id_ not in placed}
    return {path: _page(checker, locale) for path, checker in missing.items() if path not in paths}


def _page(checker: Checker, locale: str) -> str:
    title, intro = form_texts(checker, locale)
    return "\n".join(
        (
            "---",
            f"title: {json.dumps(title, ensure_ascii=False)}",
            f"description: {json.dumps(intro, ensure_ascii=False)}",
            "hide: [navigation, toc]",
            "---",
            f"# {title}\n",
            f"{intro}\n",
            f"/// checker | {checker.id}",
            "    level: 0",
            "///\n",
        )
    )
