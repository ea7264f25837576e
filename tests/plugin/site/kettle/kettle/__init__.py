"""A checker that has nothing to do with mail: the generator must not know what its checkers are about."""

from collections.abc import Iterable
from datetime import date

from kakugen_checkers.protocol import (
    Answers,
    Field,
    FieldKind,
    Form,
    ReferenceGroup,
    ReferenceRow,
    ReferenceTable,
    Shown,
    Status,
    Verdict,
)

_REASONS = ReferenceTable(
    id="kettle-reasons",
    title={"ja": "動かない理由", "en": "Why a kettle fails"},
    intro={"ja": "理由の一覧です。", "en": "All reasons."},
    columns=({"ja": "理由", "en": "Reason"}, {"ja": "すること", "en": "What to do"}),
    rows=(
        ReferenceRow(
            id="no-power",
            cells=({"ja": "電気が来ていません", "en": "No power"}, {"ja": "差します", "en": "Plug it in"}),
            topic="kettle/no-power",
            source="The manual\nhttps://kettle.example/power",
            checked="2026-11-20",
        ),
        ReferenceRow(
            id="no-water",
            cells=({"ja": "水がありません", "en": "No water"}, {"ja": "入れます", "en": "Fill it"}),
            topic="kettle/no-water",
        ),
    ),
    explains_topics=True,
)

_LAMPS = ReferenceTable(
    id="kettle-lamps",
    title={"ja": "ランプ <1> の_意味_", "en": "What lamp <1> _means_"},
    intro={"ja": "光り方の一覧です。", "en": "What its blinking means."},
    columns=({"ja": "理由", "en": "Reason"}, {"ja": "だれ", "en": "Whose"}),
    groups=(
        ReferenceGroup(
            id="2.1", title={"": "2.1"}, note={"ja": "赤い光です。", "en": "A red light."}, anchors=("2.2",)
        ),
        ReferenceGroup(id="2.10", title={"": "2.10"}),
    ),
    rows=(
        ReferenceRow(
            id="2.1-no-power",
            group="2.1",
            cells=({"ja": "電気が来ていません", "en": "No power"}, {"": "ACME"}),
            topic="kettle/no-power",
        ),
        ReferenceRow(
            id="2.1-no-water",
            group="2.1",
            cells=({"ja": "水がありません", "en": "No water"}, {"": ""}),
            topic="kettle/no-water",
        ),
        ReferenceRow(
            id="2.1-crack",
            group="2.1",
            cells=({"ja": "ひび", "en": "A crack"}, {"ja": "見てください", "en": "Look <closely>"}),
            shown=Shown.PAGE,
            source="https://kettle.example/crack",
            checked="2026-11-20",
        ),
    ),
    answers="lamp",
    page_title={"ja": "ランプ {group} のすべて", "en": "All of lamp {group}"},
    page_intro={"ja": "{group} のこと。", "en": "What {group} tells."},
)


class _Kettle:
    id = "kettle"
    locales = ("ja", "en")
    topics = ("kettle/no-power", "kettle/no-water")
    form = Form(
        title={"ja": "やかんを調べる", "en": "Ask about a kettle"},
        intro={"ja": "何が起きていますか。", "en": "What happens?"},
        fields=(Field(id="seen", kind=FieldKind.TEXT, label={"ja": "ようす", "en": "What you see"}),),
        submit={"ja": "調べる", "en": "Ask"},
    )

    def topic_title(self, topic: str, locale: str) -> str:
        return topic

    def references(self) -> Iterable[ReferenceTable]:
        return (_LAMPS, _REASONS)

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        return Verdict(checker=self.id, locale=locale, status=Status.UNKNOWN, topic=None, title="?", summary="?")


checker = _Kettle()
