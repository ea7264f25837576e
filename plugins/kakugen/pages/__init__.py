"""What is made of what is known: furniture of articles and maxims, lists, tables, language switch, the look.

In: the catalog, and MkDocs' files and pages. Out: values for the templates under ``theme/templates``,
Markdown blocks, and settings of Material. Nothing here knows of checkers.
"""

from kakugen.pages.addresses import AddressError
from kakugen.pages.alternates import Alternate, LanguageSwitch
from kakugen.pages.blocks import KnowledgeExtension
from kakugen.pages.findable import AskingPage, search_documents
from kakugen.pages.furniture import ArticleFurniture, Furnisher, MaximFurniture
from kakugen.pages.labels import Labels, labels_for
from kakugen.pages.navigation import default_nav, generated_pages, nav_paths
from kakugen.pages.phrases import Phrases
from kakugen.pages.redirects import redirect_pages
from kakugen.pages.references import ReferenceShelf, entry_paths, reference_pages
from kakugen.pages.reports import Reports, check_report_url
from kakugen.pages.rules import rule_pages
from kakugen.pages.sources import other_documents, own_documents, shown_path
from kakugen.pages.theme import TEMPLATES, apply_theme, is_ever_loaded, published_theme, with_search_worker
from kakugen.pages.view import PageView, SitemapEntry
from kakugen.pages.writing import check_write_url, write_url

__all__ = [
    "TEMPLATES",
    "AddressError",
    "Alternate",
    "ArticleFurniture",
    "AskingPage",
    "Furnisher",
    "KnowledgeExtension",
    "Labels",
    "LanguageSwitch",
    "MaximFurniture",
    "PageView",
    "Phrases",
    "ReferenceShelf",
    "Reports",
    "SitemapEntry",
    "apply_theme",
    "check_report_url",
    "check_write_url",
    "default_nav",
    "entry_paths",
    "generated_pages",
    "is_ever_loaded",
    "labels_for",
    "nav_paths",
    "other_documents",
    "own_documents",
    "published_theme",
    "redirect_pages",
    "reference_pages",
    "rule_pages",
    "search_documents",
    "shown_path",
    "with_search_worker",
    "write_url",
]
