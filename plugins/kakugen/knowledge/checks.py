"""What must hold between the articles and maxims of a site.

In: a catalog and the topics that checkers find. Out: faults. Each check is a function of the catalog that
yields what breaks its rule.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from kakugen.knowledge.catalog import Catalog, Entry
from kakugen.knowledge.faults import Fault, Rule
from kakugen.knowledge.models import Article, Maxim, nearest


def check(catalog: Catalog, topics: frozenset[str]) -> tuple[Fault, ...]:
    """Return everything that does not hold.

    Args:
        catalog: the articles and maxims.
        topics: every topic that the checkers of the site can find.
    """
    return (
        *_repeated_ids(catalog),
        *_unknown_maxims(catalog),
        *_unknown_topics(catalog, topics),
        *_unused_maxims(catalog),
        *_translations(catalog),
    )


def _entries(catalog: Catalog) -> tuple[Entry[Article] | Entry[Maxim], ...]:
    return (*catalog.articles, *catalog.maxims)


def _repeated_ids(catalog: Catalog) -> Iterator[Fault]:
    first: dict[tuple[str, str], Entry[Article] | Entry[Maxim]] = {}
    for entry in _entries(catalog):
        other = first.setdefault((entry.language, entry.about.id), entry)
        if other is not entry:
            details = {"id": entry.about.id, "other": str(other.place("id"))}
            yield Fault(Rule.REPEATED_ID, entry.place("id"), details)


def _unknown_maxims(catalog: Catalog) -> Iterator[Fault]:
    cites = [
        *((entry.language, id_, place) for entry in _entries(catalog) for id_, place in entry.cites),
        *((mention.language, mention.maxim, mention.place) for mention in catalog.mentions),
    ]
    for language, id_, place in cites:
        if catalog.maxim(language, id_) is None and (language, id_) not in catalog.broken:
            known = frozenset(maxim.about.id for maxim in catalog.maxims_in(language))
            yield Fault(Rule.UNKNOWN_MAXIM, place, {"id": id_, "hint": _hint(id_, known)})


def _unknown_topics(catalog: Catalog, topics: frozenset[str]) -> Iterator[Fault]:
    for entry in catalog.articles:
        for index, topic in enumerate(entry.about.topics):
            if topic not in topics:
                details = {"topic": topic, "hint": _hint(topic, topics)}
                yield Fault(Rule.UNKNOWN_TOPIC, entry.place("topics", index), details)


def _unused_maxims(catalog: Catalog) -> Iterator[Fault]:
    unread = {language for language, _ in catalog.broken}
    for entry in catalog.maxims:
        # An article with faults may be the one that cites it.
        if entry.language not in unread and not catalog.citing(entry.language, entry.about.id):
            yield Fault(Rule.UNUSED_MAXIM, entry.place("id"), {"id": entry.about.id})


def _translations(catalog: Catalog) -> Iterator[Fault]:
    """Yield ids that some language lacks, once for each language that lacks them, at the file that exists."""
    entries = _entries(catalog)
    by_id = {(entry.language, entry.about.id): entry for entry in reversed(entries)}
    by_path = {(entry.language, entry.path): entry for entry in reversed(entries)}
    for entry in entries:
        for language in catalog.languages:
            if language == entry.language or (language, entry.about.id) in by_id:
                continue
            if not catalog.broken.isdisjoint({(language, entry.about.id), (language, entry.path)}):
                continue
            same_file = by_path.get((language, entry.path))
            if same_file is None:
                kind = entry.about.kind
                file = str(_sibling(entry, language))
                details = {"kind": kind, "id": entry.about.id, "language": language, "file": file}
                yield Fault(Rule.UNTRANSLATED, entry.place("id"), details)
            elif catalog.languages.index(language) < catalog.languages.index(entry.language):
                # Of two files that lie in the same place, the one in the main language is right.
                details = {"id": entry.about.id, "other": same_file.file, "other_id": same_file.about.id}
                yield Fault(Rule.OTHER_ID, entry.place("id"), details)


def _sibling(entry: Entry[Article] | Entry[Maxim], language: str) -> PurePosixPath:
    """Return the file in which the translation of an entry would stand."""
    root = entry.file.removesuffix(entry.path).rstrip("/")
    return PurePosixPath(root).parent / language / entry.path


def _hint(word: str, known: frozenset[str]) -> str:
    meant = nearest(word, known)
    if meant is not None:
        return f"Write '{meant}'."
    area = word.split("/", maxsplit=1)[0]
    close = sorted(name for name in known if name.split("/", maxsplit=1)[0] == area) or sorted(known)
    shown = ", ".join(close[:8]) + (", …" if len(close) > 8 else "")
    return f"There are: {shown}." if shown else "There is none yet."
