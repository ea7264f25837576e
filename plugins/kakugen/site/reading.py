"""What is known in a build: read, checked, and freed of what is not published.

In: a ``Setting``, MkDocs' files, the checkers. Out: a ``Known``; or the faults of this language, told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mkdocs.structure.files import Files

from kakugen import embed, knowledge, pages
from kakugen.knowledge.safety import check_safety
from kakugen.site.setting import Setting
from kakugen_checkers.protocol import Checker


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known.

    Attributes:
        documents: the Markdown files of all languages.
        catalog: the articles and maxims that readers get to see.
        diagrams: the diagrams that they show.
        topics: the checker that finds each topic.
        endings: all that ends, by id.
        listed: the day on which each id was listed, by id.
        today: the day of the build.
    """

    documents: Sequence[knowledge.Document]
    catalog: knowledge.Catalog
    diagrams: Mapping[str, knowledge.Diagram]
    topics: Mapping[str, str]
    endings: Mapping[str, knowledge.Ending]
    listed: Mapping[str, date]
    today: date


def read_known(setting: Setting, files: Files, checkers: Mapping[str, Checker]) -> Known:
    """Read and check what is known; drafts, the ledger and diagrams leave ``files`` where they are not to be published.

    Raises:
        PluginError: something is wrong in the documents of this language.
    """
    code, options = setting.language.code, setting.options
    documents = list(pages.own_documents(files, setting.language, setting.config))
    own = {document.file for document in documents}
    for language in setting.languages:
        if language is not setting.language:
            documents.extend(pages.other_documents(language, setting.config))
    codes = tuple(language.code for language in setting.languages)
    every, faults = knowledge.read_catalog(documents, codes, setting.folders)
    topics = {topic: id_ for id_, checker in checkers.items() for topic in checker.topics}
    endings = embed.endings_in(checkers, code)
    today = date.today()
    background = knowledge.Background(
        topics=frozenset(topics),
        endings=frozenset(endings),
        sections=setting.sections,
        holds=options.holds,
        today=today,
    )
    faults += knowledge.check(every, background)
    faults += tuple(
        fault
        for page in (*every.entries, *every.pages)
        if page.language == code
        for fault in check_safety(page.text, page.file)
    )
    diagrams, broken = knowledge.read_diagrams(setting.diagrams, options.diagrams, codes)
    faults += broken
    faults += tuple(knowledge.check_diagrams(every, diagrams, broken))
    ledger, unlisted = _ledger(setting, every, today)

    def is_own(fault: knowledge.Fault) -> bool:
        """Each language reports its own faults, the main one those of what all share."""
        file = fault.place.file
        shared = file == options.ids or file.startswith(f"{options.diagrams}/")
        return file in own or (not setting.is_child and shared)

    setting.report(filter(is_own, (*faults, *unlisted)))
    catalog = every.published(drafts=setting.drafts)
    _leave_out(setting, files, every, catalog)
    return Known(
        documents=documents,
        catalog=catalog,
        diagrams=diagrams,
        topics=topics,
        endings=endings,
        listed={id_: day for ids in ledger.tables.values() for id_, day in ids.items()},
        today=today,
    )


def _ledger(
    setting: Setting, catalog: knowledge.Catalog, today: date
) -> tuple[knowledge.Ledger, tuple[knowledge.Fault, ...]]:
    name = setting.options.ids
    path = setting.home / name
    if not path.is_file():
        return knowledge.Ledger(file=name, tables={}), ()
    ledger, broken = knowledge.read_ledger(path.read_bytes(), name)
    return ledger, broken or knowledge.check_ledger(catalog, ledger, today)


def _leave_out(setting: Setting, files: Files, every: knowledge.Catalog, shown: knowledge.Catalog) -> None:
    """Take drafts out of a build that is published, and ledger and diagrams where they lie among the documents."""
    code = setting.language.code
    kept = set(shown.paths_in(code))
    for path in every.paths_in(code):
        if path not in kept:
            files.remove(files.src_uris[path])
    ledger = setting.home / setting.options.ids
    for file in list(files):
        source = Path(file.abs_src_path or "")
        if source == ledger or source.parent == setting.diagrams:
            files.remove(file)
