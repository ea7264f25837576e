// @ts-check
/**
 * Close: what was pasted must not leave, whatever a checker does. The page's policy holds for this worker too and lets
 * nothing through to other servers; with what follows nothing goes to the site's own server either, on any host.
 */

import { Failure } from "./failure.js";

/** What asks a server for something or reaches another page, and what keeps something beyond this worker. */
const DOORS = [
  ...["fetch", "fetchLater", "XMLHttpRequest", "EventSource", "importScripts", "sendBeacon", "FontFace", "fonts"],
  ...["WebSocket", "WebSocketStream", "WebTransport", "RTCPeerConnection", "Notification", "serviceWorker"],
  ...["BroadcastChannel", "Worker", "SharedWorker", "caches", "CacheStorage", "indexedDB", "IDBFactory", "storage"],
  "locks",
];

/**
 * Take them away, wherever they are defined: a function deleted from the scope alone is found again on its prototype.
 *
 * @throws {Failure} one of them is still there
 */
export function closeDoors() {
  for (const scope of [globalThis, navigator]) {
    for (let holder = scope; holder; holder = Object.getPrototypeOf(holder)) {
      for (const name of DOORS) Reflect.deleteProperty(holder, name);
    }
    const open = DOORS.find((name) => name in scope);
    if (open) throw new Failure("start", null, `${open} could not be taken away`);
  }
}

/**
 * Tell the page of every request of this worker, and of every one that the page's policy stopped, so that it can count
 * them.
 *
 * @param {(requests: {address: string, ago: number, stopped: boolean}[]) => void} tell
 */
export function reportRequests(tell) {
  /** @param {{address: string, startTime: number, stopped: boolean}[]} seen */
  const report = (seen) => {
    const now = performance.now();
    const requests = seen.map(({ startTime, ...request }) => ({ ...request, ago: now - startTime }));
    if (requests.length) tell(requests);
  };
  const observer = new PerformanceObserver((list) =>
    report(list.getEntries().map(({ name, startTime }) => ({ address: name, startTime, stopped: false }))),
  );
  observer.observe({ type: "resource", buffered: true });
  self.addEventListener("securitypolicyviolation", (event) => {
    const { blockedURI, timeStamp } = /** @type {SecurityPolicyViolationEvent} */ (event);
    report([{ address: blockedURI, startTime: timeStamp, stopped: true }]);
  });
}
