/**
 * A drawing as a file: SVG, or PNG.
 *
 * Imported when a picture is to be saved. In: what is drawn on the page, as it looks there. Out: a file on the reader's
 * disk. The page's policy allows no image from a `blob:` or `data:` address, so the PNG is painted shape by shape; both
 * files are made of the same list of shapes, with the colours of the page written into them.
 *
 * @typedef {{tag: string, attributes: Record<string, string>, text: string, x: number, y: number, style: Style}} Piece
 * @typedef {{fill: string, stroke: string, width: number, dash: string, size: number, weight: string, anchor: string,
 *   cap: string, join: string, behind: boolean}} Style
 * @typedef {{width: number, height: number, paper: string, family: string, pieces: Piece[]}} Picture
 */

import { download } from "./download.js";
import { shape, wrapped } from "./drawing.js";
import { spelled } from "./dom.js";

const MARGIN = 20;

/** Twice as fine as the screen, but never more pixels across than browsers paint. */
const FINE = 2;
const MOST_PIXELS = 8000;

/** What of a shape says how it lies; all else is its look. */
const GEOMETRY = ["d", "x", "y", "width", "height", "rx"];

/**
 * @param {"svg" | "png"} kind
 * @param {string} title
 * @param {readonly Element[]} drawn a legend, where there is one, and the image
 * @param {string} name of the file, without its ending
 * @param {string} locale
 */
export async function savePicture(kind, title, drawn, name, locale) {
  const picture = read(title, drawn);
  if (!picture) return;
  const content = kind === "svg"
    ? new Blob([new XMLSerializer().serializeToString(toSvg(picture, title, locale))], { type: "image/svg+xml" })
    : await toPng(picture);
  if (content) download(content, `${name}.${kind}`);
}

/**
 * @param {string} title
 * @param {readonly Element[]} drawn
 * @returns {Picture | null}
 */
function read(title, drawn) {
  const image = drawn.find((one) => one instanceof SVGSVGElement);
  if (!(image instanceof SVGSVGElement)) return null;
  const { width, height } = image.viewBox.baseVal;
  const { family, size, ink, paper } = surroundings(image);
  const plain = { fill: ink, stroke: "none", width: 0, dash: "none", size, weight: "400", anchor: "start", cap: "butt", join: "miter", behind: false };
  /** @type {Piece[]} */
  const pieces = [];
  let y = MARGIN;
  const write = (/** @type {string} */ text, /** @type {Partial<Style>} */ look, /** @type {number} */ x) =>
    pieces.push({ tag: "text", attributes: { x: "0", y: "0" }, text: spelled(text), x, y, style: { ...plain, ...look } });
  for (const line of wrapped(title, size * 1.3, width)) {
    y += size * 1.5;
    write(line, { size: size * 1.3, weight: "700" }, MARGIN);
  }
  y += size;
  for (const entry of drawn.flatMap((one) => [...one.querySelectorAll("li")])) {
    y += size * 1.6;
    const sample = entry.querySelector("svg");
    if (sample) pieces.push(...piecesOf(sample, MARGIN, y - size * 0.9));
    write(entry.textContent ?? "", {}, MARGIN + size * 4);
  }
  y += size;
  pieces.push(...piecesOf(image, MARGIN, y));
  return { width: width + MARGIN * 2, height: Math.ceil(y + height + MARGIN), paper, family, pieces };
}

/**
 * @param {Element} svg
 * @param {number} x
 * @param {number} y
 * @returns {Piece[]}
 */
function piecesOf(svg, x, y) {
  return [...svg.querySelectorAll("path, rect, text")].map((element) => {
    const style = getComputedStyle(element);
    const [, right = "0", down = "0"] = /translate\(([-\d.]+)[ ,]+([-\d.]+)\)/.exec(element.getAttribute("transform") ?? "") ?? [];
    const given = GEOMETRY.flatMap((name) => (element.hasAttribute(name) ? [[name, element.getAttribute(name) ?? ""]] : []));
    return {
      tag: element.tagName,
      attributes: Object.fromEntries(given),
      text: element.tagName === "text" ? element.textContent ?? "" : "",
      x: x + Number(right),
      y: y + Number(down),
      style: {
        fill: colour(style.fill),
        stroke: colour(style.stroke),
        width: Number.parseFloat(style.strokeWidth) || 0,
        dash: style.strokeDasharray,
        size: Number.parseFloat(style.fontSize),
        weight: style.fontWeight,
        anchor: style.textAnchor,
        cap: style.strokeLinecap,
        join: style.strokeLinejoin,
        behind: style.paintOrder.startsWith("stroke"),
      },
    };
  });
}

