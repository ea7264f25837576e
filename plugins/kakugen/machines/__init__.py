"""For machines: what a site says of itself to search engines, feed readers, language models and other programs.

In: the catalog, the reference tables, and where the language is published. Out: text by published path, and for each
page the JSON-LD of its head. Every date comes from the front matter or from the ledger of ids, none from the clock or
from the file system: the same knowledge gives the same bytes. Nothing here knows of a site generator or of checkers.
"""

from kakugen.machines.api import schema_files
from kakugen.machines.files import is_for_machines, language_files, shared_files
from kakugen.machines.markdown import MARKDOWN, markdown_page, markdown_url
from kakugen.machines.publication import FEED, Edition, Tool
from kakugen.machines.structured import structured_data

__all__ = [
    "FEED",
    "MARKDOWN",
    "Edition",
    "Tool",
    "is_for_machines",
    "language_files",
    "markdown_page",
    "markdown_url",
    "schema_files",
    "shared_files",
    "structured_data",
]
