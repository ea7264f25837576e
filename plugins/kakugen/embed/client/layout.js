/**
 * Places for the things of a graph: in rows from above to below, so that arrows go down as far as they can.
 *
 * In: how high each box is, the arrows, and the room. Out: the middle and the upper edge of each box, and the points that
 * each arrow goes through. An arrow over several rows passes between their boxes, where a place is kept for it. Things
 * that no arrow touches stand below the others. The order depends on the input alone.
 *
 * @typedef {{x: number, y: number, height: number}} Box by its middle and its upper edge
 * @typedef {{from: number, to: number}} Arrow
 * @typedef {{x: number, y: number}} Point
 * @typedef {{width: number, wide: number, gap: number, drop: number}} Room how wide all is, how wide a box; between boxes,
 *   and between rows
 * @typedef {{box: number, row: number, x: number, wide: number, above: Item[], below: Item[]}} Item a box, or the place of
 *   an arrow that passes (-1)
 */

/** How often the order within the rows is looked at again. */
const SWEEPS = 6;

/**
 * @param {readonly number[]} heights
 * @param {readonly Arrow[]} arrows
 * @param {Room} room
 * @returns {{boxes: Box[], ways: Point[][], height: number}}
 */
export function layout(heights, arrows, room) {
  const rowOf = rowsFor(heights.length, arrows, room);
  const items = heights.map((_, box) => item(box, rowOf[box] ?? 0, room.wide));
  const rows = Array.from({ length: Math.max(...rowOf) + 1 }, (_, row) => items.filter((one) => one.row === row));
  const chains = arrows.map(({ from, to }) => chain(items, rows, from, to));
  order(rows);
  spread(rows, room);
  const tops = [1];
  for (const [at, row] of rows.entries()) {
    const high = Math.max(...row.map(({ box }) => heights[box] ?? 0));
    tops.push((tops[at] ?? 0) + high + room.drop);
  }
  const boxes = items.map(({ x, row }, box) => ({ x, y: tops[row] ?? 0, height: heights[box] ?? 0 }));
  const bottoms = rows.map((row, at) => (tops[at] ?? 0) + Math.max(...row.map(({ box }) => heights[box] ?? 0)));
  const ports = portsOf(arrows, chains, boxes, room.wide);
  const ways = chains.map((places, at) => points(places, at, arrows, boxes, ports, { tops, bottoms }));
  return { boxes, ways, height: (bottoms.at(-1) ?? 0) + 1 };
}

/**
 * @param {number} count
 * @param {readonly Arrow[]} arrows
 * @param {Room} room
 * @returns {number[]} the row of each box
 */
function rowsFor(count, arrows, room) {
  const level = levels(count, arrows);
  const touched = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const lowest = Math.max(-1, ...level.filter((_, box) => touched.has(box)));
  for (let box = 0; box < count; box += 1) if (!touched.has(box)) level[box] = lowest + 1;
  const fit = Math.max(1, Math.floor((room.width + room.gap) / (room.wide + room.gap)));
  /** @type {number[]} */
  const rowOf = [];
  let next = 0;
  for (let at = 0; at <= Math.max(...level); at += 1) {
    const boxes = level.flatMap((one, box) => (one === at ? [box] : []));
    if (!boxes.length) continue;
    const lines = Math.ceil(boxes.length / fit);
    const each = Math.ceil(boxes.length / lines); // rows of about the same length
    for (const [index, box] of boxes.entries()) rowOf[box] = next + Math.floor(index / each);
    next += lines;
  }
  return rowOf;
}

/**
 * @param {number} count
 * @param {readonly Arrow[]} arrows
 * @returns {number[]} how many arrows lead to each box at most, those left out that close a circle
 */
