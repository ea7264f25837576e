// @ts-check
/**
 * Download: all files of a pack at once, counted in bytes as they are after decompression, each verified by its length
 * and hash before any of it runs.
 *
 * In: the address of the pack, which is that of the worker, and the checkers that a page has. Out: compiled wasm,
 * archives in memory, a script that has run; or a `Failure` that names the file.
 *
 * @typedef {{name: string, bytes: number, sha256: string}} PackFile
 * @typedef {{id: string, module: string, attribute: string, archives: string[]}} CheckerPlace
 * @typedef {{schema: number, pack: string, lock: object, files: PackFile[], checkers: CheckerPlace[]}} Manifest
 * @typedef {{loadPyodide(options: object): Promise<import("./python.js").Pyodide>}} Loader the module `pyodide.mjs`
 * @typedef {{module: WebAssembly.Module, needed: Set<string>}} Code the wasm, and what of it Pyodide's script needs
 * @typedef {{stdlib: Uint8Array, checkers: Uint8Array[], code: Code, loader: Loader}} Downloaded
 * @typedef {(loaded: number, total: number) => void} Report is told of progress, in bytes
 */

import { Failure, during } from "./failure.js";

export const PACK = new URL("./", import.meta.url);
const MANIFEST = "manifest.json";
export const WASM = "pyodide.asm.wasm";
const LOADER = "pyodide.mjs";
const GLUE = "pyodide.asm.js";
export const STDLIB = "stdlib.zip.txt";
const COMMON = "checkers.zip.txt";
const SCHEMA = 2;

/** How Pyodide's script names a function of the wasm that it needs. */
const NEEDED = /wasmExports(?:\["(\w+)"\]|\.(\w+))/g;

/** How many bytes arrive between two messages of progress. */
const PROGRESS_STEP = 100_000;

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
 * extensions, which no pack has (the build refuses compiled code), and linking them takes a good part of a second
 * visit. That the script reaches none of them in another way is tested for the version of Pyodide that we pin.
 *
 * @param {Uint8Array} glue the script
 */
function neededIn(glue) {
  const names = new TextDecoder("latin1").decode(glue).matchAll(NEEDED);
  return new Set(Array.from(names, ([, quoted, plain]) => /** @type {string} */ (quoted ?? plain)));
}

/** What every page loads. */
const CORE = [LOADER, GLUE, WASM, STDLIB, COMMON];

/**
 * @param {Manifest} manifest
 * @param {string[]} checkers their ids
 * @returns {string[]} the archives that they need besides what every page loads; none for those that the pack has not
 */
function archivesOf(manifest, checkers) {
  return [...new Set(manifest.checkers.flatMap(({ id, archives }) => (checkers.includes(id) ? archives : [])))];
}

/**
 * @param {Manifest} manifest
 * @param {string} name of a file
 */
function entryOf({ files }, name) {
  const file = files.find((one) => one.name === name);
  if (!file) throw new Failure("manifest", MANIFEST, `does not name ${name}`);
  return file;
}

/**
 * Take an archive that the page has fetched, because this worker no longer can.
 *
 * @param {Manifest} manifest
 * @param {string} name
 * @param {ArrayBuffer} content
 */
export async function received(manifest, name, content) {
  const file = entryOf(manifest, name);
  const bytes = new Uint8Array(content);
  if (bytes.length !== file.bytes) throw new Failure("verify", name, `${bytes.length} bytes, expected ${file.bytes}`);
  await verify(file, bytes);
  return bytes;
}

/**
 * Fetch the pack. What can be compiled is compiled on the way, and nothing runs before it is verified. The scripts
 * come from the browser's cache when they run: a strict policy lets a worker run only what it imports by address.
 *
 * @param {Promise<Manifest>} arriving the manifest
 * @param {string[]} checkers ids of those that are wanted
 * @param {RequestInit & {signal: AbortSignal}} how its signal ends what is still on its way
 * @param {Promise<unknown>} hurry whether there is something: then nobody has to be told how it goes
 * @param {(loaded: number, total: number) => void} report
 * @returns {Promise<Downloaded>}
 */
async function download(arriving, checkers, how, hurry, report) {
  const { signal } = how;
  /** @type {Map<string, Promise<Response>>} */
  const responses = new Map();
  /** @param {string} name */
  const ask = (name) => {
    const response = during("download", name, request(name, how));
    response.catch(() => {}); // told once, by who awaits it below
    responses.set(name, response);
  };
  CORE.forEach(ask);
  const whole = /** @type {Promise<Response>} */ (responses.get(WASM)).then((response) => {
    const copy = response.clone();
    const compiling = compileWhileArriving(response);
    compiling?.catch(() => {});
    return { copy, compiling };
  });
  whole.catch(() => {});

  const manifest = await arriving;
  const archives = archivesOf(manifest, checkers);
  archives.forEach(ask);
  const readBody = (await hurry) ? readWhole : readCounting;
  const total = [...CORE, ...archives].reduce((sum, name) => sum + entryOf(manifest, name).bytes, 0);
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
  /** @param {string} name */
  const read = async (name) => {
    const file = entryOf(manifest, name);
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
    const file = entryOf(manifest, WASM);
    const { copy, compiling } = await whole;
    const content = await during("download", WASM, readBody(copy, file, arrived));
    await verify(file, content);
    return during("start", WASM, compiling ?? WebAssembly.compile(content));
  };
  const [module, stdlib, loader, glue, ...held] = await Promise.all([
    readWasm(),
    read(STDLIB),
    runScript(LOADER),
    runScript(GLUE),
    ...[COMMON, ...archives].map(read),
  ]);
  return { code: { module, needed: neededIn(glue.content) }, stdlib, checkers: held, loader: loader.script };
}

/**
 * @param {string[]} checkers ids of those that are wanted
 * @param {RequestInit} how
 * @param {Promise<unknown>} hurry see `download`
 * @param {Report} report
 * @returns {Promise<[Manifest, Downloaded]>}
 */
export async function fetchPack(checkers, how, hurry, report) {
  const manifest = during("manifest", MANIFEST, readManifest());
  manifest.catch(() => {}); // told once, by the download that awaits it
  const giveUp = new AbortController();
  const downloading = download(manifest, checkers, { ...how, signal: giveUp.signal }, hurry, report);
  downloading.catch(() => giveUp.abort());
  const downloaded = await during("download", null, downloading);
  return [await manifest, downloaded];
}
