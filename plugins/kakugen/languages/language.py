"""One language of a site: where its documents lie and where its pages go."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the site.

    Attributes:
        code: its code, ``ja``.
        name: what it calls itself, ``日本語``.
        docs: the folder of its documents.
        prefix: its folder in the site with a slash at the end; ``""`` for the main language.
    """

    code: str
    name: str
    docs: Path
    prefix: str

    @property
    def is_main(self) -> bool:
        """Whether it is the language at the root of the site."""
        return self.prefix == ""

    def markdown(self) -> Iterator[tuple[str, Path]]:
        """Yield its Markdown files in the order of their names: path inside its documents, file."""
        for path in sorted(self.docs.rglob("*.md"), key=str):
            inside = path.relative_to(self.docs).as_posix()
            # MkDocs leaves out what begins with a dot, and so do we.
            if not any(part.startswith(".") for part in inside.split("/")):
                yield inside, path


def languages_in(docs: Path, names: Mapping[str, str], only: str) -> tuple[Language, ...]:
    """Return the languages of a site, the main one first.

    Args:
        docs: the folder of its documents.
        names: what each language calls itself, by its code; each has a folder of its own.
        only: the language of a site that names none: its documents lie in ``docs`` itself.
    """
    if not names:
        return (Language(code=only, name=only, docs=docs, prefix=""),)
    return tuple(
        Language(code=code, name=name, docs=docs / code, prefix=f"{code}/" if number else "")
        for number, (code, name) in enumerate(names.items())
    )
