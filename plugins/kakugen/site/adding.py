"""The files that nobody wrote: lists, tables, old addresses, the search, cards, and what all languages share.

In: a ``Setting``, what is known, MkDocs' files. Out: the same files with these among them.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel

from kakugen import cards, embed, knowledge, pages, runtime, search
from kakugen.knowledge import schema
from kakugen.site.reading import Known
from kakugen.site.setting import Setting
from kakugen_checkers.protocol import Checker

_WORD: Final = re.compile(r"\S+\s*")


def add_lists(
    setting: Setting,
    files: Files,
    known: Known,
    checkers: Mapping[str, Checker],
    references: Mapping[str, tuple[knowledge.Reference, ...]],
) -> Mapping[str, frozenset[str]]:
    """Add the lists and tables that this language lacks; return all Markdown files of each language."""
    paths: dict[str, frozenset[str]] = {}
    unlisted = frozenset(pages.entry_paths(references[setting.language.code]))
    for language in setting.languages:
        code = language.code
        own = frozenset(document.path for document in known.documents if document.language == code)
        made = {
            **embed.checker_pages(checkers, code, known.catalog.checkers[code], own),
            **pages.generated_pages(known.catalog, code, setting.folders, own, setting.labels),
            **pages.reference_pages(references[code], own, setting.labels),
            **(pages.rule_pages(own, setting.labels) if setting.options.rule_pages else {}),
        }
        paths[code] = own | made.keys()
        if language is setting.language:
            for path, markdown in made.items():
                files.append(File.generated(setting.config, path, content=markdown))
                if path.startswith("rules/") or path in unlisted:
                    files.src_uris[path].inclusion = InclusionLevel.NOT_IN_NAV
    return paths


def add_redirects(setting: Setting, files: Files, catalog: knowledge.Catalog) -> None:
    """Add a page at each old address of what has moved."""
    config = setting.config

    def place_of(path: str) -> tuple[str, str]:
        file = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
        return file.dest_uri, file.url

    moved = pages.redirect_pages(catalog, setting.language.code, place_of, setting.labels)
    _add(setting, files, moved)


def add_search(setting: Setting, files: Files, documents: Iterable[search.SearchDocument]) -> search.BuiltSearch:
    """Add what the search of the language needs; return it, whose index ``finishing`` writes when it is made.

    Raises:
        PluginError: it cannot be made.
    """
    try:
        built = search.build_search(list(documents), setting.cache, prefix=setting.language.prefix)
        shared = {} if setting.is_child else search.shared_files(setting.cache)
    except search.SearchUnavailableError as error:
        raise PluginError(str(error)) from error
    _add(setting, files, shared)
    return built


def add_cards(setting: Setting, files: Files, catalog: knowledge.Catalog, phrases: pages.Phrases) -> Mapping[str, str]:
    """Add a card for each maxim and one for all other pages; return where each is, by id, the last under ``""``.

    Where none can be made there are none, which is told once.
    """
    if not setting.site_url:
        return {}
    try:
        maker = cards.card_maker(setting.cache)
    except cards.CardsUnavailableError as error:
        if not setting.is_child:
            setting.log.info(str(error))
        return {}
    config, code = setting.config, setting.language.code
    label = setting.labels("maxim.eyebrow")
    said = {entry.about.id: (entry.about.title, label) for entry in catalog.maxims_in(code)}
    made: dict[str, str] = {}
    for id_, (text, kind) in {"": (config.site_description or config.site_name, ""), **said}.items():
        cut = phrases.of(text) or _WORD.findall(text)
        png = maker.png(cards.CardWords(phrases=tuple(cut), site=config.site_name, label=kind))
        if png is not None:
            made[id_] = f"{cards.FOLDER}/{id_ or 'site'}.png"
            files.append(File.generated(config, made[id_], content=png))
    return made


def add_shared(setting: Setting, files: Files, pack: runtime.Pack | None, pack_path: str) -> None:
    """Add what all languages share: once, at the root of the site."""
    _add(setting, files, {**pages.published_theme().files, schema.PUBLISHED: schema.schema_text()})
    for path, source in embed.client_files().items():
        files.append(File.generated(setting.config, path, abs_src_path=str(source)))
    if pack is not None:
        for source in sorted(path for path in pack.directory.rglob("*") if path.is_file()):
            path = pack_path + source.relative_to(pack.directory).as_posix()
            files.append(File.generated(setting.config, path, abs_src_path=str(source)))


def _add(setting: Setting, files: Files, made: Mapping[str, str]) -> None:
    for path, content in made.items():
        files.append(File.generated(setting.config, path, content=content))
