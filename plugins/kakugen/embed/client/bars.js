/**
 * A drawing of bars: how things of a kind compare.
 *
 * In: a figure whose first column names the rows; each further column is one bar a row. Out: a legend where there are
 * several bars a row, and an image. Bars lie, so that long names stand above them on a small screen.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Figure} Figure
 */

import { drawing, LOOKS, shape, widthOf, wrapped, writing } from "./drawing.js";
import { legend } from "./legend.js";
import { dayOf, dayWriter } from "./scale.js";
import { numeral } from "./words.js";

/**
 * @param {Figure} figure
 * @param {Paper} paper
 * @returns {Element[] | null} null when it cannot be drawn
 */
export function bars({ title, columns, rows, marks }, paper) {
  const names = columns.slice(1);
  const cells = rows.flatMap((row) => names.map((_, at) => row[at + 1] ?? null));
  const values = cells.filter((cell) => typeof cell === "number");
  const isFit = cells.every((cell) => cell === null || (typeof cell === "number" && Number.isFinite(cell) && cell >= 0));
  // What cannot be told apart by its look is not drawn, and lying bars have no place for marks.
  if (!names.length || names.length > LOOKS || !values.length || !isFit || marks.length) return null;
  const day = dayWriter(paper.locale);
  const entries = rows.map((row) => {
    const [first] = row;
    const time = dayOf(first);
    const name = time === null ? (typeof first === "number" ? numeral(first, paper.locale) : (first ?? "")) : day(time);
    return { name, values: names.map((_, at) => /** @type {number | null} */ (row[at + 1] ?? null)) };
  });
  const most = values.reduce((one, other) => Math.max(one, other), 0) || 1;
  const told = entries.map(({ name, values: own }) => {
    const parts = own.map((value, at) => [names.length > 1 ? names[at] : "", text(value, paper.locale)].filter(Boolean).join(" "));
    return `${name}: ${parts.join(paper.words.comma)}.`;
  });
  const image = drawing({ title, description: told.join(" ") }, (width, size) => draw(entries, most, width, size, paper.locale));
  return names.length > 1 ? [legend(names.map((name, look) => ({ name, look })), "bars"), image] : [image];
}

/**
 * @param {readonly {name: string, values: (number | null)[]}[]} entries
 * @param {number} most
 * @param {number} width
 * @param {number} size
 * @param {string} locale
 */
function draw(entries, most, width, size, locale) {
  const texts = entries.flatMap(({ values }) => values.map((value) => text(value, locale)));
  const room = width - Math.max(...texts.map((one) => widthOf(one, size))) - size;
  /** @type {Element[]} */
  const shapes = [];
  let y = 0;
  for (const { name, values } of entries) {
    for (const one of wrapped(name, size, width - size)) {
      y += size * 1.35;
      shapes.push(writing(0, y, one, "checker-name"));
    }
    y += size * 0.5;
    const top = y - size * 0.2;
    for (const [look, value] of values.entries()) {
      const long = Math.max(value ? 2 : 0, ((value ?? 0) / most) * room);
      if (value !== null) {
        shapes.push(shape("rect", { class: "checker-bar-shape", "data-look": look, x: 1, y, width: long, height: size * 1.05, rx: 3 }));
      }
      shapes.push(writing(long + size * 0.6, y + size * 0.88, text(value, locale), "checker-axis"));
      y += size * 1.5;
    }
    shapes.push(shape("path", { class: "checker-base", d: `M1 ${top}V${y - size * 0.25}` }));
    y += size * 0.5;
  }
  return { height: y, shapes };
}

/**
 * @param {number | null} value
 * @param {string} locale
 */
function text(value, locale) {
  return value === null ? "–" : numeral(value, locale);
}
