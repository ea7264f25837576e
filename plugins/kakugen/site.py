"""One build of one language: the rooms put together.

In: MkDocs' configuration, the plugin's options, and in a child build what its parent asks for. Out: pages.
The methods are called in the order in which they stand here; ``plugin`` says when.
"""

import logging
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, normalize_url

from kakugen import embed, knowledge, offline, pages, policy, runtime, search, sizes
from kakugen.config import KakugenConfig, LanguageConfig
from kakugen.knowledge import schema
from kakugen.knowledge.safety import check_safety
from kakugen.languages import BuildRequest, Language, Settings, fingerprint_of, languages_in


class Site:
    """The build of the pages of one language.

    Attributes:
        language: the language that is built.
        labels: its fixed words.
        is_child: whether another build has asked for this one; it publishes nothing that all languages share.
        drafts: whether articles that are still being written are shown: while the site is served.
        diagrams: the folder of the diagrams.
        checker_code: where code and data of checkers lie that may change while the site is served.
    """

    def __init__(
        self,
        config: MkDocsConfig,
        options: KakugenConfig,
        request: BuildRequest | None,
        log: logging.Logger | logging.LoggerAdapter[logging.Logger],
        *,
        serves: bool = False,
    ) -> None:
        self._config = config
        self._options = options
        self._request = request
        self._log = log
        self._languages = _languages(config, options)
        self._sections = {
            language.code: knowledge.section_words(language.code, _own_sections(options, language.code))
            for language in self._languages
        }
        self._folders = knowledge.Folders(articles=options.articles_folder, maxims=options.maxims_folder)
        self._faults: list[embed.PlacementFault] = []
        self.is_child = request is not None
        self.drafts = request.drafts if request else serves
        self.language = next(
            (language for language in self._languages if request and language.code == request.language),
            self._languages[0],
        )
        self.labels = pages.labels_for(self.language.code)
        self._is_kept = request.offline if request else options.offline and not serves
        self._site_url = request.site_url if request else config.site_url or ""
        self.checker_code: tuple[Path, ...] = ()
        self._code_read: str = ""

    def configure(self) -> None:
        """Point MkDocs and Material at the language, and turn the checkers on.

        Raises:
            PluginError: the theme is not Material, a language has no folder or a section that there is not, or a
                checker is not installed or has a table that cannot be shown.
        """
        config, root = self._config, "" if self.language.is_main else "../"
        if config.theme.name != "material":
            raise PluginError("Kakugen needs Material for MkDocs. Write in mkdocs.yml: 'theme: {name: material}'.")
        for language in self._languages:
            if not language.docs.is_dir():
                shown = pages.shown_path(language.docs, config)
                raise PluginError(f"The language '{language.code}' has no documents. Make the folder {shown}/.")
            known = knowledge.section_ids()
            for section in _own_sections(self._options, language.code).keys() - known:
                raise PluginError(
                    f"The language '{language.code}' has words for a section '{section}' that there is not. "
                    f"Write one of {', '.join(sorted(known))}."
                )
        self._point_edits_at(self.language)
        config.docs_dir = str(self.language.docs)
        config.theme["language"] = self.language.code
        if self._site_url:
            config.site_url = self._site_url + self.language.prefix
        self._apply_options(self._options.languages.get(self.language.code))
        pages.apply_theme(config, self.labels, root)
        config.extra_css.insert(1, root + embed.STYLES)
        for path in (pages.published_theme().script, embed.ENTRY):
            config.extra_javascript.append(_module(root + path))
        if len(self._languages) > 1:
            # True and not a list: Material shows its language switch, which our template fills for each page,
            # and writes no links of its own into the head.
            config.extra["alternate"] = True
        try:
            self.checker_code = runtime.editable_code(runtime.find_checkers(self._options.checkers))
            self._code_read = fingerprint_of(self.checker_code)
            self._checkers = embed.installed_checkers(self._options.checkers)
            self._references = {
                language.code: embed.references_in(self._checkers, language.code) for language in self._languages
            }
        except (embed.CheckerNotInstalledError, embed.ReferenceTableError, runtime.PackError) as error:
            raise PluginError(str(error)) from error

    def build_pack(self) -> None:
        """Build the runtime pack, or take it from the cache or from the parent.

        Raises:
            PluginError: it cannot be built.
        """
        self._pack: runtime.Pack | None = None
        self._pack_path = self._request.pack if self._request else ""
        if self._request is not None or not self._checkers:
            return
        cache = Path(self._config.config_file_path).parent / self._options.cache
        try:
            self._pack = runtime.build_pack(runtime.find_checkers(tuple(self._checkers)), cache)
        except runtime.PackError as error:
            raise PluginError(str(error)) from error
        self._pack_path = f"assets/kakugen/pack/{self._pack.hash}/"
        self._log.info(self._pack.summary)
        if self._log.isEnabledFor(logging.DEBUG):
            self._log.debug("What readers load:\n%s", sizes.size_table(self._loaded(self._pack)))

    def _loaded(self, pack: runtime.Pack) -> Mapping[str, Mapping[str, Path]]:
        """Return the files that a page loads for its checkers, by when it does."""
        before, after = "client, with the page", "client, when the reader turns to it"
        loaded: dict[str, dict[str, Path]] = {before: {}, after: {}}
        for name, path in embed.client_files().items():
            when = before if name in (embed.ENTRY, embed.STYLES) else after
            loaded[when][name.removeprefix(f"{embed.DIRECTORY}/")] = path
        return {**loaded, "runtime pack": {file.name: pack.directory / file.name for file in pack.files}}

    def settings(self, *, dirty: bool) -> Settings:
        """Return what the builds of the other languages need to know."""
        config = self._config
        custom = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        return Settings(
            languages=(self.language,) if self.is_child else self._languages,
            config=Path(config.config_file_path),
            inputs=(
                Path(config.config_file_path),
                *custom,
                pages.TEMPLATES.parent,
                *self.checker_code,
                self.diagrams,
                *map(Path, config.watch),
            ),
            site=Path(config.site_dir),
            site_url=self._site_url,
            pack=self._pack_path,
            offline=self._is_kept,
            drafts=self.drafts,
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
        config, code = self._config, self.language.code
        documents = list(pages.own_documents(files, self.language, config))
        own = {document.file for document in documents}
        for language in self._languages:
            if language is not self.language:
                documents.extend(pages.other_documents(language, config))
        codes = tuple(language.code for language in self._languages)
        every, faults = knowledge.read_catalog(documents, codes, self._folders)
        topics = {topic: id_ for id_, checker in self._checkers.items() for topic in checker.topics}
        endings = embed.endings_in(self._checkers, code)
        today = date.today()
        background = knowledge.Background(
            topics=frozenset(topics),
            endings=frozenset(endings),
            sections=self._sections,
            holds=self._options.holds,
            today=today,
        )
        faults += knowledge.check(every, background)
        faults += tuple(
            fault
            for page in (*every.entries, *every.pages)
            if page.language == code
            for fault in check_safety(page.text, page.file)
        )
        diagrams, broken = knowledge.read_diagrams(self.diagrams, self._options.diagrams, codes)
        faults += broken
        faults += tuple(knowledge.check_diagrams(every, diagrams, broken))
        self._report([fault for fault in (*faults, *self._check_ids(every, today)) if self._is_own(fault, own)])
        catalog = every.published(drafts=self.drafts)
        paths = self._add_lists(catalog, documents, files)
        catalog = replace(catalog, checkers=self._asked_on(catalog, paths))
        if config.nav is None:
            asking = [path for path in catalog.checkers[code].values() if path != "index.md"]
            config.nav = pages.default_nav(paths[code], self._references[code], self._folders, self.labels, asking)
            for path in catalog.paths_in(code):
                files.src_uris[path].inclusion = InclusionLevel.NOT_IN_NAV
        self._leave_out(files, every, catalog)
        self._switch = pages.LanguageSwitch(
            language=self.language, languages=self._languages, pages=paths, site_url=self._site_url
        )
        urls = {file.src_uri: file.url for file in files.documentation_pages()}
        self._lists = {kind: urls.get(f"{self._folders.of(kind)}/index.md", "") for kind in ("article", "maxim")}
        self._write_url = self._begin_url()
        reports = self._reports()
        shelf = pages.ReferenceShelf(
            references=self._references[code],
            catalog=catalog,
            language=code,
            url_of=urls.__getitem__,
            reports=reports,
        )
        asked_on = {id_: urls[path].removeprefix("./") for id_, path in catalog.checkers[code].items() if path in urls}
        self._links = _site_links(
            knowledge.answer_links(catalog, code, self.language.prefix),
            shelf,
            embed.checker_links(self._checkers, asked_on, self.language.code, self.language.prefix),
            self.language,
            report=reports.unknown() if reports else "",
        )
        self._furnisher = pages.Furnisher(
            catalog=catalog,
            language=code,
            labels=self.labels,
            checker_of=topics,
            checker_titles=embed.checker_titles(self._checkers, code),
            topic_titles=embed.topic_titles(self._checkers, code),
            topic_url=shelf.told_of,
            endings=endings,
            url_of=urls.__getitem__,
            reports=reports,
            holds=self._options.holds,
            today=today,
        )
        self._add_redirects(files, catalog)
        self._blocks = pages.KnowledgeExtension(catalog, shelf, code, diagrams)
        self._placer = embed.CheckerExtension(self._checkers, on_fault=self._faults.append)
        written = {document.url for document in documents if document.language == code}
        unwritten = [
            (asked_on[id_], *embed.form_texts(checker, code))
            for id_, checker in self._checkers.items()
            if id_ in asked_on and asked_on[id_] not in written
        ]
        self._add_search(pages.search_documents(shelf, documents, unwritten), files)
        config.markdown_extensions.extend([self._blocks, self._placer])
        self._templates = config.theme.get_env()
        self._templates.globals["label"] = self.labels
        if not self.is_child:
            self._publish(files)

    def _reports(self) -> pages.Reports | None:
        template = self._options.report_url
        root = self._site_url and self._site_url + self.language.prefix
        return pages.Reports(template=template, root=root, labels=self.labels) if template else None

    def _begin_url(self) -> str:
        """Return where a new article of this language is begun; empty where that cannot be."""
        config, code = self._config, self.language.code
        return pages.write_url(
            config.repo_url or "",
            config.edit_uri or "",
            pages.shown_path(self.language.docs, config),
            self._options.articles_folder,
            knowledge.draft("article", self._sections[code], code, confidence="unverified"),
            self._options.write_url,
        )

    def enter(self, page: Page, markdown: str) -> None:
        """Prepare for converting a page."""
        root = get_relative_url(".", self.language.prefix + page.url.removeprefix("./"))
        self._placer.page = embed.PageContext(
            path=pages.shown_path(page.file.abs_src_path or page.file.src_uri, self._config),
            # Faults are found by line in the whole file; only a page with a checker can have any.
            text=page.file.content_string if "checker" in markdown else markdown,
            root=root.rstrip("/"),
            locale=self.language.code,
            pack=self._pack_path,
            links=self._links,
            offline=embed.Offline(worker=offline.WORKER, group=self.language.code) if self._is_kept else None,
        )
        self._blocks.file = pages.shown_path(page.file.abs_src_path or page.file.src_uri, self._config)
        self._blocks.render = partial(_render, self._templates, page)
        entry = self._furnisher.catalog.at(self.language.code, page.file.src_uri)
        self._blocks.anchors = self._sections[self.language.code].anchors(entry.about.kind) if entry else {}
        if entry is not None:
            page.meta.setdefault("description", entry.about.summary)
        # Its own index is not asked, so it need not be made.
        page.meta["search"] = {"exclude": True}
        if page.is_homepage:
            page.meta.setdefault("hide", ["navigation", "toc"])

    def report_placements(self) -> None:
        """Report the checkers that could not be placed.

        Raises:
            PluginError: there are any.
        """
        faults = [*map(str, self._faults), *self._blocks.faults]
        for fault in faults:
            self._log.error(fault)
        if faults:
            raise PluginError(_counted(len(faults)))

    def own_search(self, html: str) -> str:
        """Return the head of a page with our worker in the place of the theme's."""
        return pages.with_search_worker(html, ("" if self.language.is_main else "../") + self._search.worker)

    def view(self, page: Page | None) -> pages.PageView:
        """Return what the templates show around a page; ``None`` is one without a text, such as 404."""
        path = page.file.src_uri if page else ""
        return pages.PageView(
            alternates=self._switch.of(path, page.url) if page else self._switch.homes(),
            is_home=bool(page and page.is_homepage),
            article=self._furnisher.article(path),
            maxim=self._furnisher.maxim(path),
            articles_url=self._lists["article"],
            maxims_url=self._lists["maxim"],
            write_url=self._write_url,
            is_list=path == f"{self._folders.of('article')}/index.md",
        )

    def write_policy(self) -> None:
        """Let the pages of the whole site load what they hold now, and nothing else.

        Raises:
            PluginError: a page loads something from elsewhere.
        """
        site = Path(self._config.site_dir)
        use = policy.read_site(site, self._site_url)
        for fault in use.faults:
            self._log.error(str(fault))
        if use.faults:
            raise PluginError(_counted(len(use.faults)))
        policy.write_policy(site, use, runs_python=self._pack is not None)

    def write_offline(self) -> None:
        """Let readers keep the whole site as it is written now, or let browsers forget what they have of it."""
        site = Path(self._config.site_dir)
        if not (self._is_kept and self._pack):
            (site / offline.WORKER).write_text(offline.removal_script(), "utf-8")
            return
        prefixes = {language.code: language.prefix for language in self._languages}
        inventory = offline.read_site(
            site,
            prefixes,
            first=b"<kakugen-checker",
            is_needed=lambda _language, path: pages.is_ever_loaded(path),
        )
        offline.write_offline(site, inventory)

    def _point_edits_at(self, language: Language) -> None:
        """Let links for editing lead into the folder of the language: MkDocs knows of one folder of documents."""
        inside = "" if language.docs == Path(self._config.docs_dir) else f"{language.docs.name}/"
        if self._config.edit_uri and not self._config.repo_url and "://" not in self._config.edit_uri:
            # So that mkdocs.yml may leave the repository to the environment: without one, nothing can be edited.
            self._config.edit_uri = None
        if self._config.edit_uri:
            self._config.edit_uri = f"{self._config.edit_uri.rstrip('/')}/{inside}"
        elif self._config.edit_uri_template:
            self._config.edit_uri_template = self._config.edit_uri_template.replace("{path}", inside + "{path}")

    @property
    def diagrams(self) -> Path:
        """The folder of the diagrams."""
        return Path(self._config.config_file_path).parent / self._options.diagrams

    def _check_ids(self, catalog: knowledge.Catalog, today: date) -> tuple[knowledge.Fault, ...]:
        path = Path(self._config.config_file_path).parent / self._options.ids
        if not path.is_file():
            return ()
        ledger, broken = knowledge.read_ledger(path.read_bytes(), self._options.ids)
        return broken or knowledge.check_ledger(catalog, ledger, today)

    def _is_own(self, fault: knowledge.Fault, own: Collection[str]) -> bool:
        """Return whether this build reports a fault: each language its own, the main one what all share."""
        file = fault.place.file
        shared = file == self._options.ids or file.startswith(f"{self._options.diagrams}/")
        return file in own or (not self.is_child and shared)

    def _leave_out(self, files: Files, every: knowledge.Catalog, shown: knowledge.Catalog) -> None:
        """Take drafts out of a build that is published, and ledger and diagrams where they lie among the documents."""
        kept = set(shown.paths_in(self.language.code))
        for path in every.paths_in(self.language.code):
            if path not in kept:
                files.remove(files.src_uris[path])
        ledger = Path(self._config.config_file_path).parent / self._options.ids
        for file in list(files):
            source = Path(file.abs_src_path or "")
            if source == ledger or source.parent == self.diagrams:
                files.remove(file)

    def _add_redirects(self, files: Files, catalog: knowledge.Catalog) -> None:
        config = self._config

        def place_of(path: str) -> tuple[str, str]:
            file = File(path, config.docs_dir, config.site_dir, config.use_directory_urls)
            return file.dest_uri, file.url

        for path, content in pages.redirect_pages(catalog, self.language.code, place_of, self.labels).items():
            files.append(File.generated(config, path, content=content))

    def _apply_options(self, options: LanguageConfig | None) -> None:
        if options is None:
            return
        config = self._config
        config.site_name = options.site_name or config.site_name
        config.site_description = options.site_description or config.site_description
        config.copyright = options.copyright or config.copyright
        config.nav = options.nav or config.nav

    def _report(self, faults: list[knowledge.Fault]) -> None:
        errors = [fault for fault in faults if fault.severity is knowledge.Severity.ERROR]
        for fault in sorted(faults, key=lambda fault: fault.place):
            write = self._log.error if fault in errors else self._log.warning
            write(str(fault))
        if errors:
            raise PluginError(_counted(len(errors)))

    def _add_lists(
        self, catalog: knowledge.Catalog, documents: list[knowledge.Document], files: Files
    ) -> Mapping[str, frozenset[str]]:
        """Add the lists and tables that this language lacks; return all Markdown files of each language."""
        paths: dict[str, frozenset[str]] = {}
        unlisted = frozenset(pages.entry_paths(self._references[self.language.code]))
        for language in self._languages:
            own = frozenset(document.path for document in documents if document.language == language.code)
            made = {
                **embed.checker_pages(self._checkers, language.code, catalog.checkers[language.code], own),
                **pages.generated_pages(catalog, language.code, self._folders, own, self.labels),
                **pages.reference_pages(self._references[language.code], own, self.labels),
                **(pages.rule_pages(own, self.labels) if self._options.rule_pages else {}),
            }
            paths[language.code] = own | made.keys()
            if language is self.language:
                for path, markdown in made.items():
                    files.append(File.generated(self._config, path, content=markdown))
                    if path.startswith("rules/") or path in unlisted:
                        files.src_uris[path].inclusion = InclusionLevel.NOT_IN_NAV
        return paths

    def _asked_on(
        self, catalog: knowledge.Catalog, paths: Mapping[str, frozenset[str]]
    ) -> dict[str, Mapping[str, str]]:
        """Return the page of each checker in each language, those that nobody wrote among them, in the site's order."""
        asked_on: dict[str, Mapping[str, str]] = {}
        for language, placed in catalog.checkers.items():
            known = {id_: placed.get(id_, f"{embed.FOLDER}/{id_}.md") for id_ in self._checkers}
            asked_on[language] = {id_: path for id_, path in known.items() if path in paths[language]}
        return asked_on

    def _add_search(self, documents: list[search.SearchDocument], files: Files) -> None:
        cache = Path(self._config.config_file_path).parent / self._options.cache
        try:
            self._search = search.build_search(documents, cache, prefix=self.language.prefix)
            shared = {} if self.is_child else search.shared_files(cache)
        except search.SearchUnavailableError as error:
            raise PluginError(str(error)) from error
        for path, content in {self._search.path: self._search.index, **shared}.items():
            files.append(File.generated(self._config, path, content=content))

    def _publish(self, files: Files) -> None:
        """Add what all languages share: once, at the root of the site."""
        for path, content in pages.published_theme().files.items():
            files.append(File.generated(self._config, path, content=content))
        files.append(File.generated(self._config, schema.PUBLISHED, content=schema.schema_text()))
        for path, source in embed.client_files().items():
            files.append(File.generated(self._config, path, abs_src_path=str(source)))
        if self._pack is not None:
            for source in sorted(path for path in self._pack.directory.rglob("*") if path.is_file()):
                path = self._pack_path + source.relative_to(self._pack.directory).as_posix()
                files.append(File.generated(self._config, path, abs_src_path=str(source)))


def _languages(config: MkDocsConfig, options: KakugenConfig) -> tuple[Language, ...]:
    names = {code: language.name for code, language in options.languages.items()}
    return languages_in(Path(config.docs_dir), names, str(config.theme.get("language") or "en"))


def _own_sections(options: KakugenConfig, language: str) -> Mapping[str, str]:
    own = options.languages.get(language)
    return own.sections if own else {}


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


def _render(templates: Environment, page: Page, name: str, values: Mapping[str, object]) -> str:
    """Render a template for a place inside the text of a page."""
    return templates.get_template(name).render(page=page, base_url=normalize_url(".", page), **values)


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script


def _counted(faults: int) -> str:
    return f"{faults} {'fault has' if faults == 1 else 'faults have'} to be corrected first; see above."
