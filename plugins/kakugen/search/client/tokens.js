/**
 * How text is cut into what is searched for: the same for the index (in Node) and for a question (in the worker).
 *
 * Words of a to z stand whole. A code such as 550-5.7.1 stands whole and in its parts. Japanese has no spaces, and
 * dictionaries disagree on where its words end, so every pair of neighbouring characters is a term of its own.
 * Katakana count as hiragana, so that a reading finds both.
 */

const RUNS = /[a-z0-9]+(?:[._@:#-][a-z0-9]+)*|[ぁ-ゖー々〆一-鿿㐀-䶿]+/g;
const FOLDED = /[ァ-ヶ]/g;

/** @param {string} text */
function folded(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(FOLDED, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}

/**
 * @param {string} text
 * @returns {string[]} in the order of the text, repeated as often as they stand there
 */
function tokens(text) {
  const found = [];
  for (const [run] of folded(text).matchAll(RUNS)) {
    if (run.charCodeAt(0) < 128) {
      found.push(run);
      const parts = run.split(/[@:#_-]/);
      if (parts.length > 1) found.push(...parts.filter((part) => part));
    } else if (run.length === 1) {
      found.push(run);
    } else {
      for (let at = 0; at + 1 < run.length; at++) found.push(run.slice(at, at + 2));
    }
  }
  return found;
}

/** Whether a term is a number or a code, which a reader copies and does not vary. */
const isCode = (/** @type {string} */ term) => /\d/.test(term) && term.length > 2;

const OPTIONS = {
  idField: "location",
  fields: ["codes", "title", "symptoms", "readings", "headings", "summary", "text"],
  storeFields: ["title", "summary", "symptoms", "weight"],
  tokenize: tokens,
  processTerm: (/** @type {string} */ term) => term,
};

if (typeof module !== "undefined") module.exports = { tokens, isCode, OPTIONS };
