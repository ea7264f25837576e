"""The Markdown block ``/// checker | <id>``: a pymdown-extensions block that stands for a checker's form.

In: the installed checkers, and for each page where it stands (``PageContext``). Out: a ``<kakugen-checker>``
element with the form in it, or faults that name file and line.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn, override
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor  # type: ignore[import-untyped]
from pymdownx.blocks.block import Block, type_any  # type: ignore[import-untyped]

from kakugen.embed.catalog import SiteLinks
from kakugen.embed.form import FormError, Offline, Placement, checker_attributes, checker_contents
from kakugen_checkers.protocol import Checker

_TAG: Final = "kakugen-checker"
_OPENING: Final = re.compile(r"^\s*/{3,}[ ]*checker\b[ ]*(?:\|[ ]*(?P<argument>.*?)[ ]*)?$")
_FENCE: Final = re.compile(r"^\s*(?P<fence>`{3,}|~{3,})")
_CLOSED: Final = "data-closed"
_LEVELS: Final = range(7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """Where a page stands, told to the extension before the page is converted.

    Attributes:
        path: the Markdown file, as shown in messages.
        text: all of that file, front matter included: faults are found in it by line.
        root: the way from the page to the root of the whole site, ``.`` or ``../..``.
        locale: language of the page.
        pack: folder of the runtime pack, relative to that root, with a slash at its end.
        links: what answers on this page may link to.
        offline: how it can be kept for times without a network; ``None`` where it cannot.
    """

    path: str
    text: str
    root: str
    locale: str
    pack: str
    links: SiteLinks
    offline: Offline | None = None


class PlacementFault(Exception):  # noqa: N818 - one word for one thing: what an author got wrong is a fault
    """A checker block that cannot stand as it is written.

    Attributes:
        path: the Markdown file.
        line: the line in it, from 1.
        message: what is wrong and what to write instead.
    """

    def __init__(self, path: str, line: int, message: str) -> None:
        self.path = path
        self.line = line
        self.message = message
        super().__init__(f"{path}:{line}: {message}")


class UnplacedPageError(RuntimeError):
    """A page with a checker is converted before ``CheckerExtension.page`` is set: a generator's mistake."""


def _raise(fault: PlacementFault) -> NoReturn:
    raise fault


class CheckerExtension(BlocksExtension):  # type: ignore[misc]
    """Python-Markdown extension for ``/// checker | <id>``.

    Example:
        ::

            /// checker | bounce
                level: 1
            ///

        ``level`` is the heading level of the form's title, 1 to 6 (2 unless told). 0 is for a page whose own
        heading and text introduce the form: its title is then only read out.

    Attributes:
        page: the page that is converted next. Set it before each page.
        checkers: the checkers that may be placed, by id.
    """

    def __init__(
        self, checkers: Mapping[str, Checker], *, on_fault: Callable[[PlacementFault], object] = _raise
    ) -> None:
        """Make the extension for one build.

        Args:
            checkers: the checkers that may be placed, by id.
            on_fault: called with each fault; the default raises it.
        """
        super().__init__()
        self.checkers = checkers
        self.page: PageContext | None = None
        self._on_fault = on_fault

    @override
    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        """Add the block, and the step that turns it into a form, to one Markdown instance."""
        block_mgr.register(_CheckerBlock, {})
        # After inline parsing (20): nothing in the form is Markdown.
        md.treeprocessors.register(_FormWriter(md, self), "kakugen_checker", 5)

    def report(self, line: int, message: str) -> None:
        """Report a fault on the current page."""
        self._on_fault(PlacementFault(self.context.path, line, message))

    @property
    def context(self) -> PageContext:
        """The current page.

        Raises:
            UnplacedPageError: it was not set.
        """
        if self.page is None:
            raise UnplacedPageError(
                "a page holds a checker, but CheckerExtension.page was not set before converting it"
            )
        return self.page


