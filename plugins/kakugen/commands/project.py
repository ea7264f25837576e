"""A knowledge base as the commands see it: its settings, its files, its checkers, without building anything.

In: ``mkdocs.yml``. Out: a ``Project``. The settings are read as MkDocs reads them, but neither theme nor plugins are
started, so that a check takes a moment.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from kakugen import embed, knowledge
from kakugen.config import KakugenConfig
from kakugen.languages import Language, languages_in


class ProjectError(Exception):
    """A knowledge base that cannot be looked at: the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Project:
    """A knowledge base.

    Attributes:
        root: the folder of ``mkdocs.yml``.
        config: the path of ``mkdocs.yml`` as it was given.
        options: the options of the plugin.
        languages: its languages, the main one first.
        checkers: the checkers that it turns on, by id.
    """

    root: Path
    config: str
    options: KakugenConfig
    languages: tuple[Language, ...]
    checkers: Mapping[str, Any]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of its languages."""
        return tuple(language.code for language in self.languages)

    @cached_property
    def folders(self) -> knowledge.Folders:
        """Where articles and maxims lie."""
        return knowledge.Folders(articles=self.options.articles_folder, maxims=self.options.maxims_folder)

    @cached_property
    def sections(self) -> Mapping[str, knowledge.SectionWords]:
        """The fixed sections in each language."""
        own = self.options.languages
        return {code: knowledge.section_words(code, own[code].sections if code in own else None) for code in self.codes}

    @cached_property
    def topics(self) -> frozenset[str]:
        """Every topic that its checkers can find."""
        return frozenset(topic for checker in self.checkers.values() for topic in checker.topics)

    @cached_property
    def roots(self) -> Mapping[str, str]:
        """The folder of the documents of each language as the author knows it, with a slash at its end."""
        return {language.code: self.shown(language.docs) + "/" for language in self.languages}

    @property
    def ledger(self) -> Path:
        """The file of the ledger of ids."""
        return self.root / self.options.ids

    def shown(self, path: Path) -> str:
        """Return a path as the author knows it: from the folder of ``mkdocs.yml``."""
        return path.relative_to(self.root).as_posix()

    def documents(self) -> Iterator[knowledge.Document]:
        """Yield the Markdown files of all languages."""
        for language in self.languages:
            root = self.roots[language.code]
            for path, file in language.markdown():
                yield knowledge.Document(
                    language=language.code,
                    path=path,
                    url=path.removesuffix(".md").removesuffix("index").rstrip("/") + "/",
                    file=root + path,
                    source=file.read_bytes(),
                )

    def other_files(self) -> Iterator[str]:
        """Yield the other files among the documents, as the author knows them."""
        for language in self.languages:
            for folder, _, names in os.walk(language.docs):
                inside = Path(folder)
                yield from (self.shown(inside / name) for name in names if not name.endswith(".md"))


def load_project(config: str = "mkdocs.yml") -> Project:
    """Read a knowledge base.

    Args:
        config: the path of ``mkdocs.yml``.

    Raises:
        ProjectError: it is none, or it asks for a checker that is not installed.
    """
    path = Path(config).resolve()
    if not path.is_file():
        raise ProjectError(
            f"There is no {config} here. Go to the folder of your knowledge base, name it with --config, or make one "
            "with 'kakugen init'."
        )
    try:
        with path.open("rb") as file:
            written = yaml_load(file)
    except ConfigurationError as error:
        raise ProjectError(f"{config} cannot be read: {error}") from error
    options = KakugenConfig()
    options.load_dict(_own_options(written.get("plugins"), config))
    failed, _ = options.validate()
    if failed:
        raise ProjectError("\n".join(f"{config}: {name}: {error}" for name, error in failed))
    theme = written.get("theme")
    only = str(theme.get("language") or "en") if isinstance(theme, dict) else "en"
    names = {code: language.name for code, language in options.languages.items()}
    docs = path.parent / str(written.get("docs_dir") or "docs")
    languages = languages_in(docs, names, only)
    for language in languages:
        if not language.docs.is_dir():
            raise ProjectError(f"The language '{language.code}' has no documents. Make the folder {language.docs}.")
    try:
        checkers = embed.installed_checkers(options.checkers)
    except embed.CheckerNotInstalledError as error:
        raise ProjectError(f"{config}: {error}") from error
    return Project(root=path.parent, config=config, options=options, languages=languages, checkers=checkers)


def _own_options(plugins: object, config: str) -> dict[str, Any]:
    for plugin in plugins if isinstance(plugins, list) else []:
        if plugin == "kakugen":
            return {}
        if isinstance(plugin, dict) and "kakugen" in plugin:
            return plugin["kakugen"] or {}
    raise ProjectError(f"{config} does not turn the plugin on. Write '- kakugen' below 'plugins:'.")
