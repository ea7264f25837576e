// @ts-check
/**
 * Start: Pyodide from what was downloaded, without another byte from the network, anew or from a snapshot; then the
 * checkers, behind closed doors.
 *
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
 * @typedef {import("./download.js").Code} Code
 * @typedef {import("./download.js").Downloaded} Downloaded
 * @typedef {import("./download.js").Manifest} Manifest
 * @typedef {import("./snapshot.js").Snapshot} Snapshot
 */

import { closeDoors } from "./doors.js";
import { PACK, STDLIB, WASM } from "./download.js";
import { Failure } from "./failure.js";

const ANSWERING = "kakugen_answering";

/** Where the checkers lie in Python's file system. */
const CHECKERS_FOLDER = "/lib/checkers";

/** A zip archive of nothing: Pyodide wants its standard library as one, and has it as files already. */
const NO_ARCHIVE = new Uint8Array([0x50, 0x4b, 5, 6, ...new Array(18).fill(0)]);

/** How long Python may take from the last byte to its first word, in milliseconds. */
const START_LIMIT = 120_000;

/** How long it may take to continue from a snapshot, in milliseconds; then the ordinary start takes over. */
const RESTORE_LIMIT = 10_000;

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
export function startPython(manifest, { code, stdlib, checkers, loader }, { snapshot, willBeSnapshot = false } = {}) {
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
          for (const archive of checkers) unpack(fileSystem, archive, CHECKERS_FOLDER);
          await snapshot?.fill();
        } catch (cause) {
          stop(new Failure("start", STDLIB, cause));
        }
      },
    }),
  );
}

/**
 * Put more checkers beside those that are there.
 *
 * @param {Pyodide} pyodide
 * @param {Uint8Array[]} archives
 */
export function addArchives(pyodide, archives) {
  for (const archive of archives) unpack(pyodide.FS, archive, CHECKERS_FOLDER);
}

/**
 * Leave Python and this worker without a way out. No checker has run yet: none can keep one open for later.
 *
 * @param {Pyodide} pyodide
 * @returns {Answering}
 */
export function enclose(pyodide) {
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
export function importCheckers(pyodide, manifest, wanted) {
  pyodide.runPython(`import sys; sys.path.insert(0, "${CHECKERS_FOLDER}")`);
  const answering = enclose(pyodide);
  answering.register(JSON.stringify(manifest.checkers));
  for (const id of wanted) answering.load(id);
  return answering;
}
