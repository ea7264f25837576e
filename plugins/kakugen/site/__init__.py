"""One build of one language: the rooms put together.

In: MkDocs' configuration, the plugin's options, and in a child build what its parent asks for. Out: pages, and beside
them what the whole site needs. ``setting`` is what a build is given, ``configuring`` what it makes of MkDocs' settings,
``reading`` what it reads, ``adding`` the files that nobody wrote, ``finishing`` what is made of the finished pages;
``build`` holds them together, and ``plugin`` says when.
"""

from kakugen.site.build import Site

__all__ = ["Site"]
