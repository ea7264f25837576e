"""Triage: where there is no error to read, three questions lead to the cause, and on to what mends it.

``answered`` (what was ticked) → ``ranking`` (the causes, weighed) → ``finding`` (one, two that met, or none yet) →
``explain`` with ``carry`` (a verdict with ways to other checkers, filled in).
"""

from kakugen_checkers.triage.checker import TriageChecker, checker

__all__ = ["TriageChecker", "checker"]
