// @ts-check
/**
 * The worker of a pack: downloads it, starts Python and answers.
 *
 * Messages of the page come in (`start`, `run`), messages to the page go out (`progress`, `ready`, `verdict`,
 * `failed`, `requests`). A worker that failed before `ready` is of no more use: the page ends it and makes another.
 * Each part below does one thing: download, verify, start, close, run. Nothing is fetched but the files of the pack,
 * and once Python has started nothing can be: see "Close" below.
 *
 * `ready` says with `snapshot: true` that Python was not started but restored (see snapshot.js), and it is there in
 * no other case. When anything about the snapshot is in doubt, the ordinary start takes its place and nobody is told.
 * A worker that gets `keep` in place of `start` makes that snapshot and answers `kept` with its size in bytes, 0 for
 * none, or `failed`; then it is of no more use.
 *
 * @typedef {{name: string, bytes: number, sha256: string}} PackFile
 * @typedef {{id: string, module: string, attribute: string}} CheckerPlace
 * @typedef {{schema: number, pack: string, lock: object, files: PackFile[], checkers: CheckerPlace[]}} Manifest
 * @typedef {"manifest" | "download" | "verify" | "start" | "import" | "run"} FailedStage
 * @typedef {"download" | "start" | "import"} ProgressStage
 * @typedef {{type: "start", checkers: string[]}} StartMessage
 * @typedef {{type: "keep"}} KeepMessage
 * @typedef {{type: "run", run: number, checker: string, answers: string, today: string, locale: string}} RunMessage
 * @typedef {{
 *   register(sources: string): void,
 *   load(checker: string): void,
 *   close(): void,
 *   warm(checker: string): void,
 *   run(checker: string, answers: string, today: string, locale: string): string,
 *   destroy(): void,
 * }} Answering the Python module `kakugen_answering`
 * @typedef {{
 *   mkdirTree(path: string): void,
 *   writeFile(path: string, data: Uint8Array, options: {canOwn: boolean}): void,
 * }} FileSystem of Python, in memory
 * @typedef {{
 *   FS: FileSystem,
 *   runPython(code: string): unknown,
 *   pyimport(module: string): any,
 *   makeMemorySnapshot(): Uint8Array<ArrayBuffer>,
 * }} Pyodide
 * @typedef {{loadPyodide(options: object): Promise<Pyodide>}} Loader the module `pyodide.mjs`
 * @typedef {import("./snapshot.js").Snapshot} Snapshot
 * @typedef {{answering: Answering, isRestored: boolean}} Started
 * @typedef {{module: WebAssembly.Module, needed: Set<string>}} Code the wasm, and what of it Pyodide's script needs
 * @typedef {{stdlib: Uint8Array, checkers: Uint8Array, code: Code, loader: Loader}} Downloaded
 */

import { dropSnapshot, findSnapshot, keepSnapshot } from "./snapshot.js"; // the build puts it here

const PACK = new URL("./", import.meta.url);
const MANIFEST = "manifest.json";
const WASM = "pyodide.asm.wasm";
const LOADER = "pyodide.mjs";
const GLUE = "pyodide.asm.js";
const STDLIB = "stdlib.zip.txt";
const CHECKERS = "checkers.zip.txt";
const ANSWERING = "kakugen_answering";
const SCHEMA = 1;

/** Where the checkers lie in Python's file system. */
const CHECKERS_FOLDER = "/lib/checkers";

/** How Pyodide's script names a function of the wasm that it needs. */
const NEEDED = /wasmExports(?:\["(\w+)"\]|\.(\w+))/g;

/** A zip archive of nothing: Pyodide wants its standard library as one, and has it as files already. */
const NO_ARCHIVE = new Uint8Array([0x50, 0x4b, 5, 6, ...new Array(18).fill(0)]);

/** How long Python may take from the last byte to its first word, in milliseconds. */
const START_LIMIT = 120_000;

/** How long it may take to continue from a snapshot, in milliseconds; then the ordinary start takes over. */
const RESTORE_LIMIT = 10_000;

/** How long the page has for a question that waits, before the checkers are warmed up, in milliseconds. */
const WARM_PAUSE = 50;

/** How many bytes arrive between two messages of progress. */
const PROGRESS_STEP = 100_000;

