"""What was entered, field by field, as far as it can be used; and sentences about the rest.

In: answers and the form. Out: a value for each field that has a usable one (ids of options, numbers within the
field's limits, shortened text), and for each other field a complaint in the reader's language that names it. Nothing
here knows what the fields are about, except that a domain looks like one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kakugen_checkers.protocol import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kakugen_checkers.protocol import Answers, Field

UNKNOWN: Final = "unknown"
"""The option of every choice that says nothing."""

MAX_TEXT: Final = 50_000
"""So much of a pasted text is read, in code points; the records of a domain are a few thousand at most."""

_MAX_SHOWN: Final = 40
_MAX_NAME: Final = 320
_DOMAIN: Final = re.compile(r"(?:[^\s@]{1,64}@)?((?:[^\s@.,;:/\"<>]{1,63}\.){1,10}[^\s@.,;:/\"<>]{2,63})")


@dataclass(frozen=True, slots=True)
class Entered:
    """Usable answers, and what was said about the others.

    Attributes:
        values: by field id: the id of an option, ids of options, a number, or text. Fields without one are missing.
        complaints: sentences about answers that could not be used.
    """

    values: Mapping[str, str | float | frozenset[str]]
    complaints: tuple[str, ...]

    def text(self, field: str) -> str:
        """Return the text or the option of a field; empty without one."""
        value = self.values.get(field)
        return value if isinstance(value, str) else ""

    def number(self, field: str) -> float | None:
        """Return the number of a field, if there is one."""
        value = self.values.get(field)
        return value if isinstance(value, float) else None

    def several(self, field: str) -> frozenset[str]:
        """Return the options of a field that were ticked."""
        value = self.values.get(field)
        return value if isinstance(value, frozenset) else frozenset()


def read_answers(answers: Answers, fields: Iterable[Field], words: Mapping[str, str], locale: str) -> Entered:
    """Return what can be used of ``answers``.

    Args:
        answers: what was entered, by field id; other ids are not looked at.
        fields: the fields of the form.
        words: the complaints by what is wrong, with ``{label}``, ``{value}`` and ``{limit}``.
        locale: language of the labels in them.
    """
    values: dict[str, str | float | frozenset[str]] = {}
    complaints: list[str] = []
    for field in fields:
        answer, label = answers.get(field.id), field.label[locale]
        try:
            value = _read(answer, field)
        except _UnusableError as error:
            sentence = words[error.what].format(label=label, value=_shown(answer), limit=spoken(error.limit))
            complaints.append(sentence)
            continue
        if value is not None:
            values[field.id] = value
        if isinstance(answer, str) and len(answer) > MAX_TEXT:
            complaints.append(words["long"].format(label=label, limit=spoken(MAX_TEXT)))
        complaints += (words["choice"].format(label=label, value=_shown(one)) for one in _strangers(answer, field))
    return Entered(values, tuple(complaints))


class _UnusableError(Exception):
    """An answer cannot be used.

    Attributes:
        what: what is wrong, as the complaints are named.
        limit: the limit that it passes.
    """

    def __init__(self, what: str, limit: float = 0) -> None:
        super().__init__(what)
        self.what = what
        self.limit = limit


def _read(answer: object, field: Field) -> str | float | frozenset[str] | None:
    """Return the usable value of one answer, ``None`` where it says nothing."""
    if answer is None or answer in ("", (), []) or (isinstance(answer, str) and not answer.strip()):
        return None
    if field.kind is FieldKind.NUMBER:
        return _number(answer, field)
    if field.kind is FieldKind.CHOICES:
        return _ticked(answer, field)
    if not isinstance(answer, str):
        raise _UnusableError("kind")
    if field.kind is FieldKind.CHOICE:
        return _chosen(answer, field)
    return _domain(answer) if field.kind is FieldKind.LINE else answer[:MAX_TEXT]


def _number(answer: object, field: Field) -> float:
    if isinstance(answer, bool) or not isinstance(answer, str | int | float):
        raise _UnusableError("kind")
    if isinstance(answer, str):
        answer = unicodedata.normalize("NFKC", answer[:_MAX_SHOWN]).replace(",", "").replace("\u2212", "-")
    try:
        number = float(answer)
    except ValueError:
        raise _UnusableError("number") from None
    except OverflowError:
        number = math.inf
    if math.isnan(number):
        raise _UnusableError("number")
    if field.minimum is not None and number < field.minimum:
        raise _UnusableError("too_small", field.minimum)
    if field.maximum is not None and number > field.maximum:
        raise _UnusableError("too_large", field.maximum)
    return number


def _chosen(answer: str, field: Field) -> str | None:
    if answer == UNKNOWN:
        return None
    if answer not in {choice.id for choice in field.choices}:
        raise _UnusableError("choice")
    return answer


def _ticked(answer: object, field: Field) -> frozenset[str] | None:
    ticked = (answer,) if isinstance(answer, str) else answer
    if not isinstance(ticked, tuple | list):
        raise _UnusableError("kind")
    return frozenset(choice.id for choice in field.choices if choice.id in ticked) or None


def _strangers(answer: object, field: Field) -> tuple[object, ...]:
    """Return the first ticked option that the field does not have, if there is one."""
    if field.kind is not FieldKind.CHOICES or not isinstance(answer, tuple | list | str):
        return ()
    known = {UNKNOWN, *(choice.id for choice in field.choices)}
    ticked = (answer,) if isinstance(answer, str) else answer
    return tuple(one for one in ticked if one and (not isinstance(one, str) or one not in known))[:1]


def _domain(answer: str) -> str:
    plain = unicodedata.normalize("NFKC", answer[:_MAX_NAME]).strip().strip("<>").rstrip(".").lower()
    found = _DOMAIN.fullmatch(plain)
    if not found:
        raise _UnusableError("domain")
    return found[1]


def _shown(answer: object) -> str:
    """Return an answer as it is shown in a complaint: short, on one line."""
    if isinstance(answer, float):
        return spoken(answer)
    if isinstance(answer, int) and not isinstance(answer, bool) and answer.bit_length() > 1000:
        return "…"
    return " ".join(str(answer)[:_MAX_SHOWN].split())


def spoken(number: float) -> str:
    """Return a number as people write it: ``1,500``, ``0.5``; a huge one shortened."""
    if not math.isfinite(number) or abs(number) >= 1e12:
        return f"{number:g}"
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"
