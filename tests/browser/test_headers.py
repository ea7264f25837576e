"""A reader pastes the source of a mail, sees its way drawn, and takes a notice on to the check of bounces."""

from pathlib import Path

from playwright.sync_api import expect
from tests.browser.conftest import PATIENCE, Reader

SAMPLES = Path(__file__).parents[1] / "checkers" / "headers" / "samples"


def sample(name: str) -> str:
    return (SAMPLES / name / "paste.txt").read_text(encoding="utf-8")


def test_a_way_is_drawn_and_a_notice_goes_on_to_the_check_of_bounces(reader: Reader) -> None:
    reader.open("checkers/headers/")
    reader.paste(sample("03-forwarded-without-srs"))
    reader.sees_answer("headers/forwarded-broken")
    figure = reader.verdict.locator("[data-figure=timeline]")
    expect(figure.get_by_role("img")).to_be_visible()
    told = figure.locator("svg desc").text_content() or ""
    assert "3. www100.sakura.ne.jp、18:00:08、待った時間 2秒、ここで転送されました." in told
    figure.locator("details summary").click()
    expect(figure.get_by_role("row")).to_have_count(6)
    expect(reader.verdict.locator("[data-handover=forwarding]")).to_be_visible()

    notice = sample("09-bounce")
    reader.ask(notice)
    expect(reader.verdict).to_have_attribute("data-topic", "headers/bounce", timeout=PATIENCE)
    reader.verdict.locator("[data-handover=bounce]").click()
    expect(reader.box).to_have_value(notice)
    reader.button.click()
    reader.sees_answer("bounce/userunknown")