/** Something that went wrong, with the stage and the file that the page is told. */
class Failure extends Error {
  /**
   * @param {FailedStage} stage
   * @param {string | null} file
   * @param {unknown} cause
   */
  constructor(stage, file, cause) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.stage = stage;
    this.file = file;
  }
}

/**
 * Await `promise`; whatever goes wrong gets a stage and a file.
 *
 * @template T
 * @param {FailedStage} stage
 * @param {string | null} file
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
async function during(stage, file, promise) {
  try {
    return await promise;
  } catch (cause) {
    throw cause instanceof Failure ? cause : new Failure(stage, file, cause);
  }
}

// Download: all files at once, the progress in bytes as they are after decompression.

/** @param {string} name @param {RequestInit} [how] */
async function request(name, how) {
  const response = await fetch(new URL(name, PACK), how);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response;
}

/** @returns {Promise<Manifest>} */
async function readManifest() {
  const manifest = await (await request(MANIFEST)).json();
  if (manifest.schema !== SCHEMA) throw new Error(`schema ${manifest.schema}, expected ${SCHEMA}`);
  return manifest;
}

/**
 * Read the body of a response.
 *
 * @param {Response} response
 * @param {PackFile} file what the body should be
 * @param {(bytes: number) => void} arrived called with the size of each piece
 */
async function readCounting(response, file, arrived) {
  const content = new Uint8Array(file.bytes);
  let size = 0;
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    if (size + piece.value.length > content.length) {
      throw new Failure("verify", file.name, `longer than ${file.bytes} bytes`);
    }
    content.set(piece.value, size);
    size += piece.value.length;
    arrived(piece.value.length);
  }
  if (size !== file.bytes) throw new Failure("verify", file.name, `${size} bytes, expected ${file.bytes}`);
  return content;
}

/**
 * Read the body of a response at once: faster, and nobody is told how it goes.
 *
 * @param {Response} response
 * @param {PackFile} file what the body should be
 * @param {(bytes: number) => void} arrived called with its size
 */
async function readWhole(response, file, arrived) {
  const content = new Uint8Array(await response.arrayBuffer());
  if (content.length !== file.bytes) {
    throw new Failure("verify", file.name, `${content.length} bytes, expected ${file.bytes}`);
  }
  arrived(content.length);
  return content;
}

/**
 * Make sure that a file is the one that was built. Pages without a secure context have no hashing: there only the
 * size, which `readBody` has seen, can tell.
 *
 * @param {PackFile} file
 * @param {Uint8Array<ArrayBuffer>} content
 */
async function verify(file, content) {
  if (!globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== file.sha256) throw new Failure("verify", file.name, `sha256 ${found}, expected ${file.sha256}`);
}

/**
 * Compile a response while it arrives. The browser keeps the result only for a response straight from the network
 * with the right type, so it gets the response itself, and who counts and hashes reads a clone.
 *
 * @param {Response} response
 * @returns {Promise<WebAssembly.Module> | null} `null` when the server gives it another type
 */
function compileWhileArriving(response) {
  const type = response.headers.get("content-type") ?? "";
  return /^application\/wasm\s*(;|$)/i.test(type) ? WebAssembly.compileStreaming(response) : null;
}

/**
 * Of nearly 10,000 functions that the wasm exports, Pyodide's script names a third. The others are for compiled
 * extensions, which no pack has, and linking them takes a good part of a second visit.
 *
 * @param {Uint8Array} glue the script
 */
function neededIn(glue) {
  const names = new TextDecoder("latin1").decode(glue).matchAll(NEEDED);
  return new Set(Array.from(names, ([, quoted, plain]) => /** @type {string} */ (quoted ?? plain)));
}

/**
 * Fetch the pack. What can be compiled is compiled on the way, and nothing runs before it is verified. The scripts
 * come from the browser's cache when they run: a strict policy lets a worker run only what it imports by address.
 *
 * @param {Promise<Manifest>} manifest
 * @param {RequestInit & {signal: AbortSignal}} how its signal ends what is still on its way
 * @param {Promise<unknown>} hurry whether there is something: then nobody has to be told how it goes
 * @param {(loaded: number, total: number) => void} report
 * @returns {Promise<Downloaded>}
 */
