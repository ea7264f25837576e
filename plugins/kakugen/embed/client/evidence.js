/**
 * What an answer rests on, in the reader's own words: the text as it was entered, with numbered marks, and what
 * each mark shows. Words that the text holds only encoded are shown as the line they stand on.
 *
 * @typedef {import("./types.js").Evidence} Evidence
 * @typedef {import("./types.js").Words} Words
 * @typedef {{item: Evidence, number: number}} Numbered
 * @typedef {{start: number, end: number, numbers: number[]}} Span
 */

import { foreign, make, visible } from "./dom.js";
import { fill } from "./words.js";

/** Longer texts are shown from a little before the first mark, and only so many characters of them. */
const SHOWN = 20_000;
const BEFORE = 600;

/**
 * @param {readonly Evidence[]} evidence
 * @param {Map<string, string>} texts the text of each field
 * @param {Words} words
 * @returns {HTMLElement[]}
 */
export function showEvidence(evidence, texts, words) {
  const numbered = evidence.map((item, index) => ({ item, number: index + 1 }));
  /** @type {HTMLElement[]} */
  const shown = [];
  /** @type {Map<number, HTMLElement>} */
  const marks = new Map();
  for (const [field, text] of texts) {
    const spans = spansIn(text, numbered.filter(({ item }) => item.field === field));
    if (spans.length) shown.push(markedText(text, spans, words, marks));
  }
  const list = make("ol", { class: "checker-shows" }, numbered.map((one) => entry(one, marks.get(one.number), words)));
  shown.push(list);
  return shown;
}

/**
 * Scroll each text so that its first mark can be seen; to be called once it stands in the page.
 *
 * @param {Element} section
 */
export function showFirstMarks(section) {
  for (const text of section.querySelectorAll(".checker-read")) {
    const mark = text.querySelector("mark");
    if (mark) text.scrollTop = Math.max(0, mark.offsetTop - text.clientHeight / 3);
  }
}

/**
 * @param {Numbered} numbered
 * @param {HTMLElement | undefined} mark where it stands in the text, if it does
 * @param {Words} words
 */
function entry({ item, number }, mark, words) {
  const show = make("p", { class: "checker-show" }, item.shows);
  if (!mark) {
    const line = make("p", { class: "checker-quote", translate: "no" });
    line.append(
      make("bdi", null, item.before, make("mark", null, item.text), item.after),
    );
    return make("li", null, make("span", { class: "checker-number" }, String(number)), make("div", null, line, show));
  }
  const label = fill(words.goToMark, { number });
  const button = make("button", { type: "button", class: "checker-number", "aria-label": label }, String(number));
  button.addEventListener("click", () => {
    const box = /** @type {HTMLElement} */ (mark.closest(".checker-read"));
    box.scrollTop = Math.max(0, mark.offsetTop - box.clientHeight / 3);
    box.focus();
  });
  return make("li", null, button, make("div", null, make("p", { class: "checker-quote" }, foreign(item.text)), show));
}

/**
 * @param {string} text
 * @param {Span[]} spans in order, apart from each other
 * @param {Words} words
 * @param {Map<number, HTMLElement>} marks receives the mark of each number
 */
function markedText(text, spans, words, marks) {
  const first = /** @type {Span} */ (spans[0]);
  const from = text.length > SHOWN ? text.lastIndexOf("\n", Math.max(0, first.start - BEFORE)) + 1 : 0;
  const to = Math.min(text.length, from + SHOWN);
  // Focusable, so that it can be scrolled with the keyboard.
  const box = make("pre", {
    class: "checker-read",
    tabindex: 0,
    role: "region",
    "aria-label": words.yourText,
    translate: "no",
  });
  if (from > 0) box.append(make("span", { class: "checker-cut" }, "…\n"));
  let at = from;
  for (const { start, end, numbers } of spans) {
    if (end > to) break;
    box.append(...visible(text.slice(at, start)));
    const mark = make("mark", null, text.slice(start, end));
    for (const number of numbers) {
      mark.append(make("sup", { class: "checker-mark-number" }, String(number)));
      marks.set(number, mark);
    }
    box.append(mark);
    at = end;
  }
  box.append(...visible(text.slice(at, to)));
  if (to < text.length) box.append(make("span", { class: "checker-cut" }, "\n…"));
  return box;
}

/**
 * Find evidence in a text. Python counts code points, JavaScript UTF-16 units; evidence whose words do not stand
 * where it says is left out.
 *
 * @param {string} text
 * @param {Numbered[]} numbered
 * @returns {Span[]} in order, apart from each other, in UTF-16 units
 */
export function spansIn(text, numbered) {
  const toUnits = unitsOf(text, numbered.flatMap(({ item }) => [item.start, item.end]));
  const found = [];
  for (const { item, number } of numbered) {
    const start = toUnits(item.start);
    const end = toUnits(item.end);
    if (start !== null && end !== null && start < end && text.slice(start, end) === item.text) {
      found.push({ start, end, numbers: [number] });
    }
  }
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  /** @type {Span[]} */
  const spans = [];
  for (const span of found) {
    const last = spans.at(-1);
    if (last && span.start < last.end) {
      last.end = Math.max(last.end, span.end);
      last.numbers.push(...span.numbers);
    } else {
      spans.push(span);
    }
  }
  return spans;
}

/**
 * @param {string} text
 * @param {(number | null)[]} points positions in code points
 * @returns {(point: number | null) => number | null} each of them in UTF-16 units; null where the text is shorter
 */
function unitsOf(text, points) {
  const wanted = [...new Set(points.filter((point) => point !== null))].sort((one, other) => one - other);
  /** @type {Map<number, number>} */
  const units = new Map();
  let point = 0;
  let unit = 0;
  for (const next of wanted) {
    while (point < next && unit < text.length) {
      unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
      point += 1;
    }
    if (point === next) units.set(next, unit);
  }
  return (one) => (one === null ? null : (units.get(one) ?? null));
}