function levels(count, arrows) {
  const out = Array.from({ length: count }, (_, box) => arrows.filter(({ from }) => from === box).map(({ to }) => to));
  const entered = new Set(arrows.map(({ to }) => to));
  /** @type {("open" | "done")[]} */
  const state = [];
  /** @type {number[]} */
  const finished = [];
  const level = Array.from({ length: count }, () => 0);
  /** @type {Set<string>} */
  const closing = new Set();
  const visit = (/** @type {number} */ box) => {
    state[box] = "open";
    for (const next of out[box] ?? []) {
      if (state[next] === "open") closing.add(`${box} ${next}`);
      else if (!state[next]) visit(next);
    }
    state[box] = "done";
    finished.push(box);
  };
  const all = Array.from({ length: count }, (_, box) => box);
  for (const box of [...all.filter((one) => !entered.has(one)), ...all]) if (!state[box]) visit(box);
  for (const box of finished.reverse()) {
    for (const next of out[box] ?? []) {
      if (!closing.has(`${box} ${next}`)) level[next] = Math.max(level[next] ?? 0, (level[box] ?? 0) + 1);
    }
  }
  return level;
}

/**
 * @param {number} box
 * @param {number} row
 * @param {number} wide
 * @returns {Item}
 */
function item(box, row, wide) {
  return { box, row, x: 0, wide, above: [], below: [] };
}

/**
 * Keep a place for an arrow in each row that it passes.
 *
 * @param {readonly Item[]} items
 * @param {Item[][]} rows
 * @param {number} from
 * @param {number} to
 * @returns {Item[]} from the box where it starts to the one where it ends
 */
function chain(items, rows, from, to) {
  const start = /** @type {Item} */ (items[from]);
  const end = /** @type {Item} */ (items[to]);
  const step = end.row > start.row ? 1 : -1;
  const places = [start];
  for (let row = start.row + step; row !== end.row; row += step) {
    const place = item(-1, row, 0);
    rows[row]?.push(place);
    places.push(place);
  }
  places.push(end);
  for (let at = 1; at < places.length; at += 1) {
    const [one, other] = [/** @type {Item} */ (places[at - 1]), /** @type {Item} */ (places[at])];
    const [upper, lower] = step > 0 ? [one, other] : [other, one];
    upper.below.push(lower);
    lower.above.push(upper);
  }
  return places;
}

/**
 * Put the items of each row in the order of those that they are joined to, from above and from below in turn.
 *
 * @param {Item[][]} rows
 */
function order(rows) {
  const number = () => {
    for (const row of rows) for (const [at, one] of row.entries()) one.x = (at + 0.5) / row.length;
  };
  number();
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    const isDown = sweep % 2 === 0;
    for (const row of isDown ? rows : [...rows].reverse()) {
      const wish = new Map(row.map((one) => [one, mean(isDown ? one.above : one.below, one.x)]));
      row.sort((one, other) => (wish.get(one) ?? 0) - (wish.get(other) ?? 0));
      for (const [at, one] of row.entries()) one.x = (at + 0.5) / row.length;
    }
  }
  number();
}

/**
 * Give each item its place across: near those that it is joined to, and none over another.
 *
 * @param {readonly Item[][]} rows
 * @param {Room} room
 */
function spread(rows, { width, gap }) {
  for (const row of rows) place(row, row.map((one) => one.x * width), width, gap);
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) {
      place(row, row.map((one) => mean([...one.above, ...one.below], one.x)), width, gap);
    }
  }
}

/**
 * @param {readonly Item[]} row
 * @param {readonly number[]} wishes
 * @param {number} width
 * @param {number} gap
 */
