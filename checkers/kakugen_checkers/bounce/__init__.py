"""Bounces: what a mail that came back, or any part of it, means.

One direction: ``unwrap`` (parts of the paste) → ``signals`` (what they state) → ``rules`` (what known words and codes
they hold) → ``decide`` (one reason) → ``explain`` (a verdict).
"""

from kakugen_checkers.bounce.checker import BounceChecker, checker

__all__ = ["BounceChecker", "checker"]
