/**
 * A drawing of a way: stations one below the other, with how long each step took between them.
 *
 * In: a figure whose columns are the station, the seconds that it took to get there (or nothing), the same in words, and
 * when; further columns stand in the table only. Out: an image. A step is drawn the longer and the thicker the greater
 * its share of the whole time. Marks name stations: what they say stands below the station. Everything has its room at
 * any width, because the way goes down the page.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Figure} Figure
 * @typedef {{name: string, wait: number, told: string, when: string, marks: string[]}} Station
 */

import { drawing, marker, shape, wrapped, writing } from "./drawing.js";

/**
 * @param {Figure} figure
 * @param {Paper} paper
 * @returns {Element[] | null} null when it cannot be drawn
 */
export function timeline({ title, columns, rows, marks }, paper) {
  if (columns.length < 4 || rows.length < 2) return null;
  const stations = rows.map(([name, wait, told, when]) => ({
    name: String(name ?? ""),
    wait: typeof wait === "number" && Number.isFinite(wait) ? Math.max(0, wait) : 0,
    told: String(told ?? ""),
    when: String(when ?? ""),
    marks: marks.filter(({ at }) => at === name).map(({ label }) => label),
  }));
  const said = stations.map(({ name, told, when, marks: own }) =>
    `${[name, when, told && `${columns[2]} ${told}`, ...own].filter(Boolean).join(paper.words.comma)}.`);
  return [drawing({ title, description: said.join(" ") }, (width, size) => draw(stations, width, size))];
}

/**
 * @param {readonly Station[]} stations
 * @param {number} width
 * @param {number} size
 */
function draw(stations, width, size) {
  const whole = stations.reduce((sum, { wait }) => sum + wait, 0) || 1;
  const [rail, left, line] = [size * 0.9, size * 2.3, size * 1.4];
  const room = width - left - 2;
  /** @type {Element[]} */
  const steps = [];
  /** @type {Element[]} */
  const shapes = [];
  /** @type {number[]} */
  const heights = [];
  let y = size;
  for (const [index, { name, wait, told, when, marks }] of stations.entries()) {
    if (index > 0) {
      const share = wait / whole;
      const bottom = y + size * (told ? 2.9 : 1.1) + size * 3 * share;
      if (told) shapes.push(writing(left, (y + bottom) / 2 + size * 0.6, `↓ ${told}`, share > 0.5 ? "checker-name" : "checker-axis"));
      y = bottom + size * 0.8;
      steps.push(shape("path", {
        class: "checker-rail", d: `M${rail} ${heights.at(-1) ?? 0}V${y}`, "stroke-width": 2 + size * 0.5 * share,
        "data-long": String(share > 0.5),
      }));
    }
    heights.push(y);
    shapes.push(marker(marks.length ? 3 : 0, rail, y));
    for (const [at, text] of wrapped(name, size, room).entries()) {
      shapes.push(writing(left, y + size * 0.35 + at * line, text, "checker-name"));
      if (at) y += line;
    }
    for (const text of wrapped(when, size, room)) shapes.push(writing(left, (y += line) + size * 0.35, text, "checker-axis"));
    for (const text of marks.flatMap((mark) => wrapped(mark, size, room - size * 1.2))) {
      shapes.push(writing(left, (y += line) + size * 0.35, text, "checker-warning"));
    }
  }
  return { height: y + size * 1.2, shapes: [...steps, ...shapes] };
}
