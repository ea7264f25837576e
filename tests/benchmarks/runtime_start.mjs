/**
 * Prints the milliseconds from nothing to a Python that has imported the bounce checker, and to its first answer.
 *
 * usage: node runtime_start.mjs pack <folder of the pack>
 *        node runtime_start.mjs plain <folder of the npm package pyodide> <zip of the checkers as source>
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const ANSWERS = JSON.stringify({ mail: "550 5.1.1 <nobody@example.jp>: Recipient address rejected: User unknown" });
const [kind, folder, archive] = process.argv.slice(2);

async function plain() {
  const begin = performance.now();
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const pyodide = await loadPyodide({ indexURL: folder });
  pyodide.unpackArchive(readFileSync(archive), "zip");
  pyodide.runPython(`
    from datetime import date
    from kakugen_checkers.bounce import checker
    from kakugen_checkers.protocol import answers_from_json, to_json
    def answer(text):
        return to_json(checker.run(answers_from_json(text), today=date(2026, 11, 24), locale="ja"))
  `);
  const ready = performance.now();
  pyodide.globals.get("answer")(ANSWERS);
  return [ready - begin, performance.now() - begin];
}

function pack() {
  const begin = performance.now();
  const shim = new URL("../plugin/runtime/node_worker.mjs", import.meta.url);
  const workerData = { pack: pathToFileURL(`${folder}/`).href, wasmType: "application/wasm" };
  const worker = new Worker(shim, { workerData });
  worker.postMessage({ type: "start", checkers: ["bounce"] });
  return new Promise((resolve, reject) => {
    let ready = 0;
    worker.on("message", (message) => {
      if (message.type === "failed") reject(new Error(`${message.stage}: ${message.detail}`));
      if (message.type === "verdict") resolve([ready - begin, performance.now() - begin]);
      if (message.type === "ready") {
        ready = performance.now();
        worker.postMessage({ type: "run", run: 1, checker: "bounce", answers: ANSWERS, today: "2026-11-24", locale: "ja" });
      }
    });
  });
}

console.log(JSON.stringify(await (kind === "pack" ? pack() : plain())));
process.exit(0);