async function download(manifest, how, hurry, report) {
  const { signal } = how;
  const names = [LOADER, GLUE, WASM, STDLIB, CHECKERS];
  const responses = new Map(names.map((name) => [name, during("download", name, request(name, how))]));
  for (const response of responses.values()) response.catch(() => {}); // told once, by who awaits it below
  const whole = /** @type {Promise<Response>} */ (responses.get(WASM)).then((response) => {
    const copy = response.clone();
    const compiling = compileWhileArriving(response);
    compiling?.catch(() => {});
    return { copy, compiling };
  });
  whole.catch(() => {});

  const readBody = (await hurry) ? readWhole : readCounting;
  const { files } = await manifest;
  const total = files.reduce((sum, file) => sum + file.bytes, 0);
  let loaded = 0;
  let reported = 0;
  report(0, total);
  /** @param {number} bytes */
  const arrived = (bytes) => {
    loaded += bytes;
    if (signal.aborted || (loaded - reported < PROGRESS_STEP && loaded < total)) return;
    reported = loaded;
    report(loaded, total);
  };
  const described = new Map(files.map((file) => [file.name, file]));
  /** @param {string} name */
  const entry = (name) => {
    const file = described.get(name);
    if (!file) throw new Failure("manifest", MANIFEST, `does not name ${name}`);
    return file;
  };
  /** @param {string} name */
  const read = async (name) => {
    const file = entry(name);
    const response = /** @type {Response} */ (await responses.get(name));
    const content = await during("download", name, readBody(response, file, arrived));
    await verify(file, content);
    return content;
  };
  /** @param {string} name */
  const runScript = async (name) => {
    const content = await read(name);
    return { content, script: await during("start", name, import(new URL(name, PACK).href)) };
  };
  const readWasm = async () => {
    const file = entry(WASM);
    const { copy, compiling } = await whole;
    const content = await during("download", WASM, readBody(copy, file, arrived));
    await verify(file, content);
    return during("start", WASM, compiling ?? WebAssembly.compile(content));
  };
  const [module, stdlib, checkers, loader, glue] = await Promise.all([
    readWasm(),
    read(STDLIB),
    read(CHECKERS),
    runScript(LOADER),
    runScript(GLUE),
  ]);
  return { code: { module, needed: neededIn(glue.content) }, stdlib, checkers, loader: loader.script };
}

// Start: Pyodide from what was downloaded, without another byte from the network.

/**
 * Write the members of an archive into Python's file system, without copying them. Python imports from files faster
 * than from an archive, and reads data files much faster.
 *
 * @param {FileSystem} fileSystem
 * @param {Uint8Array} archive a zip archive, its members stored
 * @param {string} folder
 */
function unpack(fileSystem, archive, folder) {
  const numbers = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const text = new TextDecoder();
  let made = "";
  let at = 0;
  while (numbers.getUint32(at, true) === 0x04034b50) {
    const size = numbers.getUint32(at + 18, true);
    const nameStart = at + 30;
    const nameEnd = nameStart + numbers.getUint16(at + 26, true);
    const start = nameEnd + numbers.getUint16(at + 28, true);
    const path = `${folder}/${text.decode(archive.subarray(nameStart, nameEnd))}`;
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (parent !== made) fileSystem.mkdirTree(parent);
    made = parent;
    at = start + size;
    fileSystem.writeFile(path, archive.subarray(start, at), { canOwn: true });
  }
}

/**
 * Run `start` while Pyodide's own requests get what was downloaded: it fetches its standard library and its wasm
 * itself and has no option to hand them in. When one of them does not come to life it waits for ever, so this
 * watches the wasm, the clock, and whatever `start` reports to `stop`.
 *
 * @template T
 * @param {Code} code
 * @param {number} limit in milliseconds
 * @param {(stop: (reason: unknown) => void) => Promise<T>} start
 * @returns {Promise<T>}
 */
async function handingOver({ module, needed }, limit, start) {
  const scope = globalThis;
  const original = { fetch: scope.fetch, instantiateStreaming: WebAssembly.instantiateStreaming };
  /** @type {(reason: unknown) => void} */
  let stop = () => {};
  /** @type {Promise<never>} */
  const stopped = new Promise((_, reject) => {
    stop = reject;
  });
  const timer = setTimeout(stop, limit, new Failure("start", null, `no answer within ${limit} ms`));
  scope.fetch = async (url) => {
    const name = String(url).slice(PACK.href.length);
    if (name === WASM) return new Response(); // compiled already: see below
    if (name === STDLIB) return new Response(NO_ARCHIVE);
    throw new Failure("start", name, "Pyodide asks for a file that was not downloaded");
  };
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    try {
      const { exports } = await WebAssembly.instantiate(module, imports);
      const linked = Object.fromEntries(Object.entries(exports).filter(([name]) => needed.has(name)));
      return { module, instance: { exports: linked } };
    } catch (cause) {
      stop(new Failure("start", WASM, cause));
      throw cause;
    }
  };
  try {
    return await Promise.race([start(stop), stopped]);
  } finally {
    clearTimeout(timer);
    scope.fetch = original.fetch;
    WebAssembly.instantiateStreaming = original.instantiateStreaming;
  }
}

