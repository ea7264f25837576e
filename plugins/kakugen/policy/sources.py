"""Where things come from: the words of a policy.

In: an address in a page or style sheet, and what it loads. Out: the ``Source`` that a policy must allow, or nothing,
or the words for a fault.
"""

import base64
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

SELF: Final = "'self'"

EMBEDDABLE: Final = frozenset({"img-src", "font-src", "media-src"})
"""What may stand in the page itself as a ``data:`` address: it cannot act."""

_STRIPPED: Final = bytes(range(0x21)).decode()
_IGNORED: Final = str.maketrans({"\t": None, "\n": None, "\r": None, "\\": "/"})


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One thing that a policy allows.

    Attributes:
        directive: what kind of thing may be loaded: ``img-src``.
        expression: from where: ``'self'``, ``data:``, ``'sha256-…'``.
    """

    directive: str
    expression: str


@dataclass(frozen=True, slots=True, order=True)
class LoadFault:
    """Something in a page that the policy of a site can never allow.

    Attributes:
        file: the file, relative to the folder of the site.
        line: its line, from 1.
        element: the start of the element, or of the rule of a style sheet.
        problem: what is wrong and what to do instead.
    """

    file: str
    line: int
    element: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.element} {self.problem}"


class ForbiddenAddressError(ValueError):
    """An address that no policy of ours allows; the text says what is wrong and what to do instead."""


def source_of(directive: str, address: str, site_url: str) -> Source | None:
    """Return what must be allowed so that a page may load an address.

    Args:
        directive: what kind of thing it loads.
        address: as written in the page.
        site_url: the address of the whole site; what lies there is the site's own. Empty when unknown.

    Returns:
        ``None`` when nothing is loaded: an empty address, or a place in the page itself.

    Raises:
        ForbiddenAddressError: it would be loaded from elsewhere.
    """
    # As browsers read it (https://url.spec.whatwg.org/#url-parsing): white space goes, "\" is "/".
    clean = address.strip(_STRIPPED).translate(_IGNORED)
    if not clean or clean.startswith("#"):
        return None
    scheme = clean.partition(":")[0].lower() if ":" in clean.partition("/")[0] else ""
    if scheme == "data" and directive in EMBEDDABLE:
        return Source(directive, "data:")
    if scheme in ("", "http", "https") and not clean.startswith("//") and (not scheme or _is_own(clean, site_url)):
        return Source(directive, SELF)
    raise ForbiddenAddressError(
        "loads from elsewhere. Nothing on a page may: put a copy of the file beside the page and name that."
        if scheme in ("", "http", "https")
        else f"uses an address that begins with '{scheme}:', which the site's policy does not allow there. "
        "Put it into a file beside the page and name that."
    )


@lru_cache(maxsize=256)
def hash_of(content: bytes) -> str:
    r"""Return the expression that allows an inline script or style of this content.

    Source: https://www.w3.org/TR/CSP3/#match-element-to-source-list. Browsers see every line end as ``\n``.
    """
    seen = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(seen).digest()).decode()}'"


def _is_own(address: str, site_url: str) -> bool:
    own, other = urlsplit(site_url), urlsplit(address)
    return bool(own.netloc) and (own.scheme, own.netloc) == (other.scheme.lower(), other.netloc)
