"""The link by which a reader tells that a page did not help: an address with what it is about filled in.

In: the address that the site's owner gives, and what to fill in. Out: an address. Nothing is counted and nothing is
sent before the reader sends it.
"""

from urllib.parse import quote


def report_link(address: str, *, title: str, body: str) -> str | None:
    """Return the address of a report, or ``None`` where the site takes none.

    Args:
        address: the owner's address, with ``{title}`` and ``{body}`` where these belong.
        title: what the report is about.
        body: its text.
    """
    if not address:
        return None
    return address.replace("{title}", quote(title, safe="")).replace("{body}", quote(body, safe=""))
