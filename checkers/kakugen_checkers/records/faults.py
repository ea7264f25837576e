"""The knowledge of faults: how bad each is, which topic stands for it and what to say, from ``data/records``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from kakugen_checkers import data

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kakugen_checkers.records.model import Fault

AREA: Final = "records"
LOCALES: Final = ("ja", "en")
FILES: Final = ("spf", "dkim", "dmarc", "mx")
_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Return the entries of all faults, by id."""
    found: dict[str, dict[str, Any]] = {}
    for name in FILES:
        content = data.load(f"records/faults-{name}")
        found |= {
            ident: {**entry, "checked": content["checked"]} for ident, entry in content.items() if ident != "checked"
        }
    return found


def topic_ids() -> tuple[str, ...]:
    """Return the names of all topics, without their area, in the order of the data."""
    return tuple(data.load("records/topics")["order"])


def topic_texts(name: str, locale: str) -> dict[str, str]:
    """Return the texts of one topic."""
    texts: dict[str, str] = data.load("records/topics")["topic"][name][locale]
    return texts


def topic_fact(name: str) -> str:
    """Return the kind of fact of a host that says where its panel keeps what the topic is about; or nothing."""
    fact: str = data.load("records/topics")["topic"][name].get("fact", "")
    return fact


def is_covered(name: str) -> bool:
    """Return whether publishing the record that an answer gives does all that a topic asks for."""
    covered: bool = data.load("records/topics")["topic"][name].get("covered", False)
    return covered


def grade(fault: Fault) -> str:
    """Return how bad a fault is: ``breaks``, ``weakens`` or ``note``."""
    value: str = entries()[fault.id]["grade"]
    return value


def weight(fault: Fault) -> int:
    """Return the weight of a fault; the worst has the largest."""
    value: int = entries()[fault.id]["weight"]
    return value


def topic_of(fault: Fault) -> str:
    """Return the topic that stands for a fault."""
    value: str = entries()[fault.id]["topic"]
    return value


def says(fault: Fault, locale: str) -> str:
    """Return what a fault is and what it does to mail."""
    return fill(entries()[fault.id][locale], fault.values)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with what was read in place of its placeholders; what was read is never read as a placeholder."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
