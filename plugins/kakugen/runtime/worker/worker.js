// @ts-check
/**
 * The worker of a pack: downloads it, starts Python and answers. The build makes one script of it and of what it
 * imports.
 *
 * Messages of the page come in (`start`, `add`, `run`), messages to the page go out (`progress`, `ready`, `added`,
 * `verdict`, `failed`, `requests`). A worker that failed before `ready` is of no more use: the page ends it and makes
 * another. Nothing is fetched but the files of the pack, and once Python has started nothing can be (see doors.js): of
 * checkers that the page has later, it sends the archives.
 *
 * `ready` says with `snapshot: true` that Python was not started but restored (see snapshot.js), and it is there in
 * no other case. When anything about the snapshot is in doubt, the ordinary start takes its place and nobody is told.
 * `lacking` says that it was made for other checkers only, so that another should be made. A worker that gets `keep` in
 * place of `start` makes one and answers `kept` with its size in bytes, 0 for none, or `failed`; then it is of no more
 * use.
 *
 * @typedef {"download" | "start" | "import"} ProgressStage
 * @typedef {{type: "start", checkers: string[]}} StartMessage
 * @typedef {{type: "keep", checkers: string[]}} KeepMessage
 * @typedef {{type: "add", checker: string, archives: {name: string, content: ArrayBuffer}[]}} AddMessage
 * @typedef {{type: "run", run: number, checker: string, answers: string, today: string, locale: string}} RunMessage
 * @typedef {import("./failure.js").FailedStage} FailedStage
 * @typedef {import("./download.js").Downloaded} Downloaded
 * @typedef {import("./download.js").Manifest} Manifest
 * @typedef {import("./python.js").Answering} Answering
 * @typedef {import("./snapshot.js").Snapshot} Snapshot
 * @typedef {import("./python.js").Pyodide} Pyodide
 * @typedef {{manifest: Manifest, pyodide: Pyodide, answering: Answering, snapshot?: Snapshot}} Started
 */

import { reportRequests } from "./doors.js";
import { PACK, fetchPack, received } from "./download.js";
import { Failure, during } from "./failure.js";
import { addArchives, enclose, importCheckers, startPython } from "./python.js";
import { dropSnapshot, findSnapshot, isInitial, keepSnapshot } from "./snapshot.js";

/** How long the page has for a question that waits, before the checkers are warmed up, in milliseconds. */
const WARM_PAUSE = 50;

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
 * Continue from a snapshot.
 *
 * @param {Manifest} manifest
 * @param {Downloaded} downloaded
 * @param {string[]} wanted ids of checkers
 * @param {Snapshot} snapshot
 * @returns {Promise<Started | null>} `null` when it fails; then the snapshot is gone
 */
async function restore(manifest, downloaded, wanted, snapshot) {
  try {
    const pyodide = await startPython(manifest, downloaded, { snapshot });
    const answering = enclose(pyodide);
    for (const id of wanted) answering.load(id);
    return { manifest, pyodide, answering, snapshot };
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
  let total = 0;
  const [manifest, downloaded] = await fetchPack(wanted, {}, finding, (loaded, all) => {
    total = all;
    progress("download")(loaded, all);
  });
  const snapshot = await finding;
  progress("start")(total, total);
  const restored = snapshot && (await restore(manifest, downloaded, wanted, snapshot));
  if (restored) return restored;
  const pyodide = await during("start", null, startPython(manifest, downloaded));
  progress("import")(total, total);
  try {
    return { manifest, pyodide, answering: importCheckers(pyodide, manifest, wanted) };
  } catch (cause) {
    throw new Failure("import", null, cause);
  }
}

/**
 * Make the snapshot: the memory of a Python that has done all that a first answer needs, and has seen no reader. With
 * many checkers it may grow past what can be restored: then fewer are warmed up, in the end none.
 *
 * @param {string[]} wanted ids of checkers, those of the reader's page
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function makeSnapshot(wanted) {
  // What is here already is good enough, however old: the address names the content, and hashes are checked.
  const how = { cache: /** @type {const} */ ("force-cache") };
  const [manifest, downloaded] = await fetchPack(wanted, how, Promise.resolve(true), progress("download"));
  const counts = new Set([wanted.length, Math.min(1, wanted.length), 0]);
  let memory = new Uint8Array();
  for (const count of counts) {
    memory = await warmMemory(manifest, downloaded, wanted.slice(0, count));
    if (isInitial(memory.length)) break;
  }
  return memory;
}

/**
 * The memory of a Python that has answered. Everything that JavaScript holds of it is given back first, and so is what
 * Python no longer needs.
 *
 * @param {Manifest} manifest
 * @param {Downloaded} downloaded
 * @param {string[]} warmed ids of checkers
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function warmMemory(manifest, downloaded, warmed) {
  const pyodide = await startPython(manifest, downloaded, { willBeSnapshot: true });
  const answering = importCheckers(pyodide, manifest, []);
  for (const id of warmed) answering.warm(id);
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
    const { answering, snapshot } = await starting;
    if (snapshot) {
      const lacking = message.checkers.some((id) => !snapshot.checkers.includes(id));
      page.postMessage({ type: "ready", snapshot: true, lacking });
    } else {
      page.postMessage({ type: "ready" });
      setTimeout(warmUnlessAsked, WARM_PAUSE, answering, message.checkers);
    }
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

/** @param {KeepMessage} message */
async function onKeep({ checkers }) {
  try {
    page.postMessage({ type: "kept", bytes: await keepSnapshot(PACK, checkers, makeSnapshot) });
  } catch (cause) {
    tellFailure(cause, "start", null);
  }
}

/** @param {AddMessage} message */
async function onAdd({ checker, archives }) {
  try {
    if (!starting) throw new Error("asked before it was started");
    const { manifest, pyodide, answering } = await starting;
    addArchives(pyodide, await Promise.all(archives.map(({ name, content }) => received(manifest, name, content))));
    answering.load(checker);
    page.postMessage({ type: "added", checker });
  } catch (cause) {
    tellFailure(cause, "import", null);
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
    if (started.snapshot) await dropSnapshot(PACK);
    tellFailure(cause, "run", run);
  }
}

reportRequests((requests) => page.postMessage({ type: "requests", requests }));
self.addEventListener("message", (/** @type {MessageEvent<StartMessage | AddMessage | RunMessage | KeepMessage>} */ event) => {
  const message = event.data;
  if (message.type === "start") onStart(message);
  else if (message.type === "add") onAdd(message);
  else if (message.type === "run") onRun(message);
  else if (message.type === "keep") onKeep(message);
});