class _CheckerBlock(Block):  # type: ignore[misc]
    """Marks the place; ``_FormWriter`` fills it once the page is read, when all that is wrong can be said."""

    NAME = "checker"
    # Everything is accepted here: what pymdown-extensions refuses would stand in the page as plain text.
    ARGUMENT = None
    OPTIONS: dict[str, tuple[Any, Callable[[Any], Any]]] = {"level": (2, type_any)}  # noqa: RUF012 - as the base class has it

    @override
    def on_markdown(self) -> str:
        return "raw"

    @override
    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        marks = {"checker": self.argument or "", "level": str(self.options["level"])}
        return ElementTree.SubElement(parent, _TAG, marks)

    @override
    def on_end(self, block: ElementTree.Element) -> None:
        block.set(_CLOSED, "")


class _FormWriter(Treeprocessor):
    """Turns each marked place into the element with its form, and reports what cannot stand."""

    def __init__(self, md: Markdown, embed: CheckerExtension) -> None:
        super().__init__(md)
        self._embed = embed

    @override
    def run(self, root: ElementTree.Element) -> None:
        unread = [
            paragraph
            for paragraph in root.iter("p")
            if _OPENING.match((paragraph.text or "").strip().partition("\n")[0])
        ]
        marked = list(root.iter(_TAG))
        if not unread and not marked:
            return
        lines = _BlockLines(self._embed.context.text)
        for paragraph in unread:
            found = _OPENING.match((paragraph.text or "").strip().partition("\n")[0])
            assert found is not None
            self._embed.report(
                lines.take(found["argument"] or ""),
                "the checker block has an option that it does not know; its one option is, on a line of its "
                "own below the opening and indented by four spaces: 'level: 2'",
            )
        for number, element in enumerate(marked, start=1):
            self._fill(element, lines, number)

    def _fill(self, element: ElementTree.Element, lines: "_BlockLines", number: int) -> None:
        name, level, content = (
            element.get("checker", ""),
            element.get("level", ""),
            (element.text or "").strip(),
        )
        line = lines.take(name)
        element.text = None
        if element.get(_CLOSED) is None:
            self._embed.report(line, f"the block '/// checker | {name}' is not closed: write '///' below it")
        elif content:
            self._embed.report(line, f"the block '/// checker | {name}' holds text; write it above or below the block")
        elif name not in self._embed.checkers:
            known = ", ".join(self._embed.checkers) or "none"
            self._embed.report(
                line,
                f"there is no checker {name!r}; known are: {known}"
                if name
                else f"the checker block names no checker; write '/// checker | <id>' with one of: {known}",
            )
        elif not level.isdecimal() or int(level) not in _LEVELS:
            self._embed.report(line, f"the checker block has level {level!r}; write a number from 0 to 6")
        else:
            try:
                self._write(element, self._embed.checkers[name], int(level), number)
            except FormError as error:
                self._embed.report(line, str(error))

    def _write(self, element: ElementTree.Element, checker: Checker, level: int, number: int) -> None:
        page = self._embed.context
        placement = Placement(
            locale=page.locale,
            root=page.root,
            pack=page.pack,
            links=page.links,
            offline=page.offline,
            level=level,
            number=number,
        )
        element.attrib.clear()
        element.attrib.update(checker_attributes(checker, placement))
        # Stashed: later steps of Python-Markdown would escape the script and strip the empty textarea.
        element.text = AtomicString(self.md.htmlStash.store(checker_contents(checker, placement)))


class _BlockLines:
    """The lines on which checker blocks open in a file, handed out in order for each argument."""

    def __init__(self, text: str) -> None:
        self._open: list[tuple[int, str]] = []
        fence = ""
        for number, line in enumerate(text.splitlines(), start=1):
            if marker := _FENCE.match(line):
                if not fence:
                    fence = marker["fence"]
                elif marker["fence"].startswith(fence):
                    fence = ""
            elif not fence and (found := _OPENING.match(line)):
                self._open.append((number, found["argument"] or ""))

    def take(self, argument: str) -> int:
        """Return the next line that opens a block with ``argument``; 1 where the file holds none.

        A page may bring in its text from another file.
        """
        for entry in self._open:
            if entry[1] == argument:
                self._open.remove(entry)
                return entry[0]
        return 1
