"""Revisions: a short name for what an original says, so that a translation can tell what it was made from.

In: an article or a maxim. Out: ``r`` and eight hexadecimal digits, the same as long as nothing changes that a
translation would say. Days, and what holds for all languages alike, do not count.
"""

import hashlib
import json
from typing import Any

from kakugen.knowledge.catalog import Entry
from kakugen.knowledge.models import Article, Maxim


def revision_of(entry: Entry[Article] | Entry[Maxim]) -> str:
    """Return the revision of an article or a maxim."""
    about = entry.about
    said: list[Any] = [about.title, about.summary]
    if isinstance(about, Article):
        said += [[symptom.text for symptom in about.symptoms], about.minutes, about.actor]
        said.append([[source.title, source.url] for source in about.sources])
    lines = [line.rstrip() for line in entry.text.body.strip().split("\n")]
    content = json.dumps([said, lines], ensure_ascii=False).encode()
    return "r" + hashlib.blake2b(content, digest_size=4).hexdigest()
