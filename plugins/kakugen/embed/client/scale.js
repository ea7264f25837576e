/**
 * Axes: which numbers and days stand on them, and how they are written.
 *
 * In: the values of a figure. Out: ticks that people count in (1, 2, 5; weeks, months, years) and their labels.
 */

/** A day in milliseconds. */
const DAY = 86_400_000;

/**
 * @typedef {{at: number, label: string, below: string}} Tick a place on an axis; `below` is a second line, such as a year
 * @typedef {{min: number, max: number, ticks: Tick[], write: (value: number) => string}} Axis
 */

/**
 * @param {number} min
 * @param {number} max
 * @param {number} count how many ticks there may be
 * @returns {number[]} from `min` to `max`, in steps of 1, 2 or 5 of some power of ten
 */
export function evenTicks(min, max, count) {
  const rough = (max - min) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) return [min];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10) * power;
  const ticks = [];
  const first = Math.ceil(min / step - 1e-9);
  for (let index = first; index * step <= max * (1 + 1e-12) + step * 1e-9 && ticks.length <= count + 1; index += 1) {
    // Multiplied and not added up, so that 0.3 does not become 0.30000000000000004.
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
}

/**
 * @param {unknown} text
 * @returns {number | null} the day as milliseconds, when it is one (ISO 8601)
 */
export function dayOf(text) {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) ? null : time;
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} count how many ticks there may be
 * @param {string} locale
 * @returns {Tick[]}
 */
export function dayTicks(min, max, count, locale) {
  const places = dayPlaces(min, max, count);
  const year = format(locale, { year: "numeric" });
  if (places.by === "years") return places.days.map((at) => ({ at, label: year(at), below: "" }));
  const label = format(locale, places.by === "months" ? { month: "short" } : { month: "short", day: "numeric" });
  let last = "";
  return places.days.map((at) => {
    const below = year(at) === last ? "" : year(at);
    last = year(at);
    return { at, label: label(at), below };
  });
}

/** @param {string} locale */
export function dayWriter(locale) {
  return format(locale, { year: "numeric", month: "long", day: "numeric" });
}

/**
 * @param {number} min
 * @param {number} max
 * @param {number} count
 * @returns {{by: "days" | "months" | "years", days: number[]}}
 */
function dayPlaces(min, max, count) {
  for (const step of [1, 2, 7, 14]) {
    if ((max - min) / (step * DAY) > count) continue;
    const days = [];
    for (let at = min; at <= max; at += step * DAY) days.push(at);
    return { by: "days", days };
  }
  const first = new Date(min);
  for (const step of [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000]) {
    const days = [];
    const start = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step;
    for (let month = start; days.length <= count; month += step) {
      const at = Date.UTC(Math.floor(month / 12), month % 12);
      if (at > max || Number.isNaN(at)) break;
      if (at >= min) days.push(at);
    }
    if (days.length <= count) return { by: step < 12 ? "months" : "years", days };
  }
  return { by: "years", days: [] };
}

/**
 * @param {string} locale
 * @param {Intl.DateTimeFormatOptions} parts
 * @returns {(time: number) => string}
 */
function format(locale, parts) {
  const writer = new Intl.DateTimeFormat(locale, { ...parts, timeZone: "UTC" });
  return (time) => writer.format(time);
}
