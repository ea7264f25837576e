"""The toolbox: what the tools of one job multiply into, and what to drop first.

``entered`` (what was filled in, with what cannot be used) → ``job`` (tools, links, facts) → ``load`` (how many things
can be at fault) and ``relief`` (the same without each tool or entry) → ``explain`` with ``arithmetic`` and ``tables``
(a verdict).
"""

from kakugen_checkers.toolbox.checker import ToolboxChecker, checker

__all__ = ["ToolboxChecker", "checker"]
