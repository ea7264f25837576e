/**
 * The runtime of this tab: one worker, started when a reader means to ask, shared by every checker of every page
 * that the tab shows, ended when idle or broken.
 *
 * In: questions as JSON. Out: verdicts as JSON, progress in bytes, or a `RuntimeFault`. A fault ends the worker,
 * so the next question starts with a fresh one.
 *
 * The worker starts from a `blob:` address. A worker from an ordinary address obeys only the policy that comes with its
 * own response, which on most static hosts is none; one from a `blob:` obeys that of the page.
 *
 * @typedef {import("./types.js").FromWorker} FromWorker
 * @typedef {import("./types.js").Progress} Progress
 * @typedef {import("./types.js").Question} Question
 * @typedef {import("./types.js").SeenRequest} SeenRequest
 * @typedef {import("./types.js").ToldRequest} ToldRequest
 * @typedef {"unreachable" | "damaged" | "unstartable" | "stalled" | "slow" | "lost" | "refused"} FaultKind
 */

/**
 * @template T
 * @typedef {{resolve: (value: T) => void, reject: (fault: RuntimeFault) => void}} Waiting
 */

import { missingArchives } from "./archives.js";
import { keepLater, keepNotNow } from "./snapshot.js";

/** Longest silence while loading, in milliseconds: bytes keep coming even on a slow line; compiling is silent. */
const SILENCE = { download: 30_000, start: 90_000, import: 90_000 };

/** Longest run, in milliseconds. */
const RUN_LIMIT = 20_000;

/** The worker is ended after so long without a question, in milliseconds: it holds a lot of memory. */
const IDLE_LIMIT = 10 * 60_000;

/** @type {Record<import("./types.js").FailedStage, FaultKind>} */
const KINDS = {
  manifest: "unreachable",
  download: "unreachable",
  verify: "damaged",
  start: "unstartable",
  import: "unstartable",
  run: "refused",
};

export class RuntimeFault extends Error {
  /**
   * @param {FaultKind} kind what went wrong, as far as it matters to a reader
   * @param {string} detail for developers
   */
  constructor(kind, detail) {
    super(detail);
    this.name = "RuntimeFault";
    this.kind = kind;
  }
}

/** The `blob:` address from which workers of a pack start. @type {Map<string, string>} */
const addresses = new Map();

/**
 * A worker of a pack, bound by the policy of this page.
 *
 * @param {URL} pack
 */
function makeWorker(pack) {
  const script = new URL("worker.js", pack).href;
  let address = addresses.get(script);
  if (!address) {
    address = URL.createObjectURL(new Blob([`import ${JSON.stringify(script)};`], { type: "text/javascript" }));
    addresses.set(script, address);
  }
  return new Worker(address, { type: "module", name: "kakugen" });
}

export class Runtime {
  /** @type {Set<(progress: Progress) => void>} */
  watchers = new Set();
  /** Every request of the worker that it has told of. @type {SeenRequest[]} */
  requests = [];
  /** @type {Set<(requests: SeenRequest[]) => void>} */
  requestWatchers = new Set();
  isReady = false;
  isEnded = false;
  /** Whether Python continues from a snapshot. */
  isRestored = false;
  /** @type {Progress} */
  progress = { stage: "download", loaded: 0, total: 0 };

  #checkers;
  /** Whether a snapshot should be made for the next visit. */
  #isSnapshotLacking = true;
  /** The checkers that are there or on their way. @type {Map<string, Promise<void>>} */
  #holding = new Map();
  /** Those that are on their way to a worker that is ready. @type {Map<string, Waiting<void>>} */
  #adding = new Map();
  /** @type {Worker} */
  #worker;
  /** @type {Map<number, Waiting<string>>} */
  #runs = new Map();
  #count = 0;
  #timer = 0;
  /** @type {(fault: RuntimeFault) => void} */
  #refuse = () => {};
  /** @type {() => void} */
  #accept = () => {};

