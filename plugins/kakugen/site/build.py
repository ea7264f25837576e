"""The build of the pages of one language: what is read, made and shown, in the order in which MkDocs asks for it."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, normalize_url

from kakugen import embed, knowledge, machines, offline, pages, runtime, sizes
from kakugen.config import KakugenConfig
from kakugen.languages import BuildRequest, Settings, fingerprint_of
from kakugen.site import adding, configuring, finishing
from kakugen.site.furnishing import begin_url, furnish
from kakugen.site.reading import read_known
from kakugen.site.setting import Log, Setting


class Site:
    """The build of the pages of one language.

    Attributes:
        setting: what the build is given.
        checker_code: where code and data of checkers lie that may change while the site is served.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        options: KakugenConfig,
        request: BuildRequest | None,
        log: Log,
        *,
        serves: bool = False,
    ) -> None:
        self.setting = Setting.of(config, options, request, log, serves=serves)
        self.checker_code: tuple[Path, ...] = ()
        self._code_read = ""
        self._faults: list[embed.PlacementFault] = []
        self._pack: runtime.Pack | None = None
        self._pack_path = request.pack if request else ""
        code = self.setting.language.code
        self._phrases = pages.Phrases(code, self.setting.cache / "phrases" / f"{code}.json")

    @property
    def diagrams(self) -> Path:
        """The folder of the diagrams."""
        return self.setting.diagrams

    @property
    def is_child(self) -> bool:
        """Whether another build has asked for this one."""
        return self.setting.is_child

    def configure(self) -> None:
        """Point MkDocs and Material at the language, and turn the checkers on.

        Raises:
            PluginError: the site is not set up as it must be, or a checker is not installed or has a table that cannot
                be shown.
        """
        configuring.configure(self.setting)
        wanted = self.setting.options.checkers
        try:
            self.checker_code = runtime.editable_code(runtime.find_checkers(wanted))
            self._code_read = fingerprint_of(self.checker_code)
            self._checkers = embed.installed_checkers(wanted)
            self._references = {
                language.code: embed.references_in(self._checkers, language.code) for language in self.setting.languages
            }
        except (embed.CheckerNotInstalledError, embed.ReferenceTableError, runtime.PackError) as error:
            raise PluginError(str(error)) from error

    def build_pack(self) -> None:
        """Build the runtime pack, or take it from the cache or from the parent.

        Raises:
            PluginError: it cannot be built.
        """
        if self.is_child or not self._checkers:
            return
        try:
            self._pack = runtime.build_pack(runtime.find_checkers(tuple(self._checkers)), self.setting.cache)
        except runtime.PackError as error:
            raise PluginError(str(error)) from error
        self._pack_path = f"assets/kakugen/pack/{self._pack.hash}/"
        log = self.setting.log
        log.info(self._pack.summary)
        if log.isEnabledFor(logging.DEBUG):
            log.debug("What readers load:\n%s", sizes.size_table(finishing.loaded_files(self._pack)))

    def settings(self, *, dirty: bool) -> Settings:
        """Return what the builds of the other languages need to know."""
        setting, config = self.setting, self.setting.config
        custom = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        return Settings(
            languages=(setting.language,) if setting.is_child else setting.languages,
            config=Path(config.config_file_path),
            inputs=(
                Path(config.config_file_path),
                *custom,
                pages.TEMPLATES.parent,
                *self.checker_code,
                setting.diagrams,
                *map(Path, config.watch),
            ),
            site=setting.site,
            site_url=setting.site_url,
            pack=self._pack_path,
            offline=setting.is_kept,
            drafts=setting.drafts,
            strict=config.strict,
            dirty=dirty,
        )

    def forget_changed_checkers(self) -> None:
        """Before another build in the same process: let checkers that have changed be read again."""
        if fingerprint_of(self.checker_code) != self._code_read:
            embed.forget_code(self.checker_code)

    def read(self, files: Files) -> None:
        """Read and check what is known, and add the files that nobody wrote.

        Raises:
            PluginError: something is wrong in the documents of this language.
        """
        setting, config, code = self.setting, self.setting.config, self.setting.language.code
        known = read_known(setting, files, self._checkers)
        paths = adding.add_lists(setting, files, known, self._checkers, self._references)
        known = replace(known, catalog=replace(known.catalog, checkers=self._asked_on(known.catalog, paths)))
        catalog = known.catalog
        if config.nav is None:
            asking = [path for path in catalog.checkers[code].values() if path != "index.md"]
            references = self._references[code]
            config.nav = pages.default_nav(paths[code], references, setting.folders, setting.labels, asking)
            # What no list of ours holds lies in a folder of the owner's, and is reached by links.
            for path in files.src_uris.keys() & paths[code] - pages.nav_paths(config.nav):
                files.src_uris[path].inclusion = InclusionLevel.NOT_IN_NAV
        self._switch = pages.LanguageSwitch(
            language=setting.language, languages=setting.languages, pages=paths, site_url=setting.site_url
        )
        urls = {file.src_uri: file.url for file in files.documentation_pages()}
        self._lists = {kind: urls.get(f"{setting.folders.of(kind)}/index.md", "") for kind in ("article", "maxim")}
        asked_on = {id_: urls[path].removeprefix("./") for id_, path in catalog.checkers[code].items() if path in urls}
        self._write_url = begin_url(setting)
        furnishings = furnish(setting, known, self._checkers, self._references[code], urls, asked_on, self._lists)
        self._links, self._furnisher, self._edition = furnishings.links, furnishings.furnisher, furnishings.edition
        self._blocks = pages.KnowledgeExtension(catalog, furnishings.shelf, code, known.diagrams)
        self._placer = embed.CheckerExtension(self._checkers, on_fault=self._faults.append)
        self._cards = adding.add_cards(setting, files, catalog, self._phrases)
        adding.add_redirects(setting, files, catalog)
        written = {document.url for document in known.documents if document.language == code}
        unwritten = [
            pages.AskingPage(url=asked_on[id_], title=title, intro=intro)
            for id_, checker in self._checkers.items()
            if id_ in asked_on and asked_on[id_] not in written
            for title, intro in [embed.form_texts(checker, code)]
        ]
        found = pages.search_documents(furnishings.shelf, known.documents, unwritten)
        self._search = adding.add_search(setting, files, found)
        config.markdown_extensions.extend([self._blocks, self._placer])
        self._templates = config.theme.get_env()
        self.teach(self._templates)
        if not setting.is_child:
            adding.add_shared(setting, files, self._pack, self._pack_path)

    def _asked_on(
        self, catalog: knowledge.Catalog, paths: Mapping[str, frozenset[str]]
    ) -> dict[str, Mapping[str, str]]:
        """Return the page of each checker in each language, those that nobody wrote among them, in the site's order."""
        asked_on: dict[str, Mapping[str, str]] = {}
        for language, placed in catalog.checkers.items():
            known = {id_: placed.get(id_, f"{embed.FOLDER}/{id_}.md") for id_ in self._checkers}
            asked_on[language] = {id_: path for id_, path in known.items() if path in paths[language]}
        return asked_on

    def enter(self, page: Page, markdown: str) -> None:
        """Prepare for converting a page."""
        setting = self.setting
        language, file = setting.language, page.file
        shown = pages.shown_path(file.abs_src_path or file.src_uri, setting.config)
        self._placer.page = embed.PageContext(
            path=shown,
            # Faults are found by line in the whole file; only a page with a checker can have any.
            text=file.content_string if "checker" in markdown else markdown,
            root=get_relative_url(".", language.prefix + page.url.removeprefix("./")).rstrip("/"),
            locale=language.code,
            pack=self._pack_path,
            links=self._links,
            offline=embed.Offline(worker=offline.WORKER, group=language.code) if setting.is_kept else None,
        )
        self._blocks.file = shown
        self._blocks.render = partial(_render, self._templates, page)
        entry = self._furnisher.catalog.at(language.code, file.src_uri)
        self._blocks.anchors = setting.sections[language.code].anchors(entry.about.kind) if entry else {}
        if entry is not None:
            page.meta.setdefault("description", entry.about.summary)
        # Its own index is not asked, so it need not be made.
        page.meta["search"] = {"exclude": True}
        if page.is_homepage:
            page.meta.setdefault("hide", ["navigation", "toc"])

    def report_placements(self) -> None:
        """Report the blocks that could not be placed.

        Raises:
            PluginError: there are any.
        """
        self.setting.refuse([*self._faults, *self._blocks.faults])

    def teach(self, templates: Environment) -> None:
        """Give templates the words and filters that they use."""
        templates.globals["label"] = self.setting.labels
        templates.filters["own_search"] = self._own_search
        templates.filters["phrases"] = self._phrases

    def typeset(self, content: str) -> str:
        """Return the HTML of a page with headings that break between phrases."""
        return self._phrases.in_headings(content)

    def _own_search(self, html: str) -> str:
        """Return the head of a page with our worker in the place of the theme's."""
        root = "" if self.setting.language.is_main else "../"
        return pages.with_search_worker(html, root + self._search.worker)

    def view(self, page: Page | None) -> pages.PageView:
        """Return what the templates show around a page; ``None`` is one without a text, such as 404."""
        path = page.file.src_uri if page else ""
        is_home = bool(page and page.is_homepage)
        return pages.PageView(
            alternates=self._switch.of(path, page.url) if page else self._switch.homes(),
            is_home=is_home,
            article=self._furnisher.article(path),
            maxim=self._furnisher.maxim(path),
            articles_url=self._lists["article"],
            maxims_url=self._lists["maxim"],
            write_url=self._write_url,
            is_list=path == f"{self.setting.folders.articles}/index.md",
            **self._for_machines(path, is_home=is_home),
        )

    def sitemap(self, page: Page) -> pages.SitemapEntry:
        """Return what the sitemap says of a page beside its address."""
        entry = self._furnisher.catalog.at(self.setting.language.code, page.file.src_uri)
        return pages.SitemapEntry(
            checked=entry.about.checked if entry else None,
            alternates=self._switch.of(page.file.src_uri, page.url),
        )

    def _for_machines(self, path: str, *, is_home: bool) -> dict[str, str]:
        """Return what the head of a page tells machines."""
        if self._edition is None:
            return {}
        entry = self._edition.catalog.at(self.setting.language.code, path)
        card = self._cards.get(entry.about.id if entry else "") or self._cards.get("")
        told = {"feed": machines.FEED, "card": self._edition.address(card) if card else ""}
        if entry is not None or is_home:
            told["structured"] = machines.structured_data(self._edition, entry, told["card"])
        if entry is not None:
            told["markdown"] = machines.markdown_url(entry.url)
        return told

    def finish_language(self) -> None:
        """Write the search and what machines read of the language, and keep what the next build needs again."""
        finishing.write_search(self.setting, self._search)
        finishing.write_for_machines(self.setting, self._edition)
        self._phrases.keep()

    def finish(self) -> None:
        """Write what depends on the pages of all languages.

        Raises:
            PluginError: a page loads something from elsewhere.
        """
        # Not while serving: MkDocs puts a script of its own into each page on its way to the browser.
        if not self.setting.serves:
            finishing.write_policy(self.setting, runs_python=self._pack is not None)
        finishing.write_offline(self.setting, has_pack=self._pack is not None)


def _render(templates: Environment, page: Page, name: str, values: Mapping[str, object]) -> str:
    """Render a template for a place inside the text of a page."""
    return templates.get_template(name).render(page=page, base_url=normalize_url(".", page), **values)
