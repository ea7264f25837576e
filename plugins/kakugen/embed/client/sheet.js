/**
 * A sheet of paper to take to the devices: an answer with a checklist, as it is printed.
 *
 * In: a verdict with a checklist. Out: an element that only print shows, alone, on one A4 page: title, day, boxes to
 * tick, what to take care of. The letters are made smaller until all of it fits, as far as they can still be read.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Section} Section
 * @typedef {import("./types.js").Verdict} Verdict
 * @typedef {import("./types.js").Words} Words
 */

import { icon, make } from "./dom.js";
import { calendar, today } from "./words.js";

/** What fits between the margins of an A4 page, and of a US letter: the smaller of both, in millimetres. */
const ROOM = { width: 180, height: 250 };

/** Sizes of letters in points, the one that is read best first; the last ones stand in two columns. */
const SIZES = [
  { size: 11, columns: 1 },
  { size: 10, columns: 1 },
  { size: 9.5, columns: 2 },
  { size: 8.5, columns: 2 },
  { size: 7.5, columns: 2 },
  { size: 6.5, columns: 2 },
];

/**
 * @param {Verdict} verdict
 * @param {Paper} paper
 * @returns {HTMLElement | null} null when there is nothing to tick
 */
export function sheetOf(verdict, paper) {
  const lists = checklists(verdict);
  if (!lists.length) return null;
  const { words } = paper;
  const cautions = verdict.cautions.map((one) => make("li", null, one));
  const sheet = make(
    "div",
    { class: "checker-sheet", "data-sheet": true, hidden: true },
    make("h1", { class: "checker-sheet-title" }, verdict.title),
    make("p", { class: "checker-sheet-day" }, calendar(today(), false, verdict.locale)),
    make("div", { class: "checker-sheet-lists" }, lists.map(listOf)),
    cautions.length > 0 && make("h2", null, words.cautions),
    cautions.length > 0 && make("ul", { class: "checker-sheet-cautions" }, cautions),
    make("p", { class: "checker-sheet-from" }, location.origin + location.pathname),
  );
  return sheet;
}

addEventListener("beforeprint", () => {
  for (const sheet of document.querySelectorAll("[data-sheet]")) if (sheet instanceof HTMLElement) prepare(sheet);
});

/**
 * @param {Verdict} verdict
 * @param {Words} words
 */
export function printButton(verdict, words) {
  if (!checklists(verdict).length) return null;
  const button = make("button", { type: "button", class: "checker-submit", "data-print": true }, icon("print"), words.print);
  button.addEventListener("click", () => print());
  return button;
}

/** @param {Verdict} verdict */
function checklists({ sections }) {
  return sections.filter(({ checklist, steps }) => checklist && steps.length > 0);
}

/** @param {Section} section */
function listOf({ title, text, steps }) {
  const entries = steps.map(({ text: what, where, note }) =>
    make(
      "li",
      { class: "checker-sheet-entry" },
      make("span", { class: "checker-sheet-box" }),
      make(
        "div",
        null,
        make("p", { class: "checker-sheet-do" }, what),
        where.length > 0 && make("p", { class: "checker-sheet-more" }, where.join(" › ")),
        note && make("p", { class: "checker-sheet-more" }, note),
      ),
    ),
  );
  return make("section", null, make("h2", null, title), text && make("p", null, text), make("ol", null, entries));
}

/**
 * Tick what is ticked on the screen, and choose the size of the letters.
 *
 * @param {HTMLElement} sheet
 */
function prepare(sheet) {
  const ticks = sheet.closest("[data-verdict]")?.querySelectorAll(".checker-tick") ?? [];
  const boxes = sheet.querySelectorAll(".checker-sheet-box");
  for (const [index, tick] of [...ticks].entries()) {
    boxes[index]?.toggleAttribute("data-done", tick instanceof HTMLInputElement && tick.checked);
  }
  // Measured as it will be printed: laid out at the width of the paper, where nobody sees it.
  sheet.hidden = false;
  sheet.setAttribute("data-measured", "");
  sheet.style.setProperty("--sheet-width", `${ROOM.width}mm`);
  for (const { size, columns } of SIZES) {
    sheet.style.setProperty("--sheet-size", `${size}pt`);
    sheet.style.setProperty("--sheet-columns", String(columns));
    if (sheet.getBoundingClientRect().height <= (ROOM.height / 25.4) * 96) break;
  }
  sheet.removeAttribute("data-measured");
  sheet.hidden = true;
}
