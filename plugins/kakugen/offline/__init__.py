"""Reading and asking without a network: a service worker for the finished site.

In: the folder of a finished site and its languages. Out: beside the pages, ``offline.js`` (the service worker), a list
of all files with sizes and hashes for it, and their sums for the pages. A browser keeps nothing before a reader has
used a checker or asks to keep the site; which pages offer that is theirs to say. Nothing here knows how the pages were
made, or what any file is for.

A site that shall not be kept (it is being served while it is written, or its owner does not want it) gets another
``offline.js``, which undoes what an earlier one has done in a browser.
"""

from kakugen.offline.inventory import Inventory, KeptFile, read_site
from kakugen.offline.writing import WORKER, removal_script, write_offline

__all__ = ["WORKER", "Inventory", "KeptFile", "read_site", "removal_script", "write_offline"]