function place(row, wishes, width, gap) {
  const wide = row.reduce((sum, one) => sum + one.wide, 0);
  const between = row.length > 1 ? Math.min(gap, (width - wide - 3) / (row.length - 1)) : 0;
  const least = (/** @type {number} */ at) => ((row[at - 1]?.wide ?? 0) + (row[at]?.wide ?? 0)) / 2 + Math.max(0, between);
  // Pressed from the left, and from the right; the middle of the two is fair to both.
  /** @type {number[]} */
  const right = [];
  for (const [at, one] of row.entries()) {
    right.push(at ? Math.max(wishes[at] ?? 0, (right[at - 1] ?? 0) + least(at)) : Math.max(wishes[at] ?? 0, one.wide / 2 + 1));
  }
  /** @type {number[]} */
  const left = [];
  for (let at = row.length - 1; at >= 0; at -= 1) {
    const edge = at === row.length - 1 ? width - (row[at]?.wide ?? 0) / 2 - 1 : (left[at + 1] ?? 0) - least(at + 1);
    left[at] = Math.min(wishes[at] ?? 0, edge);
  }
  const middle = row.map((_, at) => ((right[at] ?? 0) + (left[at] ?? 0)) / 2);
  for (let at = row.length - 1; at >= 0; at -= 1) {
    const edge = at === row.length - 1 ? width - (row[at]?.wide ?? 0) / 2 - 1 : (middle[at + 1] ?? 0) - least(at + 1);
    middle[at] = Math.min(middle[at] ?? 0, edge);
  }
  for (const [at, one] of row.entries()) {
    const edge = at ? (row[at - 1]?.x ?? 0) + least(at) : one.wide / 2 + 1;
    one.x = Math.max(middle[at] ?? 0, edge);
  }
}

/**
 * Where arrows touch a box: side by side, in the order of where they come from or go to.
 *
 * @param {readonly Arrow[]} arrows
 * @param {readonly Item[][]} chains
 * @param {readonly Box[]} boxes
 * @param {number} wide
 * @returns {Map<string, number>} by arrow and end
 */
function portsOf(arrows, chains, boxes, wide) {
  /** @type {Map<string, {key: string, toward: number}[]>} */
  const sides = new Map();
  for (const [at, places] of chains.entries()) {
    const { from, to } = /** @type {Arrow} */ (arrows[at]);
    const isDown = (places[0]?.row ?? 0) < (places.at(-1)?.row ?? 0);
    const add = (/** @type {string} */ side, /** @type {string} */ key, /** @type {number} */ toward) =>
      sides.set(side, [...(sides.get(side) ?? []), { key, toward }]);
    add(`${from} ${isDown ? "below" : "above"}`, `${at} from`, places[1]?.x ?? 0);
    add(`${to} ${isDown ? "above" : "below"}`, `${at} to`, places.at(-2)?.x ?? 0);
  }
  /** @type {Map<string, number>} */
  const ports = new Map();
  for (const [side, ends] of sides) {
    const { x } = /** @type {Box} */ (boxes[Number.parseInt(side, 10)]);
    const apart = Math.min(26, (wide - 24) / ends.length);
    ends.sort((one, other) => one.toward - other.toward);
    for (const [at, { key }] of ends.entries()) ports.set(key, x + (at - (ends.length - 1) / 2) * apart);
  }
  return ports;
}

/**
 * @param {readonly Item[]} places
 * @param {number} at which arrow
 * @param {readonly Arrow[]} arrows
 * @param {readonly Box[]} boxes
 * @param {Map<string, number>} ports
 * @param {{tops: number[], bottoms: number[]}} edges of the rows
 * @returns {Point[]}
 */
function points(places, at, arrows, boxes, ports, { tops, bottoms }) {
  const { from, to } = /** @type {Arrow} */ (arrows[at]);
  const [start, end] = [/** @type {Box} */ (boxes[from]), /** @type {Box} */ (boxes[to])];
  const isDown = start.y < end.y;
  const whole = (/** @type {Point} */ { x, y }) => ({ x: Math.round(x), y: Math.round(y) });
  const passed = places.slice(1, -1).flatMap(({ x, row }) => {
    const edges = [{ x, y: tops[row] ?? 0 }, { x, y: bottoms[row] ?? 0 }];
    return isDown ? edges : edges.reverse();
  });
  return [
    { x: ports.get(`${at} from`) ?? start.x, y: isDown ? start.y + start.height : start.y },
    ...passed,
    { x: ports.get(`${at} to`) ?? end.x, y: isDown ? end.y : end.y + end.height },
  ].map(whole);
}

/**
 * @param {readonly Item[]} items
 * @param {number} otherwise
 */
function mean(items, otherwise) {
  return items.length ? items.reduce((sum, { x }) => sum + x, 0) / items.length : otherwise;
}
