r"""A checker on a page: the Markdown block, the form it writes, and the client that the page loads.

``/// checker | bounce`` followed by ``///`` becomes the complete, accessible form of that checker in the
page's language, inside a ``<kakugen-checker>`` element; the modules in ``client/`` bring it to life in the
browser (``client/README.md`` is the contract for themes and tests). In: the installed checkers and, for each
page, where it stands and what the site can link to. Out: HTML and the files to publish. Nothing here knows
of MkDocs or of what any checker is about.

How a generator wires it. There is no state outside these objects; make new ones for each build::

    checkers = installed_checkers(["bounce"])   # by id, in this order; without an argument all there are
    faults: list[PlacementFault] = []
    embed = CheckerExtension(checkers, on_fault=faults.append)
    config.markdown_extensions.append(embed)    # once per build (MkDocs: on_config)

    embed.page = PageContext(                   # before each page is converted (MkDocs: on_page_markdown)
        path="docs/ja/index.md",                # as shown in messages
        text=page.file.content_string,          # the whole file, front matter included: for line numbers
        root="../..",                           # from the page to the root of the whole site; "." at it
        locale="ja",
        pack="assets/kakugen/pack/0123abcd/",   # relative to that root
        links=SiteLinks(
            topics={"bounce/mailboxfull": [Link(title="…", url="articles/…/")]},
            maxims={"look-first": Link(title="…", url="maxims/…/")},
            checkers={"bounce": Link(title="…", url="")},
            references={"bounce": [Link(title="…", url="reference/…/")]},
        ),
        offline=Offline(worker="offline.js", group="ja"),   # if the site has such a service worker
    )

    if faults:                                  # after the pages; each is "file:line: what to write instead"
        raise PluginError("\n".join(map(str, faults)))

    for name, source in client_files().items(): # {"assets/kakugen/client/<hash>/checker.js": Path("…"), …}
        ...                                     # publish under the root of the whole site

Every page loads ``ENTRY`` as a module and ``STYLES`` as a style sheet, both relative to that root.
"""

from kakugen.embed.block import CheckerExtension, PageContext, PlacementFault, UnplacedPageError
from kakugen.embed.catalog import Link, SiteLinks
from kakugen.embed.form import Offline, checker_links, form_texts
from kakugen.embed.installed import ENTRY_POINTS, CheckerNotInstalledError, forget_code, installed_checkers
from kakugen.embed.pages import FOLDER, checker_pages
from kakugen.embed.published import DIRECTORY, ENTRY, STYLES, client_files
from kakugen.embed.references import ReferenceTableError, references_in
from kakugen.embed.templates import InstalledTemplate, Question, installed_templates
from kakugen.embed.timeline import endings_in
from kakugen.embed.topics import checker_titles, example_texts, topic_titles, topics_told_by_tables, unproven_topics

__all__ = [
    "DIRECTORY",
    "ENTRY",
    "ENTRY_POINTS",
    "FOLDER",
    "STYLES",
    "CheckerExtension",
    "CheckerNotInstalledError",
    "InstalledTemplate",
    "Link",
    "Offline",
    "PageContext",
    "PlacementFault",
    "Question",
    "ReferenceTableError",
    "SiteLinks",
    "UnplacedPageError",
    "checker_links",
    "checker_pages",
    "checker_titles",
    "client_files",
    "endings_in",
    "example_texts",
    "forget_code",
    "form_texts",
    "installed_checkers",
    "installed_templates",
    "references_in",
    "topic_titles",
    "topics_told_by_tables",
    "unproven_topics",
]
