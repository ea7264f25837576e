"""Reference tables of the bounce checker: all reasons, and all codes that mean something by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kakugen_checkers import data
from kakugen_checkers.bounce import reasons
from kakugen_checkers.bounce.rules import all_rules
from kakugen_checkers.protocol import LocalText, ReferenceRow, ReferenceTable

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLES: Final = {
    "bounce-reasons": (
        {"ja": "エラーの理由の一覧", "en": "All reasons"},
        {
            "ja": "メールが戻ってくる理由と、だれが何をするかの一覧です。",
            "en": "Why mail comes back, and who must act.",
        },
    ),
    "bounce-codes": (
        {"ja": "エラー番号の一覧", "en": "All codes"},
        {
            "ja": "サーバーの返事の番号と、その意味の一覧です。xは4（一時的）でも5（続く）でもよいことを表します。",
            "en": "The codes in a server's reply and what they mean. An x stands for 4 (temporary) or 5 (lasting).",
        },
    ),
}


def reference_tables() -> tuple[ReferenceTable, ...]:
    """Return the table of reasons and the table of codes."""
    return (
        _table("bounce-reasons", _REASON_COLUMNS, tuple(_reason_rows())),
        _table("bounce-codes", _CODE_COLUMNS, tuple(_code_rows())),
    )


_REASON_COLUMNS: Final = (
    {"ja": "理由", "en": "Reason"},
    {"ja": "何が起きたか", "en": "What happened"},
    {"ja": "だれが動くか", "en": "Who must act"},
    {"ja": "よく見る番号", "en": "Typical codes"},
)
_CODE_COLUMNS: Final = (
    {"ja": "番号", "en": "Code"},
    {"ja": "意味", "en": "Meaning"},
    {"ja": "メールの仕組み", "en": "Mail system"},
)


def _table(ident: str, columns: tuple[LocalText, ...], rows: tuple[ReferenceRow, ...]) -> ReferenceTable:
    title, intro = _TITLES[ident]
    return ReferenceTable(id=ident, title=title, intro=intro, columns=columns, rows=rows)


def _reason_rows() -> Iterator[ReferenceRow]:
    words = data.load("bounce/words")
    for ident in reasons.reason_ids():
        entry = reasons.reason(ident)
        yield ReferenceRow(
            id=ident,
            cells=(
                {"": ident},
                {locale: entry[locale]["title"] for locale in reasons.LOCALES},
                {locale: words[locale]["actor"][entry["actor"]] for locale in reasons.LOCALES},
                {"": ", ".join(entry.get("codes", ()))},
            ),
            topic=reasons.topic(ident),
            source="; ".join(entry["sources"]),
            checked=entry["checked"],
        )


def _code_rows() -> Iterator[ReferenceRow]:
    for rule in all_rules():
        if rule.patterns:
            continue
        for code in sorted(rule.enhanced_status_codes or rule.reply_codes):
            yield ReferenceRow(
                id=f"{rule.id}-{code}",
                cells=(
                    {"": code},
                    {locale: reasons.title(rule.reason, locale) for locale in reasons.LOCALES},
                    dict(rule.system.name) if rule.system else {"": ""},
                ),
                topic=reasons.topic(rule.reason),
                source=rule.source,
                checked=rule.checked,
            )
