/**
 * Filling a whole form at once: from an example, or from a file in which it was saved; and saving it.
 *
 * Imported when one of these buttons is pressed. A file holds what was entered and nothing else; it is made and read
 * in the page. What is not a file of this form gets a sentence, and the form stays as it is.
 *
 * @typedef {import("./answers.js").Answering} Answering
 * @typedef {import("./types.js").Words} Words
 */

import { labelOf } from "./controls.js";
import { make } from "./dom.js";
import { download } from "./download.js";
import { fill, today } from "./words.js";

/** The form of the file. Another number is another form, which this page cannot read. */
const VERSION = 1;

/** Larger files are none of ours, in bytes. */
const LARGEST = 1_000_000;

export class Saving {
  #form;
  #answering;
  #checker;
  #words;

  /**
   * @param {HTMLFormElement} form
   * @param {Answering} answering
   * @param {string} checker
   * @param {Words} words
   */
  constructor(form, answering, checker, words) {
    this.#form = form;
    this.#answering = answering;
    this.#checker = checker;
    this.#words = words;
  }

  /**
   * @param {Record<string, unknown>} values of an example
   */
  async fillIn(values) {
    await this.#replace(values, this.#words.sampleIn);
    return true;
  }

  /** Keep what was entered as a file. */
  async save() {
    const { json } = await this.#answering.read();
    const saved = { kakugen: "answers", version: VERSION, checker: this.#checker, answers: JSON.parse(json) };
    const name = `${this.#checker}-${today()}.json`;
    download(new Blob([`${JSON.stringify(saved, null, 2)}\n`], { type: "application/json" }), name);
    return false;
  }

  /**
   * Fill the form with what a file holds.
   *
   * @param {File} file
   * @returns {Promise<boolean>} whether it was one of ours
   */
  async open(file) {
    const { values, fault } = await this.#read(file);
    if (!values) {
      this.#say(make("p", { class: "checker-error", "data-error-file": true }, fault));
      return false;
    }
    const wanted = Object.keys(values).filter((name) => values[name] !== null);
    await this.#replace(values, this.#words.opened, wanted);
    return true;
  }

  /**
   * @param {File} file
   * @returns {Promise<{values: Record<string, unknown> | null, fault: string}>}
   */
  async #read(file) {
    /** @type {any} */
    let saved = null;
    try {
      if (file.size <= LARGEST) saved = JSON.parse(await file.text());
    } catch {
      // not ours, as is said below
    }
    if (!isObject(saved) || saved.kakugen !== "answers" || !Number.isInteger(saved.version) || !isObject(saved.answers)) {
      return { values: null, fault: this.#words.notOurs };
    }
    if (saved.version > VERSION) return { values: null, fault: this.#words.newerFile };
    if (saved.version !== VERSION) return { values: null, fault: this.#words.notOurs };
    if (saved.checker !== this.#checker) return { values: null, fault: this.#words.otherChecker };
    return { values: saved.answers, fault: "" };
  }

  /**
   * @param {Record<string, unknown>} values
   * @param {string} told
   * @param {readonly string[]} [wanted] ids of the fields that must take something
   */
  async #replace(values, told, wanted = []) {
    const before = JSON.parse((await this.#answering.read()).json);
    this.#answering.clear();
    const labels = this.#answering.fill(values);
    const missing = wanted.length > labels.length ? wanted.filter((name) => !this.#holds(name)) : [];
    const shown = missing.slice(0, 5).map((name) => this.#labelOf(name)).join(this.#words.comma);
    const text = missing.length ? fill(this.#words.openedPart, { labels: shown }) : told;
    const undo = make("button", { type: "button", class: "checker-plain", "data-undo": true }, this.#words.undo);
    undo.addEventListener("click", () => {
      this.#answering.clear();
      this.#answering.fill(before);
      this.#unmark();
      this.#form.querySelector("[data-refilled]")?.remove();
    });
    this.#unmark();
    this.#say(make("p", null, text), Object.keys(before).length > 0 && undo);
  }

  /** @param {string} name */
  #holds(name) {
    return this.#form.querySelector(`[data-field="${CSS.escape(name)}"][data-carried]`) !== null;
  }

  /** @param {string} name */
  #labelOf(name) {
    const box = this.#form.querySelector(`[data-field="${CSS.escape(name)}"]`);
    return box ? labelOf(box) : name.slice(0, 40);
  }

  /** What came from another checker has a mark; this did not. */
  #unmark() {
    for (const box of this.#form.querySelectorAll("[data-carried]")) box.toggleAttribute("data-carried", false);
  }

  /** @param {...(Element | false)} contents */
  #say(...contents) {
    this.#form.querySelector("[data-refilled]")?.remove();
    const note = make("div", { class: "checker-refilled", "data-refilled": true, role: "status" });
    (this.#form.querySelector("[data-starts]") ?? this.#form).append(note);
    // A live region is read out when its contents change, not when it appears with them.
    setTimeout(() => note.append(...contents.filter((content) => content instanceof Element)));
  }
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
