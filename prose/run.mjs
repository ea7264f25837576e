/**
 * Checks the Japanese that readers see: articles and maxims, and the texts of the checkers and of the pages.
 *
 * In: the files named on the command line, or all. Out: what textlint finds, as `file:line: …` or, with
 * `--format github`, as annotations of the git host; the exit code says whether there was anything. textlint gets to
 * see prose only, on the lines where it stands: `prose.mjs` takes the rest away.
 */

import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { argv, exit } from "node:process";
import { fileURLToPath } from "node:url";
import { createLinter, loadTextlintrc } from "textlint";

import { isQuoted, ofFile, reads } from "./prose.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);

/** Where texts for readers lie; of their files those that `reads` knows are read. */
const FOLDERS = [
  "docs/ja",
  "checkers/kakugen_checkers/data",
  "plugins/kakugen/pages/labels",
  "plugins/kakugen/embed/client/words",
];

/** What may be otherwise in 「」, where the words of a screen or of a server stand as they are. */
const OURS = new Set(["prh", "no-exclamation-question-mark"]);

/** What holds for sentences, and not for the cells of tables and the labels among the data. */
const SENTENCES = new Set(["ja-no-mixed-period"]);

const { files, format } = options(argv.slice(2));
const descriptor = await loadTextlintrc({
  configFilePath: join(HERE, "textlint.json"),
  node_modulesDir: join(ROOT, "node_modules"),
});
const linter = createLinter({ descriptor });

let found = 0;
for (const file of files) {
  const prose = ofFile(file, readFileSync(join(ROOT, file), "utf8"));
  if (!prose.trim()) continue;
  const { messages } = await linter.lintText(prose, `${file}.md`);
  for (const { line, message, ruleId, range } of messages) {
    const rule = ruleId.replace(/^.*\//u, "");
    if ((OURS.has(rule) && isQuoted(prose, range[0])) || (SENTENCES.has(rule) && !file.endsWith(".md"))) continue;
    found += 1;
    console.log(shown(file, line, rule, message.split("\n")[0]));
  }
}
console.log(found ? `直すところが${found}か所あります。` : `直すところはありません（${files.length}ファイル）。`);
exit(found ? 1 : 0);

/** @param {string[]} given */
function options(given) {
  const at = given.indexOf("--format");
  const rest = at < 0 ? given : given.toSpliced(at, 2);
  return {
    format: at < 0 ? "text" : given[at + 1],
    files: rest.length ? rest.map((file) => relative(ROOT, resolve(file))).filter(reads) : all(),
  };
}

function all() {
  const guides = readdirSync(ROOT).filter(reads);
  const texts = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
      .filter(reads)
      .sort(),
  );
  return [...guides, ...texts];
}

/**
 * @param {string} file
 * @param {number} line
 * @param {string} rule
 * @param {string} message
 */
function shown(file, line, rule, message) {
  if (format !== "github") return `${file}:${line}: ${message} [${rule}]`;
  const text = message.replaceAll("%", "%25").replaceAll("\r", "%0D");
  return `::warning file=${file},line=${line},title=${rule}::${text}`;
}
