/**
 * The line between form and answer that tells what is going on: how far loading is, that the answer is being worked
 * out, or what failed and how to try again.
 *
 * In: progress and faults of the runtime. Out: a polite live region.
 *
 * @typedef {import("./types.js").Progress} Progress
 * @typedef {import("./types.js").Words} Words
 */

import { icon, make } from "./dom.js";
import { RuntimeFault } from "./runtime.js";
import { megabytes } from "./words.js";

export class StatusLine {
  isWaiting = false;
  #place;
  #words;
  #stage = make("p", { class: "checker-stage" });
  #bar = make("progress", { class: "checker-bar", max: 1 });
  #bytes = make("span", { class: "checker-bytes" });
  // Bytes change many times a second: shown, but not read out.
  #meter = make("div", { class: "checker-meter", "aria-live": "off" }, this.#bar, this.#bytes);

  /**
   * @param {HTMLElement} place
   * @param {Words} words
   */
  constructor(place, words) {
    this.#place = place;
    this.#words = words;
    this.#bar.setAttribute("aria-label", words.loading);
  }

  /** @param {Progress} progress */
  loading({ stage, loaded, total }) {
    const known = stage === "download" && total > 0;
    if (known) this.#bar.value = loaded / total;
    else this.#bar.removeAttribute("value");
    this.#bytes.textContent = total ? `${megabytes(loaded, false)} / ${megabytes(total)}` : "";
    const text = this.#words[stage] + (this.isWaiting ? this.#words.waiting : "");
    if (this.#stage.textContent !== text) this.#stage.textContent = text;
    if (!this.#meter.isConnected || this.#place.childElementCount !== 2) {
      this.#place.replaceChildren(this.#stage, this.#meter);
    }
  }

  /** Say that the answer comes as soon as loading is over. */
  wait() {
    this.isWaiting = true;
    if (this.#meter.parentElement === this.#place) this.#stage.append(this.#words.waiting);
  }

  /**
   * @param {string} text
   * @param {{busy?: boolean, hidden?: boolean}} [how] `busy` shows that something is under way; `hidden` is only read out
   */
  say(text, { busy = false, hidden = false } = {}) {
    this.isWaiting = false;
    const line = make("p", { class: hidden ? "checker-unseen" : "checker-stage", "data-busy": busy }, text);
    this.#place.replaceChildren(line);
  }

  clear() {
    this.isWaiting = false;
    this.#place.replaceChildren();
  }

  /**
   * @param {unknown} fault
   * @param {() => void} retry
   */
  fail(fault, retry) {
    this.isWaiting = false;
    const kind = kindOf(fault);
    const button = make("button", { type: "button", class: "checker-submit", "data-retry": true }, this.#words.retry);
    button.addEventListener("click", retry, { once: true });
    const detail = fault instanceof Error ? fault.message : String(fault);
    this.#place.replaceChildren(
      make(
        "div",
        { class: "checker-fault", "data-fault": kind },
        make("p", { class: "checker-fault-title" }, icon("fault"), this.#words[kind]),
        make("p", null, this.#words.kept),
        button,
        make("details", null, make("summary", null, this.#words.detail), make("code", null, detail)),
      ),
    );
  }
}

/**
 * @param {unknown} fault
 * @returns {import("./runtime.js").FaultKind | "unreadable"}
 */
function kindOf(fault) {
  if (fault instanceof RuntimeFault) return fault.kind;
  return fault instanceof DOMException ? "unreadable" : "lost"; // a file that is gone, or not ours to read
}
