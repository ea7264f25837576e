/**
 * How many requests there were since the reader entered something, in words beside the promise of privacy.
 *
 * In: what the browser reports of the page, and the worker of itself. Out: one short line. It is shown and not read
 * out: a count that changes is of no use to listeners, and nothing depends on it.
 *
 * @typedef {import("./types.js").SeenRequest} SeenRequest
 * @typedef {import("./types.js").Words} Words
 */

import { make } from "./dom.js";
import { fill } from "./words.js";

/** Addresses that ask a server; `data:` and `blob:` ask nobody. */
const ASKING = /^(http|ws)s?:/;

export class RequestCount {
  #line = make("span", { class: "checker-requests", hidden: true });
  #since = Infinity;
  /** All that was seen: the reader may have entered something before this was loaded. @type {SeenRequest[]} */
  #seen = [];
  #words;

  /**
   * @param {Element | null} place where the promise of privacy stands
   * @param {Words} words
   */
  constructor(place, words) {
    this.#words = words;
    place?.append(this.#line);
    const observer = new PerformanceObserver((list) =>
      this.add(list.getEntries().map(({ name, startTime }) => ({ at: startTime, address: name, stopped: false }))),
    );
    observer.observe({ type: "resource", buffered: true });
    document.addEventListener("securitypolicyviolation", ({ blockedURI, timeStamp }) =>
      this.add([{ at: timeStamp, address: blockedURI, stopped: true }]),
    );
  }

  /** @param {number} at the reader entered something then; only the first time counts */
  begin(at) {
    this.#since = Math.min(this.#since, at);
    this.#show();
  }

  /** @param {SeenRequest[]} requests */
  add(requests) {
    this.#seen.push(...requests.filter(({ address }) => ASKING.test(address)));
    this.#show();
  }

  /** Nothing is entered any more. */
  end() {
    this.#since = Infinity;
    this.#show();
  }

  #show() {
    const seen = this.#seen.filter(({ at }) => at >= this.#since);
    const stopped = seen.filter((request) => request.stopped);
    // Browsers list what they stopped among the requests too.
    const addresses = new Set(this.#seen.filter((request) => request.stopped).map(({ address }) => address));
    const made = seen.filter(({ address }) => !addresses.has(address));
    const own = made.filter(({ address }) => new URL(address).origin === location.origin);
    const outside = made.length - own.length;
    const text = [fill(this.#words.requests, { count: outside })];
    if (stopped.length) text.push(fill(this.#words.requestsStopped, { count: stopped.length }));
    if (own.length) text.push(fill(this.#words.requestsOwn, { count: own.length }));
    this.#line.textContent = text.join(" · ");
    this.#line.setAttribute("data-requests", String(outside));
    this.#line.hidden = this.#since === Infinity;
  }
}
