"""Two checkers of a garden: when a rain barrel is full, and what to water. Nothing of them is about mail.

They ask and answer with every part of the protocol, and the first hands on to the second.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kakugen_checkers.protocol import (
    Actor,
    Answer,
    Answers,
    Choice,
    Fact,
    Field,
    FieldGroup,
    FieldKind,
    Figure,
    Form,
    Handover,
    Labelled,
    LocalText,
    Mark,
    ReferenceTable,
    Section,
    Status,
    Step,
    Topic,
    Verdict,
)


def _both(ja: str, en: str) -> LocalText:
    return {"ja": ja, "en": en}


_PLANTS: Final = (
    Choice(id="tomato", label=_both("トマト", "Tomatoes")),
    Choice(id="bean", label=_both("いんげん豆（つるのあるもの）", "Runner beans")),
    Choice(id="rose", label=_both("ばら", "Roses")),
    Choice(id="mint", label=_both("ミント", "Mint")),
    Choice(id="pine", label=_both("松", "Pine")),
    Choice(id="moss", label=_both("こけ", "Moss")),
    Choice(id="radish", label=_both("二十日大根", "Radishes")),
)
_CAPACITY = Field(
    id="capacity",
    kind=FieldKind.NUMBER,
    label=_both("たるの大きさ", "Size of the barrel"),
    help=_both("たるの横に書いてあります。", "It is written on its side."),
    placeholder=_both("200", "200"),
    minimum=1,
    maximum=100_000,
    unit=_both("リットル", "litres"),
    required=True,
)
_PLANTED = Field(
    id="plants", kind=FieldKind.CHOICES, label=_both("植えてあるもの", "What grows there"), choices=_PLANTS
)
_COVERED = Field(
    id="covered", kind=FieldKind.YES_NO, label=_both("ふたがありますか", "Does it have a lid?"), group="more"
)
_NOTE = Field(id="note", kind=FieldKind.TEXT, label=_both("気づいたこと", "What you noticed"), group="more")
_SEASON = Field(
    id="season",
    kind=FieldKind.CHOICE,
    label=_both("季節", "Season"),
    choices=(
        Choice(id="summer", label=_both("夏", "Summer")),
        Choice(id="winter", label=_both("冬", "Winter")),
    ),
)
_MORE = FieldGroup(id="more", title=_both("もっとくわしく", "More about it"), folded=True)


@dataclass(frozen=True)
class _Garden:
    """What both checkers have in common."""

    id: str
    form: Form
    locales: tuple[str, ...] = ("ja", "en")

    @property
    def topics(self) -> tuple[Topic, ...]:
        return (f"{self.id}/answer",)

    def topic_title(self, topic: Topic, locale: str) -> str:
        return topic

    def references(self) -> Iterable[ReferenceTable]:
        return ()


class _Barrel(_Garden):
    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        ja = locale == "ja"
        capacity = _number(answers.get("capacity"), 200.0)
        rows = tuple(
            (str(today + timedelta(days=day)), capacity * (0.5 + day / 60), capacity * (0.5 + day / 200), capacity)
            for day in range(0, 61, 10)
        )
        return Verdict(
            checker=self.id,
            locale=locale,
            status=Status.IDENTIFIED,
            topic="barrel/answer",
            topics=("barrel/answer",),
            title="あと30日でたるがあふれます" if ja else "The barrel runs over in 30 days",
            summary="雨が今のまま続くときの見込みです。" if ja else "If it rains as it does now.",
            actor=Labelled(id=Actor.READER, label="あなた" if ja else "You"),
            steps=(Step(text="じょうろで使います。" if ja else "Use the can.", where=("庭", "水道", "じょうろ")),),
            cautions=("ふたを外したままにしないでください。" if ja else "Do not leave the lid off.",),
            figures=(
                Figure(
                    id="level",
                    kind="line",
                    title="たるの水の見通し" if ja else "How full it gets",
                    columns=("日", "今のまま", "毎日使うとき", "たるの大きさ")
                    if ja
                    else ("Day", "As it is", "Used every day", "Size of the barrel"),
                    rows=rows,
                    note="単位はリットルです。" if ja else "In litres.",
                    marks=(
                        Mark(at=str(today + timedelta(days=30)), label="今のままだとあふれます" if ja else "Runs over"),
                    ),
                ),
                Figure(
                    id="uses",
                    kind="bars",
                    title="一日に使う水" if ja else "Used in a day",
                    columns=("使いみち", "夏", "冬") if ja else ("Use", "Summer", "Winter"),
                    rows=(("畑" if ja else "Beds", 30.0, 5.0), ("花" if ja else "Flowers", 12.5, None)),
                ),
            ),
            sections=(
                Section(
                    id="ways",
                    title="あふれる前に" if ja else "Before it runs over",
                    text="上から順にします。" if ja else "From the top down.",
                    checklist=True,
                    steps=(
                        Step(text="雨どいを外します。" if ja else "Take the gutter off.", where=("屋根", "雨どい")),
                        Step(
                            text="ふたを閉めます。" if ja else "Close the lid.", note="虫が入りません。" if ja else ""
                        ),
                        Step(text="せんを開けます。" if ja else "Open the tap."),
                    ),
                ),
                Section(id="back", title="元に戻すには" if ja else "How to go back", text="雨どいをつけます。"),
            ),
            handovers=(
                Handover(
                    checker="watering",
                    label="何にどれだけ水をやるか" if ja else "What to water, and how much",
                    answers=_known(answers, capacity),
                ),
                Handover(checker="greenhouse", label="温室"),
            ),
        )


class _Watering(_Garden):
    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        told = [(name, value) for name, value in answers.items() if isinstance(value, str | float | bool | tuple)]
        return Verdict(
            checker=self.id,
            locale=locale,
            status=Status.IDENTIFIED,
            topic="watering/answer",
            title="水やり" if locale == "ja" else "Watering",
            summary="",
            facts=tuple(Fact(id=name, label=name, value=_shown(value)) for name, value in told),
        )


def _number(value: Answer, otherwise: float) -> float:
    return value if isinstance(value, float) else otherwise


def _shown(value: Answer) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _known(answers: Answers, capacity: float) -> Mapping[str, str | float | bool | tuple[str, ...]]:
    known: dict[str, str | float | bool | tuple[str, ...]] = {"capacity": capacity}
    for name in ("plants", "covered", "note", "season"):
        value = answers.get(name)
        if isinstance(value, str | float | bool | tuple):
            known[name] = value
    return known


barrel: Final = _Barrel(
    id="barrel",
    form=Form(
        title=_both("雨水のたる", "The rain barrel"),
        intro=_both("いつあふれるかを調べます。", "When does it run over?"),
        submit=_both("見通しを出す", "Look ahead"),
        groups=(FieldGroup(id="garden", title=_both("庭のこと", "The garden")), _MORE),
        fields=(
            _CAPACITY,
            Field(
                id="outlets",
                kind=FieldKind.CHOICES,
                label=_both("水の出口", "Ways out"),
                help=_both("あるものをすべて選んでください。", "Tick all there are."),
                required=True,
                choices=(
                    Choice(id="tap", label=_both("せん", "Tap")),
                    Choice(id="hose", label=_both("ホース", "Hose")),
                    Choice(id="pump", label=_both("ポンプ", "Pump")),
                ),
            ),
            Field(id="plants", kind=FieldKind.CHOICES, label=_PLANTED.label, choices=_PLANTS, group="garden"),
            Field(id="season", kind=FieldKind.CHOICE, label=_SEASON.label, choices=_SEASON.choices, group="garden"),
            _COVERED,
            Field(
                id="rain",
                kind=FieldKind.NUMBER,
                label=_both("一日の雨", "Rain a day"),
                minimum=0,
                unit=_both("ミリ", "mm"),
                group="more",
            ),
            _NOTE,
        ),
    ),
)
watering: Final = _Watering(
    id="watering",
    form=Form(
        title=_both("水やりの見通し", "What to water"),
        intro=_both("何にどれだけ水をやるかを調べます。", "What to water, and how much."),
        submit=_both("調べる", "Ask"),
        groups=(_MORE,),
        fields=(
            _CAPACITY,
            Field(id="season", kind=FieldKind.CHOICE, label=_SEASON.label, choices=_SEASON.choices, required=True),
            _PLANTED,
            _COVERED,
            _NOTE,
        ),
    ),
)
