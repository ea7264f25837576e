"""What one build is given: MkDocs' configuration, the plugin's options, and what a parent build asks for.

In: these three. Out: a ``Setting``, which does not change while the site is built, and the way faults are told.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from kakugen import knowledge, pages
from kakugen.config import KakugenConfig
from kakugen.languages import BuildRequest, Language, languages_in

type Log = logging.Logger | logging.LoggerAdapter[logging.Logger]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What one build is given.

    Attributes:
        config: MkDocs' configuration; ``configuring`` changes what is in it.
        options: the plugin's options.
        request: what a parent build asks for, or ``None`` in a build that has no parent.
        log: where to tell what happens.
        languages: all languages, the main one first.
        site_url: the address of the whole site; empty when unknown.
        serves: whether the site is built for ``mkdocs serve``.
    """

    config: MkDocsConfig
    options: KakugenConfig
    request: BuildRequest | None
    log: Log
    languages: tuple[Language, ...]
    site_url: str
    serves: bool

    @classmethod
    def of(
        cls, config: MkDocsConfig, options: KakugenConfig, request: BuildRequest | None, log: Log, *, serves: bool
    ) -> "Setting":
        """Return the setting of a build."""
        names = {code: language.name for code, language in options.languages.items()}
        return cls(
            config=config,
            options=options,
            request=request,
            log=log,
            languages=languages_in(Path(config.docs_dir), names, str(config.theme.get("language") or "en")),
            site_url=request.site_url if request else config.site_url or "",
            serves=serves,
        )

    @cached_property
    def language(self) -> Language:
        """The language that is built."""
        wanted = self.request.language if self.request else ""
        return next((language for language in self.languages if language.code == wanted), self.languages[0])

    @property
    def is_child(self) -> bool:
        """Whether another build has asked for this one; it publishes nothing that all languages share."""
        return self.request is not None

    @property
    def drafts(self) -> bool:
        """Whether articles that are still being written are shown: while the site is served."""
        return self.request.drafts if self.request else self.serves

    @property
    def is_kept(self) -> bool:
        """Whether readers can keep the site for times without a network."""
        return self.request.offline if self.request else self.options.offline and not self.serves

    @cached_property
    def labels(self) -> pages.Labels:
        """The fixed words of the language."""
        return pages.labels_for(self.language.code)

    @property
    def folders(self) -> knowledge.Folders:
        """Where articles and maxims lie."""
        return knowledge.Folders(articles=self.options.articles_folder, maxims=self.options.maxims_folder)

    @cached_property
    def sections(self) -> Mapping[str, knowledge.SectionWords]:
        """The headings of the fixed sections in each language."""
        return {
            language.code: knowledge.section_words(language.code, self.own_sections(language.code))
            for language in self.languages
        }

    def own_sections(self, language: str) -> Mapping[str, str]:
        """Return the headings that the owner has worded otherwise."""
        own = self.options.languages.get(language)
        return own.sections if own else {}

    @property
    def home(self) -> Path:
        """The folder of ``mkdocs.yml``."""
        return Path(self.config.config_file_path).parent

    @property
    def diagrams(self) -> Path:
        """The folder of the diagrams."""
        return self.home / self.options.diagrams

    @property
    def cache(self) -> Path:
        """The folder for what need not be made again."""
        return self.home / self.options.cache

    @property
    def site(self) -> Path:
        """The folder of the pages of the language: of a main build, that of the whole site."""
        return Path(self.config.site_dir)

    def report(self, faults: Iterable[knowledge.Fault]) -> None:
        """Tell faults, in the order of files and lines.

        Raises:
            PluginError: an error is among them.
        """
        errors = 0
        for fault in sorted(faults, key=lambda fault: fault.place):
            if fault.severity is knowledge.Severity.ERROR:
                errors += 1
                self.log.error(str(fault))
            else:
                self.log.warning(str(fault))
        if errors:
            raise PluginError(counted(errors))

    def refuse(self, faults: Iterable[object]) -> None:
        """Tell what must not be.

        Raises:
            PluginError: there is anything.
        """
        told = [str(fault) for fault in faults]
        for text in told:
            self.log.error(text)
        if told:
            raise PluginError(counted(len(told)))


def counted(faults: int) -> str:
    """Return how a build ends that has faults."""
    return f"{faults} {'fault has' if faults == 1 else 'faults have'} to be corrected first; see above."
