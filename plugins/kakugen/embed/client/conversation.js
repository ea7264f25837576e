/**
 * One reader and one checker: what was entered goes to the runtime, and what comes back is shown.
 *
 * Imported on the first sign of intent. Keeps the state that the contract documents on the element
 * (`data-state`), tells how loading goes, and lets nothing that was typed get lost, whatever fails.
 *
 * @typedef {import("./types.js").Attendant} Attendant
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Verdict} Verdict
 * @typedef {import("./types.js").Words} Words
 */

import { Answering, Asked } from "./answers.js";
import { clearCarried, showCarried, takeHandover } from "./handover.js";
import { OfflineKeeping } from "./offline.js";
import { RequestCount } from "./requests.js";
import { addRow, removeRow } from "./rows.js";
import { runtimeFor } from "./runtime.js";
import { StatusLine } from "./status.js";
import { loadStyles } from "./styles.js";
import { VerdictView } from "./verdict.js";
import { fill, loadWords, today } from "./words.js";

/**
 * Begin.
 *
 * @param {HTMLElement} host the element
 * @param {string} catalog JSON of the page's links
 * @returns {Promise<Conversation>}
 */
export async function open(host, catalog) {
  const [words] = await Promise.all([loadWords(host.getAttribute("locale") ?? "en"), loadStyles()]);
  return new Conversation(host, words, readCatalog(catalog));
}

/** @implements {Attendant} */
class Conversation {
  /** @type {import("./runtime.js").Runtime | undefined} */
  #runtime;
  /** While the form is being filled with something else, whoever asks waits for that. @type {Promise<void> | undefined} */
  #refilling;
  /** Counts questions, so that only the last one is answered. */
  #turn = 0;
  #host;
  #words;
  #checker;
  #locale;
  #pack;
  #form;
  #answering;
  #view;
  #status;
  #requests;
  #offline;

  /**
   * @param {HTMLElement} host
   * @param {Words} words
   * @param {Catalog} catalog
   */
  constructor(host, words, catalog) {
    const root = new URL(`${host.dataset.root}/`);
    this.#host = host;
    this.#words = words;
    this.#checker = host.getAttribute("checker") ?? "";
    this.#locale = host.getAttribute("locale") ?? "";
    this.#pack = new URL(host.dataset.pack ?? "", root);
    const form = /** @type {HTMLFormElement} */ (host.querySelector("form"));
    this.#form = form;
    this.#answering = new Answering(this.#form, words);
    this.#status = new StatusLine(/** @type {HTMLElement} */ (host.querySelector("[data-progress]")), words);
    this.#requests = new RequestCount(host.querySelector(".checker-private"), words);
    const section = /** @type {HTMLElement} */ (host.querySelector("[data-verdict]"));
    this.#view = new VerdictView(section, words, { root, catalog, level: levelOf(this.#form) });
    this.#offline = new OfflineKeeping(host, words, root);
    // Who looks at a form with examples may tap one soon.
    if (form.querySelector("[data-starts]")) import("./saving.js").catch(() => {});
  }

