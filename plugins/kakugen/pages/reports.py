"""Links by which readers tell that something has changed: a report at the owner's own place, already filled in.

In: the owner's address with places for a title and a text, and where the entry stands. Out: an address that sends
nothing by itself; the reader sees the text there, adds to it and sends it, or not.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from kakugen.pages.labels import Labels

PLACES: Final = ("title", "body")
"""What can be filled in, in braces: ``{title}``, ``{body}``."""

_PLACE: Final = re.compile(r"\{([^{}]*)\}")


class ReportUrlError(ValueError):
    """The owner's address for reports cannot be used; the message says why."""


def check_report_url(template: str) -> None:
    """Look whether reports can be sent to an address.

    Args:
        template: ``https://git.example/shop/site/issues/new?title={title}&body={body}``, or ``mailto:…``.

    Raises:
        ReportUrlError: it cannot be used.
    """
    if not re.match(r"https://[^/{}\s]+|mailto:[^{}\s?]+@", template):
        raise ReportUrlError(f"{template!r} must begin with https:// and the name of a host, or be a mailto: address")
    if re.search(r"\s", template):
        raise ReportUrlError(f"{template!r} holds a space or a line break; write it as %20 or %0A")
    found = _PLACE.findall(template)
    unknown = [name for name in found if name not in PLACES]
    if unknown or re.search(r"[{}]", _PLACE.sub("", template)):
        shown = f"{{{unknown[0]}}}" if unknown else "a brace that stands alone"
        raise ReportUrlError(f"{template!r} holds {shown}; only {{title}} and {{body}} are filled in")
    if "title" not in found:
        raise ReportUrlError(f"{template!r} has no {{title}}, so that nobody could tell what a report is about")


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

    def url(self, page: str, title: str, anchor: str, name: str) -> str:
        """Return the link for one entry.

        Args:
            page: the address of its page, from the root of the language.
            title: the title of that page.
            anchor: where the entry stands on the page.
            name: what the entry is about.
        """
        place = f"{self.root}{page.removeprefix('./')}#{anchor}"
        filled = {
            "title": self.labels("reference.report_title", page=title, entry=name),
            "body": self.labels("reference.report_body", place=place),
        }
        return _PLACE.sub(lambda found: quote(filled[found[1]], safe=""), self.template)
