/**
 * The legend of a drawing: what each curve or bar is called, beside a sample of its dash and marker.
 */

import { marker, shape } from "./drawing.js";
import { make } from "./dom.js";

/**
 * @param {readonly {name: string, look: number | "limit"}[]} entries
 * @param {"line" | "bars"} kind
 */
export function legend(entries, kind) {
  const items = entries.map(({ name, look }) => make("li", null, sample(look, kind), make("span", null, name)));
  return make("ul", { class: "checker-legend" }, items);
}

/**
 * @param {number | "limit"} look
 * @param {"line" | "bars"} kind
 */
function sample(look, kind) {
  const svg = shape("svg", { class: "checker-sample", viewBox: "0 0 36 14", "aria-hidden": "true" });
  if (look === "limit") svg.append(shape("path", { class: "checker-limit", d: "M0 7H36" }));
  else if (kind === "line") svg.append(shape("path", { class: "checker-curve", "data-look": look, d: "M0 7H36" }), marker(look, 18, 7));
  else svg.append(shape("rect", { class: "checker-bar-shape", "data-look": look, x: 1, y: 1, width: 34, height: 12, rx: 2 }));
  return svg;
}
