/**
 * The service worker of the site, as seen from a page: asks it to keep the site, or to remove what it has kept.
 *
 * In: groups of files, by name. Out: what is kept, progress in bytes, or a `KeepingFault`. Groups and messages are those
 * of `kakugen/offline/worker.js`. Nothing that the reader enters comes near this.
 *
 * @typedef {import("./types.js").OfflineAnswer} OfflineAnswer
 * @typedef {import("./types.js").OfflineRequest} OfflineRequest
 * @typedef {import("./types.js").OfflineSizes} OfflineSizes
 * @typedef {"full" | "forbidden" | "changed" | "unreachable"} Reason
 */

export class KeepingFault extends Error {
  /**
   * @param {Reason} reason
   * @param {string} [detail]
   */
  constructor(reason, detail) {
    super(detail);
    this.reason = reason;
  }
}

export class Keeper {
  #script;
  #root;

  /**
   * @param {URL} script
   * @param {URL} root of the site
   */
  constructor(script, root) {
    this.#script = script;
    this.#root = root;
  }

  /** @returns {Promise<OfflineSizes>} the sizes of the groups of files, in bytes */
  async sizes() {
    const answer = await fetch(new URL("assets/kakugen/offline/sizes.json", this.#root));
    if (!answer.ok) throw new KeepingFault("changed");
    return answer.json();
  }

  /** @returns {Promise<boolean>} whether the reader has said that nothing shall be kept */
  isDeclined() {
    return caches.has(`kakugen-offline ${this.#root.pathname} declined`);
  }

  /** @returns {Promise<{groups: string[], bytes: number}>} what is kept */
  async state() {
    const active = (await this.#registration())?.active;
    return active ? tell(active, { type: "state" }) : { groups: [], bytes: 0 };
  }

  /**
   * @param {string[]} groups
   * @param {(loaded: number, total: number) => void} report
   */
  async keep(groups, report) {
    const registration = await navigator.serviceWorker.register(this.#script, { scope: this.#root.pathname });
    try {
      return await tell(await activeOf(registration), { type: "keep", groups }, report);
    } catch (fault) {
      const active = registration?.active;
      const { groups: left } = active ? await tell(active, { type: "state" }) : { groups: [] };
      if (!left.length) await registration?.unregister();
      throw fault;
    }
  }

  async remove() {
    const registration = await this.#registration();
    if (registration?.active) await tell(registration.active, { type: "remove" });
    await registration?.unregister();
  }

  /** @returns {Promise<ServiceWorkerRegistration | undefined>} */
  async #registration() {
    const registration = await navigator.serviceWorker.getRegistration(this.#root.href);
    return registration?.scope === this.#root.href ? registration : undefined; // not that of a site around this one
  }
}

/**
 * @param {ServiceWorkerRegistration | undefined} registration there is none where something blocks it silently
 * @returns {Promise<ServiceWorker>}
 */
function activeOf(registration) {
  if (registration?.active) return Promise.resolve(registration.active);
  const worker = registration?.installing ?? registration?.waiting;
  return new Promise((resolve, reject) => {
    if (!worker) return reject(new KeepingFault("forbidden"));
    const look = () => {
      if (worker.state === "activated") resolve(worker);
      if (worker.state === "redundant") reject(new KeepingFault("unreachable"));
    };
    worker.addEventListener("statechange", look);
    look();
  });
}

/**
 * @param {ServiceWorker} worker
 * @param {OfflineRequest} message
 * @param {(loaded: number, total: number) => void} [report]
 * @returns {Promise<{groups: string[], bytes: number}>}
 */
function tell(worker, message, report) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      /** @type {OfflineAnswer} */
      const answer = data;
      if (answer.type === "progress") report?.(answer.loaded, answer.total);
      else {
        port1.close();
        if (answer.type === "state") resolve(answer);
        else reject(new KeepingFault(answer.reason, answer.detail));
      }
    };
    worker.postMessage(message, [port2]);
  });
}
