"""What is known: the articles and maxims of a site, read and checked, and the form of its reference tables.

In: Markdown files as bytes. Out: a ``Catalog`` and ``Fault``s. Nothing here knows of a site generator, of
HTML, of checkers or of mail.
"""

from kakugen.knowledge.catalog import Catalog, Document, Entry, Folders, PlainPage
from kakugen.knowledge.checks import Background, check, review_day
from kakugen.knowledge.diagrams import Diagram, check_diagrams, read_diagrams
from kakugen.knowledge.drafts import CAUSES, draft, draft_words
from kakugen.knowledge.endings import Ending
from kakugen.knowledge.faults import Fault, Place, Term
from kakugen.knowledge.frontmatter import FrontMatter, read_front_matter
from kakugen.knowledge.ledger import Ledger, check_ledger, read_ledger, updated
from kakugen.knowledge.links import AnswerLinks, PageLink, answer_links
from kakugen.knowledge.models import ACTORS, Article, Confidence, Maxim, Source, Symptom
from kakugen.knowledge.reading import read_catalog
from kakugen.knowledge.references import EntryPage, Provenance, Reference, ReferenceEntry, ReferenceRow
from kakugen.knowledge.revision import revision_of
from kakugen.knowledge.rules import Rule, Severity
from kakugen.knowledge.sections import SectionWords, section_ids, section_words
from kakugen.knowledge.text import MarkdownText

__all__ = [
    "ACTORS",
    "CAUSES",
    "AnswerLinks",
    "Article",
    "Background",
    "Catalog",
    "Confidence",
    "Diagram",
    "Document",
    "Ending",
    "Entry",
    "EntryPage",
    "Fault",
    "Folders",
    "FrontMatter",
    "Ledger",
    "MarkdownText",
    "Maxim",
    "PageLink",
    "Place",
    "PlainPage",
    "Provenance",
    "Reference",
    "ReferenceEntry",
    "ReferenceRow",
    "Rule",
    "SectionWords",
    "Severity",
    "Source",
    "Symptom",
    "Term",
    "answer_links",
    "check",
    "check_diagrams",
    "check_ledger",
    "draft",
    "draft_words",
    "read_catalog",
    "read_diagrams",
    "read_front_matter",
    "read_ledger",
    "review_day",
    "revision_of",
    "section_ids",
    "section_words",
    "updated",
]
