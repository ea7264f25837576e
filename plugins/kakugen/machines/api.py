"""The catalog and the reference tables as JSON, in a version that stays, each form with its JSON Schema.

In: an edition. Out: JSON text by published path under ``api/v1/``. What is there may gain keys; a key that goes or
changes its meaning makes ``v2``. Keys stand in the order of the models in ``api_forms``, entries in that of the site.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import BaseModel

from kakugen.knowledge import Article, Entry, Maxim, Reference, review_day
from kakugen.machines.api_forms import (
    ArticleJson,
    CatalogJson,
    CheckerJson,
    GroupJson,
    IndexJson,
    LanguageJson,
    MaximJson,
    RowJson,
    SourceJson,
    TableJson,
    TableLinkJson,
    TopicJson,
)
from kakugen.machines.markdown import markdown_url
from kakugen.machines.publication import FEED, Edition

FOLDER: Final = "api/v1"
CATALOG: Final = f"{FOLDER}/catalog.json"
INDEX: Final = f"{FOLDER}/index.json"

_FORMS: Final[Mapping[str, type[BaseModel]]] = {"catalog": CatalogJson, "table": TableJson, "index": IndexJson}


def schema_path(form: str) -> str:
    """Return where the schema of a form is published, relative to the root of the whole site."""
    return f"{FOLDER}/{form}.schema.json"


def table_path(table: str) -> str:
    """Return where a table is published, relative to the root of the language."""
    return f"{FOLDER}/tables/{table}.json"


def schema_files() -> Mapping[str, str]:
    """Return the schema of each form by published path."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {
        schema_path(name): json.dumps(
            head | model.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2
        )
        + "\n"
        for name, model in _FORMS.items()
    }


def api_files(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield the catalog and the tables of a language with their published paths, relative to its root."""
    yield CATALOG, _text(_catalog(edition))
    for table in edition.tables:
        yield table_path(table.id), _text(_table(edition, table))


def index_text(edition: Edition) -> str:
    """Return the list of all languages.

    Args:
        edition: the main language.
    """
    languages = {edition.language: (edition.language_name, edition.prefix), **edition.siblings}
    listed = tuple(
        LanguageJson(
            language=code,
            name=name,
            catalog=f"{edition.site_url}{prefix}{CATALOG}",
            feed=f"{edition.site_url}{prefix}{FEED}",
            llms=f"{edition.site_url}{prefix}llms.txt",
        )
        for code, (name, prefix) in languages.items()
    )
    return _text(IndexJson(version=1, languages=listed))


def _text(model: BaseModel) -> str:
    return model.model_dump_json() + "\n"


def _catalog(edition: Edition) -> CatalogJson:
    return CatalogJson(
        version=1,
        language=edition.language,
        site=edition.name,
        url=edition.address(""),
        articles=tuple(_article(edition, entry) for entry in edition.articles),
        maxims=tuple(MaximJson(**_common(edition, entry), said_by=entry.about.said_by) for entry in edition.maxims),
        checkers=tuple(
            CheckerJson(
                id=tool.id,
                title=tool.title,
                url=edition.address(tool.url),
                topics=tuple(_topic(edition, topic, title) for topic, title in tool.topics.items()),
            )
            for tool in edition.tools
        ),
        tables=tuple(
            TableLinkJson(
                id=table.id,
                title=table.title,
                url=edition.address(edition.table_url(table)),
                json_url=edition.address(table_path(table.id)),
            )
            for table in edition.tables
        ),
    )


def _common(edition: Edition, entry: Entry[Article] | Entry[Maxim]) -> dict[str, Any]:
    about = entry.about
    return {
        "id": about.id,
        "url": edition.address(entry.url),
        "markdown": edition.address(markdown_url(entry.url)),
        "title": about.title,
        "summary": about.summary,
        "confidence": about.confidence.value,
        "listed": edition.first_day(entry),
        "checked": about.checked,
    }


def _article(edition: Edition, entry: Entry[Article]) -> ArticleJson:
    about = entry.about
    return ArticleJson(
        **_common(edition, entry),
        review=review_day(entry, edition.holds),
        topics=about.all_topics,
        symptoms=tuple(symptom.text for symptom in about.symptoms),
        cause=about.cause,
        actor=about.actor,
        minutes=about.minutes,
        hosts=about.hosts,
        ends=about.ends,
        maxims=tuple(dict.fromkeys(id_ for id_, _ in entry.cites)),
        related=about.related,
        sources=tuple(SourceJson(**source.model_dump()) for source in about.sources),
    )


def _topic(edition: Edition, topic: str, title: str) -> TopicJson:
    answering = edition.catalog.answering(edition.language, topic)
    return TopicJson(id=topic, title=title, articles=tuple(entry.about.id for entry in answering))


def _table(edition: Edition, table: Reference) -> TableJson:
    return TableJson(
        version=1,
        language=edition.language,
        id=table.id,
        checker=table.checker,
        url=edition.address(edition.table_url(table)),
        title=table.title,
        intro=table.intro,
        columns=table.columns,
        entries=tuple(
            GroupJson(
                id=entry.id,
                anchors=entry.anchors,
                title=entry.title,
                note=entry.note,
                sources=entry.provenance.sources,
                checked=entry.provenance.checked,
                rows=tuple(
                    RowJson(
                        id=row.id,
                        cells=row.cells,
                        topic=row.topic,
                        keywords=row.keywords,
                        sources=row.provenance.sources,
                        checked=row.provenance.checked,
                    )
                    for row in entry.rows
                ),
            )
            for entry in table.entries
        ),
    )
