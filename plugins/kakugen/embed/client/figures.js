/**
 * The figures of a verdict: drawn where we can draw them, and always there as a table.
 *
 * In: figures as data. Out: a part for each. `line`, `bars`, `timeline` and `graph` are drawn, with what they show in a
 * table beside, and can be saved as a picture; every other kind, and whatever cannot be drawn, is a table.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Figure} Figure
 */

import { bars } from "./bars.js";
import { make, spelled } from "./dom.js";
import { widthOf } from "./drawing.js";
import { graph } from "./graph.js";
import { line } from "./line.js";
import { dayOf } from "./scale.js";
import { timeline } from "./timeline.js";
import { calendar, numeral } from "./words.js";

/** How many letters of text a row of a table takes without becoming hard to read. */
const ROOM = 36;

/** @type {Record<string, (figure: Figure, paper: Paper) => Element[] | null>} */
const DRAWN = { line, bars, timeline, graph };

/**
 * @param {Figure} figure
 * @param {Paper} paper
 * @param {boolean} waits whether it is shown closed
 */
export function figurePart(figure, paper, waits = false) {
  const draw = Object.hasOwn(DRAWN, figure.kind) ? DRAWN[figure.kind] : undefined;
  const drawn = draw?.(figure, paper) ?? null;
  const note = figure.note && make("p", { class: "checker-note" }, figure.note);
  const numbers = [table(figure, paper), marksList(figure, paper)];
  const [first, ...rest] = drawn
    ? [...drawn, note, pictureButtons(figure, drawn, paper), make("details", { class: "checker-numbers" }, make("summary", null, paper.words.numbers), numbers)]
    : [...numbers, note];
  const part = waits ? paper.folded("figure", figure.title, first, ...rest)
    : paper.part("figure", figure.title, first, ...rest);
  part?.setAttribute("data-figure", drawn ? figure.kind : "table");
  return part;
}

/** @param {string} kind of a figure */
export function isDrawn(kind) {
  return Object.hasOwn(DRAWN, kind);
}

/**
 * @param {Figure} figure
 * @param {Paper} paper
 */
function table(figure, paper) {
  const { title, columns, rows } = figure;
  const numeric = columns.map((_, at) => rows.every((row) => typeof row[at] !== "string"));
  const cells = rows.map((row) => row.map((cell) => cellText(cell, figure, paper)));
  // Roles are named, because what is laid out as cards would else be no table any more to who hears it.
  const head = columns.map((column, at) =>
    make("th", { scope: "col", role: "columnheader", "data-number": numeric[at] }, column),
  );
  const body = cells.map((texts) =>
    make("tr", { role: "row" }, texts.map((text, at) => {
      const label = spelled(columns[at] ?? "");
      return make("td", { role: "cell", "data-number": numeric[at], "data-label": label }, text);
    })),
  );
  const whole = make(
    "table",
    { class: "checker-table", role: "table", "data-cards": isWordy(columns, cells) },
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, head)),
    make("tbody", { role: "rowgroup" }, body),
  );
  // Focusable, so that it can be scrolled with the keyboard.
  return make("div", { class: "checker-scroll", tabindex: 0, role: "region", "aria-label": spelled(title) }, whole);
}

/**
 * @param {readonly string[]} columns
 * @param {readonly string[][]} cells
 * @returns {boolean} whether columns would be so narrow for their texts that each row is better a card
 */
function isWordy(columns, cells) {
  const widths = columns.map((column, at) =>
    cells.reduce((most, row) => Math.max(most, widthOf(row[at] ?? "", 1)), widthOf(column, 1)),
  );
  return columns.length > 2 && widths.reduce((sum, one) => sum + one, 0) > ROOM;
}

/**
 * @param {Figure} figure
 * @param {readonly Element[]} drawn
 * @param {Paper} paper
 */
function pictureButtons({ title, id }, drawn, { words, locale }) {
  const buttons = [["png", words.savePng], ["svg", words.saveSvg]].map(([kind, label]) => {
    const button = make("button", { type: "button", class: "checker-plain", "data-picture": kind }, label);
    button.addEventListener("click", async () => {
      const { savePicture } = await import("./picture.js");
      await savePicture(kind === "svg" ? "svg" : "png", title, drawn, id, locale);
    });
    return button;
  });
  return make("p", { class: "checker-pictures" }, buttons);
}

/**
 * @param {Figure} figure
 * @param {Paper} paper
 */
function marksList(figure, paper) {
  /** @type {Map<string, string[]>} */
  const places = new Map();
  const isGraph = figure.kind === "graph";
  for (const { at, label } of figure.marks) {
    const [name, value] = isGraph ? [label, cellText(at, figure, paper)] : [cellText(at, figure, paper), label];
    places.set(name, [...(places.get(name) ?? []), value]);
  }
  const entries = [...places].map(([name, values]) =>
    make("div", null, make("dt", null, name), isGraph ? make("dd", null, values.join(paper.words.comma))
      : values.map((value) => make("dd", null, value))),
  );
  return entries.length > 0 && make("dl", { class: "checker-marks" }, entries);
}

/**
 * @param {string | number | null} cell
 * @param {Figure} figure
 * @param {Paper} paper
 */
function cellText(cell, { kind }, { locale }) {
  if (cell === null) return "–";
  // What is drawn is a quantity; a number in a table may as well be a name, such as a port.
  if (typeof cell === "number") return isDrawn(kind) ? numeral(cell, locale) : String(cell);
  return dayOf(cell) === null ? cell : calendar(cell, false, locale);
}
