"""Forms with several choices and groups: what is entered arrives, and what is wrong is said beside it."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Reader


def ask(reader: Reader) -> None:
    """Answer what must be answered, and press the button."""
    reader.checker.locator("input[name=capacity]").fill("200")
    reader.checker.get_by_label("せん").check()
    reader.button.click()


@pytest.mark.parametrize("path", ["", "en/"])
def test_form_with_all_kinds_of_fields_is_answered(reader: Reader, path: str) -> None:
    reader.open(path)
    reader.checker.locator("input[name=capacity]").fill("200")
    reader.checker.locator("input[name=outlets][value=tap]").check()
    reader.button.click()
    reader.sees_answer("barrel/answer")


def test_ticked_choices_go_on_as_a_list_and_none_is_no_answer(reader: Reader, page: Page) -> None:
    reader.open("watering/")
    reader.checker.locator("input[name=capacity]").fill("12.5")
    reader.checker.get_by_label("夏").check()
    reader.checker.get_by_label("ばら").check()
    reader.checker.get_by_label("トマト").check()
    reader.button.click()
    reader.sees_answer("watering/answer")
    facts = reader.verdict.locator("[data-part=facts]")
    expect(facts.locator("tr", has_text="plants")).to_contain_text("tomato, rose")
    for label in ("ばら", "トマト"):
        reader.checker.get_by_label(label).uncheck()
    reader.button.click()
    expect(facts.locator("tr", has_text="plants")).to_have_count(0)
    expect(facts.locator("tr", has_text="capacity")).to_contain_text("12.5")


def test_each_field_says_itself_what_is_missing(reader: Reader) -> None:
    reader.open()
    reader.button.click()
    errors = reader.checker.locator("[data-error]")
    expect(errors).to_have_text(["ここに入力してください。", "あてはまるものを選んでください。"])
    expect(reader.checker.locator("input[name=capacity]")).to_be_focused()
    box = reader.checker.locator("[data-field=outlets]")
    expect(box.locator("input").first).to_have_accessible_description("あてはまるものを選んでください。")


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ("-3", "1 リットル 以上の数を入力してください。"),
        ("1e9", "100,000 リットル 以下の数を入力してください。"),
    ],
)
def test_number_out_of_bounds_is_told_the_bound(reader: Reader, entered: str, said: str) -> None:
    reader.open()
    reader.checker.locator("input[name=capacity]").fill(entered)
    reader.button.click()
    expect(reader.checker.locator("[data-field=capacity] [data-error]")).to_have_text(said)


def test_what_is_no_number_is_told_so(reader: Reader, page: Page) -> None:
    reader.open()
    reader.checker.locator("input[name=capacity]").focus()
    page.keyboard.type("e-")
    reader.button.click()
    expect(reader.checker.locator("[data-field=capacity] [data-error]")).to_have_text("数字で入力してください。")


def test_error_goes_as_soon_as_the_field_is_right(reader: Reader) -> None:
    reader.open()
    reader.button.click()
    expect(reader.checker.locator("[data-error]")).to_have_count(2)
    reader.checker.locator("input[name=capacity]").fill("200")
    expect(reader.checker.locator("[data-error]")).to_have_count(1)
    reader.checker.get_by_label("ホース").check()
    expect(reader.checker.locator("[data-error]")).to_have_count(0)


def test_folded_group_opens_by_itself_for_what_is_wrong_in_it(reader: Reader) -> None:
    reader.open()
    group = reader.checker.locator("details[data-group=more]")
    group.locator("summary").click()
    reader.checker.locator("input[name=rain]").fill("-1")
    group.locator("summary").click()
    expect(reader.checker.locator("input[name=rain]")).to_be_hidden()
    ask(reader)
    expect(reader.checker.locator("input[name=rain]")).to_be_focused()
    expect(group.locator("[data-error]")).to_have_text("0 ミリ 以上の数を入力してください。")


def test_whole_form_can_be_answered_with_the_keyboard_alone(reader: Reader, page: Page) -> None:
    reader.open()
    reader.checker.locator("input[name=capacity]").focus()
    page.keyboard.type("200")
    page.keyboard.press("Tab")
    expect(reader.checker.get_by_label("せん")).to_be_focused()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(reader.checker.get_by_label("トマト")).to_be_focused()
    page.keyboard.press("Control+Enter")
    reader.sees_answer("barrel/answer")
    expect(reader.verdict.locator("[data-heading]")).to_be_focused()


@pytest.mark.parametrize(("width", "columns"), [(320, 1), (1280, 3)])
def test_long_list_stands_in_columns_where_there_is_room(reader: Reader, page: Page, width: int, columns: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    reader.open()
    lefts = reader.checker.locator("[data-field=plants] .checker-choice").evaluate_all(
        "choices => choices.map(choice => choice.getBoundingClientRect().left)"
    )
    assert len(set(lefts)) == columns
    assert page.evaluate("document.documentElement.scrollWidth") <= width
