"""The Markdown blocks that show what is known inside any page.

``/// maxim | <id>``
    the maxim as a quotation that leads to its page;
``/// articles``
    the articles as a list, those checked last first; ``limit: 5`` on an indented line below shows only so
    many;
``/// maxims``
    all maxims as a list.

Each ends with ``///``. In: the catalog, and before each page where it stands. Out: HTML from the templates
under ``theme/templates/partials/kakugen``.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, override
from xml.etree import ElementTree

from markdown import Markdown
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor  # type: ignore[import-untyped]
from pymdownx.blocks.block import Block, type_ranged_integer  # type: ignore[import-untyped]

from kakugen.knowledge import Catalog

type Renderer = Callable[[str, Mapping[str, object]], str]
"""Renders a template by its name with values: for the page that is being converted."""


class KnowledgeExtension(BlocksExtension):  # type: ignore[misc]
    """Python-Markdown extension for the blocks of this module.

    Attributes:
        render: renders a template for the page that is converted next. Set it before each page.
    """

    def __init__(self, catalog: Catalog, language: str) -> None:
        """Make the extension for one build.

        Args:
            catalog: all articles and maxims.
            language: the code of the language that is being built.
        """
        super().__init__()
        self.catalog = catalog
        self.language = language
        self.render: Renderer | None = None

    @override
    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:
        """Add the blocks to one Markdown instance."""
        for block in (_MaximBlock, _ArticlesBlock, _MaximsBlock):
            block_mgr.register(block, {"knowledge": self})


class _KnowledgeBlock(Block):  # type: ignore[misc]
    """A block that is filled from a template."""

    TEMPLATE: str

    def values(self, catalog: Catalog, language: str) -> Mapping[str, object] | None:
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
        values = self.values(knowledge.catalog, knowledge.language)
        if values is None or knowledge.render is None:
            return
        block.text = AtomicString(self.md.htmlStash.store(knowledge.render(self.TEMPLATE, values)))


class _MaximBlock(_KnowledgeBlock):
    NAME = "maxim"
    ARGUMENT: bool | None = True
    TEMPLATE = "partials/kakugen/maxim-quote.html"

    @override
    def values(self, catalog: Catalog, language: str) -> Mapping[str, object] | None:
        maxim = catalog.maxim(language, self.argument)
        return None if maxim is None else {"maxim": maxim}


class _ArticlesBlock(_KnowledgeBlock):
    NAME = "articles"
    TEMPLATE = "partials/kakugen/article-list.html"
    OPTIONS: ClassVar[dict[str, tuple[Any, Callable[[Any], Any]]]] = {"limit": (None, type_ranged_integer(1))}

    @override
    def values(self, catalog: Catalog, language: str) -> Mapping[str, object] | None:
        return {"articles": catalog.articles_in(language)[: self.options["limit"]]}


class _MaximsBlock(_KnowledgeBlock):
    NAME = "maxims"
    TEMPLATE = "partials/kakugen/maxim-list.html"

    @override
    def values(self, catalog: Catalog, language: str) -> Mapping[str, object] | None:
        return {"maxims": catalog.maxims_in(language)}


BLOCKS: Final = ("maxim", "articles", "maxims")
"""The names of the blocks."""
