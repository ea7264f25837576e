"""Mailboxes: will one be full, when, and what stops it.

``situation`` (what was entered, the panel's figures read by ``panel``) → ``outcome`` (what follows on the day of the
answer, by the arithmetic of ``growth``) → ``explain`` with ``reading``, ``chart`` and ``wording`` (a verdict).
"""

from kakugen_checkers.mailbox.checker import MailboxChecker, checker

__all__ = ["MailboxChecker", "checker"]
