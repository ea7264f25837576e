"""The policy as text.

In: what the pages of a site use. Out: one line, for a page or for a header.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from kakugen.policy.sources import SELF, Source

_ALWAYS: Final = (
    Source("script-src", SELF),
    Source("style-src", SELF),
    Source("img-src", SELF),
    # Search and instant navigation fetch the site's own files; search has a worker of its own.
    Source("connect-src", SELF),
    Source("worker-src", SELF),
)

_RUNTIME: Final = (
    Source("script-src", "'wasm-unsafe-eval'"),
    # A worker from an address has only the policy of its own response; one from "blob:" has that of the page.
    Source("worker-src", "blob:"),
)

_ORDER: Final = (
    "script-src style-src img-src font-src media-src connect-src worker-src frame-src manifest-src "
    "object-src base-uri form-action"
).split()

_NONE_UNLESS_USED: Final = ("object-src", "base-uri", "form-action")
"""Directives that are written in any case: the first for readers, the others because no default stands in for them."""

_KEYWORDS: Final = (SELF, "'wasm-unsafe-eval'", "'unsafe-hashes'", "blob:", "data:")


@dataclass(frozen=True, slots=True)
class Policy:
    """What the pages of a site may load and do; nothing else.

    Attributes:
        sources: all that is allowed.
    """

    sources: frozenset[Source]

    @classmethod
    def for_use(cls, used: Iterable[Source], *, runs_python: bool) -> Self:
        """Return the tightest policy under which pages work.

        Args:
            used: what the pages use.
            runs_python: whether any page has a checker.
        """
        return cls(frozenset((*_ALWAYS, *(_RUNTIME if runs_python else ()), *used)))

    @property
    def text(self) -> str:
        """The policy as a page carries it."""
        parts = ["default-src 'none'"]
        for directive in _ORDER:
            expressions = sorted(
                (source.expression for source in self.sources if source.directive == directive), key=_rank
            )
            if expressions or directive in _NONE_UNLESS_USED:
                parts.append(" ".join([directive, *(expressions or ["'none'"])]))
        return "; ".join(parts)

    @property
    def header(self) -> str:
        """The policy as a server sends it: with what browsers do not take from a page."""
        return f"{self.text}; frame-ancestors 'none'"

    @property
    def element(self) -> str:
        """The element that carries it. It holds no character that HTML would read as anything else."""
        return f'<meta http-equiv="Content-Security-Policy" content="{self.text}" data-kakugen>'


def _rank(expression: str) -> tuple[int, str]:
    return (_KEYWORDS.index(expression) if expression in _KEYWORDS else len(_KEYWORDS), expression)
