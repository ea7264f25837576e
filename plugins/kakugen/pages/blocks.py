"""The Markdown blocks that show what is known inside any page.

``/// maxim | <id>``
    the maxim as a quotation that leads to its page;
``/// actor | <who>``
    who must act, in a case of a section with several causes;
``/// articles``
    the articles as a list, those checked last first; ``limit: 5`` on an indented line below shows only so
    many; ``/// articles | <id> <id>`` shows these in this order;
``/// maxims``
    all maxims as a list;
``/// reference | <id>``
    a reference table with its filter;
``/// references``
    the reference tables as a list;
``/// reference-entry | <table>/<id>``
    what a reference table knows of one thing, as a page of its own;
``/// diagram | <id>``
    a drawing with its words in the language of the page.

Each ends with ``///``. In: the catalog, the reference tables, and before each page where it stands. Out: HTML
from the templates under ``theme/templates/partials/kakugen``. Besides, the fixed sections of articles and maxims get
anchors that are the same in every language.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, override
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor  # type: ignore[import-untyped]
from pymdownx.blocks.block import Block, type_ranged_integer  # type: ignore[import-untyped]

from kakugen.knowledge import ACTORS, Catalog, Diagram
from kakugen.pages.diagrams import diagram_svg
from kakugen.pages.references import ReferenceShelf

type Renderer = Callable[[str, Mapping[str, object]], str]
"""Renders a template by its name with values: for the page that is being converted."""


class KnowledgeExtension(BlocksExtension):  # type: ignore[misc]
    """Python-Markdown extension for the blocks of this module.

    Attributes:
        render: renders a template for the page that is converted next. Set it before each page.
        anchors: the anchors of its sections, by heading. Set it before each page.
        file: the file of the page as its author knows it. Set it before each page.
        faults: what was wrong in the blocks of all pages, in words for their authors.
    """

    def __init__(
        self, catalog: Catalog, shelf: ReferenceShelf, language: str, diagrams: Mapping[str, Diagram] | None = None
    ) -> None:
        """Make the extension for one build.

        Args:
            catalog: all articles and maxims.
            shelf: the reference tables of the language.
            language: the code of the language that is being built.
            diagrams: the diagrams by id.
        """
        super().__init__()
        self.catalog = catalog
        self.shelf = shelf
        self.language = language
        self.diagrams = diagrams or {}
        self.render: Renderer | None = None
        self.anchors: Mapping[str, str] = {}
        self.file = ""
        self.faults: list[str] = []

    @override
    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        """Add the blocks to one Markdown instance."""
        for block in _CLASSES:
            block_mgr.register(block, {"knowledge": self})
        # Before the table of contents (5), which gives an anchor to each heading that has none.
        md.treeprocessors.register(_SectionAnchors(md, self), "kakugen_sections", 6)


class _SectionAnchors(Treeprocessor):
    """Gives each fixed section its anchor; Japanese headings would otherwise be numbered."""

    def __init__(self, md: Markdown, knowledge: KnowledgeExtension) -> None:
        super().__init__(md)
        self._knowledge = knowledge

    @override
    def run(self, root: ElementTree.Element) -> None:
        anchors = self._knowledge.anchors
        if not anchors:
            return
        for heading in root.iter("h2"):
            anchor = anchors.get("".join(heading.itertext()).strip())
            if anchor is not None and heading.get("id") is None:
                heading.set("id", anchor)


class _KnowledgeBlock(Block):  # type: ignore[misc]
    """A block that is filled from a template."""

    TEMPLATE: str

    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        """Return what the template shows, or ``None`` to show nothing."""
        raise NotImplementedError

    @override
    def on_markdown(self) -> str:
        return "raw"

    @override
    def on_create(self, parent: ElementTree.Element) -> ElementTree.Element:
        return ElementTree.SubElement(parent, "div", {"class": f"kakugen-block kakugen-block--{self.NAME}"})

    @override
    def on_end(self, block: ElementTree.Element) -> None:
        knowledge: KnowledgeExtension = self.config["knowledge"]
        values = self.values(knowledge)
        if values is None or knowledge.render is None:
            return
        block.text = AtomicString(self.md.htmlStash.store(knowledge.render(self.TEMPLATE, values)))


class _MaximBlock(_KnowledgeBlock):
    NAME = "maxim"
    ARGUMENT: bool | None = True
    TEMPLATE = "partials/kakugen/maxim-quote.html"

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        maxim = knowledge.catalog.maxim(knowledge.language, self.argument)
        return None if maxim is None else {"maxim": maxim}


class _ActorBlock(_KnowledgeBlock):
    NAME = "actor"
    ARGUMENT: bool | None = True
    TEMPLATE = "partials/kakugen/actor.html"

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        return {"actor": self.argument} if self.argument in ACTORS else None


class _ArticlesBlock(_KnowledgeBlock):
    NAME = "articles"
    ARGUMENT: bool | None = None
    TEMPLATE = "partials/kakugen/article-list.html"
    OPTIONS: ClassVar[dict[str, tuple[Any, Callable[[Any], Any]]]] = {"limit": (None, type_ranged_integer(1))}

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        articles = knowledge.catalog.articles_in(knowledge.language)
        if self.argument:
            by_id = {entry.about.id: entry for entry in articles}
            wanted = self.argument.replace(",", " ").split()
            knowledge.faults += [
                f"{knowledge.file}: '/// articles' names the article '{id_}', which there is not. Write one of the ids "
                f"in the front matter of the articles."
                for id_ in wanted
                if id_ not in by_id
            ]
            articles = tuple(by_id[id_] for id_ in wanted if id_ in by_id)
        return {"articles": articles[: self.options["limit"]]}


class _MaximsBlock(_KnowledgeBlock):
    NAME = "maxims"
    TEMPLATE = "partials/kakugen/maxim-list.html"

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        return {"maxims": knowledge.catalog.maxims_in(knowledge.language)}


class _ReferenceBlock(_KnowledgeBlock):
    NAME = "reference"
    ARGUMENT: bool | None = True
    TEMPLATE = "partials/kakugen/reference.html"

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        table = knowledge.shelf.table(self.argument)
        return None if table is None else {"table": table, "shelf": knowledge.shelf}


class _ReferencesBlock(_KnowledgeBlock):
    NAME = "references"
    TEMPLATE = "partials/kakugen/reference-list.html"

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        return {"shelf": knowledge.shelf}


class _ReferenceEntryBlock(_KnowledgeBlock):
    NAME = "reference-entry"
    ARGUMENT: bool | None = True
    TEMPLATE = "partials/kakugen/reference-entry.html"

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        found = knowledge.shelf.entry(self.argument)
        return None if found is None else {"table": found[0], "entry": found[1], "shelf": knowledge.shelf}


class _DiagramBlock(_KnowledgeBlock):
    NAME = "diagram"
    ARGUMENT: bool | None = True
    TEMPLATE = "partials/kakugen/diagram.html"

    @override
    def values(self, knowledge: KnowledgeExtension) -> Mapping[str, object] | None:
        diagram = knowledge.diagrams.get(self.argument)
        if diagram is None:
            return None
        language = knowledge.language
        return {"svg": diagram_svg(diagram, language), "title": diagram.words[language].title}


_CLASSES: Final = (
    _MaximBlock,
    _ActorBlock,
    _ArticlesBlock,
    _MaximsBlock,
    _ReferenceBlock,
    _ReferencesBlock,
    _ReferenceEntryBlock,
    _DiagramBlock,
)

BLOCKS: Final = tuple(block.NAME for block in _CLASSES)
"""The names of the blocks."""
