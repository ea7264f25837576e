/**
 * From a file to the prose in it: every line stays where it is, and what is no prose becomes blank.
 *
 * In: the path and the text of a Markdown, TOML or JSON file. Out: Markdown for textlint. Of Markdown go front matter
 * but title and summary, blocks (`/// …`) with their options, the kinds of admonitions and attributes; of data stays
 * what stands behind the key `ja`, or everything in a file named `ja`.
 */

const TEXT = /"(?:[^"\\\n]|\\.)*"/uy;
const LONG = /"""\n?([^]*?)"""/uy;

/** @param {string} file */
export function reads(file) {
  return /(?:(?:^|\/)docs\/ja\/.*\.md|\.ja\.md|\/data\/.*\.toml|\/ja\.(?:toml|json))$/u.test(file.replaceAll("\\", "/"));
}

/**
 * @param {string} file its path from the root of the repository
 * @param {string} text
 */
export function ofFile(file, text) {
  if (file.endsWith(".md")) return ofMarkdown(text);
  return ofData(text, /\/ja\.(?:toml|json)$/u.test(file) ? /[\w"-]+[ ]*[=:][ ]*/gu : /\bja[ ]*=[ ]*/gu);
}

/**
 * Whether a place stands in 「」: words of a screen, or of the reader.
 *
 * @param {string} text
 * @param {number} index
 */
export function isQuoted(text, index) {
  const start = text.lastIndexOf("\n", index) + 1;
  const before = text.slice(start, index);
  return before.lastIndexOf("「") > before.lastIndexOf("」");
}

/** @param {string} text */
function ofMarkdown(text) {
  const head = /^---\n[^]*?\n---(?=\n)/u.exec(text)?.[0] ?? "";
  const body = text.slice(head.length);
  return head.split("\n").map(ofFrontMatter).join("\n") + ofBody(body.split("\n")).join("\n");
}

/** @param {string} line */
function ofFrontMatter(line) {
  const found = /^(title|summary): *"?(.*?)"?$/u.exec(line);
  if (!found) return "";
  return found[1] === "title" ? `# ${found[2]}` : (found[2] ?? "");
}

/** @param {string[]} lines */
function ofBody(lines) {
  let fence = "";
  let inside = false; // of an admonition, whose text would be code where its first line is gone
  let options = false; // below the first line of a block
  return lines.map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/u.exec(line)?.[1];
    if (mark && (!fence || mark.startsWith(fence))) {
      fence = fence ? "" : mark;
      return line;
    }
    if (fence) return line;
    if (/^\s*\/{3,}/u.test(line)) {
      options = /\S/u.test(line.replaceAll("/", ""));
      return "";
    }
    if (options && /^ {4}\S+:/u.test(line)) return "";
    options = false;
    const opening = /^(?:!!!|\?\?\?\+?) *[\w -]*(?:"(.*)")?$/u.exec(line);
    if (opening) {
      inside = true;
      return opening[1] ? `#### ${opening[1]}` : "";
    }
    if (inside && /^\S/u.test(line)) inside = false;
    return (inside ? line.replace(/^ {4}/u, "") : line).replace(/\{:[^}]*\}/gu, "");
  });
}

/**
 * @param {string} text
 * @param {RegExp} key what stands before a text
 */
function ofData(text, key) {
  const lines = text.split("\n").map(() => "");
  for (const found of text.matchAll(key)) {
    const at = found.index + found[0].length;
    const value = valueAt(text, at);
    if (value === null || !/[ぁ-ん]/u.test(value)) continue;
    const line = text.slice(0, at).split("\n").length - 1;
    for (const [row, part] of value.split("\n").entries()) {
      const place = Math.min(line + row, lines.length - 1);
      // A heading is no sentence, so that a text of a few words needs no full stop.
      const shown = /[。？！：]/u.test(part) ? part : part && `# ${part}`;
      lines[place] += lines[place] && shown ? `　${shown.replace(/^# /u, "")}` : shown;
    }
  }
  return lines.join("\n");
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {string | null}
 */
function valueAt(text, at) {
  LONG.lastIndex = at;
  const long = LONG.exec(text);
  if (long) return (text[at + 3] === "\n" ? "\n" : "") + long[1];
  TEXT.lastIndex = at;
  const short = TEXT.exec(text);
  return short ? JSON.parse(short[0].replaceAll("\\U", "\\u")) : null;
}
