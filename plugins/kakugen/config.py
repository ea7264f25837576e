"""The plugin's options in ``mkdocs.yml``.

In: what a site owner writes under ``kakugen:``. Out: ``KakugenConfig``, checked by MkDocs.
"""

from collections.abc import Callable
from typing import override

from mkdocs.config import base
from mkdocs.config import config_options as c

from kakugen.pages import AddressError, check_report_url, check_write_url


class Address(c.Type[str]):
    """An address with places for what is filled in; empty for none."""

    def __init__(self, check: Callable[[str], None]) -> None:
        super().__init__(str, default="")
        self._check = check

    @override
    def run_validation(self, value: object) -> str:
        template = super().run_validation(value)
        if template:
            try:
                self._check(template)
            except AddressError as error:
                raise base.ValidationError(str(error)) from error
        return template


class LanguageConfig(base.Config):  # type: ignore[no-untyped-call]
    """One language of the site.

    ```yaml
    en:
      name: English
      site_name: Mail that arrives
      nav:
        - index.md
        - Articles: articles/index.md
    ```
    """

    name = c.Type(str)
    """What the language calls itself, for the language switch: ``日本語``, ``English``."""

    site_name = c.Optional(c.Type(str))
    """Name of the site in this language. Default: ``site_name`` of ``mkdocs.yml``."""

    site_description = c.Optional(c.Type(str))
    """What the site is, in this language. Default: ``site_description`` of ``mkdocs.yml``."""

    copyright = c.Optional(c.Type(str))
    """The line at the foot of each page. Default: ``copyright`` of ``mkdocs.yml``."""

    sections = c.DictOfItems(c.Type(str), default={})
    """Headings of the fixed sections of articles and maxims in other words than ours, by the id of the section:
    ``{fix: 直し方}``. The ids: symptoms, cause, fix, cases, check, prevention, related; story, use, misleads."""

    nav = c.Optional(c.Type(list))
    """Navigation, as MkDocs reads ``nav``. Default: the home page, the list of articles, the list of maxims,
    the tables of the checkers, then the pages that lie beside the home page. Long lists are left out on purpose:
    the whole navigation on every page makes a site of a thousand articles slow to build and to load."""


class KakugenConfig(base.Config):  # type: ignore[no-untyped-call]
    """All options of the plugin.

    ```yaml
    plugins:
      - search
      - kakugen:
          languages:
            ja: {name: 日本語}
            en: {name: English}
          checkers: [bounce]
          report_url: https://git.example/shop/site/issues/new?title={title}&body={body}
    ```
    """

    languages = c.DictOfItems(c.SubConfig(LanguageConfig), default={})
    """The languages of the site, by their codes. The first is built at the root of the site, each other one
    in a folder of its code; the documents of each lie in ``docs/<code>/``, under the same names. Default: one
    language, that of the theme, with its documents in ``docs/`` itself."""

    checkers = c.Optional(c.ListOfItems(c.Type(str)))
    """The checkers to turn on, by id. Default: all that are installed."""

    articles_folder = c.Type(str, default="articles")
    """Folder of the articles in the documents of each language. Default: ``articles``."""

    maxims_folder = c.Type(str, default="maxims")
    """Folder of the maxims in the documents of each language. Default: ``maxims``."""

    offline = c.Type(bool, default=True)
    """Whether a reader who has used a checker, or asks for it, has the site without a network too. Turned off, the
    site also removes what earlier builds of it have left in a browser. Never under ``mkdocs serve``. Default: yes."""

    ids = c.Type(str, default="docs/ids.toml")
    """The ledger of all ids that articles and maxims have ever had, from the folder of ``mkdocs.yml``. Where there is
    no such file, no id is checked against it. Default: ``docs/ids.toml``."""

    diagrams = c.Type(str, default="docs/diagrams")
    """Folder of the diagrams that articles show, from the folder of ``mkdocs.yml``: for each a drawing, ``<id>.svg``,
    and its words in every language, ``<id>.toml``. Default: ``docs/diagrams``."""

    holds = c.Type(int, default=180)
    """For how many days an article may be relied on after it was checked, where it does not say. Default: 180."""

    public_addresses = c.ListOfItems(c.Type(str), default=[])
    """Addresses that may stand in articles and examples although they are real, because whoever has them publishes
    them for that. All others that are not kept for examples are faults."""

    rule_pages = c.Type(bool, default=False)
    """Whether the site has a page for each rule that ``kakugen lint`` checks by. Default: no."""

    cache = c.Type(str, default=".cache/kakugen")
    """Folder for what need not be made again in the next build, from the folder of ``mkdocs.yml``.
    Default: ``.cache/kakugen``."""

    report_url = Address(check_report_url)
    """Where readers tell that an entry of a reference table has changed, that an article did not help, or that a
    checker knew no answer: an ``https://`` or ``mailto:`` address in which ``{title}`` and ``{body}`` are filled in,
    such as the page for new issues of a public repository. Where that page has forms, ``{kind}`` is the form
    (``changed``, ``not-helped``, ``unknown``) and ``{place}`` its field for where on the site:
    ``…/issues/new?template={kind}.yml&title={title}&place={place}``. Nothing is sent before the reader sends it.
    Default: no such links."""

    write_url = Address(check_write_url)
    """Where a new article is begun, with a template in it: an ``https://`` address in which ``{folder}``,
    ``{filename}`` and ``{text}`` are filled in. Default: GitHub's page for new files where ``repo_url`` is a repository
    there and ``edit_uri`` names its branch; else the pages lead to no such place."""
