"""What is known: the articles and maxims of a site, read and checked, and the form of its reference tables.

In: Markdown files as bytes. Out: a ``Catalog`` and ``Fault``s. Nothing here knows of a site generator, of
HTML, of checkers or of mail.
"""

from kakugen.knowledge.catalog import Catalog, Document, Entry, Folders, read_catalog
from kakugen.knowledge.checks import check
from kakugen.knowledge.faults import Fault, Place, Rule, Severity
from kakugen.knowledge.frontmatter import FrontMatter, read_front_matter
from kakugen.knowledge.links import AnswerLinks, PageLink, answer_links
from kakugen.knowledge.models import Article, Maxim, Source
from kakugen.knowledge.references import Provenance, Reference, ReferenceEntry, ReferenceRow

__all__ = [
    "AnswerLinks",
    "Article",
    "Catalog",
    "Document",
    "Entry",
    "Fault",
    "Folders",
    "FrontMatter",
    "Maxim",
    "PageLink",
    "Place",
    "Provenance",
    "Reference",
    "ReferenceEntry",
    "ReferenceRow",
    "Rule",
    "Severity",
    "Source",
    "answer_links",
    "check",
    "read_catalog",
    "read_front_matter",
]
