/**
 * Makes the index, at build: node build.cjs PACKAGES DOCUMENTS INDEX, where MiniSearch is among the PACKAGES
 */

const fs = require("node:fs");
const { tokens, isCode, OPTIONS } = require("./tokens.js");

const [packages, documents, out] = process.argv.slice(2);
const MiniSearch = require(require.resolve("minisearch", { paths: [packages] }));

const index = new MiniSearch(OPTIONS);
for (const document of JSON.parse(fs.readFileSync(documents, "utf8"))) {
  const symptoms = document.symptoms.join(" \n");
  // codes count in a field of their own, wherever the page names them
  const named = [document.title, symptoms, document.text].flatMap(tokens).filter(isCode);
  index.add({ ...document, codes: [...new Set(named)].join(" "), symptoms });
}
fs.writeFileSync(out, JSON.stringify(index));
