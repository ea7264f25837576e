"""Forms as data: from a TOML file to the form that a checker shows, and from an answer to text.

``data/<checker>/form.toml`` holds title, intro, groups and fields in each language; ``read_form`` turns it into a
``Form``. Options that come from other knowledge, such as the hosts, are named there by ``choices_of`` and handed in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kakugen_checkers import data
from kakugen_checkers.hosts import hosts
from kakugen_checkers.protocol import Choice, Field, FieldGroup, FieldKind, Form, Sample

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kakugen_checkers.protocol import Answer

UNKNOWN_HOST = Choice(id="unknown", label={"ja": "わからない・ここにない", "en": "I don't know, or not listed"})


def read_form(name: str, options: Mapping[str, Sequence[Choice]]) -> Form:
    """Return the form written in ``data/<name>.toml``.

    Args:
        name: the data file.
        options: choices for the fields whose ``choices_of`` names them.

    Raises:
        KeyError: a text is missing, or ``choices_of`` names options that were not handed in.
    """
    written = data.load(name)
    return Form(
        title=written["title"],
        intro=written["intro"],
        submit=written["submit"],
        groups=tuple(
            FieldGroup(id=group["id"], title=group["title"], folded=group.get("folded", False))
            for group in written.get("group", ())
        ),
        fields=tuple(_field(entry, options) for entry in written["field"]),
        samples=tuple(
            Sample(id=entry["id"], label=entry["label"], answers=_answers(entry)) for entry in written.get("sample", ())
        ),
        saves=written.get("saves", False),
    )


def entered_text(answer: Answer) -> str:
    """Return what was entered as text: a dropped file is read as UTF-8, and what is no text is as good as nothing."""
    if isinstance(answer, bytes):
        return answer.decode("utf-8", "replace")
    return answer if isinstance(answer, str) else ""


def host_choices() -> tuple[Choice, ...]:
    """Return all hosts as options, and last that none of them is meant."""
    return (*(Choice(id=host.id, label=host.name) for host in hosts()), UNKNOWN_HOST)


def _field(entry: Mapping[str, Any], options: Mapping[str, Sequence[Choice]]) -> Field:
    choices = (
        tuple(options[entry["choices_of"]])
        if "choices_of" in entry
        else tuple(Choice(id=one["id"], label={"ja": one["ja"], "en": one["en"]}) for one in entry.get("choices", ()))
    )
    return Field(
        id=entry["id"],
        kind=FieldKind(entry["kind"]),
        label=entry["label"],
        help=entry.get("help", {}),
        placeholder=entry.get("placeholder", {}),
        required=entry.get("required", False),
        choices=choices,
        minimum=entry.get("minimum"),
        maximum=entry.get("maximum"),
        unit=entry.get("unit", {}),
        accepts=tuple(entry.get("accepts", ())),
        group=entry.get("group", ""),
        columns=tuple(_field(column, options) for column in entry.get("column", ())),
    )


def _answers(entry: Mapping[str, Any]) -> Mapping[str, Mapping[str, Any]]:
    """Return the answers of a sample by locale; lists become tuples, as they are in answers."""
    return {
        locale: {name: tuple(value) if isinstance(value, list) else value for name, value in entry[locale].items()}
        for locale in ("ja", "en")
    }
