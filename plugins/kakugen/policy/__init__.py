"""The content security policy of a site: what its pages may load, worked out from the pages as they were written.

In: the folder of a finished site. Out: the same pages, each with the policy as its first word to the browser, and a
``_headers`` file for hosts that read one; or faults, for pages that load anything from elsewhere. Nothing here knows
how the pages were made.

One policy serves the whole site: instant navigation puts the body of one page into the document of another, and there
the policy of the first page still holds.
"""

from kakugen.policy.css import css_sources
from kakugen.policy.html import PageUse, read_page
from kakugen.policy.rules import Policy
from kakugen.policy.sources import LoadFault, Source
from kakugen.policy.writing import SiteUse, read_site, write_policy

__all__ = [
    "LoadFault",
    "PageUse",
    "Policy",
    "SiteUse",
    "Source",
    "css_sources",
    "read_page",
    "read_site",
    "write_policy",
]
