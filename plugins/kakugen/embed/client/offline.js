/**
 * Keeping the site for times without a network: offered below the checker, and done without asking once it has answered,
 * unless the reader saves data or has said no.
 *
 * In: the answers of the site's service worker. Out: one line that says what is kept, how large it is, and how to change
 * that.
 *
 * @typedef {import("./keeper.js").Reason} Reason
 * @typedef {import("./types.js").OfflineSizes} OfflineSizes
 * @typedef {import("./types.js").Words} Words
 * @typedef {"offered" | "keeping" | "kept" | "removed" | Reason} OfflineState
 */

import { isSavingData } from "./checker.js";
import { make } from "./dom.js";
import { Keeper, KeepingFault } from "./keeper.js";
import { fill, megabytes } from "./words.js";

/** How long after an answer keeping begins, in milliseconds: the reader comes first. */
const PAUSE = 1_500;

/** The largest site that is kept whole without asking, in bytes; of a larger one, the pages with checkers. */
const WITHOUT_ASKING = 50e6;

/** @type {Record<OfflineState, keyof Words>} */
const SENTENCES = {
  offered: "offlineOffered",
  keeping: "offlineKeeping",
  kept: "offlineKept",
  removed: "offlineRemoved",
  full: "offlineFull",
  forbidden: "offlineForbidden",
  changed: "offlineChanged",
  unreachable: "offlineUnreachable",
};

/** The line below a checker. */
export class OfflineKeeping {
  #keeper;
  #language;
  #words;
  #place = make("div", { class: "checker-offline", "data-offline": "offered", hidden: true });
  #sentence = make("p", { class: "checker-offline-state", role: "status" });
  /** Bytes change many times a second: shown, but not read out. */
  #bytes = make("span", { class: "checker-bytes" });
  #keep;
  #remove;
  /** @type {Promise<void> | undefined} */
  #opening;
  /** @type {OfflineSizes | undefined} */
  #sizes;
  /** @type {string[]} */
  #kept = [];
  #isBusy = false;
  #timer = 0;

  /**
   * @param {HTMLElement} host the element; without the name of a service worker on it there is nothing to offer
   * @param {Words} words
   * @param {URL} root of the site
   */
  constructor(host, words, root) {
    const { offlineWorker, offlineGroup } = host.dataset;
    this.#words = words;
    this.#language = offlineGroup ?? "";
    this.#keeper = offlineWorker ? new Keeper(new URL(offlineWorker, root), root) : undefined;
    this.#keep = make("button", { type: "button", class: "checker-plain", "data-offline-keep": true });
    this.#remove = make("button", { type: "button", class: "checker-plain", "data-offline-remove": true });
    this.#remove.textContent = words.offlineRemove;
    this.#keep.addEventListener("click", () => this.#keepNow(this.#everything()));
    this.#remove.addEventListener("click", () => this.#removeNow());
    this.#place.append(this.#sentence, this.#bytes, this.#keep, this.#remove);
    host.append(this.#place);
  }

  /** Show what is kept, or offer to keep it. */
  offer() {
    if (this.#keeper) this.#opening ??= this.#open(this.#keeper);
  }

  /** The checker has answered: from now on it shall do so without a network too. */
  answered() {
    this.offer();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#keepUnasked(), PAUSE);
  }

  /** @param {Keeper} keeper */
  async #open(keeper) {
    try {
      if (!("serviceWorker" in navigator)) throw new KeepingFault("forbidden");
      const { groups, bytes } = await keeper.state();
      this.#kept = groups;
      if (this.#isKept()) this.#show("kept", bytes);
      if (this.#isWhole()) return;
      this.#sizes = await keeper.sizes().catch(() => undefined);
      if (this.#sizes) this.#show(this.#isKept() ? "kept" : "offered", bytes);
    } catch (fault) {
      this.#fail(fault);
    }
  }

  async #keepUnasked() {
    await this.#opening;
    const groups = this.#wanted();
    if (!this.#keeper || !this.#sizes || this.#isBusy || groups.every((group) => this.#kept.includes(group))) return;
    try {
      if (isSavingData() || (await this.#keeper.isDeclined())) return;
    } catch {
      return; // no storage at all: said when the reader asks for it
    }
    await this.#keepNow(groups);
  }

  /** @param {string[]} groups */
  async #keepNow(groups) {
    if (!this.#keeper || this.#isBusy) return;
    this.#isBusy = true;
    this.#show("keeping");
    try {
      const { groups: kept, bytes } = await this.#keeper.keep(groups, (loaded, total) => {
        this.#bytes.textContent = `${megabytes(loaded, false)} / ${megabytes(total)}`;
      });
      this.#kept = kept;
      this.#show("kept", bytes);
    } catch (fault) {
      this.#fail(fault);
    } finally {
      this.#isBusy = false;
    }
  }

  async #removeNow() {
    if (!this.#keeper || this.#isBusy) return;
    this.#isBusy = true;
    try {
      await this.#keeper.remove();
      this.#kept = [];
      this.#sizes ??= await this.#keeper.sizes().catch(() => undefined);
      this.#show("removed");
      this.#keep.focus();
    } catch (fault) {
      this.#fail(fault);
    } finally {
      this.#isBusy = false;
    }
  }

  /** @param {unknown} fault */
  #fail(fault) {
    if (fault instanceof KeepingFault) this.#show(fault.reason);
    // What browsers throw themselves: no service worker here, as in some private windows; or no network for its script.
    else this.#show(fault instanceof TypeError ? "unreachable" : "forbidden");
  }

  /**
   * @param {OfflineState} state
   * @param {number} [bytes] that are kept
   */
  #show(state, bytes = 0) {
    const missing = this.#everything().filter((group) => !this.#kept.includes(group));
    const size = this.#sizeOf(missing);
    this.#place.hidden = false;
    this.#place.dataset.offline = state;
    this.#sentence.textContent = fill(this.#words[SENTENCES[state]], { size: megabytes(bytes) });
    this.#bytes.textContent = "";
    this.#keep.textContent = fill(this.#words.offlineKeep, { size: megabytes(size) });
    this.#keep.hidden = state === "keeping" || !size;
    this.#remove.hidden = state !== "kept";
  }

  /** @returns {string[]} all that a reader of this language may keep */
  #everything() {
    return ["shared", this.#language, `${this.#language}/rest`];
  }

  /** @returns {string[]} what is kept without asking */
  #wanted() {
    const everything = this.#everything();
    return this.#sizeOf(everything) <= WITHOUT_ASKING ? everything : everything.slice(0, 2);
  }

  /** @param {string[]} groups */
  #sizeOf(groups) {
    return groups.reduce((sum, group) => sum + (this.#sizes?.groups[group] ?? 0), 0);
  }

  /** Whether checkers of this language answer without a network. */
  #isKept() {
    return this.#kept.includes(this.#language);
  }

  #isWhole() {
    return this.#everything().every((group) => this.#kept.includes(group));
  }
}
