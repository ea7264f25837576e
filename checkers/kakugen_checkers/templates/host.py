"""A new host: a rental server or mail provider that readers are customers of.

In: its name and the names of its servers. Out: its file in ``data/hosts``, in which facts are added as they are found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from kakugen_checkers.protocol import Choice, Form, NewText
from kakugen_checkers.templates.writing import form_of, given, quoted, sentence

if TYPE_CHECKING:
    from datetime import date

    from kakugen_checkers.protocol import Answers

_ID: Final = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_NAME_OF_SERVER: Final = re.compile(r"(\*\.)?([a-z0-9-]+\.)+[a-z]{2,}")
_HOLDS: Final = timedelta(days=180)
_KINDS: Final = {
    "rental": {"ja": "レンタルサーバー", "en": "rental server"},
    "panel": {"ja": "管理画面（多くの会社が使うもの）", "en": "control panel used by many companies"},
    "service": {"ja": "メールのサービス", "en": "mail service"},
}


@dataclass(frozen=True)
class HostTemplate:
    """Writes a host (see ``protocol.Template``)."""

    id: str = "host"
    package: str = "kakugen_checkers"

    @cached_property
    def form(self) -> Form:
        """Its names, its servers, where its facts are from."""
        return form_of("host", {"kind": [Choice(id=kind, label=label) for kind, label in _KINDS.items()]})

    def problem(self, answers: Answers, locale: str) -> str:
        """Return what keeps the answers from becoming a host."""
        if not _ID.fullmatch(given(answers, "id")):
            return sentence("host", "id", locale)
        if given(answers, "kind") not in _KINDS:
            return sentence("host", "kind", locale, known=", ".join(_KINDS))
        wrong = [name for name in _listed(answers, "hostnames") if not _NAME_OF_SERVER.fullmatch(name)]
        if wrong or not _listed(answers, "hostnames"):
            return sentence("host", "hostnames", locale)
        if not given(answers, "source").startswith("https://"):
            return sentence("host", "source", locale)
        return ""

    def texts(self, answers: Answers, *, today: date) -> tuple[NewText, ...]:
        """Return its file."""
        name_ja, name_en = given(answers, "name-ja"), given(answers, "name-en")
        names = dict.fromkeys((name_ja, name_en.lower()))
        lines = [
            f"# {name_ja}",
            "",
            f"kind = {quoted(given(answers, 'kind'))}",
            f"hostnames = [{', '.join(map(quoted, _listed(answers, 'hostnames')))}]",
            f"names = [{', '.join(map(quoted, names))}]",
            f"checked = {today.isoformat()}",
            f"review = {(today + _HOLDS).isoformat()}",
            "",
            "[name]",
            f"ja = {quoted(name_ja)}",
            f"en = {quoted(name_en)}",
            "",
            "[facts.panel]",
            f"ja = {quoted(given(answers, 'panel-ja'))}",
            f"en = {quoted(given(answers, 'panel-en'))}",
            f"path = [{', '.join(map(quoted, _path(answers)))}]",
            'sure = "confirmed"',
            f"source = [{quoted(given(answers, 'source'))}]",
            "",
        ]
        return (NewText(path=f"data/hosts/{given(answers, 'id')}.toml", text="\n".join(lines)),)

    def advice(self, answers: Answers, locale: str) -> str:
        """Return where the host is to be listed."""
        return sentence("host", "advice", locale, id=given(answers, "id"))


def _listed(answers: Answers, name: str) -> list[str]:
    return [entry.lower() for entry in re.split(r"[\s,、]+", given(answers, name)) if entry]


def _path(answers: Answers) -> list[str]:
    return [label.strip() for label in re.split(r"[>＞→]", given(answers, "path")) if label.strip()]
