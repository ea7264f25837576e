/**
 * A drawing of things and the arrows between them, such as tools and what they pass on.
 *
 * In: a figure whose rows are arrows from the first column to the second; an arrow whose third column is empty is
 * broken. Marks are what is said of one thing; those with the same label have the same look wherever they stand. Out: an
 * image, from above to below as the arrows go. `layout.js` finds the places; the same data always gives the same image.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Figure} Figure
 * @typedef {import("./layout.js").Box} Box
 * @typedef {{from: number, to: number, label: string | null}} Arrow
 * @typedef {{label: string, look: number}} Said
 * @typedef {{names: string[], arrows: Arrow[], said: Said[][]}} Data
 */

import { drawing, LOOKS, marker, shape, widthOf, wrapped, writing } from "./drawing.js";
import { layout } from "./layout.js";

/** Of more things than these nobody sees anything; they stay a table. */
const MOST = 60;
const MOST_ARROWS = 240;

/** So many things are said in a box; the rest is counted. */
const MOST_SAID = 6;

/**
 * @param {Figure} figure
 * @param {Paper} paper
 * @returns {Element[] | null} null when it cannot be drawn
 */
export function graph(figure, paper) {
  const data = read(figure);
  if (!data) return null;
  const { comma } = paper.words;
  const { names } = data;
  const told = [
    ...data.arrows.map(({ from, to, label }) => `${names[from]} → ${names[to]}${label ? ` (${label})` : ""}.`),
    ...names.filter((_, at) => !data.arrows.some(({ from, to }) => from === at || to === at)).map((name) => `${name}.`),
    ...[...new Set(data.said.flat().map(({ label }) => label))].map((label) => {
      const holders = names.filter((_, at) => data.said[at]?.some((one) => one.label === label));
      return `${label}: ${holders.join(comma)}.`;
    }),
  ];
  const image = drawing({ title: figure.title, description: told.join(" ") }, (width, size) => draw(data, width, size));
  return [image];
}

/**
 * @param {Figure} figure
 * @returns {Data | null}
 */
function read({ columns, rows, marks }) {
  if (columns.length < 2 || !rows.length) return null;
  const isFit = rows.every(([from, to]) => typeof from === "string" && (typeof to === "string" || to === null));
  if (!isFit) return null;
  // In the order in which they begin something, then those where things only end.
  const names = [...new Set([...rows.map(([from]) => String(from)), ...rows.flatMap(([, to]) => to === null ? [] : [String(to)])])];
  const arrows = rows.flatMap(([from, to, label]) => {
    if (to === null || from === to) return [];
    return [{ from: names.indexOf(String(from)), to: names.indexOf(String(to)), label: typeof label === "string" ? label : null }];
  });
  const labels = [...new Set(marks.map(({ label }) => label))];
  const said = names.map((name) => marks.filter(({ at }) => at === name)
    .map(({ label }) => ({ label, look: labels.indexOf(label) % LOOKS })));
  return names.length > MOST || arrows.length > MOST_ARROWS ? null : { names, arrows, said };
}

/**
 * @param {Data} data
 * @param {number} width
 * @param {number} size
 */
function draw({ names, arrows, said }, width, size) {
  const wide = Math.round(Math.min(size * 16, Math.max(size * 9, width * 0.42), width));
  const texts = names.map((name, at) => boxTexts(name, said[at] ?? [], wide, size));
  const heights = texts.map(({ name, lines }) => size * (1.1 + name.length * 1.4 + (lines.length ? 0.4 : 0) + lines.length * 1.45));
  const { boxes, ways, height } = layout(heights, arrows, { width, wide, gap: size * 1.6, drop: size * 4 });
  const labels = arrows.length > 18 ? [] : arrowLabels(arrows, ways, size, width, boxes);
  return {
    height,
    shapes: [
      ...ways.map((way, at) => shape("path", { class: "checker-link", "data-loose": String(arrows[at]?.label === null), d: curve(way) })),
      ...ways.map((way, at) => tip(way, arrows[at]?.label === null)),
      ...boxes.flatMap((box, at) => boxShapes(box, texts[at], wide, size)),
      ...labels,
    ],
  };
}

