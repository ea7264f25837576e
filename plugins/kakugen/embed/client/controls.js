/**
 * One question of a form: reads what stands in its control, puts a value into it, and keeps what is wrong beside it.
 *
 * In: the element `[data-field]` as `kakugen.embed` writes it. Out: an answer, or a sentence for the reader.
 *
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./types.js").Words} Words
 * @typedef {HTMLElement & {validity?: ValidityState}} Control
 */

import { make } from "./dom.js";
import { rowsOf, setRows } from "./rows.js";
import { fill, numeral } from "./words.js";

/**
 * @param {Element} box
 * @returns {Control} the control that takes the focus
 */
export function controlOf(box) {
  const control = box.querySelector("textarea, select, input:not([type=file]), input[type=file][name]");
  return control instanceof HTMLElement ? control : make("input");
}

/**
 * @param {Element} box
 * @returns {string} the question, without the mark of what must be filled in
 */
export function labelOf(box) {
  return box.querySelector(".checker-label")?.firstChild?.textContent ?? "";
}

/** @param {HTMLElement} box */
function isRequired(box) {
  return controlOf(box).hasAttribute("required") || box.hasAttribute("data-required");
}

/**
 * @param {HTMLElement} box
 * @returns {Exclude<Answer, {base64: string}>} what was entered; null when nothing was
 */
export function valueOf(box) {
  if (box.dataset.kind === "rows") return rowsOf(box);
  const control = controlOf(box);
  if (control instanceof HTMLInputElement) {
    switch (control.type) {
      case "checkbox": {
        const ticked = optionsOf(box).filter((option) => option.checked);
        return ticked.length ? ticked.map((option) => option.value) : null;
      }
      case "radio": {
        const chosen = optionsOf(box).find((option) => option.checked);
        if (!chosen) return null;
        return box.dataset.kind === "yes-no" ? chosen.value === "yes" : chosen.value;
      }
      case "file":
        return null;
      case "number":
        return Number.isNaN(control.valueAsNumber) ? null : control.valueAsNumber;
    }
  }
  if (!("value" in control) || typeof control.value !== "string") return null;
  return control.value.trim() ? control.value : null;
}

/**
 * Put a value that comes from elsewhere into a field, as far as the field can take it.
 *
 * @param {HTMLElement} box
 * @param {unknown} value
 * @returns {boolean} whether it took anything
 */
export function setValue(box, value) {
  const control = controlOf(box);
  switch (box.dataset.kind) {
    case "rows":
      return setRows(box, value);
    case "choices": {
      const wanted = Array.isArray(value) ? value : [];
      const taken = optionsOf(box).filter((option) => wanted.includes(option.value));
      if (taken.length) for (const option of optionsOf(box)) option.checked = taken.includes(option);
      return taken.length > 0;
    }
    case "yes-no":
    case "choice": {
      const wanted = typeof value === "boolean" ? (value ? "yes" : "no") : value;
      if (control instanceof HTMLSelectElement) {
        const found = [...control.options].find((option) => option.value !== "" && option.value === wanted);
        if (found) control.value = found.value;
        return found !== undefined;
      }
      const found = optionsOf(box).find((option) => option.value === wanted);
      if (found) found.checked = true;
      return found !== undefined;
    }
    case "number":
      if (!(control instanceof HTMLInputElement) || typeof value !== "number" || !Number.isFinite(value)) return false;
      control.valueAsNumber = value;
      return true;
    case "text":
    case "line":
      if (typeof value !== "string" || !value.trim()) return false;
      if (control instanceof HTMLTextAreaElement || control instanceof HTMLInputElement) control.value = value;
      return true;
    default:
      return false; // a file cannot be handed over
  }
}

/**
 * @param {HTMLElement} box
 * @param {boolean} given whether something was entered
 * @param {Words} words
 * @returns {string} what is wrong; empty when nothing is
 */
export function faultOf(box, given, words) {
  const control = controlOf(box);
  const { validity } = control;
  // What is no number at all counts as missing too.
  if (validity && !validity.valid && (validity.badInput || !validity.valueMissing)) return misfit(box, control, validity, words);
  if (!isRequired(box) || given) return "";
  switch (box.dataset.kind) {
    case "text":
      return words.missingText;
    case "choices":
      return words.missingChoices;
    case "choice":
    case "yes-no":
      return words.missingChoice;
    default:
      return words.missing;
  }
}

/**
 * @param {HTMLElement} box
 * @param {string} message empty when nothing is wrong
 */
export function markFault(box, message) {
  const control = controlOf(box);
  box.querySelector("[data-error]")?.remove();
  const id = `${control.id}-error`;
  const described = (control.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  control.toggleAttribute("aria-invalid", false);
  if (message) {
    box.append(make("p", { class: "checker-error", id, "data-error": true }, message));
    control.setAttribute("aria-invalid", "true");
    described.push(id);
  }
  if (described.length) control.setAttribute("aria-describedby", described.join(" "));
  else control.removeAttribute("aria-describedby");
}

/**
 * Open the group that a field stands in, so that it can be seen.
 *
 * @param {Element} box
 */
export function unfold(box) {
  const group = box.closest("details");
  if (group) group.open = true;
}

/**
 * @param {HTMLElement} box
 * @param {Control} control
 * @param {ValidityState} validity
 * @param {Words} words
 */
function misfit(box, control, validity, words) {
  if (!(control instanceof HTMLInputElement) || control.type !== "number") return words.badValue;
  const locale = box.closest("[locale]")?.getAttribute("locale") ?? "en";
  const unit = box.querySelector(".checker-unit")?.textContent ?? "";
  const limit = (/** @type {string} */ text) => `${numeral(Number(text), locale)} ${unit}`.trim();
  if (validity.rangeUnderflow) return fill(words.tooSmall, { limit: limit(control.min) });
  if (validity.rangeOverflow) return fill(words.tooLarge, { limit: limit(control.max) });
  return words.badNumber;
}

/** @param {Element} box */
function optionsOf(box) {
  return [...box.querySelectorAll("input")].filter((input) => input.type === "checkbox" || input.type === "radio");
}