/**
 * @param {Manifest} manifest
 * @param {Downloaded} downloaded
 * @param {{snapshot?: Snapshot, willBeSnapshot?: boolean}} [memory] from which Python continues, or which it will be
 * @returns {Promise<Pyodide>}
 */
function startPython(manifest, { code, stdlib, checkers, loader }, { snapshot, willBeSnapshot = false } = {}) {
  return handingOver(code, snapshot ? RESTORE_LIMIT : START_LIMIT, (stop) =>
    loader.loadPyodide({
      indexURL: PACK.href,
      stdLibURL: new URL(STDLIB, PACK).href,
      lockFileContents: manifest.lock,
      packageBaseUrl: PACK.href,
      _makeSnapshot: willBeSnapshot,
      _loadSnapshot: snapshot?.memory, // asks for its length now, for its content after `fsInit`
      fsInit: async (/** @type {FileSystem} */ fileSystem, /** @type {{sitePackages: string}} */ { sitePackages }) => {
        try {
          unpack(fileSystem, stdlib, sitePackages.replace(/\/[^/]*$/, ""));
          unpack(fileSystem, checkers, CHECKERS_FOLDER);
          await snapshot?.fill();
        } catch (cause) {
          stop(new Failure("start", STDLIB, cause));
        }
      },
    }),
  );
}

/**
 * Leave Python and this worker without a way out. No checker has run yet: none can keep one open for later.
 *
 * @param {Pyodide} pyodide
 * @returns {Answering}
 */
function enclose(pyodide) {
  /** @type {Answering} */
  const answering = pyodide.pyimport(ANSWERING);
  answering.close();
  closeDoors();
  return answering;
}

/**
 * Make the checkers importable and import those that are wanted.
 *
 * @param {Pyodide} pyodide
 * @param {Manifest} manifest
 * @param {string[]} wanted ids of checkers
 * @returns {Answering}
 */
function importCheckers(pyodide, manifest, wanted) {
  pyodide.runPython(`import sys; sys.path.insert(0, "${CHECKERS_FOLDER}")`);
  const answering = enclose(pyodide);
  answering.register(JSON.stringify(manifest.checkers));
  for (const id of wanted) answering.load(id);
  return answering;
}

