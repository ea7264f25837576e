"""Reading the Markdown files of a site into its catalog.

In: ``Document``s, the Markdown files of all languages. Out: a ``Catalog`` of all that are right, and what is wrong with
the others, each file by itself.
"""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from kakugen.knowledge.catalog import Catalog, Document, Entry, Folders, Mention, PlainPage
from kakugen.knowledge.faults import Fault, Place, Term
from kakugen.knowledge.frontmatter import FrontMatter, read_front_matter
from kakugen.knowledge.models import KINDS, Article, Maxim
from kakugen.knowledge.rules import Rule
from kakugen.knowledge.text import MarkdownText
from kakugen.knowledge.validation import nearest, validated


def read_catalog(
    documents: Iterable[Document], languages: tuple[str, ...], folders: Folders
) -> tuple[Catalog, tuple[Fault, ...]]:
    """Read the articles and maxims among documents.

    Args:
        documents: the Markdown files of all languages; those that are neither are left alone.
        languages: the languages of the site, the main one first.
        folders: where articles and maxims lie.

    Returns:
        The catalog of all that are right, and what is wrong with the others.
    """
    articles: list[Entry[Article]] = []
    maxims: list[Entry[Maxim]] = []
    pages: list[PlainPage] = []
    mentions: list[Mention] = []
    checkers: dict[str, dict[str, str]] = {language: {} for language in languages}
    broken: set[tuple[str, str]] = set()
    faults: list[Fault] = []
    for document in documents:
        head = read_front_matter(document.source, document.file)
        text = MarkdownText(head.body, head.body_line)
        for checker, _ in text.blocks("checker"):
            known = checkers[document.language].setdefault(checker, document.path)
            if known != document.path == "index.md":
                checkers[document.language][checker] = document.path
        found: list[Fault] = list(head.faults)
        match _kind(head, document, folders, found):
            case "article":
                articles.extend(_entry(Article, head, text, document, found))
            case "maxim":
                maxims.extend(_entry(Maxim, head, text, document, found))
            case _:
                page = PlainPage(language=document.language, path=document.path, file=document.file, text=text)
                pages.append(page)
                mentions.extend(
                    Mention(language=document.language, maxim=id_, place=Place(document.file, line))
                    for id_, line in text.blocks("maxim")
                )
        if found:
            faults.extend(found)
            names = (document.path, PurePosixPath(document.path).stem, str(head.values.get("id")))
            broken.update((document.language, name) for name in names)
    catalog = Catalog(
        languages=languages,
        articles=tuple(articles),
        maxims=tuple(maxims),
        pages=tuple(pages),
        mentions=tuple(mentions),
        checkers=checkers,
        broken=frozenset(broken),
    )
    return catalog, tuple(faults)


def _kind(head: FrontMatter, document: Document, folders: Folders, faults: list[Fault]) -> str | None:
    """Return the kind of a document; add what is wrong with it to ``faults``."""
    expected = folders.kind(document.path)
    if "kind" not in head.values:
        if expected is not None and not faults:
            faults.append(
                Fault(
                    Rule.MISSING_KIND, Place(document.file, head.line(())), {"kind": Term(expected), "word": expected}
                )
            )
        return None
    kind = head.values["kind"]
    if isinstance(kind, str) and kind in KINDS:
        return kind
    meant = nearest(str(kind), KINDS) or expected or "article"
    place = Place(document.file, head.line(("kind",)))
    faults.append(Fault(Rule.UNKNOWN_KIND, place, {"value": f"'{str(kind)[:60]}'", "nearest": meant}))
    return None


def _entry[M: (Article, Maxim)](
    model: type[M], head: FrontMatter, text: MarkdownText, document: Document, faults: list[Fault]
) -> Iterator[Entry[M]]:
    """Yield the document as an entry, or add what is wrong to ``faults``."""
    about = validated(model, head, document.file)
    if isinstance(about, tuple):
        # A value that could not be read has been named; that it has the wrong type too helps nobody.
        named = {fault.place for fault in faults}
        faults.extend(fault for fault in about if fault.place not in named)
        return
    maxims: tuple[str, ...] = about.maxims if isinstance(about, Article) else ()
    yield Entry(
        about=about,
        language=document.language,
        path=document.path,
        url=document.url,
        file=document.file,
        head=head,
        text=text,
        cites=(
            *((id_, Place(document.file, head.line(("maxims", at)))) for at, id_ in enumerate(maxims)),
            *((id_, Place(document.file, line)) for id_, line in text.blocks("maxim")),
        ),
    )