/** @param {Element} element */
function surroundings(element) {
  const style = getComputedStyle(element);
  /** @type {Element | null} */
  let at = element;
  let paper = "none";
  while (at && paper === "none") {
    paper = colour(getComputedStyle(at).backgroundColor);
    at = at.parentElement;
  }
  return {
    family: style.fontFamily,
    size: Number.parseFloat(style.fontSize),
    ink: colour(style.color),
    paper: paper === "none" ? "#fff" : paper,
  };
}

/**
 * @param {string} value as the browser computed it
 * @returns {string} the same as every program reads it; `none` where nothing is seen
 */
function colour(value) {
  if (!value || value === "none") return "none";
  const known = colours.get(value);
  if (known) return known;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d");
  if (!context) return value;
  context.fillStyle = value;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, seen = 0] = context.getImageData(0, 0, 1, 1).data;
  const told = seen ? `#${[red, green, blue].map((one) => one.toString(16).padStart(2, "0")).join("")}` : "none";
  colours.set(value, told);
  return told;
}

/** @type {Map<string, string>} */
const colours = new Map();

/**
 * @param {Picture} picture
 * @param {string} title
 * @param {string} locale
 */
function toSvg({ width, height, paper, family, pieces }, title, locale) {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", lang: locale, "font-family": family });
  svg.append(shape("title", {}, title), shape("rect", { width, height, fill: paper }));
  for (const { tag, attributes, text, x, y, style } of pieces) {
    svg.append(shape(tag, {
      ...attributes,
      transform: `translate(${x} ${y})`,
      fill: style.fill,
      stroke: style.stroke,
      "stroke-width": style.width,
      "stroke-dasharray": style.dash,
      "stroke-linecap": style.cap,
      "stroke-linejoin": style.join,
      ...(tag === "text" ? { "font-size": style.size, "font-weight": style.weight, "text-anchor": style.anchor } : {}),
      ...(style.behind ? { "paint-order": "stroke" } : {}),
    }, ...(text ? [text] : [])));
  }
  return svg;
}

/**
 * @param {Picture} picture
 * @returns {Promise<Blob | null>}
 */
function toPng({ width, height, paper, family, pieces }) {
  const scale = Math.min(FINE, MOST_PIXELS / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  context.scale(scale, scale);
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  for (const piece of pieces) paint(context, piece, family);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Piece} piece
 * @param {string} family
 */
function paint(context, { tag, attributes, text, x, y, style }, family) {
  context.save();
  context.translate(x, y);
  context.lineWidth = style.width;
  context.lineCap = /** @type {CanvasLineCap} */ (style.cap);
  context.lineJoin = /** @type {CanvasLineJoin} */ (style.join);
  context.setLineDash(style.dash === "none" ? [] : style.dash.split(/[ ,]+/).map(Number.parseFloat));
  if (style.fill !== "none") context.fillStyle = style.fill;
  if (style.stroke !== "none") context.strokeStyle = style.stroke;
  const number = (/** @type {string} */ name) => Number(attributes[name] ?? 0);
  const isStroked = style.stroke !== "none" && style.width > 0;
  if (tag === "text") {
    context.font = `${style.weight} ${style.size}px ${family}`;
    context.textAlign = style.anchor === "middle" ? "center" : style.anchor === "end" ? "right" : "left";
    if (isStroked) context.strokeText(text, number("x"), number("y"));
    context.fillText(text, number("x"), number("y"));
  } else {
    const path = new Path2D(tag === "path" ? attributes.d : undefined);
    if (tag === "rect") path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
    if (style.fill !== "none") context.fill(path);
    if (isStroked) context.stroke(path);
  }
  context.restore();
}
