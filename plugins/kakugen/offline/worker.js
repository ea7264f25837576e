// @ts-check
/**
 * The service worker of a site: keeps its pages, and all that they need to answer, for times without a network.
 *
 * A page asks it to keep groups of files, to remove them, or what is kept (`keep`, `remove`, `state`), and gets the
 * answer through the port that it sent along (`progress`, `state`, `failed`). It never sees anything that a reader
 * enters: checkers answer inside the page, and pages send nothing.
 *
 * One cache holds the files of one build of the site, each proven by its hash, so builds never mix. Pages come from the
 * network as long as there is one; files whose address holds a hash of their content come from the cache. When the site
 * has changed, the browser installs the new service worker beside this one: it takes what has not changed from the old
 * cache and fetches the rest, and it serves nothing before the last page of the old build is closed. If anything goes
 * wrong, the old build stays as it is.
 *
 * `BUILD`, the name of the build, is written in front of this script.
 */

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/** The root of the site. Other sites may share its origin. */
const ROOT = new URL(scope.registration.scope);
const PREFIX = `kakugen-offline ${ROOT.pathname} `;
const CACHE = PREFIX + BUILD;

/** There while the reader has said that nothing shall be kept; pages then do not ask by themselves. */
const DECLINED = `${PREFIX}declined`;

const SCHEMA = 1;
const OWN = new URL("assets/kakugen/offline/", ROOT);
const LIST = new URL(`${BUILD}.json`, OWN).href;

/** The entry of a cache that says which groups are whole; nothing is published there. */
const RECORD = new URL("kept", OWN).href;

/** The header in which an entry carries its hash. */
const HASH = "x-kakugen-hash";

/** Addresses that hold a hash of their content. */
const UNCHANGING = /\/assets\/kakugen\/(client|pack|theme)\/|\.[0-9a-f]{8,}\.min\.(js|css)$/;

/** How long the network may take for a page that is kept, in milliseconds. */
const PATIENCE = 8_000;

/** How many files are fetched at a time. */
const AT_ONCE = 6;

/** Why something is not kept. */
class Refusal extends Error {
  /**
   * @param {RefusalReason} reason
   * @param {string} detail for developers
   */
  constructor(reason, detail) {
    super(detail);
    this.reason = reason;
  }
}

// Keeping.

/** @param {ArrayBuffer} content */
async function hashOf(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content), 0, 16);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @returns {Promise<FileList>} */
async function readList() {
  const response = await fetch(LIST);
  // Lists of earlier builds are gone once the site has changed.
  if (!response.ok) throw new Refusal("changed", `${LIST}: ${response.status}`);
  /** @type {FileList} */
  const list = await response.json();
  if (list.schema !== SCHEMA) throw new Refusal("changed", `${LIST}: schema ${list.schema}`);
  return list;
}

/**
 * Fetch a file of this build, from the browser's own cache if it holds it.
 *
 * @param {string} address
 * @param {string} hash
 * @param {AbortSignal} signal
 */
async function fetchFile(address, hash, signal) {
  let seen = "";
  for (const cache of /** @type {RequestCache[]} */ (["default", "reload"])) {
    const response = await fetch(address, { cache, signal });
    if (!response.ok) {
      seen = String(response.status);
      continue;
    }
    const content = await response.arrayBuffer();
    seen = await hashOf(content);
    if (seen !== hash) continue;
    // Made anew: a page must not come from a response that was redirected, the content is decompressed, and it is the
    // same for every request.
    const headers = new Headers(response.headers);
    for (const name of ["content-encoding", "content-length", "vary"]) headers.delete(name);
    headers.set(HASH, hash);
    return new Response(content, { headers });
  }
  throw new Refusal("changed", `${address}: ${seen}, expected ${hash}`);
}

/**
 * Put files into the cache of this build, from other caches where they hold the same.
 *
 * @param {KeptFile[]} files
 * @param {Cache[]} others
 * @param {(loaded: number, total: number) => void} report
 */
async function fill(files, others, report) {
  const cache = await caches.open(CACHE);
  const total = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  const giveUp = new AbortController();
  const waiting = [...files];
  /** @type {string[]} */
  const added = [];
  let loaded = 0;
  const work = async () => {
    for (let file = waiting.shift(); file && !giveUp.signal.aborted; file = waiting.shift()) {
      const [path, bytes, hash] = file;
      const address = new URL(path, ROOT).href;
      const isThere = async (/** @type {Cache} */ one) => {
        const found = await one.match(address);
        return found?.headers.get(HASH) === hash ? found : undefined;
      };
      if (!(await isThere(cache))) {
        let content;
        for (const other of others) content ??= await isThere(other);
        content ??= await fetchFile(address, hash, giveUp.signal);
        added.push(address);
        await cache.put(address, content);
      }
      loaded += bytes;
      report(loaded, total);
    }
  };
  const workers = Array.from({ length: AT_ONCE }, work);
  try {
    await Promise.all(workers);
  } catch (cause) {
    giveUp.abort();
    await Promise.allSettled(workers);
    await Promise.allSettled(added.map((address) => cache.delete(address)));
    throw cause;
  }
}

/**
 * @param {string} name of a cache
 * @returns {Promise<KeptRecord>} what it holds whole
 */
async function recordOf(name) {
  const found = await caches.match(RECORD, { cacheName: name });
  return found ? found.json() : { groups: [], bytes: 0 };
}

