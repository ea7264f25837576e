// @ts-check
/**
 * The snapshot of a pack: the memory of a Python that has imported the checkers and read their knowledge, kept in
 * the browser's Cache Storage, so that the next visit continues there in place of starting anew.
 *
 * In: the address of a pack. Out: what Pyodide's private option `_loadSnapshot` takes, or `null`, and then the
 * ordinary start is right. A snapshot is made in a worker of its own that never saw a reader's text. It is kept under
 * the address of its pack, which names its content, and used only where everything is as it was: the pack, the
 * browser, the length and the hash. What is not as it was is removed, and so are the snapshots of earlier packs.
 *
 * There is one for a pack. It says for which checkers it was made and serves the others of the pack too, which are then
 * imported as on a first visit; until a page that has them makes another, for all of both.
 *
 * The memory includes Python's random state and the seed of its hashes: both are the same after every restart. No
 * answer depends on either.
 */

/**
 * @typedef {object} Snapshot
 * @property {Uint8Array<ArrayBuffer>} memory as long as it will be, all zeros until it is filled
 * @property {() => Promise<void>} fill reads it; rejects when it is not to be trusted
 * @property {string[]} checkers ids of those that it was made for
 */

/** The cache that holds the snapshots of all sites of this origin. */
export const CACHE = "kakugen-snapshots";

/** Last part of the address of a snapshot; the rest is that of its pack. */
const SNAPSHOT = "snapshot";

/** Pyodide's memory at the start, in bytes. One that has grown is not kept: restoring it could fail. */
export const INITIAL_MEMORY = 20_971_520;

/** How many times the size of a snapshot must be free before one is made. */
const ROOM = 5;

/** How long Cache Storage may take to say what it has, in milliseconds: the start waits for it. */
const FIND_LIMIT = 3_000;

const PACK_HEADER = "x-kakugen-pack";
const BROWSER_HEADER = "x-kakugen-browser";
const CHECKERS_HEADER = "x-kakugen-checkers";
const LENGTH_HEADER = "x-kakugen-length";
const HASH_HEADER = "x-kakugen-sha256";
const REFUSED_HEADER = "x-kakugen-refused";

/** @param {URL} pack */
const addressOf = (pack) => new URL(SNAPSHOT, pack).href;

/** @param {URL} pack its address ends with its hash */
const nameOf = (pack) => pack.pathname.split("/").at(-2) ?? "";

/** The build of this browser, as far as it says; header values are ASCII. */
const browser = () => encodeURIComponent(navigator.userAgent);

/**
 * What is needed of the browser's storage. Taken at once: the worker loses these before any checker runs in it.
 *
 * @typedef {{caches?: CacheStorage, locks?: LockManager, storage?: StorageManager}} Storage
 */

/** @returns {Storage} nothing where storage is forbidden or not there */
function takeStorage() {
  try {
    const { caches, navigator } = globalThis;
    return { caches, locks: navigator?.locks, storage: navigator?.storage };
  } catch {
    return {};
  }
}

const STORAGE = takeStorage();

/** Cache Storage and hashing exist in secure contexts only. */
const isPossible = () => Boolean(STORAGE.caches && globalThis.crypto?.subtle);

/** @throws {Error} it is forbidden or not there */
function openCache() {
  if (!STORAGE.caches) throw new Error("no Cache Storage");
  return STORAGE.caches.open(CACHE);
}

/**
 * @param {Response} kept
 * @returns {string[]} ids of the checkers that it was made for, or was tried for in vain
 */
const checkersOf = (kept) => (kept.headers.get(CHECKERS_HEADER) ?? "").split(" ").filter(Boolean).map(decodeURIComponent);

/** @param {string[]} checkers */
const header = (checkers) => [...checkers].sort().map(encodeURIComponent).join(" ");

/** @param {Uint8Array<ArrayBuffer>} content */
async function hashOf(content) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Memory that was never used is all zeros; pages of it, this many bytes each, are left out of what is kept. */
const PAGE = 4096;

/**
 * The pages of a memory that hold anything, after a map with a byte for each page: 1 where it is there.
 *
 * @param {Uint8Array<ArrayBuffer>} memory
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function packed(memory) {
  const count = Math.ceil(memory.length / PAGE);
  const kept = new Uint8Array(count + memory.length);
  let end = count;
  for (let page = 0; page < count; page += 1) {
    const content = memory.subarray(page * PAGE, (page + 1) * PAGE);
    if (content.every((byte) => byte === 0)) continue;
    kept[page] = 1;
    kept.set(content, end);
    end += content.length;
  }
  return kept.slice(0, end);
}

/**
 * Put packed pages back.
 *
 * @param {Uint8Array<ArrayBuffer>} kept what `packed` returned
 * @param {Uint8Array<ArrayBuffer>} memory all zeros, as long as the memory was
 * @throws {Error} they are more or less than fit
 */
export function unpackInto(kept, memory) {
  const count = Math.ceil(memory.length / PAGE);
  let at = count;
  for (let page = 0; page < count; page += 1) {
    if (!kept[page]) continue;
    const size = Math.min(PAGE, memory.length - page * PAGE);
    memory.set(kept.subarray(at, at + size), page * PAGE);
    at += size;
  }
  if (at !== kept.length) throw new Error(`${kept.length} bytes, expected ${at}`);
}

/**
 * What is kept of a snapshot.
 *
 * @param {URL} pack
 * @param {string[]} checkers ids
 * @param {Uint8Array<ArrayBuffer>} memory
 * @returns {Promise<Response>}
 */