// Close: what was pasted must not leave, whatever a checker does. The page's policy holds for this worker too and lets
// nothing through to other servers; with what follows nothing goes to the site's own server either, on any host.

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
function closeDoors() {
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
 */
function reportRequests() {
  /** @param {{address: string, startTime: number, stopped: boolean}[]} seen */
  const report = (seen) => {
    const now = performance.now();
    const requests = seen.map(({ startTime, ...request }) => ({ ...request, ago: now - startTime }));
    if (requests.length) page.postMessage({ type: "requests", requests });
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

// Messages.

const page = /** @type {{postMessage(message: object): void}} */ (/** @type {unknown} */ (self));

/**
 * @param {unknown} cause
 * @param {FailedStage} stage for causes that name none
 * @param {number | null} run
 */
function tellFailure(cause, stage, run) {
  const failure = cause instanceof Failure ? cause : new Failure(stage, null, cause);
  page.postMessage({ type: "failed", run, stage: failure.stage, file: failure.file, detail: failure.message });
}

/** @param {ProgressStage} stage @returns {(loaded: number, total: number) => void} */
const progress = (stage) => (loaded, total) => page.postMessage({ type: "progress", stage, loaded, total });

/**
 * @param {RequestInit} how
 * @param {Promise<unknown>} hurry see `download`
 * @returns {Promise<[Manifest, Downloaded]>}
 */
async function fetchPack(how, hurry) {
  const manifest = during("manifest", MANIFEST, readManifest());
  manifest.catch(() => {}); // told once, by the download that awaits it
  const giveUp = new AbortController();
  const downloading = download(manifest, { ...how, signal: giveUp.signal }, hurry, progress("download"));
  downloading.catch(() => giveUp.abort());
  const downloaded = await during("download", null, downloading);
  return [await manifest, downloaded];
}

/**
 * Continue from a snapshot.
 *
 * @param {Manifest} manifest
 * @param {Downloaded} downloaded
 * @param {string[]} wanted ids of checkers
 * @param {Snapshot} snapshot
 * @returns {Promise<Answering | null>} `null` when it fails; then the snapshot is gone
 */
async function restore(manifest, downloaded, wanted, snapshot) {
  try {
    const pyodide = await startPython(manifest, downloaded, { snapshot });
    const answering = enclose(pyodide);
    for (const id of wanted) answering.load(id);
    return answering;
  } catch {
    return dropSnapshot(PACK);
  }
}

/**
 * From nothing to a Python that can answer.
 *
 * @param {string[]} wanted ids of checkers
 * @returns {Promise<Started>}
 */
async function start(wanted) {
  const finding = findSnapshot(PACK);
  const [manifest, downloaded] = await fetchPack({}, finding);
  const snapshot = await finding;
  const total = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  progress("start")(total, total);
  const restored = snapshot && (await restore(manifest, downloaded, wanted, snapshot));
  if (restored) return { answering: restored, isRestored: true };
  const pyodide = await during("start", null, startPython(manifest, downloaded));
  progress("import")(total, total);
  try {
    return { answering: importCheckers(pyodide, manifest, wanted), isRestored: false };
  } catch (cause) {
    throw new Failure("import", CHECKERS, cause);
  }
}

/**
 * Make the snapshot: the memory of a Python that has done all that a first answer needs, and has seen no reader.
 * Everything that JavaScript holds of it is given back first, and so is what Python no longer needs.
 *
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function makeSnapshot() {
  // What is here already is good enough, however old: the address names the content, and hashes are checked.
  const [manifest, downloaded] = await fetchPack({ cache: "force-cache" }, Promise.resolve(true));
  const pyodide = await startPython(manifest, downloaded, { willBeSnapshot: true });
  const answering = importCheckers(pyodide, manifest, []);
  for (const { id } of manifest.checkers) answering.warm(id);
  answering.destroy();
  pyodide.runPython("import gc; gc.collect(); None");
  return pyodide.makeMemorySnapshot();
}

/** @type {Promise<Started> | null} */
let starting = null;

/** Whether the page has asked anything. */
let isAsked = false;

/** @param {StartMessage} message */
async function onStart(message) {
  if (starting) return;
  starting = start(message.checkers);
  try {
    const { answering, isRestored } = await starting;
    page.postMessage(isRestored ? { type: "ready", snapshot: true } : { type: "ready" });
    if (!isRestored) setTimeout(warmUnlessAsked, WARM_PAUSE, answering, message.checkers);
  } catch (cause) {
    tellFailure(cause, "start", null);
  }
}

/**
 * While the reader is still typing, do what the first answer needs.
 *
 * @param {Answering} answering
 * @param {string[]} wanted ids of checkers
 */
function warmUnlessAsked(answering, wanted) {
  for (const id of wanted) if (!isAsked) answering.warm(id);
}

async function onKeep() {
  try {
    page.postMessage({ type: "kept", bytes: await keepSnapshot(PACK, makeSnapshot) });
  } catch (cause) {
    tellFailure(cause, "start", null);
  }
}

/** @param {RunMessage} message */
async function onRun({ run, checker, answers, today, locale }) {
  isAsked = true;
  /** @type {Started} */
  let started;
  try {
    if (!starting) throw new Error("asked before it was started");
    started = await starting;
  } catch (cause) {
    tellFailure(cause, "start", run);
    return;
  }
  try {
    page.postMessage({ type: "verdict", run, verdict: started.answering.run(checker, answers, today, locale) });
  } catch (cause) {
    // The page ends this worker and makes another, which shall not continue where this one failed.
    if (started.isRestored) await dropSnapshot(PACK);
    tellFailure(cause, "run", run);
  }
}

reportRequests();
self.addEventListener("message", (/** @type {MessageEvent<StartMessage | RunMessage | KeepMessage>} */ event) => {
  const message = event.data;
  if (message.type === "start") onStart(message);
  else if (message.type === "run") onRun(message);
  else if (message.type === "keep") onKeep();
});
