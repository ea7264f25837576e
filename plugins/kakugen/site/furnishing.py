"""What pages ask for while they are rendered: their furniture, where answers lead, what machines are told.

In: what is known and where its pages are. Out: ``Furnishings``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kakugen import embed, knowledge, machines, pages
from kakugen.languages import Language
from kakugen.site.reading import Known
from kakugen.site.setting import Setting
from kakugen_checkers.protocol import Checker


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnishings:
    """What pages ask for.

    Attributes:
        shelf: the reference tables.
        links: where answers lead.
        furnisher: what stands around articles and maxims.
        edition: what machines are told, or ``None`` where the address of the site is unknown.
    """

    shelf: pages.ReferenceShelf
    links: embed.SiteLinks
    furnisher: pages.Furnisher
    edition: machines.Edition | None


def furnish(
    setting: Setting,
    known: Known,
    checkers: Mapping[str, Checker],
    references: Sequence[knowledge.Reference],
    urls: Mapping[str, str],
    asked_on: Mapping[str, str],
    lists: Mapping[str, str],
) -> Furnishings:
    """Return what the pages of a language ask for.

    Args:
        setting: what the build is given.
        known: what is known.
        checkers: the checkers of the site, by id.
        references: the tables of the language.
        urls: the page of each Markdown file, relative to the root of the language.
        asked_on: the page of each checker that stands on one, likewise.
        lists: the lists of articles and of maxims, likewise, by kind.
    """
    catalog, code, prefix = known.catalog, setting.language.code, setting.language.prefix
    titles = embed.topic_titles(checkers, code)
    reports = _reports(setting)
    shelf = pages.ReferenceShelf(
        references=references,
        catalog=catalog,
        language=code,
        url_of=urls.__getitem__,
        reports=reports,
    )
    furnisher = pages.Furnisher(
        catalog=catalog,
        language=code,
        labels=setting.labels,
        checker_of=known.topics,
        checker_titles=embed.checker_titles(checkers, code),
        topic_titles=titles,
        topic_url=shelf.told_of,
        endings=known.endings,
        url_of=urls.__getitem__,
        reports=reports,
        holds=setting.options.holds,
        today=known.today,
    )
    links = _site_links(
        knowledge.answer_links(catalog, code, prefix),
        shelf,
        embed.checker_links(checkers, asked_on, code, prefix),
        setting.language,
        report=reports.unknown() if reports else "",
    )
    edition = _edition(setting, known, checkers, shelf, urls, asked_on, lists, titles) if setting.site_url else None
    return Furnishings(shelf=shelf, links=links, furnisher=furnisher, edition=edition)


def begin_url(setting: Setting) -> str:
    """Return where a new article of this language is begun; empty where that cannot be."""
    config, code = setting.config, setting.language.code
    return pages.write_url(
        config.repo_url or "",
        config.edit_uri or "",
        pages.shown_path(setting.language.docs, config),
        setting.options.articles_folder,
        knowledge.draft("article", setting.sections[code], code, confidence="unverified"),
        setting.options.write_url,
    )


def _reports(setting: Setting) -> pages.Reports | None:
    template = setting.options.report_url
    root = setting.site_url and setting.site_url + setting.language.prefix
    return pages.Reports(template=template, root=root, labels=setting.labels) if template else None


def _edition(
    setting: Setting,
    known: Known,
    checkers: Mapping[str, Checker],
    shelf: pages.ReferenceShelf,
    urls: Mapping[str, str],
    asked_on: Mapping[str, str],
    lists: Mapping[str, str],
    titles: Mapping[str, str],
) -> machines.Edition:
    named = embed.checker_titles(checkers, setting.language.code)
    tools = (
        machines.Tool(
            id=id_, title=named[id_], url=asked_on[id_], topics={topic: titles[topic] for topic in checker.topics}
        )
        for id_, checker in checkers.items()
        if id_ in asked_on
    )
    others = (language for language in setting.languages if language is not setting.language)
    return machines.Edition(
        language=setting.language.code,
        language_name=setting.language.name,
        name=setting.config.site_name,
        description=setting.config.site_description or "",
        site_url=setting.site_url,
        prefix=setting.language.prefix,
        siblings={language.code: (language.name, language.prefix) for language in others},
        catalog=known.catalog,
        tables=shelf.references,
        tools=tuple(tools),
        table_url=shelf.url,
        urls=urls,
        lists=lists,
        listed=known.listed,
        words=setting.labels,
        holds=setting.options.holds,
    )


def _site_links(
    links: knowledge.AnswerLinks,
    shelf: pages.ReferenceShelf,
    checkers: Mapping[str, embed.Link],
    language: Language,
    report: str,
) -> embed.SiteLinks:
    def link(page: knowledge.PageLink) -> embed.Link:
        return embed.Link(title=page.title, url=page.url)

    references: dict[str, list[embed.Link]] = {}
    for table in shelf.references:
        url = language.prefix + shelf.url(table)
        references.setdefault(table.checker, []).append(embed.Link(title=table.title, url=url))
    topics = {topic: [link(page) for page in found] for topic, found in links.topics.items()}
    for topic, page, url in shelf.entry_pages:
        topics.setdefault(topic, []).append(embed.Link(title=page.title, url=language.prefix + url))
    return embed.SiteLinks(
        topics=topics,
        maxims={id_: link(page) for id_, page in links.maxims.items()},
        checkers=checkers,
        references=references,
        report=report,
    )
