"""Search: Japanese, readings and codes find the right page, in the search dialog of the theme.

In: ``SearchDocument``s, what can be found in one language. Out: an index, and the worker that answers the theme's
dialog from it. The index is MiniSearch's; text is cut into words, codes and pairs of Japanese characters
(``client/tokens.js``), the same way for the index and for the question. No page loads the index before somebody opens
the search.
"""

from kakugen.search.documents import SearchDocument
from kakugen.search.index import (
    BuiltSearch,
    SearchUnavailableError,
    build_search,
    shared_files,
)

__all__ = [
    "BuiltSearch",
    "SearchDocument",
    "SearchUnavailableError",
    "build_search",
    "shared_files",
]
