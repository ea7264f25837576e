"""What the templates get to know of a page beside MkDocs' own ``page``: the variable ``kakugen``."""

from dataclasses import dataclass
from datetime import date

from kakugen.pages.alternates import Alternate
from kakugen.pages.furniture import ArticleFurniture, MaximFurniture


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """The variable ``kakugen`` of the templates.

    Attributes:
        alternates: the page in every language, itself among them; empty on a site of one language.
        is_home: whether it is the home page.
        article: what to show around it if it is an article.
        maxim: what to show around it if it is a maxim.
        articles_url: the list of articles, relative to the root of the language; empty when there is none.
        maxims_url: the list of maxims, likewise.
        feed: the feed of the language, likewise; empty where the address of the site is unknown.
        markdown: the page as Markdown, likewise; empty where there is none.
        card: the address on the web of the picture for shared links; empty where there is none.
        structured: what the page is about, as JSON-LD; empty where there is nothing to say.
        write_url: where a new article is begun: outside the site on the list of articles, on all other pages the
            place on that list that tells of it; empty where there is none.
        is_list: whether it is the list of articles.
    """

    alternates: tuple[Alternate, ...] = ()
    is_home: bool = False
    article: ArticleFurniture | None = None
    maxim: MaximFurniture | None = None
    articles_url: str = ""
    maxims_url: str = ""
    feed: str = ""
    markdown: str = ""
    card: str = ""
    structured: str = ""
    write_url: str = ""
    is_list: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """What the sitemap says of a page beside its address.

    Attributes:
        checked: the day on which somebody last made sure that it is right; ``None`` of pages that do not say.
        alternates: the page in every language, itself among them; empty on a site of one language.
    """

    checked: date | None
    alternates: tuple[Alternate, ...]
