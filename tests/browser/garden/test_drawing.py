"""Figures are drawn from the numbers that stand in the table beside them, and everybody can read them.

The verdicts come from a worker that says exactly what a test wants.
"""

import random
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import Reader

Shown = Callable[..., Locator]

DAYS = ["2026-11-24", "2026-12-24", "2027-01-24", "2027-02-24", "2027-03-24"]
LEVEL: dict[str, Any] = {
    "id": "level",
    "kind": "line",
    "title": "水の見通し",
    "columns": ["日", "今のまま", "使うとき", "大きさ"],
    "rows": [[day, 100 + 30 * at, 100 + 5 * at if at != 2 else None, 180] for at, day in enumerate(DAYS)],
    "note": "単位はリットルです。",
    "marks": [
        {"at": "2027-01-24", "label": "今のままだと、この日にあふれます"},
        {"at": "2027-01-31", "label": "雨どいの工事が終わります"},
        {"at": "2027-03-24", "label": "次に見る日"},
    ],
}
USES: dict[str, Any] = {
    "id": "uses",
    "kind": "bars",
    "title": "一日に使う水",
    "columns": ["使いみち", "夏", "冬"],
    "rows": [["畑にまく水と、鉢にやる水をあわせたもの", 40, 10], ["花", 20, None], ["池", 0, 5]],
    "note": "",
    "marks": [],
}


@pytest.fixture
def shown(
    reader: Reader, sham_worker: Callable[..., None], blank_verdict: Callable[..., dict[str, Any]]
) -> Callable[..., Locator]:
    """Show figures; return their part of the answer."""

    def show(*figures: dict[str, Any]) -> Locator:
        sham_worker(verdict=blank_verdict(figures=list(figures)))
        reader.open()
        reader.checker.locator("input[name=capacity]").fill("200")
        reader.checker.locator("input[name=outlets]").first.check()
        reader.button.click()
        reader.sees_state("done")
        return reader.verdict.locator("[data-part=figure]")

    return show


def drawn(figure: Locator) -> dict[str, Any]:
    """Read a drawing as an eye does: ticks of the upright axis, and the places of all markers by curve."""
    read: dict[str, Any] = figure.locator("svg[role=img]").evaluate(
        """svg => {
          const number = (text) => Number(text.replaceAll(",", ""));
          const all = (selector) => [...svg.querySelectorAll(selector)];
          const ticks = all(".checker-axis[text-anchor=end]").map((text) => number(text.textContent));
          const grid = all(".checker-grid").map((path) => path.getAttribute("d"));
          const lines = grid.map((path) => Number(/^M\\S+ (\\S+?)H/.exec(path)[1]));
          const markers = {};
          for (const marker of svg.querySelectorAll(".checker-marker")) {
            const [x, y] = /translate\\((\\S+) (\\S+)\\)/.exec(marker.getAttribute("transform")).slice(1).map(Number);
            (markers[marker.dataset.look] ??= []).push([x, y]);
          }
          return { ticks, lines, markers };
        }"""
    )
    return read


def test_every_point_of_a_curve_stands_where_the_table_says(shown: Shown) -> None:
    figure = shown(LEVEL)
    read = drawn(figure)
    (low, high), (bottom, top) = read["ticks"][:: len(read["ticks"]) - 1], read["lines"][:: len(read["lines"]) - 1]
    values = {
        look: [round(low + (bottom - y) / (bottom - top) * (high - low)) for _, y in points]
        for look, points in read["markers"].items()
    }
    cells = figure.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
    )
    for look, column in (("0", 1), ("1", 2)):
        assert values[look] == [int(row[column]) for row in cells if row[column] != "–"]
    places = [x for x, _ in read["markers"]["0"]]
    # A month of 30 days is shorter than one of 31.
    assert places == sorted(places)
    assert (places[1] - places[0]) / (places[2] - places[1]) == pytest.approx(30 / 31, abs=0.01)


def test_table_stands_beside_the_drawing_and_opens(shown: Shown) -> None:
    figure = shown(LEVEL)
    expect(figure.locator("table")).to_be_hidden()
    figure.get_by_text("数字で見る").click()
    rows = figure.locator("tr").all_inner_texts()
    assert rows[0] == "日\t今のまま\t使うとき\t大きさ"
    assert rows[3] == "2027年1月24日\t160\t–\t180"
    expect(figure.locator("dl")).to_contain_text("雨どいの工事が終わります")


