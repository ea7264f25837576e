"""The command ``kakugen``: new articles, checks, coverage, a new knowledge base.

In: the command line. Out: text for people, JSON for programs, annotations for git hosts, and files. Every command says
what it found in Japanese or English.
"""

from kakugen.commands.commandline import main

__all__ = ["main"]
