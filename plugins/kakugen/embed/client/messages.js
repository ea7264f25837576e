/**
 * Texts to take along: messages to send, and the report that a reader may send to the site.
 *
 * In: a verdict. Out: elements that show each text and copy it, and say whether that worked.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Verdict} Verdict
 * @typedef {import("./types.js").Words} Words
 */

import { make } from "./dom.js";

/** Counts the messages shown on all pages of the tab: each has an id of its own. */
let count = 0;

/**
 * @param {Verdict} verdict
 * @param {Paper} paper
 */
export function messages(verdict, paper) {
  const { words } = paper;
  const entries = verdict.messages.map(({ to, label, text }) => {
    const name = `kakugen-message-${(count += 1)}`;
    const area = make("textarea", { class: "checker-message-text", id: name, rows: rowsOf(text), spellcheck: "false" });
    area.value = text;
    return make(
      "div",
      { class: "checker-message" },
      make("label", { for: name }, label, recipient(to, words)),
      area,
      copyButton(() => area.value, area, words),
    );
  });
  return paper.part("messages", words.messages, ...entries);
}

/**
 * @param {string} report
 * @param {Paper} paper
 */
export function reportPart(report, { words, catalog }) {
  if (!report) return null;
  const text = make(
    "pre",
    { class: "checker-read", tabindex: 0, role: "region", "aria-label": words.report, translate: "no" },
    report,
  );
  return make(
    "details",
    { class: "checker-part", "data-part": "report" },
    make("summary", null, words.report),
    make("p", null, words.reportHelp),
    text,
    copyButton(() => report, text, words),
    // A page of its own: the answer stays, and nothing of it goes along.
    catalog.report && make(
      "p",
      { class: "checker-more" },
      make("a", { href: catalog.report, target: "_blank", rel: "noopener noreferrer" }, words.reportOpen),
    ),
  );
}

/**
 * @param {string} actor
 * @param {Words} words
 */
function recipient(actor, words) {
  /** @type {Record<string, string>} */
  const recipients = {
    domain: words.toDomain,
    host: words.toHost,
    recipient: words.toRecipient,
    "recipient-admin": words.toRecipientAdmin,
  };
  return recipients[actor] ? make("span", null, recipients[actor]) : null;
}

/** @param {string} text */
function rowsOf(text) {
  return Math.min(16, Math.max(4, text.split("\n").length + 1));
}

/**
 * @param {() => string} text
 * @param {HTMLElement} place shows the same text; selected where the clipboard is out of reach
 * @param {Words} words
 */
function copyButton(text, place, words) {
  const label = make("span", null, words.copy);
  const button = make("button", { type: "button", class: "checker-copy", "data-copy": true }, label);
  const said = make("span", { class: "checker-unseen", role: "status" });
  button.addEventListener("click", async () => {
    const copied = await copy(text(), place);
    const answer = copied ? words.copied : words.notCopied;
    label.replaceChildren(answer);
    said.replaceChildren(answer);
    button.toggleAttribute("data-copied", copied);
    setTimeout(() => {
      label.replaceChildren(words.copy);
      said.replaceChildren();
      button.toggleAttribute("data-copied", false);
    }, 4000);
  });
  return make("p", { class: "checker-copying" }, button, said);
}

/**
 * @param {string} text
 * @param {HTMLElement} place
 */
async function copy(text, place) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure address or permission: select it, so that the reader can copy it by hand.
    if (place instanceof HTMLTextAreaElement) place.select();
    else getSelection()?.selectAllChildren(place);
    return false;
  }
}
