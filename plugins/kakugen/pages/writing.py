"""Where a new article is begun: the git host's page for a new file, with the template of an article in it.

In: what ``mkdocs.yml`` says of the repository, and the template. Out: an address, or nothing where the site has no
repository or where its host knows no such page. The page opens in the writer's own account; nothing is sent by itself.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from kakugen.pages.addresses import check_address, filled

PLACES: Final = ("folder", "filename", "text")
"""What is filled in: the folder of the articles in the repository, a name for the file, and its text."""

LONGEST: Final = 8_000
"""How long an address may be, in characters: servers refuse those of more than 8 KB."""

_GITHUB: Final = "github.com"
_EDITING: Final = re.compile(r"/?edit/(?P<branch>[^/]+)/(?P<docs>.*)")
_COMMENTS: Final = re.compile(r"(?m)^(?:# .*|<!-- .* -->)\n{1,2}")


def check_write_url(template: str) -> None:
    """Look whether new articles can be begun at an address.

    Raises:
        AddressError: they cannot.
    """
    check_address(template, PLACES, "folder", "nobody could tell where an article belongs")


def write_url(repository: str, edit_uri: str, docs: str, articles: str, text: str, template: str = "") -> str:
    """Return the address at which a new article is begun; empty where there is none.

    Args:
        repository: the address of the repository; empty where there is none.
        edit_uri: the way from there to the documents of the language while editing: ``edit/main/docs/ja/``.
        docs: the folder of these documents from that of ``mkdocs.yml``: ``docs/ja``.
        articles: the folder of the articles in it.
        text: the template of an article.
        template: the owner's own address, with ``{folder}``, ``{filename}`` and ``{text}``.
    """
    editing = _EDITING.fullmatch(edit_uri)
    if not template and editing and urlsplit(repository).hostname == _GITHUB:
        template = f"{repository.rstrip('/')}/new/{editing['branch']}/{{folder}}?filename={{filename}}&value={{text}}"
    if not template:
        return ""
    folder = f"{(editing['docs'] if editing else docs).strip('/')}/{articles.strip('/')}"
    values = {"folder": folder, "filename": "new-article.md", "text": text}
    address = filled(template, values, safe="/")
    return (
        address if len(address) <= LONGEST else filled(template, {**values, "text": _COMMENTS.sub("", text)}, safe="/")
    )
