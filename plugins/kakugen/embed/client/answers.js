/**
 * What the reader entered: reads a form, and keeps the files that were dropped or chosen as chips in it.
 *
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./types.js").Answers} Answers
 * @typedef {import("./types.js").Words} Words
 */

import { icon, make } from "./dom.js";
import { fileSize, fill } from "./words.js";

/** What was asked: the answers as they are sent, and the text of each as it can be shown. */
export class Asked {
  /**
   * @param {Answers} answers
   * @param {Map<string, string>} texts the text of each field that has one, files included as far as they are text
   */
  constructor(answers, texts) {
    this.json = JSON.stringify(answers);
    this.texts = texts;
  }
}

export class Answering {
  /** @type {Map<string, File>} */
  #files = new Map();
  #form;
  #words;

  /**
   * @param {HTMLFormElement} form
   * @param {Words} words
   */
  constructor(form, words) {
    this.#form = form;
    this.#words = words;
  }

  /**
   * Keep a file for a field, in the place of one that was there; text in the same field stays.
   *
   * @param {File} file
   * @param {string | null} name the field; without one that takes files, the first that does
   * @returns {boolean} whether any field takes files
   */
  attach(file, name) {
    const boxes = [...this.#form.querySelectorAll("[data-field]")].filter((box) => box.querySelector("[data-files]"));
    const box = boxes.find((one) => one.getAttribute("data-field") === name) ?? boxes[0];
    const field = box?.getAttribute("data-field");
    if (!box || !field) return false;
    this.#files.set(field, file);
    this.#showFile(box, field, file);
    return true;
  }

  /** @returns {boolean} whether anything was entered at all */
  get isEmpty() {
    return !this.#files.size && this.#boxes().every((box) => !valueOf(box));
  }

  /**
   * @returns {HTMLElement | null} the first field that must be filled in and is not, or holds what it cannot take;
   *   all such fields are marked
   */
  firstFault() {
    let first = null;
    for (const box of this.#boxes()) {
      const control = controlOf(box);
      const message = this.#faultOf(box, control);
      markFault(box, control, message);
      if (message && !first) first = control;
    }
    return first;
  }

  /** @returns {Promise<Asked>} */
  async read() {
    /** @type {Answers} */
    const answers = {};
    /** @type {Map<string, string>} */
    const texts = new Map();
    for (const box of this.#boxes()) {
      const name = box.dataset.field ?? "";
      const file = this.#files.get(name);
      const value = valueOf(box);
      if (file) {
        const bytes = new Uint8Array(await file.arrayBuffer());
        answers[name] = { base64: base64(bytes) };
        texts.set(name, new TextDecoder().decode(bytes));
      } else if (value !== null) {
        answers[name] = value;
        if (typeof value === "string") texts.set(name, value);
      }
    }
    return new Asked(answers, texts);
  }

  /** Empty the form, files included. */
  clear() {
    this.#form.reset();
    for (const box of this.#boxes()) {
      this.#removeFile(box, box.dataset.field ?? "");
      markFault(box, controlOf(box), "");
    }
  }

  /** @returns {HTMLElement[]} */
  #boxes() {
    return [...this.#form.querySelectorAll("[data-field]")].filter((box) => box instanceof HTMLElement);
  }

  /**
   * @param {HTMLElement} box
   * @param {HTMLElement & {validity?: ValidityState}} control
   */
  #faultOf(box, control) {
    const given = this.#files.has(box.dataset.field ?? "") || valueOf(box) !== null;
    const required = control.hasAttribute("required");
    if (control.validity && !control.validity.valid && !control.validity.valueMissing) return this.#words.badValue;
    if (!required || given) return "";
    return box.dataset.kind === "text" ? this.#words.missingText : this.#words.missing;
  }

  /**
   * @param {Element} box
   * @param {string} field
   * @param {File} file
   */
  #showFile(box, field, file) {
    const remove = make("button", { type: "button", class: "checker-remove" }, this.#words.remove);
    remove.setAttribute("aria-label", fill(this.#words.removeFile, { name: file.name }));
    remove.addEventListener("click", () => {
      this.#removeFile(box, field);
      controlOf(box).focus();
    });
    const list = box.querySelector("[data-files]");
    list?.replaceChildren(
      make(
        "li",
        { class: "checker-file" },
        icon("file"),
        make("bdi", { class: "checker-file-name" }, file.name),
        make("span", { class: "checker-file-size" }, fileSize(file.size)),
        remove,
      ),
    );
    list?.toggleAttribute("hidden", false);
  }

  /**
   * @param {Element} box
   * @param {string} field
   */
  #removeFile(box, field) {
    this.#files.delete(field);
    const list = box.querySelector("[data-files]");
    list?.replaceChildren();
    list?.toggleAttribute("hidden", true);
  }
}

/**
 * @param {Element} box
 * @returns {HTMLElement & {validity?: ValidityState}} the control that takes the focus
 */
function controlOf(box) {
  const control = box.querySelector("textarea, select, input:not([type=file]), input[type=file][name]");
  return control instanceof HTMLElement ? control : make("input");
}

/**
 * @param {HTMLElement} box
 * @returns {Exclude<Answer, {base64: string}>} what was entered; null when nothing was
 */
function valueOf(box) {
  const control = controlOf(box);
  if (control instanceof HTMLInputElement && control.type === "radio") {
    const chosen = box.querySelector("input:checked");
    if (!(chosen instanceof HTMLInputElement)) return null;
    return box.dataset.kind === "yes-no" ? chosen.value === "yes" : chosen.value;
  }
  if (control instanceof HTMLInputElement && control.type === "file") return null;
  if (control instanceof HTMLInputElement && control.type === "number") {
    return Number.isNaN(control.valueAsNumber) ? null : control.valueAsNumber;
  }
  if (!("value" in control) || typeof control.value !== "string") return null;
  return control.value.trim() ? control.value : null;
}

/**
 * @param {HTMLElement} box
 * @param {HTMLElement} control
 * @param {string} message empty when nothing is wrong
 */
function markFault(box, control, message) {
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

/** @param {Uint8Array} bytes */
function base64(bytes) {
  const size = 0x8000 - (0x8000 % 3); // whole groups of three bytes, so that the parts can be joined
  let text = "";
  for (let start = 0; start < bytes.length; start += size) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + size)));
  }
  return text;
}