/**
 * @param {string} name
 * @param {readonly Said[]} said
 * @param {number} wide
 * @param {number} size
 */
function boxTexts(name, said, wide, size) {
  const room = wide - size * 3;
  const lines = said.slice(0, MOST_SAID).flatMap(({ label, look }) =>
    wrapped(label, size, room, 2).map((text, at) => ({ text, look: at ? -1 : look })));
  if (said.length > MOST_SAID) lines.push({ text: `+${said.length - MOST_SAID}`, look: -1 });
  return { name: wrapped(name, size * 1.08, wide - size * 1.6, 3), lines };
}

/**
 * @param {Box} box
 * @param {ReturnType<typeof boxTexts> | undefined} texts
 * @param {number} wide
 * @param {number} size
 */
function boxShapes({ x, y, height }, texts, wide, size) {
  const left = x - wide / 2;
  let at = y + size * 0.45;
  const shapes = [shape("rect", { class: "checker-box", x: left, y, width: wide, height, rx: 8 })];
  for (const line of texts?.name ?? []) shapes.push(writing(x, (at += size * 1.4) - size * 0.25, line, "checker-name", "middle"));
  if (texts?.lines.length) at += size * 0.4;
  for (const { text, look } of texts?.lines ?? []) {
    at += size * 1.45;
    if (look >= 0) shapes.push(marker(look, left + size * 1.2, at - size * 0.7));
    shapes.push(writing(left + size * 2.2, at - size * 0.35, text, "checker-axis"));
  }
  return shapes;
}

/**
 * What stands on the arrows, where there is room for it.
 *
 * @param {readonly Arrow[]} arrows
 * @param {readonly (readonly {x: number, y: number}[])[]} ways
 * @param {number} size
 * @param {number} width
 * @param {readonly Box[]} boxes
 */
function arrowLabels(arrows, ways, size, width, boxes) {
  /** @type {{left: number, right: number, y: number}[]} */
  const taken = [];
  return arrows.flatMap(({ label }, at) => {
    const [one, other] = (ways[at] ?? []).slice(-2);
    if (label === null || !one || !other) return [];
    const [text = ""] = wrapped(label, size * 0.92, size * 9, 1);
    const half = widthOf(text, size * 0.92) / 2 + 3;
    const x = Math.min(width - half, Math.max(half, (one.x + other.x) / 2));
    const y = (one.y + other.y) / 2 + size * 0.3;
    for (const shift of [0, -1.2, 1.2]) {
      const place = { left: x - half, right: x + half, y: y + shift * size };
      const isFree = taken.every((before) => before.right < place.left || before.left > place.right || Math.abs(before.y - place.y) > size)
        && boxes.every((box) => box.y > place.y + size * 0.3 || box.y + box.height < place.y - size);
      if (isFree) {
        taken.push(place);
        return [writing(x, place.y, text, "checker-axis checker-on-link", "middle")];
      }
    }
    return [];
  });
}

/** @param {readonly {x: number, y: number}[]} way */
function curve(way) {
  return way.map(({ x, y }, at) => {
    const before = way[at - 1];
    if (!before) return `M${x} ${y}`;
    if (before.x === x) return `L${x} ${y}`;
    const middle = (before.y + y) / 2;
    return `C${before.x} ${middle} ${x} ${middle} ${x} ${y}`;
  }).join("");
}

/**
 * @param {readonly {x: number, y: number}[]} way
 * @param {boolean} isOpen
 */
function tip(way, isOpen) {
  const { x, y } = way.at(-1) ?? { x: 0, y: 0 };
  const back = (way.at(-2)?.y ?? 0) > y ? 8 : -8;
  return shape("path", { class: "checker-tip", "data-loose": String(isOpen), d: `M${x} ${y}l-4.5 ${back}h9z` });
}