  wake() {
    const { state } = this.#host.dataset;
    if (state === "idle" || (state === "ready" && this.#runtime?.isEnded)) this.#start();
  }

  /** @param {number} at */
  entered(at) {
    this.#requests.begin(at);
  }

  /**
   * @param {readonly File[]} files
   * @param {string | null} field
   */
  attach(files, field) {
    const [file] = files;
    if (!file) return;
    const isSaved = this.#form.querySelector("[data-open]") && /\.json$/i.test(file.name);
    if (isSaved) this.#refill((saving) => saving.open(file));
    else if (this.#answering.attach(file, field) && !this.#answering.firstFault()) this.ask();
  }

  /** @param {Element} button */
  press(button) {
    const box = button.closest("[data-field]");
    switch (button.getAttribute("data-press")) {
      case "add-row":
        if (box) addRow(box, this.#words)?.focus();
        break;
      case "remove-row":
        if (box) removeRow(box, button, this.#words).focus();
        break;
      case "sample":
        this.#refill((saving) => saving.fillIn(JSON.parse(button.getAttribute("data-answers") ?? "{}")));
        break;
      case "save":
        this.#refill((saving) => saving.save());
    }
  }

  ask() {
    if (this.#refilling) {
      this.#refilling.then(() => this.ask());
      return;
    }
    const fault = this.#answering.firstFault();
    if (fault) fault.focus();
    else this.#answer();
  }

  arrive() {
    const values = takeHandover(this.#checker);
    const taken = values ? this.#answering.fill(values) : [];
    if (!taken.length) return;
    this.#turn += 1; // an answer to what stood here before is not shown any more
    this.#forget();
    this.entered(performance.now());
    const { open } = this.#answering;
    showCarried(this.#form, taken, open, this.#words);
    if (open.length) this.wake();
    else this.#answer();
  }

  /** @param {HTMLElement} host */
  move(host) {
    this.#host = host;
  }

  /**
   * Do what fills the whole form, or keeps what is in it; an answer to what stood there before is put away.
   *
   * @param {(saving: import("./saving.js").Saving) => Promise<boolean> | boolean} what says whether the form is another
   */
  #refill(what) {
    const broken = this.#host.querySelector("[data-broken]");
    broken?.toggleAttribute("hidden", true);
    const done = this.#refillWith(what).catch(() => {
      broken?.toggleAttribute("hidden", false);
    }).finally(() => {
      if (this.#refilling === done) this.#refilling = undefined;
    });
    this.#refilling = done;
  }

  /** @param {(saving: import("./saving.js").Saving) => Promise<boolean> | boolean} what */
  async #refillWith(what) {
    const { Saving } = await import("./saving.js");
    if (!await what(new Saving(this.#form, this.#answering, this.#checker, this.#words))) return;
    this.#turn += 1;
    this.#forget();
    this.entered(performance.now());
    this.wake();
  }

  /** @returns {import("./runtime.js").Runtime} */
  #start() {
    const runtime = runtimeFor(this.#pack);
    if (runtime === this.#runtime) return runtime;
    this.#runtime = runtime;
    this.#requests.add(runtime.requests);
    runtime.requestWatchers.add((requests) => this.#requests.add(requests));
    const holding = runtime.hold(this.#checker);
    if (runtime.isHolding(this.#checker)) {
      this.#become("ready");
      this.#offline.offer();
    } else {
      this.#become("loading");
      this.#status.loading(runtime.progress);
      runtime.watchers.add((progress) => this.#runtime === runtime && this.#status.loading(progress));
      holding.then(
        () => this.#isReady(),
        (fault) => this.#fail(fault),
      );
    }
    return runtime;
  }

  #isReady() {
    if (this.#host.dataset.state !== "loading") return;
    // Who waits for an answer waits for nothing else.
    if (!this.#status.isWaiting) this.#offline.offer();
    this.#become("ready");
    this.#status.say(this.#words.ready);
  }

  async #answer() {
    const turn = (this.#turn += 1);
    try {
      const asked = await this.#answering.read();
      const runtime = this.#start();
      if (!runtime.isHolding(this.#checker)) this.#status.wait();
      await runtime.hold(this.#checker);
      if (turn !== this.#turn) return;
      this.#become("running");
      this.#status.say(this.#words.running, { busy: true });
      const question = { checker: this.#checker, answers: asked.json, today: today(), locale: this.#locale };
      const verdict = await runtime.run(question);
      if (turn === this.#turn) this.#show(JSON.parse(verdict), asked);
    } catch (fault) {
      if (turn === this.#turn) this.#fail(fault);
    }
  }

  /**
   * @param {Verdict} verdict
   * @param {Asked} asked
   */
  #show(verdict, asked) {
    this.#view.show(verdict, asked.texts, () => this.#another());
    this.#become("done");
    this.#status.say(fill(this.#words.answered, { title: verdict.title }), { hidden: true });
    this.#view.focus();
    this.#offline.answered();
  }

  /** Clear the form and the answer for another question. */
  #another() {
    this.#answering.clear();
    clearCarried(this.#form);
    this.#form.querySelector("[data-refilled]")?.remove();
    this.#forget();
    /** @type {HTMLElement | null} */ (this.#form.querySelector("textarea, input, select"))?.focus();
  }

  /** Put the answer away; what was entered stays. */
  #forget() {
    this.#view.clear();
    this.#status.clear();
    this.#requests.end();
    const runtime = this.#runtime?.isEnded ? undefined : this.#runtime;
    if (!runtime) this.#become("idle");
    else this.#become(runtime.isHolding(this.#checker) ? "ready" : "loading");
  }

  /** @param {unknown} fault */
  #fail(fault) {
    if (this.#host.dataset.state === "failed") return;
    const asked = this.#host.dataset.state === "running" || this.#status.isWaiting;
    this.#runtime = undefined;
    this.#become("failed");
    this.#status.fail(fault, () => {
      this.#become("idle");
      if (asked) this.#answer();
      else this.#start();
      this.#form.querySelector("textarea")?.focus({ preventScroll: true });
    });
  }

  /** @param {State} state */
  #become(state) {
    this.#host.dataset.state = state;
    this.#form.toggleAttribute("aria-busy", false);
    if (state === "running") this.#form.setAttribute("aria-busy", "true");
  }
}

/**
 * @param {string} text
 * @returns {Catalog}
 */
function readCatalog(text) {
  /** @type {Partial<Catalog>} */
  const catalog = text.trim() ? JSON.parse(text) : {};
  const { topics = {}, maxims = {}, checkers = {}, report = "" } = catalog;
  return { topics, maxims, checkers, report };
}

/**
 * @param {HTMLFormElement} form
 * @returns {number} the heading level for an answer: one below the form's title
 */
function levelOf(form) {
  const title = form.querySelector(".checker-title");
  return title ? Math.min(5, Number(title.tagName.slice(1)) + 1) : 2;
}
