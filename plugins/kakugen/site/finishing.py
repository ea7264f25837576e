"""What is made of a finished site: what machines read, the policy of its pages, and the list of files to keep.

In: a ``Setting``, and the folder with the pages of all languages. Out: more files in it, and the policy in every page.
"""

from collections.abc import Mapping
from pathlib import Path

from mkdocs.exceptions import PluginError

from kakugen import cards, embed, machines, offline, pages, policy, runtime, search
from kakugen.site.setting import Setting


def write_search(setting: Setting, built: search.BuiltSearch) -> None:
    """Write the index of the language.

    Raises:
        PluginError: it cannot be made.
    """
    path = setting.site / built.path
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.write_text(built.index, "utf-8")
    except search.SearchUnavailableError as error:
        raise PluginError(str(error)) from error


def write_for_machines(setting: Setting, edition: machines.Edition | None) -> None:
    """Write feed, lists, Markdown and JSON of the language; the main build also what all languages share."""
    if edition is None:
        setting.log.info("Feed, llms.txt and JSON need the site's address: set 'site_url' in mkdocs.yml.")
        return
    made = dict(machines.language_files(edition))
    if not setting.is_child:
        made |= machines.shared_files(edition)
    written = {setting.site / path: text for path, text in made.items()}
    for folder in {path.parent for path in written}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, text in written.items():
        # What the owner has put there stays.
        if setting.language.docs.joinpath(path.relative_to(setting.site)).is_file():
            continue
        path.write_text(text, "utf-8", newline="\n")


def write_policy(setting: Setting, *, runs_python: bool) -> None:
    """Let the pages of the whole site load what they hold now, and nothing else.

    Raises:
        PluginError: a page loads something from elsewhere.
    """
    use = policy.read_site(setting.site, setting.site_url)
    setting.refuse(use.faults)
    policy.write_policy(setting.site, use, runs_python=runs_python)


def write_offline(setting: Setting, *, has_pack: bool) -> None:
    """Let readers keep the whole site as it is written now, or let browsers forget what they have of it."""
    if not (setting.is_kept and has_pack):
        (setting.site / offline.WORKER).write_text(offline.removal_script(), "utf-8")
        return
    inventory = offline.read_site(
        setting.site,
        {language.code: language.prefix for language in setting.languages},
        first=b"<kakugen-checker",
        is_needed=lambda _language, path: _is_opened(path),
    )
    offline.write_offline(setting.site, inventory)


def _is_opened(path: str) -> bool:
    """Return whether any reader's browser opens a file of a language."""
    return not (machines.is_for_machines(path) or path.startswith(f"{cards.FOLDER}/")) and pages.is_ever_loaded(path)


def loaded_files(pack: runtime.Pack) -> Mapping[str, Mapping[str, Path]]:
    """Return the files that a page loads for its checkers, by when it does."""
    before, after = "client, with the page", "client, when the reader turns to it"
    loaded: dict[str, dict[str, Path]] = {before: {}, after: {}}
    for name, path in embed.client_files().items():
        when = before if name in (embed.ENTRY, embed.STYLES) else after
        loaded[when][name.removeprefix(f"{embed.DIRECTORY}/")] = path
    return {**loaded, "runtime pack": {file.name: pack.directory / file.name for file in pack.files}}
