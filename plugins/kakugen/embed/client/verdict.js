/**
 * A verdict as a page: what happened, who must act, what to do, and what all of that rests on.
 *
 * In: the verdict's JSON, the text that it is about, and the links of the page. Out: elements made from text.
 * The order is the order in which a reader needs it, the same on a phone and on a desk.
 *
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Link} Link
 * @typedef {import("./types.js").Verdict} Verdict
 * @typedef {import("./types.js").Words} Words
 * @typedef {{root: URL, catalog: Catalog, level: number}} Place where the answer stands: the root of the site, what
 *   it can link to, the level of its heading
 */

import { foreign, icon, make } from "./dom.js";
import { showEvidence, showFirstMarks } from "./evidence.js";
import { calendar, fill } from "./words.js";

export class VerdictView {
  #section;
  #words;
  #place;

  /**
   * @param {HTMLElement} section the `[data-verdict]` element
   * @param {Words} words
   * @param {Place} place
   */
  constructor(section, words, place) {
    this.#section = section;
    this.#words = words;
    this.#place = place;
  }

  /**
   * @param {Verdict} verdict
   * @param {Map<string, string>} texts what was entered, by field
   * @param {() => void} another called when the reader wants to ask about something else
   */
  show(verdict, texts, another) {
    const page = new VerdictPage(verdict, texts, this.#words, this.#place);
    this.#section.dataset.topic = verdict.topic ?? "";
    this.#section.dataset.status = verdict.status;
    this.#section.lang = verdict.locale;
    this.#section.replaceChildren(...page.parts(another));
    this.#section.hidden = false;
    showFirstMarks(this.#section);
  }

  /** Move the reader to the answer. */
  focus() {
    const heading = this.#section.querySelector("[data-heading]");
    if (!(heading instanceof HTMLElement)) return;
    heading.focus({ preventScroll: true });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#section.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
  }

  clear() {
    this.#section.hidden = true;
    this.#section.replaceChildren();
    delete this.#section.dataset.topic;
    delete this.#section.dataset.status;
  }
}

class VerdictPage {
  #verdict;
  #texts;
  #words;
  #place;

  /**
   * @param {Verdict} verdict
   * @param {Map<string, string>} texts
   * @param {Words} words
   * @param {Place} place
   */
  constructor(verdict, texts, words, place) {
    this.#verdict = verdict;
    this.#texts = texts;
    this.#words = words;
    this.#place = place;
  }

  /**
   * @param {() => void} another
   * @returns {HTMLElement[]}
   */
  parts(another) {
    const doubt = [this.#alternatives(), this.#questions()];
    // What still works is done first and replaced later; what has ended is said before anything is tried.
    const ended = this.#verdict.expiries.some((expiry) => expiry.ended);
    const dated = ended ? [this.#expiries(), this.#steps()] : [this.#steps(), this.#expiries()];
    const advice = [...dated, this.#cautions(), this.#messages()];
    // Where it is not known yet what happened, what would tell comes before what to do.
    const middle = this.#verdict.status === "identified" ? [...advice, ...doubt] : [...doubt.reverse(), ...advice];
    const parts = [
      this.#head(),
      ...middle,
      this.#articles(),
      this.#maxims(),
      this.#evidence(),
      this.#facts(),
      ...this.#figures(),
      this.#report(),
      this.#foot(another),
    ];
    return parts.filter((part) => part !== null);
  }

  #head() {
    const { status, title, summary, actor, permanence, speaker, confidence_meaning: meaning } = this.#verdict;
    const about = [
      [this.#words.actor, actor],
      [this.#words.permanence, permanence],
      [this.#words.speaker, speaker],
    ].map(([name, value]) => typeof name === "string" && value && typeof value === "object"
      ? make("div", null, make("dt", null, name), make("dd", null, foreign(value.label)))
      : null);
    return make(
      "header",
      { class: "checker-head" },
      make("p", { class: "checker-status" }, icon(status), this.#words[status]),
      this.#heading(0, title, { "data-heading": true, tabindex: -1 }),
      summary && make("p", { class: "checker-summary" }, summary),
      about.some(Boolean) && make("dl", { class: "checker-about" }, about),
      meaning && make("p", { class: "checker-confidence" }, meaning),
    );
  }

  #expiries() {
    /** @type {Map<string, HTMLElement[]>} */
    const byDay = new Map();
    for (const { text, until, month_only: monthOnly, ended, source } of this.#verdict.expiries) {
      const date = calendar(until, monthOnly, this.#verdict.locale);
      const heading = fill(ended ? this.#words.ended : this.#words.until, { date });
      const entry = make("p", null, text, source && " ", source && this.#source(source));
      byDay.set(heading, [...(byDay.get(heading) ?? []), entry]);
    }
    if (!byDay.size) return null;
    const entries = [...byDay].map(([heading, texts]) =>
      make("div", { class: "checker-expiry" }, make("p", { class: "checker-until" }, icon("expiry"), heading), texts),
    );
    return make("div", { class: "checker-expiries", role: "note" }, entries);
  }

  #steps() {
    const { steps } = this.#verdict;
    const entries = steps.map(({ text, where, note, topic }) =>
      make(
        "li",
        { class: "checker-step" },
        make("p", { class: "checker-do" }, text),
        where.length > 0 && path(where),
        note && make("p", { class: "checker-note" }, note),
        topic !== null && this.#articleLink(topic),
      ),
    );
    return this.#part("steps", this.#words.steps, entries.length > 0 && make("ol", { class: "checker-steps" }, entries));
  }

  #cautions() {
    return this.#part("cautions", this.#words.cautions, list(this.#verdict.cautions));
  }

  #questions() {
    const title = this.#verdict.status === "unknown" ? this.#words.questionsUnknown : this.#words.questions;
    return this.#part("questions", title, list(this.#verdict.questions));
  }

  #alternatives() {
    const entries = this.#verdict.alternatives.map(({ topic, title, summary, tell_apart: apart }) => {
      const link = this.#linksFor(topic)[0];
      return make(
        "li",
        { class: "checker-alternative" },
        make("p", { class: "checker-alternative-title" }, link ? this.#anchor(link, title) : title),
        summary && make("p", null, summary),
        apart && make("p", { class: "checker-apart" }, make("strong", null, this.#words.tellApart), " ", apart),
      );
    });
    const title = this.#verdict.status === "identified" ? this.#words.alternatives : this.#words.candidates;
    return this.#part("alternatives", title, entries.length > 0 && make("ul", { class: "checker-cards" }, entries));
  }

  #messages() {
    const entries = this.#verdict.messages.map(({ to, label, text }) => {
      const name = `kakugen-message-${(messages += 1)}`;
      const area = make("textarea", { class: "checker-message-text", id: name, rows: rowsOf(text), spellcheck: "false" });
      area.value = text;
      return make(
        "div",
        { class: "checker-message" },
        make("label", { for: name }, label, this.#recipient(to)),
        area,
        copyButton(() => area.value, area, this.#words),
      );
    });
    return this.#part("messages", this.#words.messages, ...entries);
  }

  /** @param {string} actor */
  #recipient(actor) {
    /** @type {Record<string, string>} */
    const recipients = {
      domain: this.#words.toDomain,
      host: this.#words.toHost,
      recipient: this.#words.toRecipient,
      "recipient-admin": this.#words.toRecipientAdmin,
    };
    return recipients[actor] ? make("span", null, recipients[actor]) : null;
  }

  #articles() {
    /** @type {Map<string, Link>} */
    const links = new Map();
    const topics = this.#verdict.topics.length ? this.#verdict.topics : [this.#verdict.topic ?? ""];
    // What was found, at the reader's own host, goes before either alone; the catalog joins the two with a plus sign.
    const joined = topics.flatMap((topic) => topics.map((host) => `${topic}+${host}`));
    for (const topic of [...joined, ...topics]) {
      for (const link of this.#linksFor(topic)) if (!links.has(link.url)) links.set(link.url, link);
    }
    const entries = [...links.values()].map((link) => make("li", null, this.#anchor(link)));
    const articles = entries.length > 0 && make("ul", { class: "checker-articles" }, entries);
    return this.#part("articles", this.#words.articles, articles);
  }

  #maxims() {
    const quotes = this.#verdict.maxims.map((id) => {
      const link = this.#place.catalog.maxims[id];
      return link && make("blockquote", { class: "checker-maxim" }, make("p", null, this.#anchor(link)));
    });
    const known = quotes.filter((quote) => quote !== undefined);
    return known.length ? make("div", { class: "checker-part", "data-part": "maxims" }, known) : null;
  }

  #evidence() {
    const { evidence } = this.#verdict;
    if (!evidence.length) return null;
    return this.#part("evidence", this.#words.evidence, ...showEvidence(evidence, this.#texts, this.#words));
  }

  #facts() {
    const rows = this.#verdict.facts.map(({ label, value, note }) =>
      make(
        "tr",
        null,
        make("th", { scope: "row" }, label),
        make("td", null, foreign(value), note && make("span", { class: "checker-note" }, note)),
      ),
    );
    const table = rows.length > 0 && make("table", { class: "checker-facts" }, make("tbody", null, rows));
    return this.#part("facts", this.#words.facts, table);
  }

  #figures() {
    return this.#verdict.figures.map(({ title, columns, rows, note }) => {
      const numeric = columns.map((_, at) => rows.every((row) => typeof row[at] !== "string"));
      const head = columns.map((column, at) => make("th", { scope: "col", "data-number": numeric[at] }, column));
      const body = rows.map((row) =>
        make("tr", null, row.map((cell, at) => make("td", { "data-number": numeric[at] }, cellText(cell)))),
      );
      const table = make("table", { class: "checker-table" }, make("thead", null, make("tr", null, head)), make("tbody", null, body));
      const scroller = make("div", { class: "checker-scroll", tabindex: 0, role: "region", "aria-label": title }, table);
      return this.#part("figure", title, scroller, note && make("p", { class: "checker-note" }, note));
    });
  }

