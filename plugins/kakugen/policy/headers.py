"""The ``_headers`` file, which Cloudflare Pages and Netlify read.

In: the policy and the files of a site. Out: the text of the file. Sources:
https://developers.cloudflare.com/pages/configuration/headers/ (one ``*`` a line, 2,000 characters a line) and
https://docs.netlify.com/manage/routing/headers/.
"""

from collections.abc import Iterable
from typing import Final

from kakugen.policy.rules import Policy

NAME: Final = "_headers"

BEGIN: Final = "# Written by Kakugen, from here to the end of the file."

_FOR_EVER: Final = "Cache-Control: public, max-age=31536000, immutable"

_HASHED: Final = ("/assets/kakugen/client/*", "/assets/kakugen/pack/*", "/assets/kakugen/theme/*")
"""Paths that hold a hash of their content."""

_UNUSED: Final = "browsing-topics=(), camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def headers_text(policy: Policy, wasm: Iterable[str], own: str = "") -> str:
    """Return the file.

    Args:
        policy: the policy of the site.
        wasm: the paths of its WebAssembly files; browsers compile them on arrival only under the right type.
        own: what the site owner has written; it stays, above ours.
    """
    rules = [
        (
            "/*",
            (
                f"Content-Security-Policy: {policy.header}",
                "X-Content-Type-Options: nosniff",
                "Referrer-Policy: no-referrer",
                f"Permissions-Policy: {_UNUSED}",
            ),
        ),
        *((path, (_FOR_EVER,)) for path in _HASHED),
        *((f"/{path}", ("Content-Type: application/wasm",)) for path in sorted(wasm)),
    ]
    written = "\n".join("\n  ".join((path, *headers)) for path, headers in rules)
    before = own.partition(BEGIN)[0].rstrip()
    return f"{before}\n\n{BEGIN}\n{written}\n" if before else f"{BEGIN}\n{written}\n"