def test_drawing_is_told_to_those_who_do_not_see_it(shown: Shown) -> None:
    image = shown(LEVEL).get_by_role("img")
    expect(image).to_have_accessible_name(
        "水の見通し 今のまま：2026年11月24日に100、2027年3月24日に220。 "
        "使うとき：2026年11月24日に100、2027年3月24日に120。 大きさ：180。 "
        "2027年1月24日：今のままだと、この日にあふれます。 2027年1月31日：雨どいの工事が終わります。 "
        "2027年3月24日：次に見る日。".replace("。使", "。 使")
        .replace("。大", "。 大")
        .replace("。2027", "。 2027")
    )


def test_curves_are_told_apart_without_colour(shown: Shown) -> None:
    figure = shown(LEVEL)
    curves = figure.locator("svg[role=img] .checker-curve")
    dashes = curves.evaluate_all("curves => curves.map(curve => getComputedStyle(curve).strokeDasharray)")
    shapes = figure.locator("svg[role=img] .checker-marker").evaluate_all(
        "markers => [...new Set(markers.map(marker => marker.getAttribute('d')))]"
    )
    assert len(set(dashes)) == 2
    assert len(shapes) == 2
    assert figure.locator(".checker-legend li").all_inner_texts() == ["今のまま", "使うとき", "大きさ"]


def test_gap_in_the_numbers_is_a_gap_in_the_curve(shown: Shown) -> None:
    paths = (
        shown(LEVEL)
        .locator("svg[role=img] .checker-curve")
        .evaluate_all("curves => curves.map(curve => curve.getAttribute('d').split('M').length - 1)")
    )
    assert paths == [1, 2]


def test_last_column_of_one_number_is_a_limit_across_the_drawing(shown: Shown) -> None:
    figure = shown(LEVEL)
    expect(figure.locator("svg[role=img] .checker-limit")).to_have_count(1)
    expect(figure.locator("svg[role=img] text", has_text="大きさ")).to_be_visible()


