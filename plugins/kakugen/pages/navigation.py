"""What a site gets without anybody writing it: the lists of articles and maxims, and the navigation.

In: the catalog, the reference tables and the files of a language. Out: Markdown for the missing lists, and a
short ``nav``: the lists stand for what they hold, because the whole navigation on every page makes large sites
slow.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from kakugen.knowledge import Catalog, Folders, Reference
from kakugen.pages.labels import Labels
from kakugen.pages.references import reference_nav


def generated_pages(
    catalog: Catalog, language: str, folders: Folders, paths: Collection[str], labels: Labels
) -> Mapping[str, str]:
    """Return the lists that a language lacks.

    Args:
        catalog: all articles and maxims.
        language: the code of the language.
        folders: where articles and maxims lie.
        paths: the Markdown files that the language has.
        labels: its words.

    Returns:
        Markdown by path.
    """
    lists = (
        ("articles", folders.articles, catalog.articles_in(language)),
        ("maxims", folders.maxims, catalog.maxims_in(language)),
    )
    return {
        f"{folder}/index.md": f"---\nhide: [navigation, toc]\n---\n# {labels(f'nav.{name}')}\n\n/// {name}\n///\n"
        for name, folder, entries in lists
        if entries and f"{folder}/index.md" not in paths
    }


def nav_paths(nav: Iterable[object]) -> frozenset[str]:
    """Return the Markdown files that a navigation names."""
    found: set[str] = set()
    for item in nav:
        match item:
            case str():
                found.add(item)
            case dict():
                found |= nav_paths(item.values())
            case list():
                found |= nav_paths(item)
    return frozenset(found)


def default_nav(
    paths: Collection[str],
    references: Sequence[Reference],
    folders: Folders,
    labels: Labels,
    asking: Sequence[str] = (),
) -> list[str | Mapping[str, str | list[str]]]:
    """Return the navigation of a language whose owner wrote none.

    Args:
        paths: its Markdown files, the generated ones among them.
        references: its reference tables.
        folders: where articles and maxims lie.
        labels: its words.
        asking: the pages on which readers ask something, besides the home page.
    """
    titled = (
        (f"{folders.articles}/index.md", labels("nav.articles")),
        (f"{folders.maxims}/index.md", labels("nav.maxims")),
    )
    lists = [{title: path} for path, title in titled if path in paths]
    return [
        *([{labels("nav.home"): "index.md"}] if "index.md" in paths else []),
        *([{labels("nav.asking"): list(asking)}] if asking else []),
        *lists,
        *reference_nav(references, labels),
        *sorted(path for path in paths if "/" not in path and path not in ("index.md", *asking)),
    ]