  /**
   * @param {URL} pack folder of the runtime pack
   * @param {string[]} checkers ids of the checkers to open beforehand
   */
  constructor(pack, checkers) {
    this.pack = pack.href;
    this.#checkers = checkers;
    /** @type {Promise<void>} */
    this.ready = new Promise((resolve, reject) => {
      this.#accept = resolve;
      this.#refuse = reject;
    });
    this.ready.catch(() => {}); // who waits is told; that nobody waits is no error
    for (const checker of checkers) this.#holding.set(checker, this.ready);
    this.#worker = makeWorker(pack);
    this.#worker.addEventListener("message", ({ data, timeStamp }) => this.#hear(data, timeStamp));
    this.#worker.addEventListener("messageerror", () => this.#fail("lost", "a message could not be read"));
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#fail(this.isReady ? "lost" : "unreachable", event.message || "worker.js did not load");
    });
    this.#watch();
    this.#worker.postMessage({ type: "start", checkers });
  }

  /** @param {string} checker its id */
  isHolding(checker) {
    return this.isReady && this.#checkers.includes(checker) && !this.#adding.has(checker);
  }

  /**
   * Let the worker hold a checker. One that it was not started with it cannot fetch any more, so the page does.
   *
   * @param {string} checker its id
   * @returns {Promise<void>} rejects when the runtime ends
   */
  hold(checker) {
    let holding = this.#holding.get(checker);
    if (!holding) {
      holding = this.ready.then(() => this.#add(checker));
      holding.catch(() => {}); // told to who asks
      this.#holding.set(checker, holding);
    }
    return holding;
  }

  /**
   * @param {string} checker
   * @returns {Promise<void>}
   */
  async #add(checker) {
    if (this.isEnded) throw new RuntimeFault("lost", "the runtime was ended");
    const before = this.#checkers;
    this.#checkers = [...before, checker];
    /** @type {Promise<void>} */
    const added = new Promise((resolve, reject) => this.#adding.set(checker, { resolve, reject }));
    this.#watch();
    missingArchives(this.pack, checker, before).then(
      (archives) => this.#worker.postMessage({ type: "add", checker, archives }, archives.map(({ content }) => content)),
      (cause) => this.#fail("unreachable", String(cause)),
    );
    return added;
  }

  /**
   * @param {Question} question
   * @returns {Promise<string>} the verdict as JSON
   * @throws {RuntimeFault}
   */
  async run(question) {
    await this.hold(question.checker);
    if (this.isEnded) throw new RuntimeFault("lost", "the runtime was ended");
    keepNotNow();
    const run = (this.#count += 1);
    /** @type {Promise<string>} */
    const verdict = new Promise((resolve, reject) => this.#runs.set(run, { resolve, reject }));
    this.#worker.postMessage({ type: "run", run, ...question });
    this.#watch();
    return verdict;
  }

  /** @param {RuntimeFault} [fault] why; whoever waits is told */
  end(fault = new RuntimeFault("lost", "the runtime was ended")) {
    if (this.isEnded) return;
    this.isEnded = true;
    clearTimeout(this.#timer);
    this.#worker.terminate();
    if (current === this) current = undefined;
    this.#refuse(fault);
    for (const { reject } of [...this.#runs.values(), ...this.#adding.values()]) reject(fault);
    this.#runs.clear();
    this.#adding.clear();
  }

  /**
   * @param {FromWorker} message
   * @param {number} now when it arrived
   */
  #hear(message, now) {
    if (this.isEnded) return;
    switch (message.type) {
      case "progress":
        this.progress = message;
        for (const watcher of this.watchers) watcher(message);
        break;
      case "ready":
        this.isReady = true;
        this.isRestored = message.snapshot === true;
        this.#isSnapshotLacking = !this.isRestored || message.lacking === true;
        performance.mark("kakugen-ready", { detail: { snapshot: this.isRestored } });
        this.#accept();
        break;
      case "added":
        this.#adding.get(message.checker)?.resolve();
        this.#adding.delete(message.checker);
        this.#isSnapshotLacking = true;
        break;
      case "verdict":
        this.#runs.get(message.run)?.resolve(message.verdict);
        this.#runs.delete(message.run);
        performance.mark("kakugen-answer");
        if (this.#isSnapshotLacking) {
          const note = (/** @type {ToldRequest[]} */ requests, /** @type {number} */ at) => this.#note(requests, at);
          keepLater(new URL(this.pack), this.#checkers, makeWorker, note);
        }
        break;
      case "requests":
        this.#note(message.requests, now);
        return;
      case "failed":
        this.#fail(KINDS[message.stage], [message.stage, message.file, message.detail].filter(Boolean).join(": "));
        return;
    }
    this.#watch();
  }

  /**
   * @param {import("./types.js").ToldRequest[]} told
   * @param {number} now when it was told
   */
  #note(told, now) {
    const requests = told.map(({ ago, ...request }) => ({ ...request, at: now - ago }));
    this.requests.push(...requests);
    for (const watcher of this.requestWatchers) watcher(requests);
  }

  /** Wait for the next message, as long as what is under way may take. */
  #watch() {
    clearTimeout(this.#timer);
    if (!this.isReady) {
      const { stage } = this.progress;
      this.#later(SILENCE[stage], () => this.#fail("stalled", `no progress in ${stage}`));
    } else if (this.#adding.size) {
      this.#later(SILENCE.download, () => this.#fail("stalled", "a checker does not come"));
    } else if (this.#runs.size) {
      this.#later(RUN_LIMIT, () => this.#fail("slow", "the run took too long"));
    } else {
      this.#later(IDLE_LIMIT, () => this.end());
    }
  }

  /**
   * @param {number} milliseconds
   * @param {() => void} what
   */
  #later(milliseconds, what) {
    this.#timer = window.setTimeout(what, milliseconds);
  }

  /**
   * @param {FaultKind} kind
   * @param {string} detail
   */
  #fail(kind, detail) {
    this.end(new RuntimeFault(kind, detail));
  }
}

/** @type {Runtime | undefined} */
let current;

/**
 * The runtime of this tab, started if there is none, with the checkers of the page. Any runtime of a pack can hold every
 * checker of the pack.
 *
 * @param {URL} pack folder of the runtime pack
 */
export function runtimeFor(pack) {
  if (current?.pack === pack.href) return current;
  const placed = [...document.querySelectorAll("kakugen-checker")].map((one) => one.getAttribute("checker") ?? "");
  current?.end();
  current = new Runtime(pack, [...new Set(placed)]);
  return current;
}
