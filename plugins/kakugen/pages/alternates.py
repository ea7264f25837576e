"""The same page in the other languages.

In: which pages each language has. Out: for one page, one ``Alternate`` per language: the same page where it
exists, else the home page of that language.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from mkdocs.utils import get_relative_url

from kakugen.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """A page in one language.

    Attributes:
        code: the language.
        name: what the language calls itself.
        url: the page's address, relative to the page that links to it.
        absolute_url: the page's address on the web; empty when the address of the site is unknown.
        current: whether this is the page itself.
        same: whether it is the same page, and not the home page in its place.
    """

    code: str
    name: str
    url: str
    absolute_url: str
    current: bool
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSwitch:
    """Finds pages in other languages.

    Attributes:
        language: the language that is being built.
        languages: all languages, the main one first.
        pages: the paths of the Markdown files of each language, by its code.
        site_url: the address of the whole site; empty when unknown.
    """

    language: Language
    languages: Sequence[Language]
    pages: Mapping[str, frozenset[str]]
    site_url: str

    def of(self, path: str, url: str) -> tuple[Alternate, ...]:
        """Return a page in every language, itself among them.

        Args:
            path: its Markdown file inside the documents of its language.
            url: its address, relative to the root of its language.
        """
        if len(self.languages) < 2:
            return ()
        page = self.language.prefix + url.removeprefix("./")
        return tuple(
            self._in(language, path, url, lambda target: get_relative_url(target or ".", page or "."))
            for language in self.languages
        )

    def homes(self) -> tuple[Alternate, ...]:
        """Return the home page in every language, for a page that is shown at any address, such as 404."""
        root = urlsplit(self.site_url).path or "/"
        return tuple(self._in(language, "", "", lambda target: root + target) for language in self.languages)

    def _in(self, language: Language, path: str, url: str, relative: Callable[[str], str]) -> Alternate:
        same = path in self.pages.get(language.code, frozenset())
        in_site = language.prefix + (url.removeprefix("./") if same else "")
        return Alternate(
            code=language.code,
            name=language.name,
            url=relative(in_site),
            absolute_url=self.site_url + in_site if self.site_url else "",
            current=language.code == self.language.code,
            same=same,
        )
