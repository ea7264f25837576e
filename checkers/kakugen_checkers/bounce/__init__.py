"""Bounces: what a mail that came back, or any part of it, means.

One direction: ``unwrap`` (parts of the paste) → ``signals`` (what they state) → ``rules`` (what known words and codes
they hold) → ``decide`` (one reason) → ``explain`` (a verdict).

Other checkers read single modules of this one, and their pages shall not load all of it: so the checker itself is
imported when it is asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kakugen_checkers.bounce.answer import BounceChecker, checker

__all__ = ["BounceChecker", "checker"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kakugen_checkers.bounce.answer import BounceChecker, checker  # noqa: PLC0415 - as said above

    found = {"BounceChecker": BounceChecker, "checker": checker}
    globals().update(found)
    return found[name]