/**
 * @param {string[]} groups
 * @param {Cache[]} others
 * @param {(loaded: number, total: number) => void} report
 */
async function keepGroups(groups, others, report) {
  const list = await readList();
  const files = groups.flatMap((group) => list.groups[group] ?? []);
  await fill(files, others, report);
  /** @type {KeptRecord} */
  const record = { groups, bytes: files.reduce((sum, [, bytes]) => sum + bytes, 0) };
  await (await caches.open(CACHE)).put(RECORD, new Response(JSON.stringify(record)));
}

/** @returns {Promise<string[]>} the names of the caches of this site's other builds */
async function otherBuilds() {
  const names = await caches.keys();
  return names.filter((name) => name.startsWith(PREFIX) && name !== CACHE && name !== DECLINED);
}

// Installing: after a change of the site, get ready to take over; the first time there is nothing to take.

/** Keep of this build what is kept of others. */
async function inherit() {
  const names = await otherBuilds();
  const records = await Promise.all(names.map(recordOf));
  const own = (await recordOf(CACHE)).groups;
  const groups = [...new Set([...own, ...records.flatMap((record) => record.groups)])];
  if (!groups.length) await scope.skipWaiting(); // nothing kept, nothing to mix
  if (groups.length === own.length) return;
  await keepGroups(groups, await Promise.all(names.map((name) => caches.open(name))), () => {});
}

async function prepare() {
  try {
    await inherit();
  } catch (cause) {
    await caches.delete(CACHE);
    throw cause; // the browser keeps the old service worker, and tries again when a page is opened
  }
}

async function takeOver() {
  // The reader may have kept more since the installation. What cannot be had now, pages ask for again.
  await inherit().catch(() => {});
  await Promise.all((await otherBuilds()).map((name) => caches.delete(name)));
  await scope.clients.claim();
}

scope.addEventListener("install", (event) => event.waitUntil(prepare()));
scope.addEventListener("activate", (event) => event.waitUntil(takeOver()));

// Serving.

/** @param {string} address */
function kept(address) {
  return caches.match(address, { cacheName: CACHE });
}

/**
 * The network's answer; that of the cache if the network has none, or not in time.
 *
 * @param {Request} request
 * @param {Response} fallback
 * @returns {Promise<Response>}
 */
function fromNetwork(request, fallback) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, PATIENCE, fallback);
    fetch(request)
      .then((response) => resolve(response.status < 500 ? response : fallback))
      .catch(() => resolve(fallback))
      .finally(() => clearTimeout(timer));
  });
}

/**
 * @param {Request} request
 * @param {URL} url
 */
async function serve(request, url) {
  const address = url.origin + url.pathname.replace(/\/index\.html$/, "/");
  // A browser that forbids its storage, or has lost it, still has a network.
  const found = await kept(address).catch(() => undefined);
  if (found) return UNCHANGING.test(address) ? found : fromNetwork(request, found);
  try {
    return await fetch(request);
  } catch (cause) {
    const folder = `${address}/`; // a server would have sent the reader there
    if (request.mode === "navigate" && (await kept(folder))) return Response.redirect(folder);
    throw cause;
  }
}

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = request.method === "GET" && url.origin === ROOT.origin && url.pathname.startsWith(ROOT.pathname);
  // Parts of a film, and what shall come from the browser's own cache only, are none of our business.
  if (!isOurs || request.headers.has("range") || request.cache === "only-if-cached") return;
  event.respondWith(serve(request, url));
  // Browsers look for a new service worker only when this one rests, and a page that keeps a request open, as that of
  // `mkdocs serve` does, lets it never rest.
  if (request.mode === "navigate") scope.registration.update().catch(() => {});
});

// Messages, one after another: two tabs may ask at the same time.

/**
 * @param {string[]} wanted
 * @param {(message: ToPage) => void} tell
 */
async function keep(wanted, tell) {
  await caches.delete(DECLINED);
  const before = await recordOf(CACHE);
  const groups = [...new Set([...before.groups, ...wanted])];
  try {
    await keepGroups(groups, [], (loaded, total) => tell({ type: "progress", loaded, total }));
  } catch (cause) {
    if (!before.groups.length) await caches.delete(CACHE);
    throw cause;
  }
}

async function remove() {
  for (const name of [CACHE, ...(await otherBuilds())]) await caches.delete(name);
  await caches.open(DECLINED);
}

/** @param {unknown} cause @returns {RefusalReason} */
function reasonOf(cause) {
  if (cause instanceof Refusal) return cause.reason;
  if (cause instanceof TypeError) return "unreachable";
  return cause instanceof Error && cause.name === "QuotaExceededError" ? "full" : "forbidden";
}

/**
 * @param {FromPage} message
 * @param {(message: ToPage) => void} tell
 */
async function obey(message, tell) {
  try {
    if (message.type === "keep") await keep(message.groups, tell);
    if (message.type === "remove") await remove();
    tell({ type: "state", ...(await recordOf(CACHE)) });
  } catch (cause) {
    tell({ type: "failed", reason: reasonOf(cause), detail: String(cause) });
  }
}

let work = Promise.resolve();

scope.addEventListener("message", (event) => {
  const [port] = event.ports;
  if (!port) return;
  work = work.then(() => obey(event.data, (message) => port.postMessage(message)));
  event.waitUntil(work);
});
