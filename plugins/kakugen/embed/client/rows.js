/**
 * A field of rows: reads them, fills them, adds and removes one.
 *
 * In: the element `[data-field][data-kind=rows]` with its first rows. A new row is a copy of the last one, emptied;
 * its controls have ids of their own, and its name counts on.
 *
 * @typedef {import("./types.js").Row} Row
 * @typedef {import("./types.js").Words} Words
 */

/** Longer texts in a cell are not taken over from a file. */
const LONGEST = 2000;

/** How many rows each field had at first, so that an emptied form has as many again. @type {WeakMap<Element, number>} */
const first = new WeakMap();

/**
 * @param {Element} box
 * @returns {Row[] | null} what stands in the rows, empty ones included so that they keep their number; null when all are
 */
export function rowsOf(box) {
  const rows = all(box).map((row) =>
    Object.fromEntries(cells(row).flatMap(([name, control]) => (control.value.trim() ? [[name, control.value]] : []))));
  return rows.some((row) => Object.keys(row).length > 0) ? rows : null;
}

/**
 * @param {Element} box
 * @param {unknown} value
 * @returns {boolean} whether they were rows of this field; else nothing is changed
 */
export function setRows(box, value) {
  const names = new Set(cells(last(box)).map(([name]) => name));
  if (!Array.isArray(value) || !value.length || value.length > most(box)) return false;
  if (!value.every((row) => isRow(row, names))) return false;
  while (all(box).length < value.length) copy(box);
  for (const row of all(box).slice(Math.max(value.length, least(box)))) row.remove();
  for (const [at, row] of all(box).entries()) {
    for (const [name, control] of cells(row)) control.value = value[at]?.[name] ?? "";
  }
  number(box);
  return true;
}

/**
 * @param {Element} box any field; others than rows are left alone
 */
export function resetRows(box) {
  for (const row of all(box).slice(least(box))) row.remove();
}

/**
 * @param {Element} box
 * @param {Words} words
 * @returns {HTMLElement | null} the first control of the new row; null where there can be no more
 */
export function addRow(box, words) {
  if (all(box).length >= most(box)) return null;
  const row = copy(box);
  number(box, words);
  return cells(row)[0]?.[1] ?? null;
}

/**
 * @param {Element} box
 * @param {Element} button in the row
 * @param {Words} words
 * @returns {HTMLElement} what comes after it, to go on from there
 */
export function removeRow(box, button, words) {
  const rows = all(box);
  const row = button.closest("[data-row]") ?? last(box);
  const at = rows.indexOf(row);
  if (rows.length > 1) row.remove();
  else for (const [, control] of cells(row)) control.value = "";
  number(box, words);
  // Whoever listens or looks at the form is told that it is another now.
  box.dispatchEvent(new Event("input", { bubbles: true }));
  const next = all(box)[Math.min(at, all(box).length - 1)] ?? row;
  return cells(next)[0]?.[1] ?? /** @type {HTMLElement} */ (button);
}

/**
 * @param {Element} box
 * @returns {Element} the new row
 */
function copy(box) {
  least(box); // remembered before there are more
  const old = last(box);
  const row = /** @type {Element} */ (old.cloneNode(true));
  const before = old.getAttribute("data-row") ?? "";
  const after = String(1 + Math.max(...all(box).map((one) => Number(one.getAttribute("data-row")))));
  row.setAttribute("data-row", after);
  for (const cell of row.querySelectorAll("[data-column]")) {
    const end = `${before}-${cell.getAttribute("data-column")}`;
    const control = cell.querySelector("input, select");
    const id = `${control?.id.slice(0, -end.length)}${after}-${cell.getAttribute("data-column")}`;
    control?.setAttribute("id", id);
    for (const name of ["aria-invalid", "aria-describedby"]) control?.removeAttribute(name);
    cell.querySelector("label")?.setAttribute("for", id);
  }
  for (const [, control] of cells(row)) control.value = "";
  old.after(row);
  return row;
}

/**
 * Count the rows anew. Their names are made of the first one's, which the page was written with.
 *
 * @param {Element} box
 * @param {Words} [words]
 */
function number(box, words) {
  for (const [at, row] of all(box).entries()) {
    const legend = row.querySelector("legend");
    const name = (legend?.textContent ?? "").replace(/\s*\d+$/, "");
    if (legend) legend.textContent = `${name} ${at + 1}`;
    const button = row.querySelector("[data-press=remove-row]");
    const label = button?.getAttribute("aria-label") ?? "";
    const told = words?.removeRow.replace("{name}", name).replace("{number}", String(at + 1));
    button?.setAttribute("aria-label", told ?? label.replace(/\d+/, String(at + 1)));
  }
  const add = box.querySelector("[data-press=add-row]");
  if (add instanceof HTMLButtonElement) add.disabled = all(box).length >= most(box);
}

/**
 * @param {unknown} row
 * @param {Set<string>} names
 */
function isRow(row, names) {
  return typeof row === "object" && row !== null && !Array.isArray(row) && Object.entries(row).every(
    ([name, cell]) => names.has(name) && typeof cell === "string" && cell.length <= LONGEST);
}

/** @param {Element} box */
function all(box) {
  return [...box.querySelectorAll("[data-row]")];
}

/** @param {Element} box */
function last(box) {
  return all(box).at(-1) ?? box;
}

/**
 * @param {Element} row
 * @returns {[string, HTMLInputElement | HTMLSelectElement][]}
 */
function cells(row) {
  return [...row.querySelectorAll("[data-column]")].flatMap((cell) => {
    const control = cell.querySelector("input, select");
    const isControl = control instanceof HTMLInputElement || control instanceof HTMLSelectElement;
    return isControl ? [/** @type {[string, typeof control]} */ ([cell.getAttribute("data-column") ?? "", control])] : [];
  });
}

/** @param {Element} box */
function most(box) {
  return Number(box.getAttribute("data-most")) || 1;
}

/** @param {Element} box */
function least(box) {
  const known = first.get(box) ?? all(box).length;
  first.set(box, known);
  return known;
}
