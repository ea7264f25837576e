"""The form that a checker block writes: every kind of field, readable and labelled without any script."""

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser

import pytest

from kakugen.embed.catalog import Link, SiteLinks
from kakugen.embed.form import FormError, Placement, checker_attributes, checker_contents, checker_links, form_locale
from kakugen_checkers.protocol import (
    Answers,
    Choice,
    Field,
    FieldGroup,
    FieldKind,
    Form,
    ReferenceTable,
    Sample,
    Status,
    Topic,
    Verdict,
)


class Questionnaire:
    """A checker with one field of every kind."""

    id = "questionnaire"
    locales = ("ja", "en")
    topics: tuple[Topic, ...] = ()
    form = Form(
        title={"ja": "質問 <b>", "en": "Questions"},
        intro={"ja": "はじめに", "en": "First"},
        submit={"ja": "調べる", "en": "Check"},
        fields=(
            Field(
                id="mail",
                kind=FieldKind.TEXT,
                label={"ja": "メール", "en": "Mail"},
                help={"ja": "全文でも一部でも", "en": "All of it or a part"},
                placeholder={"ja": '例："550"', "en": 'Such as "550"'},
                required=True,
                accepts=(".eml", ".txt"),
            ),
            Field(id="host", kind=FieldKind.LINE, label={"ja": "サーバー", "en": "Server"}),
            Field(
                id="size",
                kind=FieldKind.NUMBER,
                label={"ja": "大きさ", "en": "Size"},
                minimum=0.5,
                maximum=100,
                unit={"ja": "MB", "en": "MB"},
            ),
            Field(
                id="side",
                kind=FieldKind.CHOICE,
                label={"ja": "どちら側", "en": "Which side"},
                choices=(
                    Choice(id="sending", label={"ja": "送信", "en": "Sending"}),
                    Choice(id="receiving", label={"ja": "受信", "en": "Receiving"}),
                ),
            ),
            Field(
                id="day",
                kind=FieldKind.CHOICE,
                label={"ja": "曜日", "en": "Day"},
                choices=tuple(Choice(id=f"day-{n}", label={"ja": f"{n}日", "en": f"Day {n}"}) for n in range(7)),
            ),
            Field(id="log", kind=FieldKind.FILE, label={"ja": "記録", "en": "Log"}, accepts=(".log",)),
            Field(id="changed", kind=FieldKind.YES_NO, label={"ja": "変えましたか", "en": "Changed?"}),
            Field(
                id="places",
                kind=FieldKind.CHOICES,
                label={"ja": "入れてある所", "en": "Where it is"},
                help={"ja": "すべて選んでください", "en": "Tick all"},
                required=True,
                choices=(
                    Choice(id="phone", label={"ja": "電話", "en": "Phone"}),
                    Choice(id="desk", label={"ja": "机", "en": "Desk"}),
                ),
                group="more",
            ),
            Field(
                id="days",
                kind=FieldKind.CHOICES,
                label={"ja": "日々", "en": "Days"},
                choices=tuple(Choice(id=f"day-{n}", label={"ja": f"{n}日め", "en": f"Day {n}"}) for n in range(7)),
                group="rest",
            ),
            Field(
                id="tools",
                kind=FieldKind.ROWS,
                label={"ja": "道具たち", "en": "Tools"},
                unit={"ja": "道具", "en": "tool"},
                minimum=2,
                maximum=9,
                columns=(
                    Field(id="name", kind=FieldKind.LINE, label={"ja": "名", "en": "Name"}),
                    Field(
                        id="rate",
                        kind=FieldKind.LINE,
                        label={"ja": "回数", "en": "How often"},
                        choices=(Choice(id="rarely", label={"ja": "まれに", "en": "rarely"}),),
                    ),
                    Field(
                        id="kind",
                        kind=FieldKind.CHOICE,
                        label={"ja": "種類", "en": "Kind"},
                        choices=(Choice(id="paper", label={"ja": "紙", "en": "Paper"}),),
                    ),
                ),
            ),
        ),
        samples=(
            Sample(
                id="one",
                label={"ja": "例 <1>", "en": "Example"},
                answers={locale: {"host": '"a" & <b>', "tools": ({"name": locale},)} for locale in ("ja", "en")},
            ),
        ),
        saves=True,
        groups=(
            FieldGroup(id="more", title={"ja": "もう少し", "en": "More"}),
            FieldGroup(id="rest", title={"ja": "あとは", "en": "The rest"}, folded=True),
            FieldGroup(id="nothing", title={"ja": "からっぽ", "en": "Empty"}),
        ),
    )

    def topic_title(self, topic: Topic, locale: str) -> str:
        return topic

    def references(self) -> Iterable[ReferenceTable]:
        return ()

    def run(self, answers: Answers, *, today: date, locale: str) -> Verdict:
        return Verdict(checker=self.id, locale=locale, status=Status.UNKNOWN, topic=None, title="", summary="")


