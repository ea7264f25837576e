"""The plugin: MkDocs' hooks, each a few lines that call the rooms.

In: MkDocs' configuration and files. Out: the site. What is done is in ``site``; here is when.
"""

import os
from typing import TYPE_CHECKING, Literal, override

from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from kakugen.config import KakugenConfig
from kakugen.languages import Assembly, BuildRequest, LanguageBuildError, Settings, folders_of
from kakugen.site import Site

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger(__name__)


class KakugenPlugin(BasePlugin[KakugenConfig]):  # type: ignore[no-untyped-call]
    """Kakugen for MkDocs. One object lives through a ``serve`` session; ``site`` is new for each build."""

    def __init__(self) -> None:
        self.assembly = Assembly()
        self.dirty = False
        self.serves = False
        self.site: Site
        self.settings: Settings

    @override
    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn how the build was started."""
        self.dirty = dirty
        self.serves = command == "serve"

    # Before the search plugin, which asks for the theme's language.
    @event_priority(100)
    @override
    def on_config(self, config: "MkDocsConfig") -> "MkDocsConfig":
        """Set up the language that is built."""
        request = BuildRequest.from_environment(os.environ)
        self.site = Site(config, self.config, request, log, serves=self.serves)
        self.site.configure()
        return config

    @override
    def on_pre_build(self, *, config: "MkDocsConfig") -> None:
        """Build the runtime pack, and save what is still right of the other languages."""
        self.site.build_pack()
        self.settings = self.site.settings(dirty=self.dirty)
        self.assembly.put_aside(self.settings)

    @override
    def on_files(self, files: "Files", *, config: "MkDocsConfig") -> "Files":
        """Start building the other languages; read and check what is known; add what is generated."""
        if not self.site.is_child:
            self.assembly.start(self.settings, self.settings.languages)
        self.site.read(files)
        return files

    @override
    def on_page_markdown(self, markdown: str, *, page: "Page", config: "MkDocsConfig", files: "Files") -> None:
        """Tell the Markdown blocks where the page stands."""
        self.site.enter(page, markdown)

    @override
    def on_page_content(self, html: str, *, page: "Page", config: "MkDocsConfig", files: "Files") -> str:
        """Let the lines of headings break between phrases."""
        return self.site.typeset(html)

    @override
    def on_env(self, env: "Environment", *, config: "MkDocsConfig", files: "Files") -> "Environment":
        """Report what was wrong in the pages; give the templates their words."""
        self.site.report_placements()
        self.site.teach(env)
        return env

    @override
    def on_page_context(
        self, context: "TemplateContext", *, page: "Page", config: "MkDocsConfig", nav: "Navigation"
    ) -> "TemplateContext":
        """Give the templates what stands around the page's text."""
        context["kakugen"] = self.site.view(page)  # type: ignore[typeddict-unknown-key]
        return context

    @override
    def on_template_context(
        self, context: "TemplateContext", *, template_name: str, config: "MkDocsConfig"
    ) -> "TemplateContext":
        """Give pages without a text, such as 404, the language switch."""
        context["kakugen"] = self.site.view(None)  # type: ignore[typeddict-unknown-key]
        if template_name == "sitemap.xml":
            context["sitemap"] = self.site.sitemap  # type: ignore[typeddict-unknown-key]
        return context

    # After the other plugins, which may still write pages.
    @event_priority(-100)
    @override
    def on_post_build(self, *, config: "MkDocsConfig") -> None:
        """Wait for the other languages, then write what depends on all pages of the whole site."""
        self.site.finish_language()
        try:
            self.assembly.finish(self._warn)
        except LanguageBuildError as error:
            raise PluginError(str(error)) from error
        self.assembly.finished_main(self.settings)
        if not self.site.is_child:
            self.site.finish()

    @override
    def on_build_error(self, *, error: Exception) -> None:
        """End the builds of the other languages."""
        self.assembly.abandon()

    @override
    def on_shutdown(self) -> None:
        """End what an interrupted build has left running."""
        self.assembly.abandon()

    @override
    def on_serve(
        self, server: "LiveReloadServer", *, config: "MkDocsConfig", builder: "Callable[..., None]"
    ) -> "LiveReloadServer":
        """Watch the documents of every language and the checkers, and build only what changed."""
        for language in self.settings.languages:
            server.watch(str(language.docs))
        if self.site.diagrams.is_dir():
            server.watch(str(self.site.diagrams))
        for folder in (folder for root in self.site.checker_code for folder in folders_of(root)):
            server.watch(str(folder), recursive=False)
        server.builder = lambda: self._rebuild(builder)
        return server

    def _rebuild(self, builder: "Callable[..., None]") -> None:
        stale = self.assembly.stale(self.settings)
        if any(language.is_main for language in stale):
            self.site.forget_changed_checkers()
            builder()
            return
        log.info("Building %s", ", ".join(language.name for language in stale) or "nothing: no page is affected")
        try:
            self.assembly.start(self.settings, stale)
            self.assembly.finish(self._warn)
        except LanguageBuildError as error:
            self.assembly.abandon()
            raise Abort(str(error)) from error

    def _warn(self, language: str, text: str) -> None:
        log.warning(f"[{language}] {text}")
