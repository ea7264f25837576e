"""Everything that is wrong with a knowledge base: all rules over all files.

In: a project. Out: faults in the order of their places, and the ledger of ids brought up to date.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from kakugen import embed, knowledge
from kakugen.commands.project import Project
from kakugen.knowledge.linkcheck import Surroundings, check_links
from kakugen.knowledge.personal import check_personal
from kakugen.knowledge.safety import check_safety

_TABLES: Final = "reference/"


def lint(project: Project, today: date, only: Collection[str] | None = None) -> tuple[knowledge.Fault, ...]:
    """Return all faults of a knowledge base.

    Args:
        project: the knowledge base.
        today: the day of the check.
        only: the files whose faults to return, as the author knows them; all by default.
    """
    catalog, faults = knowledge.read_catalog(project.documents(), project.codes, project.folders)
    found = [*faults, *knowledge.check(catalog, _background(project, today)), *_ids(project, catalog, today)]
    found += check_links(catalog, _surroundings(project, catalog), only)
    public = frozenset(map(str.lower, project.options.public_addresses))
    for page in (*catalog.entries, *catalog.pages):
        if only is None or page.file in only:
            found += check_safety(page.text, page.file)
            found += check_personal(page.text.body, page.file, page.text.first_line, public)
    shown = project.options.diagrams
    diagrams, broken = knowledge.read_diagrams(project.root / shown, shown, project.codes)
    found += [*broken, *knowledge.check_diagrams(catalog, diagrams, broken)]
    found += _unproven(project, catalog)
    if only is None:
        for origin, text in embed.example_texts(project.checkers, project.root):
            found += check_personal(text, origin, public=public)
    return tuple(sorted((fault for fault in found if only is None or fault.place.file in only), key=_order))


def fixed_ledger(project: Project, today: date) -> str:
    """Return the text of the ledger of ids with new ids listed and those without a file retired.

    Raises:
        ValueError: the ledger that there is cannot be read.
    """
    catalog, _ = knowledge.read_catalog(project.documents(), project.codes, project.folders)
    source = project.ledger.read_bytes() if project.ledger.is_file() else b""
    ledger, broken = knowledge.read_ledger(source, project.options.ids)
    if broken:
        raise ValueError(str(broken[0]))
    return knowledge.updated(catalog, ledger, today).text()


def _order(fault: knowledge.Fault) -> tuple[knowledge.Place, str]:
    return fault.place, fault.rule.number


def _background(project: Project, today: date) -> knowledge.Background:
    return knowledge.Background(
        topics=project.topics,
        endings=frozenset(embed.endings_in(project.checkers, project.codes[0])),
        sections=project.sections,
        holds=project.options.holds,
        today=today,
    )


def _ids(project: Project, catalog: knowledge.Catalog, today: date) -> tuple[knowledge.Fault, ...]:
    if not project.ledger.is_file():
        details = {"ledger": project.options.ids}
        return (knowledge.Fault(knowledge.Rule.NO_LEDGER, knowledge.Place(project.options.ids), details),)
    ledger, broken = knowledge.read_ledger(project.ledger.read_bytes(), project.options.ids)
    return broken or knowledge.check_ledger(catalog, ledger, today)


def _surroundings(project: Project, catalog: knowledge.Catalog) -> Surroundings:
    # Making the tables takes as long as all else together; most sites link to few of them.
    linked = any(_TABLES in link.target for page in (*catalog.entries, *catalog.pages) for link in page.text.links)
    made = {code: _made_pages(project, code, tables=linked) for code in project.codes}
    return Surroundings(
        files=frozenset(project.other_files()), made=made, sections=project.sections, roots=project.roots
    )


def _made_pages(project: Project, code: str, *, tables: bool) -> Mapping[str, frozenset[str] | None]:
    lists: dict[str, frozenset[str] | None] = {
        f"{project.folders.of(kind)}/index.md": None for kind in ("article", "maxim")
    }
    lists |= {f"{embed.FOLDER}/{checker}.md": None for checker in project.checkers}
    if project.options.rule_pages:
        lists |= {"rules/index.md": None, **{f"rules/{rule.number.lower()}.md": None for rule in knowledge.Rule}}
    if not tables:
        return lists
    tables_of = embed.references_in(project.checkers, code)
    references = {
        f"{_TABLES}{table.id}.md": frozenset(
            anchor for entry in table.entries for anchor in (entry.id, *entry.anchors, *(row.id for row in entry.rows))
        )
        for table in tables_of
    }
    own: dict[str, frozenset[str] | None] = {
        f"{_TABLES}{table.id}/{entry.id}.md": frozenset(row.id for row in entry.page.rows)
        for table in tables_of
        for entry in table.entries
        if entry.page is not None
    }
    return {**lists, f"{_TABLES}index.md": None, **references, **own}


def _unproven(project: Project, catalog: knowledge.Catalog) -> Iterator[knowledge.Fault]:
    claimed = {topic for entry in catalog.articles for topic in entry.about.all_topics} & project.topics
    unproven = embed.unproven_topics(project.checkers, claimed)
    for entry in catalog.articles:
        for at, topic in enumerate(entry.about.topics):
            if topic in unproven:
                yield knowledge.Fault(knowledge.Rule.UNPROVEN_TOPIC, entry.place("topics", at), {"word": topic})
