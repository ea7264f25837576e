"""Forwarding: how mail should get from this reader's server to where they read it, and what breaks next.

Answers to a form go in, a verdict comes out: situation → advice, outcomes, ways → explain.
"""

from kakugen_checkers.forwarding.checker import ForwardingChecker, checker

__all__ = ["ForwardingChecker", "checker"]
