/**
 * What the reader entered: reads a form, and keeps the files that were dropped or chosen as chips in it.
 *
 * @typedef {import("./types.js").Answer} Answer
 * @typedef {import("./types.js").Answers} Answers
 * @typedef {import("./types.js").Words} Words
 */

import { controlOf, faultOf, labelOf, markFault, setValue, unfold, valueOf } from "./controls.js";
import { icon, make } from "./dom.js";
import { resetRows } from "./rows.js";
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
    form.addEventListener("input", ({ target }) => this.#changed(target));
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

  /**
   * Take over values from elsewhere. Fields that are not named keep what they hold; values that a field cannot take
   * are left out.
   *
   * @param {Record<string, unknown>} values by field id
   * @returns {string[]} the questions that were answered so
   */
  fill(values) {
    const taken = [];
    for (const box of this.#boxes()) {
      const name = box.dataset.field ?? "";
      if (!Object.hasOwn(values, name) || !setValue(box, values[name])) continue;
      this.#removeFile(box, name);
      markFault(box, "");
      box.toggleAttribute("data-carried", true);
      unfold(box);
      taken.push(labelOf(box));
    }
    return taken;
  }

  /** @returns {string[]} the questions that must still be answered, or answered otherwise; nothing is marked */
  get open() {
    return this.#boxes()
      .filter((box) => this.#faultOf(box))
      .map(labelOf);
  }

  /**
   * @returns {HTMLElement | null} the first field that must be filled in and is not, or holds what it cannot take;
   *   all such fields are marked, and the groups that they stand in are open
   */
  firstFault() {
    let first = null;
    for (const box of this.#boxes()) {
      const message = this.#faultOf(box);
      markFault(box, message);
      if (!message) continue;
      unfold(box);
      first ??= controlOf(box);
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
      resetRows(box);
      this.#removeFile(box, box.dataset.field ?? "");
      box.toggleAttribute("data-carried", false);
      markFault(box, "");
    }
  }

  /** @returns {HTMLElement[]} */
  #boxes() {
    return [...this.#form.querySelectorAll("[data-field]")].filter((box) => box instanceof HTMLElement);
  }

  /** @param {HTMLElement} box */
  #faultOf(box) {
    const given = this.#files.has(box.dataset.field ?? "") || valueOf(box) !== null;
    return faultOf(box, given, this.#words);
  }

  /** @param {EventTarget | null} target where the reader changed something */
  #changed(target) {
    const box = target instanceof Element ? target.closest("[data-field]") : null;
    if (!(box instanceof HTMLElement)) return;
    box.toggleAttribute("data-carried", false);
    // What was wrong is looked at again while it is put right, but nothing is called wrong while it is being typed.
    if (box.querySelector("[data-error]")) markFault(box, this.#faultOf(box));
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

/** @param {Uint8Array} bytes */
function base64(bytes) {
  const size = 0x8000 - (0x8000 % 3); // whole groups of three bytes, so that the parts can be joined
  let text = "";
  for (let start = 0; start < bytes.length; start += size) {
    text += btoa(String.fromCharCode(...bytes.subarray(start, start + size)));
  }
  return text;
}
