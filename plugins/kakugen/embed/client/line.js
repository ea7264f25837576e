/**
 * A drawing of curves over days or numbers, such as how full something gets.
 *
 * In: a figure whose first column says where each point lies. Out: a legend and an image. The last of several columns,
 * where it holds one and the same number everywhere, is a limit: a straight line across, with its name on it. Marks are upright lines with
 * their names above, each in a lane of its own where they would meet.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Figure} Figure
 * @typedef {{x: number, y: number}} Point
 * @typedef {{name: string, look: number, points: (Point | null)[]}} Curve
 * @typedef {{name: string, value: number}} Limit
 * @typedef {{x: number, label: string}} Place
 * @typedef {{curves: Curve[], limit: Limit | null, marks: Place[], from: number, to: number, byDay: boolean}} Data
 * @typedef {{left: number, right: number, top: number, bottom: number}} Frame
 */

import { drawing, LOOKS, marker, shape, widthOf, wrapped, writing } from "./drawing.js";
import { legend } from "./legend.js";
import { dayOf, dayTicks, dayWriter, evenTicks } from "./scale.js";
import { fill, numeral } from "./words.js";

/**
 * @param {Figure} figure
 * @param {Paper} paper
 * @returns {Element[] | null} null when it cannot be drawn
 */
export function line(figure, paper) {
  const data = read(figure);
  if (!data) return null;
  const { locale, words } = paper;
  const where = data.byDay ? dayWriter(locale) : (/** @type {number} */ x) => numeral(x, locale);
  const told = [
    ...data.curves.map((curve) => tell(curve, where, paper)),
    data.limit ? fill(words.limitAt, { name: data.limit.name, value: numeral(data.limit.value, locale) }) : "",
    ...data.marks.map(({ x, label }) => fill(words.markAt, { at: where(x), label })),
  ];
  const image = drawing({ title: figure.title, description: told.filter(Boolean).join(" ") }, (width, size) => draw(data, width, size, locale));
  const entries = [
    ...data.curves.map(({ name, look }) => ({ name, look })),
    ...(data.limit ? [{ name: data.limit.name, look: /** @type {const} */ ("limit") }] : []),
  ];
  return [legend(entries, "line"), image];
}

/**
 * @param {Figure} figure
 * @returns {Data | null}
 */
function read({ columns, rows, marks }) {
  const byDay = rows.length > 0 && rows.every(([first]) => dayOf(first) !== null);
  const placeOf = (/** @type {unknown} */ value) => (byDay ? dayOf(value) : finite(value));
  const places = rows.map(([first]) => placeOf(first));
  const names = columns.slice(1);
  if (!names.length || places.some((place) => place === null)) return null;
  const xs = places.filter((place) => place !== null);
  if (new Set(xs).size < 2) return null;
  const series = names.map((name, index) => ({ name, cells: rows.map((row) => row[index + 1] ?? null) }));
  if (series.some(({ cells }) => cells.some((cell) => cell !== null && finite(cell) === null))) return null;
  const filled = series.filter(({ cells }) => cells.some((cell) => cell !== null));
  const last = filled.length > 1 ? filled.at(-1) : undefined;
  const limit = last && last === series.at(-1) && isLevel(last.cells) ? last : undefined;
  const curves = filled
    .filter((one) => one !== limit)
    .map(({ name, cells }, index) => ({
      name,
      look: index % LOOKS,
      points: cells.map((y, at) => (typeof y === "number" ? { x: xs[at] ?? 0, y } : null)),
    }));
  if (!curves.length) return null;
  const found = marks.map(({ at, label }) => ({ x: placeOf(at), label }));
  const known = found.filter((mark) => mark.x !== null).map(({ x, label }) => ({ x: x ?? 0, label }));
  const all = [...xs, ...known.map(({ x }) => x)];
  return {
    curves,
    limit: limit ? { name: limit.name, value: Number(limit.cells[0]) } : null,
    marks: known.sort((one, other) => one.x - other.x),
    from: all.reduce((least, x) => Math.min(least, x)),
    to: all.reduce((most, x) => Math.max(most, x)),
    byDay,
  };
}

