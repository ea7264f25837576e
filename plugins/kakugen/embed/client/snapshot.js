/**
 * Lets a second worker make the snapshot from which the next visit continues, when the reader has been answered and
 * does nothing that it could disturb. Once for each pack, its checkers and tab; whatever becomes of it, the reader's worker goes on.
 *
 * @typedef {(requests: import("./types.js").ToldRequest[], at: number) => void} Note
 */

import { isSavingData } from "./checker.js";

/** How long after the last answer, in milliseconds. */
const PAUSE = 3_000;

/** Longest work, in milliseconds. */
const LIMIT = 120_000;

/** @type {Set<string>} packs that were tried, with the checkers */
const tried = new Set();

let timer = 0;

/**
 * Make the snapshot when nothing has been asked for a while. Another call puts it off.
 *
 * @param {URL} pack
 * @param {string[]} checkers ids of the checkers that the reader has opened
 * @param {(pack: URL) => Worker} makeWorker
 * @param {Note} note is told of the requests of that worker, and when
 */
export function keepLater(pack, checkers, makeWorker, note) {
  clearTimeout(timer);
  if (tried.has(nameOf(pack, checkers)) || isSavingData()) return;
  timer = window.setTimeout(() => whenIdle(() => keep(pack, checkers, makeWorker, note)), PAUSE);
}

/**
 * @param {URL} pack
 * @param {string[]} checkers
 */
function nameOf(pack, checkers) {
  return [pack.href, ...[...checkers].sort()].join(" ");
}

/** Put it off: the reader asks again. */
export function keepNotNow() {
  clearTimeout(timer);
}

/** @param {() => void} what */
function whenIdle(what) {
  if ("requestIdleCallback" in window) requestIdleCallback(what);
  else what();
}

/**
 * @param {URL} pack
 * @param {string[]} checkers ids of the checkers that the reader has opened
 * @param {(pack: URL) => Worker} makeWorker
 * @param {Note} note
 */
function keep(pack, checkers, makeWorker, note) {
  tried.add(nameOf(pack, checkers));
  const worker = makeWorker(pack);
  const limit = setTimeout(() => worker.terminate(), LIMIT);
  const end = () => {
    clearTimeout(limit);
    worker.terminate();
  };
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    end();
  });
  worker.addEventListener("message", ({ data, timeStamp }) => {
    if (data.type === "requests") note(data.requests, timeStamp);
    if (data.type === "progress" || data.type === "requests") return;
    if (data.type === "kept") performance.mark("kakugen-kept", { detail: { bytes: data.bytes } });
    end();
  });
  worker.postMessage({ type: "keep", checkers });
}
