"""Reading the files of a build: each Markdown file once, in one go.

In: MkDocs' files of the language that is built, and the folders of the others. Out: ``Document``s. This
happens in ``on_files`` and not in the hooks of single pages: with ``--dirty``, MkDocs leaves those out for
unchanged pages.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from kakugen.knowledge import Document
from kakugen.languages import Language


def own_documents(files: Files, language: Language, config: MkDocsConfig) -> Iterator[Document]:
    """Yield the Markdown files of the language that is being built."""
    for file in files.documentation_pages():
        if file.abs_src_path is not None:
            yield _document(file, language, Path(file.abs_src_path), config)


def other_documents(language: Language, config: MkDocsConfig) -> Iterator[Document]:
    """Yield the Markdown files of a language that another process builds."""
    for inside, path in language.markdown():
        file = File(inside, str(language.docs), config.site_dir, config.use_directory_urls)
        yield _document(file, language, path, config)


def shown_path(path: Path | str, config: MkDocsConfig) -> str:
    """Return a path as the author knows it: from the folder of ``mkdocs.yml``."""
    # Text, because this is asked twice for each page, and Path takes its time.
    home = os.path.dirname(config.config_file_path) + os.sep  # noqa: PTH120
    return str(path).removeprefix(home).replace(os.sep, "/")


def _document(file: File, language: Language, path: Path, config: MkDocsConfig) -> Document:
    return Document(
        language=language.code,
        path=file.src_uri,
        url=file.url.removeprefix("./"),
        file=shown_path(path, config),
        source=path.read_bytes(),
    )