def test_curve_that_stays_level_is_still_a_curve(shown: Shown) -> None:
    figure = shown(LEVEL | {"rows": [[day, 100, 50, 180] for day in DAYS]})
    expect(figure.locator("svg[role=img] .checker-curve")).to_have_count(2)
    expect(figure.locator("svg[role=img] .checker-limit")).to_have_count(1)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_word_of_a_drawing_covers_another_or_is_cut_off(shown: Shown, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for figure in shown(LEVEL, USES).all():
        boxes = figure.locator("svg[role=img] text").evaluate_all(
            "texts => texts.map(text => { const {left, right, top, bottom} = text.getBoundingClientRect(); "
            "return [text.textContent, left, right, top + 2, bottom - 2]; })"
        )
        assert len(boxes) > 5
        for one, other in combinations(boxes, 2):
            meet = one[1] < other[2] and other[1] < one[2] and one[3] < other[4] and other[3] < one[4]
            assert not meet, (one, other)
        assert all(left >= 0 and right <= width for _, left, right, _, _ in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_letters_keep_their_size_whatever_the_width(shown: Shown, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    image = shown(LEVEL).get_by_role("img")
    scale = image.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
    assert scale == pytest.approx(1, abs=0.01)


def test_drawing_follows_when_the_window_is_turned(shown: Shown, page: Page) -> None:
    page.set_viewport_size({"width": 900, "height": 400})
    image = shown(LEVEL).get_by_role("img")
    page.set_viewport_size({"width": 400, "height": 900})
    expect(image).to_have_js_property("viewBox.baseVal.width", image.evaluate("svg => Math.floor(svg.clientWidth)"))
    assert image.evaluate("svg => svg.viewBox.baseVal.width") < 400


def test_bars_are_as_long_as_their_numbers(shown: Shown) -> None:
    figure = shown(USES)
    lengths = figure.locator("svg[role=img] .checker-bar-shape").evaluate_all(
        "bars => bars.map(bar => Number(bar.getAttribute('width')))"
    )
    assert [round(length / lengths[0] * 40) for length in lengths] == [40, 10, 20, 0, 5]
    figure.get_by_text("数字で見る").click()
    assert figure.locator("tr").all_inner_texts()[1:] == [
        "畑にまく水と、鉢にやる水をあわせたもの\t40\t10",
        "花\t20\t–",
        "池\t0\t5",
    ]


@pytest.mark.parametrize(
    "figure",
    [
        LEVEL | {"kind": "orbit"},
        LEVEL | {"kind": "graph"},
        LEVEL | {"kind": "constructor"},
        LEVEL | {"rows": LEVEL["rows"][:1]},
        LEVEL | {"rows": [["明日", 1, 2, 3], ["明後日", 2, 3, 3]]},
        LEVEL | {"rows": [["2026-11-24", "多い", 2, 3], ["2026-11-25", 2, 3, 3]]},
        LEVEL | {"rows": []},
        LEVEL | {"columns": ["日"], "rows": [["2026-11-24"], ["2026-11-25"]]},
        USES | {"rows": [["畑", -1, 2]]},
        USES | {"rows": [["畑", "多い", 2]]},
    ],
)
def test_what_cannot_be_drawn_is_a_table(shown: Shown, figure: dict[str, Any]) -> None:
    part = shown(figure)
    expect(part).to_have_attribute("data-figure", "table")
    expect(part.locator("table")).to_be_visible()
    expect(part.locator("svg")).to_have_count(0)
    assert part.locator("tbody tr").count() == len(figure["rows"])


@pytest.mark.parametrize(
    "rows",
    [
        [[0, 0, 0, 0], [1, 0, 0, 0]],
        [[-1e300, 1e300, 1, 5], [1e300, -1e300, 2, 5]],
        [["0001-01-01", 1, 2, 5], ["9999-12-31", 2, 1e-300, 5]],
        [[1, 1, 2, 5], [1.0000000000000002, 2, 3, 5]],
        [[at, at * at, -at, 5] for at in range(2000)],
    ],
)
def test_extreme_numbers_are_drawn_without_a_fault(shown: Shown, rows: list[list[Any]]) -> None:
    image = shown(LEVEL | {"rows": rows, "marks": []}).get_by_role("img")
    assert "NaN" not in image.evaluate("svg => svg.outerHTML")
    assert image.locator("text").count() < 40


WORDY: dict[str, Any] = {
    "id": "ways",
    "kind": "table",
    "title": "やり方のくらべ",
    "columns": ["やり方", "よいところ", "困るところ", "お金"],
    "rows": [
        ["雨どいを外して、たるに入れない", "すぐにできて、道具がいりません", "庭がぬれます", "0円"],
        ["大きなたるに替える", "長くもちます。ふたもついています", "場所がいります", "8,000円から"],
    ],
    "note": "",
    "marks": [],
}


@pytest.mark.parametrize("width", [320, 1280])
def test_rows_with_much_text_are_cards_and_still_a_table_to_who_hears_them(
    shown: Shown, page: Page, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    part = shown(WORDY)
    rows = part.locator("tbody").get_by_role("row")
    expect(rows).to_have_count(2)
    expect(rows.first.get_by_role("cell")).to_have_count(4)
    assert part.get_by_role("columnheader").all_text_contents() == WORDY["columns"]
    one, other = (
        rows.first.get_by_role("cell").nth(1).bounding_box(),
        rows.first.get_by_role("cell").nth(2).bounding_box(),
    )
    assert one is not None
    assert other is not None
    assert one["y"] + one["height"] <= other["y"]
    assert part.locator(".checker-scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_short_table_stays_a_table(shown: Shown) -> None:
    rows = [["夏", "30", "多い"], ["冬", "5", "少ない"]]
    part = shown(WORDY | {"columns": ["季節", "水", "量"], "rows": rows})
    tops = part.locator("tbody tr").first.locator("td").evaluate_all("cells => cells.map(cell => cell.offsetTop)")
    assert len(set(tops)) == 1


def test_hostile_words_in_a_figure_stay_text(shown: Shown, page: Page) -> None:
    text = "<img src=x onerror=\"document.title='owned'\">\u202e"
    figures = [
        LEVEL | {"title": text, "columns": [text, text, text, text], "marks": [{"at": "2027-01-01", "label": text}]},
        USES | {"title": text, "columns": [text, text, text], "rows": [[text, 1, 2]]},
    ]
    part = shown(*figures)
    expect(part).to_have_count(2)
    assert page.locator("kakugen-checker img").count() == 0
    assert page.title() != "owned"
    assert "\u202e" not in part.first.evaluate("part => part.outerHTML")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_drawings_have_no_violation(shown: Shown, page: Page, node_modules: Path, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    parts = shown(LEVEL, USES)
    for summary in parts.locator("summary").all():
        summary.click()
    page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_lines_and_words_of_a_drawing_stand_out_from_the_paper(shown: Shown, page: Page, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    image = shown(LEVEL).get_by_role("img")
    colours = image.evaluate(
        """svg => {
          const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
          const light = (colour) => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((one) => {
              const part = one / 255;
              return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const paper = light(getComputedStyle(document.body).backgroundColor);
          const contrast = (colour) => {
            const [low, high] = [paper, light(colour)].sort((one, other) => one - other);
            return (high + 0.05) / (low + 0.05);
          };
          const all = (selector, part) =>
            [...svg.querySelectorAll(selector)].map((one) => contrast(getComputedStyle(one)[part]));
          const lines = all(".checker-curve, .checker-limit, .checker-base", "stroke");
          return { lines, words: all("text", "fill") };
        }"""
    )
    assert min(colours["lines"]) >= 3
    assert min(colours["words"]) >= 4.5


def pipes(number: int, arrows: int) -> dict[str, Any]:
    """A garden of pipes, with circles in it and names of any length."""
    dice = random.Random(number)
    names = [f"管{at}{'とても長い名前の' * (at % 3)}<b>pipe {at}</b>" for at in range(number)]
    chosen = [tuple(dice.sample(range(number), 2)) for _ in range(arrows)] if number > 1 else []
    rows = [[names[one], names[other], dice.choice(["井戸の人", None])] for one, other in dict.fromkeys(chosen)]
    return {
        "id": "pipes",
        "kind": "graph",
        "title": "水の通り道",
        "columns": ["から", "へ", "だれ"],
        "rows": [*rows, *([name, None, None] for name in names)],
        "note": "",
        "marks": [{"at": dice.choice(names), "label": f"弁{at % 7}"} for at in range(number)],
    }


MISPLACED = """svg => {
  const width = svg.viewBox.baseVal.width;
  const boxes = [...svg.querySelectorAll(".checker-box")].map((box) => box.getBBox());
  const found = [];
  for (const [at, one] of boxes.entries()) {
    if (one.x < 0 || one.x + one.width > width) found.push(`box ${at} is outside`);
    for (const other of boxes.slice(at + 1)) {
      const apart = one.x + one.width <= other.x || other.x + other.width <= one.x
        || one.y + one.height <= other.y || other.y + other.height <= one.y;
      if (!apart) found.push(`box ${at} lies on another`);
    }
  }
  const within = (x, y) => boxes.some((box) =>
    x > box.x + 3 && x < box.x + box.width - 3 && y > box.y + 3 && y < box.y + box.height - 3);
  for (const path of svg.querySelectorAll(".checker-link")) {
    const length = path.getTotalLength();
    const places = Array.from({ length: 49 }, (_, at) => path.getPointAtLength(length * (at + 1) / 50));
    if (places.some(({ x, y }) => within(x, y))) found.push(`an arrow lies on a box: ${path.getAttribute("d")}`);
  }
  if (svg.innerHTML.includes("NaN")) found.push("NaN");
  return found;
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_graph_has_no_box_on_another_and_no_arrow_through_a_box(shown: Shown, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    sizes = [(1, 0), (2, 2), (5, 6), (12, 14), (24, 26), (40, 30)]
    images = shown(*(pipes(number, arrows) for number, arrows in sizes)).get_by_role("img")
    expect(images).to_have_count(len(sizes))
    page.wait_for_timeout(300)  # drawn again at the real width
    found = {size: images.nth(at).evaluate(MISPLACED) for at, size in enumerate(sizes)}
    assert {size: told for size, told in found.items() if told} == {}
    assert [images.nth(at).locator(".checker-box").count() for at in range(len(sizes))] == [one for one, _ in sizes]


def test_graph_is_the_same_each_time_and_too_large_a_one_is_a_table(shown: Shown, page: Page) -> None:
    parts = shown(pipes(12, 14), pipes(12, 14), pipes(61, 40))
    page.wait_for_timeout(300)
    kinds = parts.evaluate_all("parts => parts.map(part => part.dataset.figure)")
    assert kinds == ["graph", "graph", "table"]
    one, other = (
        image.locator("path, rect").evaluate_all("all => all.map(one => one.outerHTML)")
        for image in parts.get_by_role("img").all()
    )
    assert one == other
