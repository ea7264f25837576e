"""The JSON Schema of front matter, for editors: what the models know, as text.

In: the models. Out: one schema for articles and maxims, told apart by ``kind``; pages without ``kind`` are left alone.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from kakugen.knowledge.models import Article, Maxim

PUBLISHED: Final = "assets/kakugen/schemas/front-matter.schema.json"
"""Where a site publishes it, relative to its root."""


def front_matter_schema() -> Mapping[str, Any]:
    """Return the schema."""
    references, definitions = models_json_schema([(Article, "validation"), (Maxim, "validation")])
    kinds = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": references[model, "validation"],
        }
        for kind, model in (("article", Article), ("maxim", Maxim))
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a Kakugen page",
        "type": "object",
        "properties": {"kind": {"enum": ["article", "maxim"], "description": "What the file is."}},
        "allOf": kinds,
        **definitions,
    }


def schema_text() -> str:
    """Return the schema as a file."""
    return json.dumps(front_matter_schema(), ensure_ascii=False, indent=2) + "\n"