/** @param {readonly unknown[]} cells */
function isLevel(cells) {
  return cells.every((cell) => cell !== null && cell === cells[0]);
}

/** @param {unknown} value */
function finite(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/**
 * @param {Curve} curve
 * @param {(x: number) => string} where
 * @param {Paper} paper
 */
function tell({ name, points }, where, { words, locale }) {
  const there = points.filter((point) => point !== null);
  const [first, last] = [there[0], there.at(-1)];
  if (!first || !last) return name;
  return fill(words.curveRuns, {
    name,
    from: where(first.x),
    first: numeral(first.y, locale),
    to: where(last.x),
    last: numeral(last.y, locale),
  });
}

/**
 * @param {Data} data
 * @param {number} width
 * @param {number} size
 * @param {string} locale
 */
function draw(data, width, size, locale) {
  const { curves, limit } = data;
  const points = curves.flatMap((curve) => curve.points).filter((point) => point !== null);
  const values = [...points.map(({ y }) => y), ...(limit ? [limit.value] : [])];
  const most = values.reduce((one, other) => Math.max(one, other), 0);
  const least = values.reduce((one, other) => Math.min(one, other), 0);
  const span = most - least || 1;
  // Room above the highest curve, for its marker and the name of a limit.
  const top = most > 0 ? most + span * 0.14 : 0;
  const bottom = least < 0 ? least - span * 0.08 : 0;
  const steps = evenTicks(bottom, top || 1, width < 420 ? 4 : 5);
  const left = Math.max(...steps.map((value) => widthOf(numeral(value, locale), size))) + size * 0.8;
  const right = width - size * 1.4;
  const lanes = placeMarks(data.marks, (x) => left + ((x - data.from) / (data.to - data.from)) * (right - left), left, width - 1, size);
  const height = Math.max(150, Math.min(280, (right - left) * 0.6));
  /** @type {Frame} */
  const frame = { left, right, top: lanes.height + size * 0.5, bottom: lanes.height + size * 0.5 + height };
  const toX = (/** @type {number} */ x) => left + ((x - data.from) / (data.to - data.from)) * (right - left);
  const toY = (/** @type {number} */ y) => frame.bottom - ((y - bottom) / ((top || 1) - bottom)) * height;
  return {
    height: frame.bottom + size * 3.1,
    shapes: [
      ...steps.map((value) => shape("path", { class: "checker-grid", d: `M${left} ${toY(value)}H${right}` })),
      ...steps.map((value) => writing(left - size * 0.5, toY(value) + size * 0.35, numeral(value, locale), "checker-axis", "end")),
      ...placeTicks(data, frame, toX, size, locale),
      ...lanes.shapes.map((make) => make(frame.bottom)),
      ...(limit ? [shape("path", { class: "checker-limit", d: `M${left} ${toY(limit.value)}H${right}` })] : []),
      ...curves.flatMap((curve) => drawCurve(curve, toX, toY)),
      ...(limit ? [nameLimit(limit, toY, frame, size)] : []),
    ],
  };
}

/**
 * @param {Data} data
 * @param {Frame} frame
 * @param {(x: number) => number} toX
 * @param {number} size
 * @param {string} locale
 */
function placeTicks({ from, to, byDay }, frame, toX, size, locale) {
  const room = frame.right - frame.left;
  const write = (/** @type {number} */ at) => ({ at, label: numeral(at, locale), below: "" });
  const count = Math.max(2, Math.floor(room / (size * (byDay ? 5.2 : 4.5))));
  const ticks = byDay ? dayTicks(from, to, Math.min(8, count), locale) : evenTicks(from, to, Math.min(8, count)).map(write);
  return [
    shape("path", { class: "checker-base", d: `M${frame.left} ${frame.bottom}H${frame.right}` }),
    ...ticks.flatMap(({ at, label, below }) => {
      const x = toX(at);
      const half = Math.max(widthOf(label, size), widthOf(below, size)) / 2;
      const middle = Math.min(Math.max(x, half), frame.right + size * 1.4 - half);
      return [
        shape("path", { class: "checker-base", d: `M${x} ${frame.bottom}v5` }),
        writing(middle, frame.bottom + size * 1.5, label, "checker-axis", "middle"),
        ...(below ? [writing(middle, frame.bottom + size * 2.7, below, "checker-axis", "middle")] : []),
      ];
    }),
  ];
}

/**
 * @param {Curve} curve
 * @param {(x: number) => number} toX
 * @param {(y: number) => number} toY
 */
function drawCurve({ look, points }, toX, toY) {
  let path = "";
  let isDown = false;
  /** @type {Point[]} */
  const dots = [];
  for (const point of points) {
    if (point) {
      const [x, y] = [toX(point.x), toY(point.y)];
      path += `${isDown ? "L" : "M"}${x.toFixed(2)} ${y.toFixed(2)}`;
      const last = dots.at(-1);
      // Markers tell curves apart; so close together they would hide them.
      if (!last || Math.abs(x - last.x) >= 26) dots.push({ x, y });
    }
    isDown = point !== null;
  }
  return [
    shape("path", { class: "checker-curve", "data-look": look, d: path }),
    ...dots.map(({ x, y }) => marker(look, x, y)),
  ];
}

/**
 * @param {Limit} limit
 * @param {(y: number) => number} toY
 * @param {Frame} frame
 * @param {number} size
 */
function nameLimit({ name, value }, toY, frame, size) {
  const [text = ""] = wrapped(name, size, frame.right - frame.left - size, 1);
  return writing(frame.left + size * 0.4, toY(value) - size * 0.45, text, "checker-name");
}

/**
 * @param {readonly Place[]} marks
 * @param {(x: number) => number} toX
 * @param {number} from
 * @param {number} to
 * @param {number} size
 * @returns {{height: number, shapes: ((bottom: number) => SVGElement)[]}}
 */
function placeMarks(marks, toX, from, to, size) {
  const lineHeight = size * 1.35;
  /** @type {{start: number, end: number, lines: string[], x: number, left: boolean, lane: number}[]} */
  const placed = [];
  for (const { x: at, label } of marks) {
    const x = toX(at);
    const lines = wrapped(label, size, Math.min(to - from, size * 15) - size, 3);
    const width = Math.max(...lines.map((text) => widthOf(text, size))) + size * 0.6;
    const left = x + width > to && x - width >= 0;
    const start = left ? x - width : Math.max(0, Math.min(x, to - width));
    placed.push({ start, end: start + width, lines, x, left, lane: 0 });
  }
  // From the right: what stands further left goes above, so that its line passes beside the names below it.
  for (const [index, mark] of [...placed.entries()].reverse()) {
    const after = placed.slice(index + 1);
    const lanes = after.filter((other) => mark.start < other.end && other.start < mark.end).map((other) => other.lane);
    mark.lane = Math.max(-1, ...lanes) + 1;
  }
  const heights = placed.reduce((/** @type {number[]} */ all, { lane, lines }) => {
    all[lane] = Math.max(all[lane] ?? 0, lines.length * lineHeight + size * 0.3);
    return all;
  }, []);
  const height = heights.reduce((sum, one) => sum + one, 0);
  const topOf = (/** @type {number} */ lane) => height - heights.slice(0, lane + 1).reduce((sum, one) => sum + one, 0);
  const shapes = placed.flatMap(({ start, end, lines, x, left, lane }) => [
    (/** @type {number} */ bottom) => shape("path", { class: "checker-mark-line", d: `M${x} ${topOf(lane)}V${bottom}` }),
    ...lines.map(
      (text, row) => () =>
        writing(left ? end - size * 0.5 : start + size * 0.5, topOf(lane) + (row + 0.85) * lineHeight, text, "checker-name", left ? "end" : "start"),
    ),
  ]);
  return { height, shapes };
}
