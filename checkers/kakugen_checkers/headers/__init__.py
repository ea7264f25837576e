"""The header of a mail: who sent it, which way it came, what was checked and by whom, and what held it up.

One direction: ``pasted`` (fields and their places) → ``received``, ``results``, ``signatures``, ``names`` (what one
field says) → ``route``, ``trust``, ``forwards``, ``signs`` (what they say together) → ``judge`` (topics) → ``explain``
(a verdict). Nothing is looked up: what a header does not say is not known here.
"""

from kakugen_checkers.headers.checker import HeadersChecker, checker

__all__ = ["HeadersChecker", "checker"]
