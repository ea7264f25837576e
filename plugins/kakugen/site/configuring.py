"""MkDocs' and Material's settings for the language that is built.

In: a ``Setting``. Out: its ``config``, changed in place; or why the site cannot be built as it is set up.
"""

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.exceptions import PluginError

from kakugen import embed, knowledge, pages
from kakugen.config import LanguageConfig
from kakugen.site.setting import Setting


def configure(setting: Setting) -> None:
    """Point MkDocs and Material at the language.

    Raises:
        PluginError: the theme is not Material, or a language has no folder or a section that there is not.
    """
    config, language = setting.config, setting.language
    root = "" if language.is_main else "../"
    _check(setting)
    _point_edits_at_language(setting)
    config.docs_dir = str(language.docs)
    config.theme["language"] = language.code
    if setting.site_url:
        config.site_url = setting.site_url + language.prefix
    _apply(setting, setting.options.languages.get(language.code))
    pages.apply_theme(config, setting.labels, root)
    config.extra_css.insert(1, root + embed.STYLES)
    for path in (pages.published_theme().script, embed.ENTRY):
        config.extra_javascript.append(_module(root + path))
    if len(setting.languages) > 1:
        # True and not a list: Material shows its language switch, which our template fills for each page,
        # and writes no links of its own into the head.
        config.extra["alternate"] = True


def _check(setting: Setting) -> None:
    if setting.config.theme.name != "material":
        raise PluginError("Kakugen needs Material for MkDocs. Write in mkdocs.yml: 'theme: {name: material}'.")
    known = knowledge.section_ids()
    for language in setting.languages:
        if not language.docs.is_dir():
            shown = pages.shown_path(language.docs, setting.config)
            raise PluginError(f"The language '{language.code}' has no documents. Make the folder {shown}/.")
        for section in setting.own_sections(language.code).keys() - known:
            raise PluginError(
                f"The language '{language.code}' has words for a section '{section}' that there is not. "
                f"Write one of {', '.join(sorted(known))}."
            )


def _point_edits_at_language(setting: Setting) -> None:
    """Let links for editing lead into the folder of the language: MkDocs knows of one folder of documents."""
    config, docs = setting.config, setting.language.docs
    inside = "" if str(docs) == config.docs_dir else f"{docs.name}/"
    if config.edit_uri and not config.repo_url and "://" not in config.edit_uri:
        # So that mkdocs.yml may leave the repository to the environment: without one, nothing can be edited.
        config.edit_uri = None
    if config.edit_uri:
        config.edit_uri = f"{config.edit_uri.rstrip('/')}/{inside}"
    elif config.edit_uri_template:
        config.edit_uri_template = config.edit_uri_template.replace("{path}", inside + "{path}")


def _apply(setting: Setting, options: LanguageConfig | None) -> None:
    if options is None:
        return
    config = setting.config
    config.site_name = options.site_name or config.site_name
    config.site_description = options.site_description or config.site_description
    config.copyright = options.copyright or config.copyright
    config.nav = options.nav or config.nav


def _module(path: str) -> ExtraScriptValue:
    script = ExtraScriptValue(path)
    script.type = "module"
    return script
