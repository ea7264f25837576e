"""Links by which readers tell something: a report at the owner's own place, already filled in.

In: the owner's address with places for what is filled in, and what a report is about. Out: an address that sends
nothing by itself; the reader sees the text there, adds to it and sends it, or not. Nothing is counted.
"""

from dataclasses import dataclass
from typing import Final

from kakugen.knowledge import Article
from kakugen.pages.addresses import check_address, filled
from kakugen.pages.labels import Labels

PLACES: Final = ("title", "body", "kind", "place")
"""What can be filled in, in braces: ``{title}``, ``{body}``, and for forms that ask one thing at a time ``{kind}``
(one of ``KINDS``) and ``{place}`` (where on the site)."""

KINDS: Final = ("changed", "not-helped", "unknown")
"""What readers tell: that a fact has changed, that an article did not help, that a checker knew no answer."""


def check_report_url(template: str) -> None:
    """Look whether reports can be sent to an address.

    Args:
        template: ``https://git.example/shop/site/issues/new?title={title}&body={body}``, or ``mailto:…``.

    Raises:
        AddressError: it cannot be used.
    """
    check_address(template, PLACES, "title", "nobody could tell what a report is about", mail=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Where reports go, and where the pages that they are about lie.

    Attributes:
        template: the owner's address, checked.
        root: the address of the root of the language; empty when the site does not know its own.
        labels: the words of the language.
    """

    template: str
    root: str
    labels: Labels

    def changed(self, page: str, title: str, anchor: str, name: str) -> str:
        """Return the link by which a reader tells that an entry of a table has changed.

        Args:
            page: the address of its page, from the root of the language.
            title: the title of that page.
            anchor: where the entry stands on the page.
            name: what the entry is about.
        """
        place = f"{self._address(page)}#{anchor}"
        subject = self.labels("reference.report_title", page=title, entry=name)
        return self._filled("changed", subject, self.labels("reference.report_body", place=place), place)

    def not_helped(self, article: Article, page: str) -> str:
        """Return the link by which a reader tells that an article did not help.

        Args:
            article: the article.
            page: the address of its page, from the root of the language.
        """
        subject = self.labels("report.title", title=article.title)
        place = self.labels("report.place", address=self._address(page), id=article.id, checked=article.checked)
        return self._filled("not-helped", subject, self.labels("report.body", title=article.title, place=place), place)

    def unknown(self) -> str:
        """Return the link by which a reader tells of something that no checker has understood."""
        place = self._address("")
        return self._filled("unknown", self.labels("report.unknown_title"), self.labels("report.unknown_body"), place)

    def _address(self, page: str) -> str:
        return self.root + page.removeprefix("./")

    def _filled(self, kind: str, title: str, body: str, place: str) -> str:
        return filled(self.template, {"title": title, "body": body, "kind": kind, "place": place})