  #report() {
    const { report } = this.#verdict;
    if (!report) return null;
    const text = make(
      "pre",
      { class: "checker-read", tabindex: 0, role: "region", "aria-label": this.#words.report, translate: "no" },
      report,
    );
    return make(
      "details",
      { class: "checker-part", "data-part": "report" },
      make("summary", null, this.#words.report),
      make("p", null, this.#words.reportHelp),
      text,
      copyButton(() => report, text, this.#words),
    );
  }

  /** @param {() => void} another */
  #foot(another) {
    const button = make("button", { type: "button", class: "checker-another", "data-another": true }, this.#words.another);
    button.addEventListener("click", another);
    return make("p", { class: "checker-foot" }, button);
  }

  /**
   * @param {string} name
   * @param {string} title
   * @param {...(HTMLElement | false | "" | null)} contents
   */
  #part(name, title, ...contents) {
    if (!contents[0]) return null;
    return make("div", { class: "checker-part", "data-part": name }, this.#heading(1, title), ...contents);
  }

  /**
   * @param {number} below how many levels below the answer's own heading
   * @param {string} text
   * @param {Record<string, string | number | boolean>} [attributes]
   */
  #heading(below, text, attributes) {
    const tag = /** @type {"h2"} */ (`h${Math.min(6, this.#place.level + below)}`);
    return make(tag, { class: below ? "checker-subhead" : "checker-headline", ...attributes }, text);
  }

  /** @param {string} topic */
  #linksFor(topic) {
    return this.#place.catalog.topics[topic] ?? [];
  }

  /** @param {string} topic */
  #articleLink(topic) {
    const link = this.#linksFor(topic)[0];
    return link ? make("p", { class: "checker-more" }, this.#anchor(link)) : null;
  }

  /**
   * @param {Link} link
   * @param {string} [text]
   */
  #anchor({ title, url }, text) {
    return make("a", { href: new URL(url, this.#place.root).href }, text ?? title);
  }

  /** @param {string} source an address or the name of a document */
  #source(source) {
    if (!source.startsWith("https://")) return make("cite", { class: "checker-source" }, source);
    return make("a", { class: "checker-source", href: source, rel: "noopener noreferrer" }, this.#words.source);
  }
}

/** Counts the messages shown on all pages of the tab: each has an id of its own. */
let messages = 0;

/** @param {readonly string[]} labels what to click, outermost first */
function path(labels) {
  const parts = labels.flatMap((label, index) => [
    index > 0 && make("span", { class: "checker-then" }, "›"),
    make("span", { class: "checker-chip" }, label),
  ]);
  return make("p", { class: "checker-path" }, parts);
}

/** @param {readonly string[]} sentences */
function list(sentences) {
  return sentences.length > 0 && make("ul", { class: "checker-list" }, sentences.map((one) => make("li", null, one)));
}

/** @param {string | number | null} cell */
function cellText(cell) {
  return cell === null ? "–" : String(cell);
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
