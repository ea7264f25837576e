/**
 * Making an SVG drawing: shapes by name, text that stays text, and how much room text takes.
 *
 * Everything is drawn in CSS pixels at the width that there is, so that letters keep their size on a small screen; who
 * draws is called again when the width changes.
 */

import { spelled } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

/** How the curves and bars of a drawing are told apart, in this order: shape first, colour second. */
export const LOOKS = 4;

const MARKERS = ["M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-4-4h8v8h-8z", "M0-5.2L5 4H-5z", "M0-5.5L5.5 0L0 5.5L-5.5 0z"];

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 * @param {...(Element | string)} contents
 * @returns {SVGElement}
 */
export function shape(tag, attributes, ...contents) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
  element.append(...contents.map((content) => (typeof content === "string" ? spelled(content) : content)));
  return element;
}

/**
 * @param {number} x
 * @param {number} y of the base line
 * @param {string} text
 * @param {string} look class
 * @param {"start" | "middle" | "end"} [anchor]
 */
export function writing(x, y, text, look, anchor = "start") {
  return shape("text", { x, y, class: look, "text-anchor": anchor }, text);
}

/**
 * @param {number} look which curve
 * @param {number} x
 * @param {number} y
 */
export function marker(look, x, y) {
  const at = { transform: `translate(${Math.round(x * 100) / 100} ${Math.round(y * 100) / 100})` };
  return shape("path", { class: "checker-marker", "data-look": look % LOOKS, d: MARKERS[look % LOOKS] ?? "", ...at });
}

/**
 * @param {string} text
 * @param {number} size of the letters
 * @returns {number} about how wide it is, rather too wide than too narrow
 */
export function widthOf(text, size) {
  let ems = 0;
  for (const letter of text) ems += /[\u0000-\u02af]/u.test(letter) ? (/[ilj.,:;'| ]/.test(letter) ? 0.36 : 0.62) : 1;
  return ems * size;
}

/**
 * @param {string} text
 * @param {number} size of the letters
 * @param {number} room
 * @param {number} [most] lines
 * @returns {string[]} lines of about one length that fit the room; the last ends with … when there is more
 */
export function wrapped(text, size, room, most = 3) {
  const lines = broken(text, size, room);
  if (lines.length > most) return [...lines.slice(0, most - 1), `${[...(lines[most - 1] ?? "")].slice(0, -1).join("")}…`];
  // No single letter alone on the last line: in as much less room as gives the same number of lines and breaks no word.
  const longest = Math.max(...pieces(text).map((piece) => widthOf(piece.trimEnd(), size)));
  for (let less = room * 0.95; less > room / 3 && (less >= longest || longest > room); less *= 0.95) {
    const narrower = broken(text, size, less);
    if (narrower.length > lines.length) break;
    lines.splice(0, lines.length, ...narrower);
  }
  return lines;
}

/**
 * @param {string} text
 * @returns {string[]} what may stand on a line of its own: Latin words, and anything else but not before a closing mark
 */
function pieces(text) {
  return text.match(/[\u0021-\u02af]+\s*|\s+|[^\u0000-\u02af][、。，．）」』！？ー]*/gu) ?? [];
}

/**
 * @param {string} text
 * @param {number} size
 * @param {number} room
 */
function broken(text, size, room) {
  const lines = [""];
  for (const piece of pieces(text)) {
    for (const part of widthOf(piece, size) > room ? [...piece] : [piece]) {
      const last = lines.length - 1;
      if (widthOf((lines[last] + part).trimEnd(), size) <= room || !lines[last]) lines[last] += part;
      else lines.push(part);
    }
  }
  return lines.map((line) => line.trim());
}

/**
 * An image that is drawn anew for every width.
 *
 * @param {{title: string, description: string}} about read out in the place of the image
 * @param {(width: number, size: number) => {height: number, shapes: Element[]}} draw for a width and a size of letters
 */
export function drawing({ title, description }, draw) {
  const id = `kakugen-drawing-${(count += 1)}`;
  const svg = shape("svg", { class: "checker-drawing", role: "img", "aria-labelledby": `${id}-t ${id}-d` });
  const names = [shape("title", { id: `${id}-t` }, title), shape("desc", { id: `${id}-d` }, description)];
  let drawn = 0;
  const redraw = (/** @type {number} */ width) => {
    if (width === drawn) return;
    drawn = width;
    const size = svg.isConnected ? Number.parseFloat(getComputedStyle(svg).fontSize) : 13;
    const { height, shapes } = draw(width, size);
    svg.setAttribute("viewBox", `0 0 ${width} ${Math.ceil(height)}`);
    svg.replaceChildren(...names, ...shapes);
  };
  redraw(560);
  drawn = 0; // once more as soon as the real width and the real size of letters are known
  // Only the width is looked at: the height follows from what is drawn.
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry?.contentRect.width ?? 0);
    if (width > 0) redraw(width);
  }).observe(svg);
  return svg;
}

/** Counts the drawings of the tab: each has ids of its own. */
let count = 0;
