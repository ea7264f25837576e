"""What must hold between the articles and maxims of a site.

In: a catalog and what checkers know. Out: faults. Each check is a function of the catalog that yields what breaks its
rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Final

from kakugen.knowledge.catalog import HOST, Catalog, Entry
from kakugen.knowledge.faults import Fault, Place, Term
from kakugen.knowledge.models import Article, Confidence, Maxim
from kakugen.knowledge.revision import revision_of
from kakugen.knowledge.rules import Rule
from kakugen.knowledge.sections import SectionWords
from kakugen.knowledge.validation import nearest

EARLY: Final = timedelta(days=30)
"""How long before a review is due it is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What the checks need to know beside the catalog.

    Attributes:
        topics: every topic that the checkers of the site can find.
        endings: every ending that they know of.
        sections: the sections in each language; a language that is missing is not checked for them.
        holds: for how many days an article may be relied on after it was checked, where it does not say.
        today: the day of the check.
    """

    topics: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    sections: Mapping[str, SectionWords] = field(default_factory=dict)
    holds: int
    today: date


def check(catalog: Catalog, background: Background) -> tuple[Fault, ...]:
    """Return everything that does not hold.

    Args:
        catalog: the articles and maxims.
        background: what else there is.
    """
    return (
        *_repeated_ids(catalog),
        *_unknown_maxims(catalog),
        *_unknown_topics(catalog, background.topics),
        *_unknown_hosts(catalog, background.topics),
        *_unknown_endings(catalog, background.endings),
        *_unknown_related(catalog),
        *_taken_slugs(catalog),
        *_unused_maxims(catalog),
        *_translations(catalog),
        *_revisions(catalog),
        *_reviews(catalog, background),
        *_sections(catalog, background.sections),
    )


def review_day(entry: Entry[Article] | Entry[Maxim], holds: int) -> date:
    """Return the last day on which an article or a maxim may be relied on without looking again.

    Args:
        entry: it.
        holds: the number of days where it does not say.
    """
    return entry.about.checked + timedelta(days=entry.about.holds or holds)


def _repeated_ids(catalog: Catalog) -> Iterator[Fault]:
    first: dict[tuple[str, str], Entry[Article] | Entry[Maxim]] = {}
    for entry in catalog.entries:
        other = first.setdefault((entry.language, entry.about.id), entry)
        if other is not entry:
            details = {"id": entry.about.id, "other": str(other.place("id"))}
            yield Fault(Rule.REPEATED_ID, entry.place("id"), details)


def _unknown_maxims(catalog: Catalog) -> Iterator[Fault]:
    cites = [
        *((entry.language, id_, place) for entry in catalog.entries for id_, place in entry.cites),
        *((mention.language, mention.maxim, mention.place) for mention in catalog.mentions),
    ]
    for language, id_, place in cites:
        if catalog.maxim(language, id_) is None and (language, id_) not in catalog.broken:
            known = frozenset(maxim.about.id for maxim in catalog.maxims_in(language))
            yield _unknown(Rule.UNKNOWN_MAXIM, place, id_, known)


def _unknown_topics(catalog: Catalog, topics: frozenset[str]) -> Iterator[Fault]:
    for entry in catalog.articles:
        for index, topic in enumerate(entry.about.topics):
            if topic not in topics:
                yield _unknown(Rule.UNKNOWN_TOPIC, entry.place("topics", index), topic, topics)


def _unknown_hosts(catalog: Catalog, topics: frozenset[str]) -> Iterator[Fault]:
    known = frozenset(topic.removeprefix(HOST) for topic in topics if topic.startswith(HOST))
    if not known:
        return
    for entry in catalog.articles:
        for index, host in enumerate(entry.about.hosts):
            if host not in known:
                yield _unknown(Rule.UNKNOWN_HOST, entry.place("hosts", index), host, known)


def _unknown_endings(catalog: Catalog, endings: frozenset[str]) -> Iterator[Fault]:
    for entry in catalog.articles:
        for index, ending in enumerate(entry.about.ends):
            if ending not in endings:
                yield _unknown(Rule.UNKNOWN_ENDING, entry.place("ends", index), ending, endings)


def _unknown_related(catalog: Catalog) -> Iterator[Fault]:
    for entry in catalog.articles:
        for index, id_ in enumerate(entry.about.related):
            found = catalog.article(entry.language, id_)
            if found is None and (entry.language, id_) not in catalog.broken:
                # An article that is still to be translated is missing already.
                if any(catalog.article(language, id_) is not None for language in catalog.languages):
                    continue
                known = frozenset(other.about.id for other in catalog.articles if other.language == entry.language)
                yield _unknown(Rule.UNKNOWN_RELATED, entry.place("related", index), id_, known - {entry.about.id})


def _taken_slugs(catalog: Catalog) -> Iterator[Fault]:
    paths = {(page.language, page.path): page.file for page in (*catalog.entries, *catalog.pages)}
    for entry in catalog.entries:
        for index, path in enumerate(entry.old_paths):
            other = paths.get((entry.language, path))
            last = catalog.moved(entry.language, path)
            if other is None and last is not None and last.file != entry.file:
                other = last.file
            if other is not None:
                details = {"slug": entry.about.moved_from[index], "other": other}
                yield Fault(Rule.TAKEN_SLUG, entry.place("moved_from", index), details)


def _unused_maxims(catalog: Catalog) -> Iterator[Fault]:
    unread = {language for language, _ in catalog.broken}
    for entry in catalog.maxims:
        # An article with faults may be the one that cites it.
        if entry.language not in unread and not catalog.citing(entry.language, entry.about.id):
            yield Fault(Rule.UNUSED_MAXIM, entry.place("id"), {"id": entry.about.id})


def _translations(catalog: Catalog) -> Iterator[Fault]:
    """Yield ids that some language lacks, once for each language that lacks them, at the file that exists."""
    entries = catalog.entries
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
                file = str(_sibling(entry, language))
                details = {"kind": Term(entry.about.kind), "id": entry.about.id, "language": language, "file": file}
                yield Fault(Rule.UNTRANSLATED, entry.place("id"), details)
            elif catalog.languages.index(language) < catalog.languages.index(entry.language):
                # Of two files that lie in the same place, the one in the main language is right.
                details = {"id": entry.about.id, "other": same_file.file, "other_id": same_file.about.id}
                yield Fault(Rule.OTHER_ID, entry.place("id"), details)


def _sibling(entry: Entry[Article] | Entry[Maxim], language: str) -> PurePosixPath:
    """Return the file in which the translation of an entry would stand."""
    root = entry.file.removesuffix(entry.path).rstrip("/")
    return PurePosixPath(root).parent / language / entry.path


def _revisions(catalog: Catalog) -> Iterator[Fault]:
    main = catalog.languages[0]
    originals = {entry.about.id: entry for entry in catalog.entries if entry.language == main}
    revisions: dict[str, str] = {}
    for entry in catalog.entries:
        original = originals.get(entry.about.id)
        if entry.language == main or original is None or entry.about.confidence is Confidence.DRAFT:
            continue
        revision = revisions.setdefault(entry.about.id, revision_of(original))
        if entry.about.revision != revision:
            details = {"original": original.file, "revision": revision, "old": entry.about.revision or ""}
            rule = Rule.NO_REVISION if entry.about.revision is None else Rule.LAGGING
            yield Fault(rule, entry.place("id" if entry.about.revision is None else "revision"), details)


def _reviews(catalog: Catalog, background: Background) -> Iterator[Fault]:
    for entry in catalog.entries:
        if entry.about.confidence in {Confidence.DRAFT, Confidence.RETIRED}:
            continue
        day = review_day(entry, background.holds)
        details = {"day": day.isoformat(), "checked": entry.about.checked.isoformat()}
        if day < background.today:
            yield Fault(Rule.REVIEW_DUE, entry.place("checked"), details)
        elif day - EARLY <= background.today:
            yield Fault(Rule.REVIEW_SOON, entry.place("checked"), details)


def _sections(catalog: Catalog, sections: Mapping[str, SectionWords]) -> Iterator[Fault]:
    for entry in catalog.entries:
        if entry.language in sections and entry.about.confidence is not Confidence.RETIRED:
            yield from sections[entry.language].check(entry.about.kind, entry.text, entry.file)


def _unknown(rule: Rule, place: Place, word: str, known: frozenset[str]) -> Fault:
    """Return the fault that a word is not one of those known, with the one that was probably meant."""
    meant = nearest(word, known)
    if meant is not None:
        return Fault(rule, place, {"word": word, "nearest": meant}, "near")
    area = word.split("/", maxsplit=1)[0]
    close = sorted(name for name in known if name.split("/", maxsplit=1)[0] == area) or sorted(known)
    shown = ", ".join(close[:8]) + (", …" if len(close) > 8 else "")
    return Fault(rule, place, {"word": word, "known": shown}, "known" if shown else "none")