class Elements(HTMLParser):
    """All elements of a text with their attributes, and the text of each label and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.texts: dict[int, str] = {}
        self._open: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"input", "br"}:
            self._open.append(len(self.found) - 1)

    def handle_endtag(self, tag: str) -> None:
        assert self.found[self._open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for index in self._open:
            self.texts[index] = self.texts.get(index, "") + data

    def only(self, tag: str, **attributes: str) -> dict[str, str]:
        """The one element with these attributes."""
        wanted = {name.replace("_", "-").rstrip("-"): value for name, value in attributes.items()}
        matches = [has for found, has in self.found if found == tag and all(has.get(k) == v for k, v in wanted.items())]
        assert len(matches) == 1, f"{len(matches)} <{tag}> with {wanted}"
        return matches[0]

    def text_of(self, tag: str, **attributes: str) -> str:
        """The text of the one element with these attributes."""
        element = self.only(tag, **attributes)
        return self.texts.get(next(i for i, (_, has) in enumerate(self.found) if has is element), "")


PLACE = Placement(locale="ja", root="..", pack="assets/kakugen/pack/00/", links=SiteLinks())


def written(placement: Placement = PLACE) -> Elements:
    return Elements(checker_contents(Questionnaire(), placement))


def test_text_field_is_a_labelled_and_described_text_area() -> None:
    form = written()
    area = form.only("textarea", name="mail")
    assert form.text_of("label", for_=area["id"]).startswith("メール")
    assert form.text_of("p", id=area["aria-describedby"]) == "全文でも一部でも"
    assert area["placeholder"] == '例："550"'
    assert "required" in area


def test_pasted_text_is_kept_from_spelling_services_and_form_history() -> None:
    area = written().only("textarea", name="mail")
    assert (area["spellcheck"], area["autocomplete"]) == ("false", "off")
    assert written().only("form")["autocomplete"] == "off"


def test_text_field_that_accepts_files_has_a_file_chooser_with_their_endings() -> None:
    chooser = written().only("input", type="file", data_file_for="mail")
    assert chooser["accept"] == ".eml,.txt"
    assert "name" not in chooser


def test_line_field_is_a_labelled_text_input() -> None:
    form = written()
    line = form.only("input", name="host")
    assert line["type"] == "text"
    assert form.text_of("label", for_=line["id"]) == "サーバー"


def test_number_field_has_limits_and_its_unit_in_the_description() -> None:
    form = written()
    number = form.only("input", name="size")
    assert (number["type"], number["min"], number["max"], number["step"]) == ("number", "0.5", "100", "any")
    assert form.text_of("span", id=number["aria-describedby"]) == "MB"


def test_rows_are_groups_whose_controls_have_names_and_labels_of_their_own() -> None:
    form = written()
    box = form.only("fieldset", data_field="tools")
    assert (box["data-kind"], box["data-most"]) == ("rows", "9")
    rows = [has for tag, has in form.found if tag == "fieldset" and "data-row" in has]
    assert [has["data-row"] for has in rows] == ["1", "2"]
    inputs = [has for tag, has in form.found if tag in {"input", "select"} and has.get("name", "").startswith("tools.")]
    assert [has["name"] for has in inputs] == ["tools.name", "tools.rate", "tools.kind"] * 2
    assert [form.text_of("label", for_=has["id"]) for has in inputs] == ["名", "回数", "種類"] * 2
    assert form.only("datalist", id=inputs[1]["list"])
    assert form.text_of("button", data_press="add-row") == "道具を足す"
    removing = [has["aria-label"] for tag, has in form.found if has.get("data-press") == "remove-row"]
    assert removing == ["道具1を外す", "道具2を外す"]


def test_examples_to_start_from_are_buttons_that_hold_their_answers() -> None:
    form = written()
    button = form.only("button", data_press="sample")
    assert json.loads(button["data-answers"]) == {"host": '"a" & <b>', "tools": [{"name": "ja"}]}
    assert form.text_of("button", data_press="sample") == "例 <1>"
    assert form.only("input", type="file", data_open="")["accept"] == ".json"
    assert "disabled" in form.only("button", data_press="save")


def test_few_choices_are_radio_buttons_under_a_legend() -> None:
    form = written()
    assert form.only("input", name="side", value="sending")["type"] == "radio"
    assert form.text_of("fieldset", data_field="side").startswith("どちら側")


def test_many_choices_are_a_list_that_starts_with_none_chosen() -> None:
    form = written()
    select = form.only("select", name="day")
    assert form.text_of("label", for_=select["id"]) == "曜日"
    assert form.text_of("select", name="day").startswith("選んでください")
    assert form.text_of("option", value="day-6") == "6日"


def test_file_field_is_named_by_its_label() -> None:
    form = written()
    chooser = form.only("input", name="log")
    assert chooser["type"] == "file"
    assert form.text_of("label", id=chooser["aria-labelledby"]) == "記録"


def test_yes_no_field_can_stay_unanswered() -> None:
    form = written()
    assert {form.only("input", name="changed", value=value)["type"] for value in ("yes", "no")} == {"radio"}
    assert not [has for tag, has in form.found if tag == "input" and "checked" in has]


def test_several_choices_are_boxes_to_tick_under_a_legend() -> None:
    form = written()
    assert form.only("input", name="places", value="desk")["type"] == "checkbox"
    box = form.only("fieldset", data_field="places")
    assert form.text_of("fieldset", data_field="places").startswith("入れてある所必須")
    assert form.text_of("p", id=box["aria-describedby"]) == "すべて選んでください"


def test_choice_of_several_that_must_be_made_does_not_require_every_box() -> None:
    form = written()
    assert "data-required" in form.only("fieldset", data_field="places")
    assert not [has for tag, has in form.found if has.get("type") == "checkbox" and "required" in has]


def test_only_a_long_list_of_boxes_stands_in_columns() -> None:
    columns = [has for _, has in written().found if "checker-columns" in has.get("class", "")]
    assert len(columns) == 1


def test_fields_of_a_group_stand_in_a_fieldset_with_its_title() -> None:
    text = written().text_of("fieldset", data_group="more")
    assert text.startswith("もう少し")
    assert "入れてある所" in text
    assert "変えましたか" not in text


def test_folded_group_is_closed_and_says_that_it_may_stay_so() -> None:
    form = written()
    group = form.only("details", data_group="rest")
    assert "open" not in group
    assert form.text_of("details", data_group="rest").startswith("あとはなくても調べられます")
    inside = form.only("div", role="group")
    assert form.text_of("span", id=inside["aria-labelledby"]) == "あとは"


def test_group_without_fields_is_not_shown() -> None:
    assert "からっぽ" not in checker_contents(Questionnaire(), PLACE)


def test_field_of_a_group_that_there_is_not_names_both() -> None:
    checker = Questionnaire()
    stray = Field(id="stray", kind=FieldKind.LINE, label={}, group="nowhere")
    checker.form = Form(title={}, intro={}, submit={}, fields=(stray,))
    with pytest.raises(FormError, match="field 'stray' into a group 'nowhere'"):
        checker_contents(checker, PLACE)


def test_other_checkers_are_found_by_id_under_the_title_of_their_form() -> None:
    checkers = {"questionnaire": Questionnaire(), "unplaced": Questionnaire()}
    links = checker_links(checkers, {"questionnaire": "ask/", "unknown": "x/"}, "en", "en/")
    assert links == {"questionnaire": Link(title="Questions", url="en/ask/")}
    placement = Placement(locale="en", root="..", pack="p/", links=SiteLinks(checkers=links))
    catalog = json.loads(
        Elements(checker_contents(Questionnaire(), placement)).text_of("script", type="application/json")
    )
    assert catalog["checkers"] == {"questionnaire": {"title": "Questions", "url": "en/ask/"}}


def test_form_without_script_tells_what_it_needs_and_sends_nothing() -> None:
    form = written()
    assert "JavaScript" in form.text_of("noscript")
    assert form.only("form")["method"] == "dialog"
    assert "disabled" in form.only("button", type="submit")


def test_text_of_a_form_is_escaped() -> None:
    html = checker_contents(Questionnaire(), PLACE)
    assert "<b>" not in html
    assert "質問 &lt;b&gt;" in html


def test_english_page_gets_the_english_form() -> None:
    form = written(Placement(locale="en", root=".", pack="p/", links=SiteLinks()))
    assert form.text_of("h2") == "Questions"
    assert form.text_of("button", type="submit") == "Check"
    assert "this page" in form.text_of("p", class_="checker-private")


@pytest.mark.parametrize(("page", "form"), [("en-GB", "en"), ("ja", "ja"), ("fr", "ja")])
def test_checker_asks_in_the_language_nearest_to_the_page(page: str, form: str) -> None:
    assert form_locale(Questionnaire(), page) == form


def test_title_can_be_the_heading_of_the_page_or_left_to_screen_readers() -> None:
    as_heading = Placement(locale="en", root=".", pack="p/", links=SiteLinks(), level=1)
    assert written(as_heading).text_of("h1") == "Questions"
    unseen = Placement(locale="en", root=".", pack="p/", links=SiteLinks(), level=0)
    assert written(unseen).only("form")["aria-label"] == "Questions"
    assert not [has for _, has in written(unseen).found if has.get("class") == "checker-intro"]


def test_two_checkers_on_a_page_share_no_id() -> None:
    second = Placement(locale="ja", root="..", pack="p/", links=SiteLinks(), number=2)
    ids = [has["id"] for page in (written(), written(second)) for _, has in page.found if "id" in has]
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_every_reference_to_an_id_leads_to_an_element() -> None:
    form = written()
    ids = {has["id"] for _, has in form.found if "id" in has}
    referring = ("for", "aria-describedby", "aria-labelledby")
    used = {name for _, has in form.found for key in referring for name in has.get(key, "").split()}
    assert used <= ids


def test_element_says_where_it_stands() -> None:
    assert checker_attributes(Questionnaire(), PLACE) == {
        "class": "kakugen",
        "checker": "questionnaire",
        "locale": "ja",
        "lang": "ja",
        "data-state": "idle",
        "data-root": "..",
        "data-pack": "assets/kakugen/pack/00/",
    }


def test_catalog_cannot_end_its_script() -> None:
    links = SiteLinks(
        topics={"a/b": [Link(title="</script><script>alert(1)</script>", url="articles/x/")]},
        maxims={"first": Link(title="まず見る", url="maxims/first/")},
        report="https://git.example/new?title=%3C",
    )
    placement = Placement(locale="ja", root="..", pack="p/", links=links)
    html = checker_contents(Questionnaire(), placement)
    assert html.count("<script") == html.count("</script>") == 1
    catalog = json.loads(Elements(html).text_of("script", type="application/json"))
    assert catalog["report"] == "https://git.example/new?title=%3C"
    assert catalog["topics"]["a/b"][0]["title"] == "</script><script>alert(1)</script>"
    assert catalog["maxims"] == {"first": {"title": "まず見る", "url": "maxims/first/"}}
