/**
 * Building the page out of text. Everything that is shown goes through here: elements are made by name and text
 * stays text, so nothing pasted can become markup, and characters that would turn or hide the text around them
 * are shown as what they are.
 */

/** Controls but line ends and tabs, bidirectional controls and marks, and characters of no width. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u;

/**
 * @typedef {Node | string | null | undefined | false} Content
 * @typedef {Record<string, string | boolean | number | null | undefined>} Attributes
 */

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes | null} attributes `true` sets an attribute without a value; `false` and null leave it out
 * @param {...(Content | Content[])} contents
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = null, ...contents) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  for (const content of contents.flat()) {
    if (typeof content === "string") element.append(...visible(content));
    else if (content) element.append(content);
  }
  return element;
}

/**
 * Text that comes from the reader, kept from turning the direction of the text around it.
 *
 * @param {string} text
 */
export function foreign(text) {
  return make("bdi", { translate: "no" }, text);
}

/**
 * @param {string} text
 * @returns {Node[]} text, with each control character as a small label of its code point
 */
export function visible(text) {
  /** @type {Node[]} */
  const nodes = [];
  let rest = text;
  for (let found = CONTROLS.exec(rest); found; found = CONTROLS.exec(rest)) {
    if (found.index) nodes.push(document.createTextNode(rest.slice(0, found.index)));
    const label = document.createElement("span");
    label.className = "checker-control";
    label.textContent = codeOf(found[0]);
    nodes.push(label);
    rest = rest.slice(found.index + 1);
  }
  if (rest) nodes.push(document.createTextNode(rest));
  return nodes;
}

/**
 * @param {string} text
 * @returns {string} the same with the code point in the place of each control character, for where only text can stand
 */
export function spelled(text) {
  return text.replace(new RegExp(CONTROLS, "gu"), codeOf);
}

/** @param {string} character */
function codeOf(character) {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Strokes of the icons, on a field of 24 by 24. */
const ICONS = {
  identified: "M4 12.5l5 5L20 6.5",
  ambiguous: "M12 21v-7M12 14L5 7M12 14l7-7M5 12V7h5M14 7h5v5",
  unknown: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.2-1.5 2.3M12 18.5v.1",
  expiry: "M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0",
  fault: "M12 8v5M12 16.5v.1M12 3l9.5 17h-19z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  go: "M5 12h14M13 6l6 6-6 6",
  print: "M7 8V3h10v5M7 17H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3M7 14h10v7H7z",
};

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "checker-icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}
