"""Passwords: a mail password was changed, or will be; where else does it live, and in which order is it mended?

``places`` (what is known of each place) and ``guess`` (which of them an error points to) → ``explain`` with ``sheet``
(a verdict with a checklist).
"""

from kakugen_checkers.passwords.checker import PasswordsChecker, checker

__all__ = ["PasswordsChecker", "checker"]
