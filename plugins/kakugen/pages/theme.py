"""The look of the site: our templates over Material's, our style sheet, and Material's settings.

In: the configuration as the site owner wrote it. Out: the same with what the owner left open filled in, so
that ``mkdocs.yml`` needs no more than the plugin's entry; what the owner has set stays.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from mkdocs.config.defaults import MkDocsConfig

from kakugen.pages.labels import Labels

_THEME: Final = Path(str(files("kakugen"))) / "theme"

TEMPLATES: Final = _THEME / "templates"
"""The folder of our templates."""

FEATURES: Final = (
    "navigation.instant",  # pages change without reloading: a started checker stays warm
    "navigation.indexes",
    "navigation.prune",  # the whole navigation on every page makes building slow and pages big
    "navigation.tabs",
    "navigation.top",
    "search.suggest",
    "toc.follow",
)
"""The features of Material that are on unless the owner lists others."""

EXTENSIONS: Final[Mapping[str, Mapping[str, object]]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "pymdownx.details": {},
    "pymdownx.highlight": {},
    "pymdownx.inlinehilite": {},
    "pymdownx.keys": {},
    "pymdownx.superfences": {},
    "tables": {},
    "toc": {"permalink": True},
}
"""The Markdown extensions that are on, with their options; the owner's own options win."""

_WORKER: Final = re.compile(r"assets/javascripts/workers/search\.\w+\.min\.js")
_MATERIAL_FAVICON: Final = "assets/images/favicon.png"

_STYLES: Final = (
    "colours.css",
    "typography.css",
    "frame.css",
    "article.css",
    "maxim.css",
    "diagram.css",
    "home.css",
    "reference.css",
    "print.css",
)
"""The style sheets, in the order in which they are joined into one."""

_SEARCH_PARTS: Final = "assets/javascripts/lunr/"

_SCRIPTS: Final = ("languages.js", "notices.js", "reference.js", "search.js")
"""The scripts, joined into one module."""


def apply_theme(config: MkDocsConfig, labels: Labels, root: str) -> None:
    """Fill in Material's settings and put our templates between the owner's and Material's.

    Args:
        config: the configuration, changed in place.
        labels: the words of the language that is built.
        root: the way from the root of that language to the root of the whole site: ``""`` or ``"../"``.
    """
    theme = config.theme
    theme.dirs.insert(1 if theme.custom_dir else 0, str(TEMPLATES))
    theme["features"] = theme.get("features") or list(FEATURES)
    theme["palette"] = theme.get("palette") or _palette(labels)
    # Material asks a font server for its fonts unless told not to. Nothing on our pages comes from elsewhere.
    theme["font"] = False
    logo = root + published_theme().logo
    if not theme.get("logo"):
        theme["logo"] = logo
    if theme.get("favicon") == _MATERIAL_FAVICON:
        theme["favicon"] = logo
    config.extra_css.insert(0, root + published_theme().styles)
    for name, options in EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        config.mdx_configs[name] = {**options, **(config.mdx_configs.get(name) or {})}


def with_search_worker(html: str, worker: str) -> str:
    """Return Material's configuration of a page with another search worker.

    Args:
        html: the element that holds it.
        worker: the address of the worker, relative to the root of the language.
    """
    return _WORKER.sub(worker, html)


def is_ever_loaded(path: str) -> bool:
    """Return whether any reader's browser loads a file that Material publishes: not what only its own search needs.

    Args:
        path: the file, relative to the root of a language.
    """
    return not path.startswith(_SEARCH_PARTS) and _WORKER.fullmatch(path) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTheme:
    """Our files of the look, with where they are published, relative to the root of the whole site.

    Attributes:
        files: content by published path.
        styles: the path of the style sheet.
        script: the path of the script, a module.
        logo: the path of the logo, also the icon of browser tabs.
    """

    files: Mapping[str, str]
    styles: str
    script: str
    logo: str


@cache
def published_theme() -> PublishedTheme:
    """Return our style sheets and our scripts, each joined into one, and the logo.

    A hash of the content is in each name: a browser may keep a file as long as it likes, and never shows an
    old one.
    """
    sheet = "\n".join((_THEME / "styles" / name).read_text("utf-8") for name in _STYLES)
    script = "\n".join((_THEME / "scripts" / name).read_text("utf-8") for name in _SCRIPTS)
    logo = (_THEME / "logo.svg").read_text("utf-8")
    styles_path, script_path, logo_path = (
        _hashed(name, content) for name, content in (("kakugen.css", sheet), ("kakugen.js", script), ("logo.svg", logo))
    )
    return PublishedTheme(
        files={styles_path: sheet, script_path: script, logo_path: logo},
        styles=styles_path,
        script=script_path,
        logo=logo_path,
    )


def _hashed(name: str, content: str) -> str:
    stem, _, ending = name.rpartition(".")
    digest = hashlib.blake2b(content.encode(), digest_size=4).hexdigest()
    return f"assets/kakugen/theme/{stem}.{digest}.{ending}"


def _palette(labels: Labels) -> Sequence[Mapping[str, Any]]:
    def scheme(media: str, name: str, scheme: str, icon: str) -> Mapping[str, Any]:
        return {
            "media": media,
            "scheme": scheme,
            "primary": "custom",
            "accent": "custom",
            "toggle": {"icon": icon, "name": labels(f"palette.{name}")},
        }

    return (
        scheme("(prefers-color-scheme)", "auto", "default", "material/brightness-auto"),
        scheme("(prefers-color-scheme: light)", "light", "default", "material/weather-sunny"),
        scheme("(prefers-color-scheme: dark)", "dark", "slate", "material/weather-night"),
    )
