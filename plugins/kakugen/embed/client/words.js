/**
 * The client's own words in the language of a form, and how it writes numbers and dates.
 *
 * @typedef {import("./types.js").Words} Words
 */

/**
 * @param {string} locale one that `words/` holds, or else English is used
 * @returns {Promise<Words>}
 */
export async function loadWords(locale) {
  const known = ["ja", "en"];
  const name = [locale, locale.split("-")[0] ?? ""].find((candidate) => known.includes(candidate)) ?? "en";
  const answer = await fetch(new URL(`words/${name}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`words/${name}.json: ${answer.status}`);
  return answer.json();
}

/**
 * Put values into a sentence: `{name}` becomes `values.name`.
 *
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * @param {number} bytes
 * @param {boolean} [withUnit]
 */
export function megabytes(bytes, withUnit = true) {
  return (bytes / 1e6).toFixed(1) + (withUnit ? " MB" : "");
}

/** @param {number} bytes */
export function fileSize(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : megabytes(bytes);
}

/**
 * @param {number} value
 * @param {string} locale
 * @returns {string} with separators; short where it is very long
 */
export function numeral(value, locale) {
  const isLong = Math.abs(value) >= 1e7 || (value !== 0 && Math.abs(value) < 1e-3);
  /** @type {Intl.NumberFormatOptions} */
  const how = isLong ? { notation: "compact", maximumSignificantDigits: 3 } : { maximumFractionDigits: 3 };
  return new Intl.NumberFormat(locale, how).format(value);
}

/**
 * @param {string} day ISO 8601
 * @param {boolean} monthOnly
 * @param {string} locale
 */
export function calendar(day, monthOnly, locale) {
  const date = new Date(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`);
  if (Number.isNaN(date.valueOf())) return day;
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { year: "numeric", month: "long", timeZone: "UTC", ...(monthOnly ? {} : { day: "numeric" }) };
  return new Intl.DateTimeFormat(locale, parts).format(date);
}

/** @returns {string} the reader's day, ISO 8601 */
export function today() {
  const now = new Date();
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
