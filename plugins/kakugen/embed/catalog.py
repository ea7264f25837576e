"""What a checker on a page links to, articles, maxims, other checkers and reference tables; and its JSON in the page.

In: links that the catalog of the site made. Out: the text of the
``<script type="application/json" data-catalog>`` that the client reads.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A page of the site.

    Attributes:
        title: its title.
        url: its address, relative to the root of the whole site.
    """

    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLinks:
    """What checkers and their answers may link to, in one language.

    Attributes:
        topics: the articles that answer a topic, best first.
        maxims: the page of each maxim, by its id.
        checkers: the page on which each checker stands, by its id, under the title of its form.
        references: the reference tables of each checker, by its id; the form links to them, answers do not.
        report: the address at which a reader may tell of what no checker has understood; empty where there is none.
    """

    topics: Mapping[str, Sequence[Link]] = field(default_factory=dict)
    maxims: Mapping[str, Link] = field(default_factory=dict)
    checkers: Mapping[str, Link] = field(default_factory=dict)
    references: Mapping[str, Sequence[Link]] = field(default_factory=dict)
    report: str = ""

    def to_json(self) -> str:
        """Return what answers link to: JSON text that is safe inside a ``<script>`` element, as it holds no ``<``."""
        catalog: dict[str, object] = {
            "topics": {topic: [_plain(link) for link in links] for topic, links in self.topics.items()},
            "maxims": {maxim: _plain(link) for maxim, link in self.maxims.items()},
            "checkers": {checker: _plain(link) for checker, link in self.checkers.items()},
        }
        if self.report:
            catalog["report"] = self.report
        return json.dumps(catalog, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _plain(link: Link) -> dict[str, str]:
    return {"title": link.title, "url": link.url}
