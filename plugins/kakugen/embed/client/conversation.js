/**
 * One reader and one checker: what was entered goes to the runtime, and what comes back is shown.
 *
 * Imported on the first sign of intent. Keeps the state that the contract documents on the element
 * (`data-state`), tells how loading goes, and lets nothing that was typed get lost, whatever fails.
 *
 * @typedef {import("./types.js").Attendant} Attendant
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Progress} Progress
 * @typedef {import("./types.js").State} State
 * @typedef {import("./types.js").Verdict} Verdict
 * @typedef {import("./types.js").Words} Words
 */

import { Answering, Asked } from "./answers.js";
import { icon, make } from "./dom.js";
import { OfflineKeeping } from "./offline.js";
import { RequestCount } from "./requests.js";
import { RuntimeFault, runtimeFor } from "./runtime.js";
import { VerdictView } from "./verdict.js";
import { fill, loadWords, megabytes, today } from "./words.js";

/**
 * Begin.
 *
 * @param {HTMLElement} host the element
 * @param {string} catalog JSON of the page's links
 * @returns {Promise<Conversation>}
 */
export async function open(host, catalog) {
  const words = await loadWords(host.getAttribute("locale") ?? "en");
  return new Conversation(host, words, readCatalog(catalog));
}

/** @implements {Attendant} */
class Conversation {
  /** @type {import("./runtime.js").Runtime | undefined} */
  #runtime;
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
    // Addresses are made while the page stands: instant navigation may have left it before they are used.
    const root = new URL(`${host.dataset.root ?? "."}/`, document.baseURI);
    this.#host = host;
    this.#words = words;
    this.#checker = host.getAttribute("checker") ?? "";
    this.#locale = host.getAttribute("locale") ?? "";
    this.#pack = new URL(host.dataset.pack ?? "", root);
    this.#form = /** @type {HTMLFormElement} */ (host.querySelector("form"));
    this.#answering = new Answering(this.#form, words);
    this.#status = new StatusLine(/** @type {HTMLElement} */ (host.querySelector("[data-progress]")), words);
    this.#requests = new RequestCount(host.querySelector(".checker-private"), words);
    const section = /** @type {HTMLElement} */ (host.querySelector("[data-verdict]"));
    this.#view = new VerdictView(section, words, { root, catalog, level: levelOf(this.#form) });
    this.#offline = new OfflineKeeping(host, words, root);
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
    if (file && this.#answering.attach(file, field) && !this.#answering.firstFault()) this.ask();
  }

  ask() {
    const fault = this.#answering.firstFault();
    if (fault) fault.focus();
    else this.#answer();
  }

  /** @param {HTMLElement} host */
  move(host) {
    this.#host = host;
  }

  /** @returns {import("./runtime.js").Runtime} */
  #start() {
    const runtime = runtimeFor(this.#pack);
    if (runtime === this.#runtime) return runtime;
    this.#runtime = runtime;
    this.#requests.add(runtime.requests);
    runtime.requestWatchers.add((requests) => this.#requests.add(requests));
    if (runtime.isReady) {
      this.#become("ready");
      this.#offline.offer();
    } else {
      this.#become("loading");
      this.#status.loading(runtime.progress);
      runtime.watchers.add((progress) => this.#runtime === runtime && this.#status.loading(progress));
      runtime.ready.then(
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
      if (!runtime.isReady) this.#status.wait();
      await runtime.ready;
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
    this.#view.clear();
    this.#status.clear();
    this.#requests.end();
    this.#become(this.#runtime?.isReady && !this.#runtime.isEnded ? "ready" : "idle");
    /** @type {HTMLElement | null} */ (this.#form.querySelector("textarea, input, select"))?.focus();
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

/** The line between form and answer that tells what is going on. */
class StatusLine {
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

/**
 * @param {string} text
 * @returns {Catalog}
 */
function readCatalog(text) {
  /** @type {Partial<Catalog>} */
  const catalog = text.trim() ? JSON.parse(text) : {};
  return { topics: catalog.topics ?? {}, maxims: catalog.maxims ?? {} };
}

/**
 * @param {HTMLFormElement} form
 * @returns {number} the heading level for an answer: one below the form's title
 */
function levelOf(form) {
  const title = form.querySelector(".checker-title");
  return title ? Math.min(5, Number(title.tagName.slice(1)) + 1) : 2;
}
