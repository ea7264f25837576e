"""Templates for new knowledge of the checkers: a rule that reads bounces, a host that readers are customers of.

In: a few answers. Out: TOML that the checkers can read, to be put into their data. Nothing here runs in a browser.
"""

from kakugen_checkers.templates.host import HostTemplate
from kakugen_checkers.templates.rule import RuleTemplate

host = HostTemplate()
rule = RuleTemplate()

__all__ = ["HostTemplate", "RuleTemplate", "host", "rule"]