export async function sealed(pack, checkers, memory) {
  const content = packed(memory);
  const headers = {
    [PACK_HEADER]: nameOf(pack),
    [BROWSER_HEADER]: browser(),
    [CHECKERS_HEADER]: header(checkers),
    [LENGTH_HEADER]: String(memory.length),
    [HASH_HEADER]: await hashOf(content),
    "content-type": "application/octet-stream",
    "content-length": String(content.length),
  };
  return new Response(content, { headers });
}

/**
 * What was kept, if it says that it was made by this browser from this pack. Whether its bytes are what they were
 * turns out when they are read.
 *
 * @param {URL} pack
 * @param {Response} kept
 * @returns {Snapshot}
 * @throws {Error} it is not for us, and why
 */
export function unsealed(pack, kept) {
  const said = (/** @type {string} */ name) => kept.headers.get(name) ?? "nothing";
  if (said(PACK_HEADER) !== nameOf(pack)) throw new Error(`of another pack: ${said(PACK_HEADER)}`);
  if (said(BROWSER_HEADER) !== browser()) throw new Error(`of another browser: ${said(BROWSER_HEADER)}`);
  const length = Number(said(LENGTH_HEADER));
  if (!isInitial(length)) throw new Error(`impossible length: ${said(LENGTH_HEADER)}`);
  const memory = new Uint8Array(length);
  // Begun at once: the bytes arrive while Python's code is made ready.
  const reading = kept.arrayBuffer().then(async (buffer) => {
    const content = new Uint8Array(buffer);
    if ((await hashOf(content)) !== said(HASH_HEADER)) throw new Error("damaged");
    unpackInto(content, memory);
  });
  reading.catch(() => {}); // told to who fills it
  return { memory, fill: () => reading, checkers: checkersOf(kept) };
}

/**
 * Whether a snapshot of this length holds a memory that has not grown.
 *
 * @param {number} length in bytes, with Pyodide's header
 */
export function isInitial(length) {
  return length > INITIAL_MEMORY && length < INITIAL_MEMORY + 65_536;
}

/**
 * Find the snapshot of a pack, and remove what is of no use.
 *
 * @param {URL} pack
 * @returns {Promise<Snapshot | null>} `null` where there is none for us; never rejects
 */
export async function findSnapshot(pack) {
  /** @type {Promise<null>} */
  const late = new Promise((resolve) => setTimeout(resolve, FIND_LIMIT, null));
  return Promise.race([late, find(pack).catch(() => dropSnapshot(pack))]);
}

/**
 * @param {URL} pack
 * @returns {Promise<Snapshot | null>}
 */
async function find(pack) {
  if (!isPossible() || !(await STORAGE.caches?.has(CACHE))) return null;
  const cache = await openCache();
  const kept = await cache.match(addressOf(pack));
  if (kept && !kept.headers.has(REFUSED_HEADER)) return unsealed(pack, kept);
  forgetEarlier(cache, pack).catch(() => {});
  return null;
}

/**
 * Remove the snapshot of a pack.
 *
 * @param {URL} pack
 * @returns {Promise<null>} never rejects: where storage fails there is nothing to be trusted either
 */
export async function dropSnapshot(pack) {
  try {
    const cache = await openCache();
    await cache.delete(addressOf(pack));
  } catch {
    // forbidden or broken storage
  }
  return null;
}

/**
 * Remove the snapshots of other packs of the same site. Other sites of the origin keep theirs.
 *
 * @param {Cache} cache
 * @param {URL} pack
 */
async function forgetEarlier(cache, pack) {
  const site = new URL("../", pack).href;
  const own = addressOf(pack);
  for (const { url } of await cache.keys()) {
    if (url.startsWith(site) && url !== own) await cache.delete(url);
  }
}

/**
 * Make the snapshot of a pack and keep it, unless it is there, another tab is at it, or storage is short.
 *
 * @param {URL} pack
 * @param {string[]} checkers ids of those that it is for, the most important first
 * @param {Make} make
 * @returns {Promise<number>} how many bytes are kept now, 0 where there was no reason or no room to make one
 * @throws {Error} it could not be made or kept
 */
export async function keepSnapshot(pack, checkers, make) {
  if (!isPossible()) return 0;
  const { locks } = STORAGE;
  if (!locks) return keepAlone(pack, checkers, make);
  return locks.request(addressOf(pack), { ifAvailable: true }, (lock) => (lock ? keepAlone(pack, checkers, make) : 0));
}

/**
 * @typedef {(checkers: string[]) => Promise<Uint8Array<ArrayBuffer>>} Make makes it, header and memory
 *
 * @param {URL} pack
 * @param {string[]} checkers
 * @param {Make} make
 * @returns {Promise<number>}
 */
async function keepAlone(pack, checkers, make) {
  if (!(await hasRoom())) return 0;
  const cache = await openCache();
  const kept = await cache.match(addressOf(pack));
  const before = kept?.headers.get(BROWSER_HEADER) === browser() ? checkersOf(kept) : null;
  if (before && checkers.every((id) => before.includes(id))) return 0; // there, or tried in vain
  await forgetEarlier(cache, pack);
  const all = [...new Set([...checkers, ...(before ?? [])])];
  const memory = await make(all);
  if (!isInitial(memory.length)) {
    const why = {
      [BROWSER_HEADER]: browser(),
      [CHECKERS_HEADER]: header(all),
      [REFUSED_HEADER]: `its memory has grown: ${memory.length} bytes`,
    };
    await cache.put(addressOf(pack), new Response(null, { headers: why }));
    return 0;
  }
  await cache.put(addressOf(pack), await sealed(pack, all, memory));
  return memory.length;
}

async function hasRoom() {
  const { quota = 0, usage = 0 } = (await STORAGE.storage?.estimate?.()) ?? {};
  return quota - usage >= ROOM * INITIAL_MEMORY;
}
