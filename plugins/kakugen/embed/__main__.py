"""``python -m kakugen.embed FOLDER``: checkers as static files, for pages that Kakugen did not make.

In: a folder, and which checkers in which languages. Out: the files, and on the screen the one tag that brings each
checker to a page.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kakugen.embed.installed import CheckerNotInstalledError, installed_checkers
from kakugen.embed.standalone import StandaloneError, standalone_checkers, write_standalone
from kakugen.runtime import PackError, build_pack, find_checkers


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        checkers = installed_checkers(options.checker)
        if not checkers:
            raise StandaloneError("no installed package registers a checker")
        wanted = standalone_checkers(checkers, options.language)
        pack = build_pack(find_checkers(tuple(checkers)), options.cache)
        write_standalone(options.folder, wanted, pack.directory, pack.hash)
    except (CheckerNotInstalledError, StandaloneError, PackError, OSError) as error:
        print(f"kakugen.embed: {error}", file=sys.stderr)
        return 1
    print(pack.summary)
    print(f"Written to {options.folder}. Where a checker shall stand, put its tag:")
    for one in wanted:
        print(f'<script type="module" src="{options.folder.name}/{one.script}"></script>')
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m kakugen.embed",
        description="Write checkers as static files, to put them on any page of a site with one tag.",
    )
    parser.add_argument("folder", type=Path, help="the folder to write; what this command wrote there is replaced")
    parser.add_argument(
        "--checker", action="append", metavar="ID", help="a checker, by its id; may be repeated (default: all)"
    )
    parser.add_argument(
        "--language",
        action="append",
        default=[],
        metavar="CODE",
        help="a language; may be repeated (default: all that a checker speaks)",
    )
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(".cache/kakugen"),
        metavar="FOLDER",
        help="where to keep what need not be made again (default: %(default)s)",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
