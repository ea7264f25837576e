/**
 * Runs a pack's own worker.js in a thread of Node, with the few things of a browser's worker that it uses.
 *
 * usage: node node_worker.mjs <folder of the pack> <type for .wasm files>
 * In: JSON lines on stdin, one message of a page each; the next is sent when the last is answered.
 * Out: JSON lines on stdout, every message of the worker, then {"type": "end"}. What the process returns after that
 * tells nothing: Node may crash where it ends a thread in the middle of compiling.
 */
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { pathToFileURL, fileURLToPath } from "node:url";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

async function host() {
  const [folder, wasmType] = process.argv.slice(2);
  const worker = new Worker(fileURLToPath(import.meta.url), {
    workerData: { pack: pathToFileURL(`${folder}/`).href, wasmType },
  });
  const answered = new Set(["ready", "verdict", "failed"]);
  let tell = () => {};
  worker.on("message", (message) => {
    console.log(JSON.stringify(message));
    if (answered.has(message.type)) tell();
  });
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = new Promise((resolve) => (tell = resolve));
    worker.postMessage(JSON.parse(line));
    await answer;
  }
  console.log(JSON.stringify({ type: "end" }));
  await worker.terminate();
}

/** Reads a file of the pack the way a server would send it. */
async function fetchFile(url) {
  const path = fileURLToPath(url);
  const type = path.endsWith(".wasm") ? workerData.wasmType : "text/plain";
  try {
    return new Response(await readFile(path), { headers: { "content-type": type } });
  } catch {
    return new Response("", { status: 404 });
  }
}

async function browserWorker() {
  const scope = globalThis;
  const listeners = [];
  scope.WorkerGlobalScope = class {
    static [Symbol.hasInstance](value) {
      return value === scope;
    }
  };
  scope.self = scope;
  scope.location = new URL("worker.js", workerData.pack);
  scope.fetch = fetchFile;
  scope.importScripts = () => {
    throw new TypeError("a module worker has no importScripts");
  };
  scope.postMessage = (message) => parentPort.postMessage(structuredClone(message));
  scope.addEventListener = (type, listener) => type === "message" && listeners.push(listener);
  delete scope.process; // or Pyodide takes the paths that are for Node
  const early = [];
  parentPort.on("message", (data) => (listeners.length ? listeners.forEach((l) => l({ data })) : early.push(data)));
  await import(scope.location.href);
  for (const data of early) listeners.forEach((listener) => listener({ data }));
}

await (isMainThread ? host() : browserWorker());
