"""One site from several builds: the main language at the root, the others in their folders.

In: the languages and the settings. Out: a site folder with all of them. The further languages are built
while the main one is; what is still right from the last build of a ``serve`` session is put aside before
MkDocs empties the site, and put back after.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kakugen.languages.build import BuildRequest, LanguageBuild
from kakugen.languages.inputs import Fingerprint, fingerprint
from kakugen.languages.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What all languages of a site share.

    Attributes:
        languages: the languages, the main one first.
        config: ``mkdocs.yml``.
        inputs: files and folders that count for every language, ``mkdocs.yml`` among them.
        site: the folder of the whole site.
        site_url: the address of the whole site; empty when unknown.
        pack: the folder of the runtime pack in the site.
        offline: whether readers can keep the site for times without a network.
        drafts: whether drafts are shown.
        strict: whether warnings end the build.
        dirty: whether pages whose files have not changed are left as they are.
    """

    languages: tuple[Language, ...]
    config: Path
    inputs: tuple[Path, ...]
    site: Path
    site_url: str
    pack: str
    offline: bool
    drafts: bool
    strict: bool
    dirty: bool


class Assembly:
    """The builds of one site, over one build or over a whole ``serve`` session."""

    def __init__(self) -> None:
        self._running: list[LanguageBuild] = []
        self._aside: dict[str, Path] = {}
        self._built: dict[str, Fingerprint] = {}
        self._wanted: dict[str, Fingerprint] = {}

    def stale(self, settings: Settings) -> tuple[Language, ...]:
        """Return the languages whose pages are not there yet or would come out differently."""
        self._wanted = {
            language.code: fingerprint(language, settings.languages, settings.inputs) for language in settings.languages
        }
        return tuple(
            language for language in settings.languages if self._built.get(language.code) != self._wanted[language.code]
        )

    def put_aside(self, settings: Settings) -> None:
        """Before MkDocs empties the site: save the languages that need not be built again."""
        stale = self.stale(settings)
        for language in settings.languages:
            pages = settings.site / language.prefix
            if not language.is_main and language not in stale and pages.is_dir():
                # MkDocs empties a folder of all but what begins with a dot.
                self._aside[language.code] = pages.rename(settings.site / f".{language.code}")

    def start(self, settings: Settings, languages: Sequence[Language]) -> None:
        """Put back what was saved and start building the other further languages among ``languages``."""
        for language in languages:
            pages = settings.site / language.prefix
            if language.is_main:
                continue
            if saved := self._aside.pop(language.code, None):
                saved.rename(pages)
                continue
            self._built.pop(language.code, None)
            request = BuildRequest(
                language=language.code,
                site_url=settings.site_url,
                pack=settings.pack,
                offline=settings.offline,
                drafts=settings.drafts,
            )
            self._running.append(
                LanguageBuild(
                    request,
                    config=settings.config,
                    site=pages,
                    strict=settings.strict,
                    dirty=settings.dirty,
                )
            )

    def finish(self, warn: Callable[[str, str], object]) -> None:
        """Wait for all builds.

        Args:
            warn: called with the language and the text of each warning.

        Raises:
            LanguageBuildError: one of them failed; the others have been ended.
        """
        while self._running:
            build = self._running[0]
            for warning in build.finish():
                warn(build.language, warning)
            self._built[build.language] = self._wanted.get(build.language, "")
            del self._running[0]

    def finished_main(self, settings: Settings) -> None:
        """Note that the pages of the main language are those of the inputs that were last looked at."""
        main = settings.languages[0].code
        self._built[main] = self._wanted.get(main, "")

    def abandon(self) -> None:
        """End what is running and forget what was saved: the next build starts anew."""
        for build in self._running:
            build.abandon()
        for saved in self._aside.values():
            shutil.rmtree(saved, ignore_errors=True)
        self._running.clear()
        self._aside.clear()
        self._built.clear()
