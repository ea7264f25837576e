/**
 * A verdict as a page: what happened, who must act, what to do, and what all of that rests on.
 *
 * In: the verdict's JSON, the text that it is about, and the links of the page. Out: elements made from text.
 * The order is the order in which a reader needs it, the same on a phone and on a desk.
 *
 * @typedef {import("./paper.js").Place} Place
 * @typedef {import("./types.js").Link} Link
 * @typedef {import("./types.js").Verdict} Verdict
 * @typedef {import("./types.js").Words} Words
 */

import { foreign, icon, make } from "./dom.js";
import { showEvidence, showFirstMarks } from "./evidence.js";
import { figurePart, isDrawn } from "./figures.js";
import { handovers } from "./handover.js";
import { messages, reportPart } from "./messages.js";
import { Paper } from "./paper.js";
import { OPEN, sections, stepList } from "./sections.js";
import { printButton, sheetOf } from "./sheet.js";
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
    const sheet = sheetOf(verdict, page.paper);
    this.#section.replaceChildren(...page.parts(another), ...(sheet ? [sheet] : []));
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
    this.paper = new Paper(words, place, verdict.locale);
  }

  /**
   * @param {() => void} another
   * @returns {HTMLElement[]}
   */
  parts(another) {
    const verdict = this.#verdict;
    const { paper } = this;
    const doubt = [this.#alternatives(), this.#questions()];
    // What still works is done first and replaced later; what has ended is said before anything is tried.
    const ended = verdict.expiries.some((expiry) => expiry.ended);
    const dated = ended ? [this.#expiries(), this.#steps()] : [this.#steps(), this.#expiries()];
    const tables = verdict.figures.filter(({ kind }) => !isDrawn(kind)).map((figure) =>
      figurePart(figure, paper, verdict.sections.length > OPEN));
    const advice = [...dated, this.#cautions(), ...sections(verdict, paper), ...tables, messages(verdict, paper)];
    // Where it is not known yet what happened, what would tell comes before what to do.
    const middle = verdict.status === "identified" ? [...advice, ...doubt] : [...doubt.reverse(), ...advice];
    const parts = [
      this.#head(),
      // A drawing shows at a glance what the heading says.
      ...verdict.figures.filter(({ kind }) => isDrawn(kind)).map((figure) => figurePart(figure, paper)),
      ...middle,
      handovers(verdict, paper),
      this.#articles(),
      this.#maxims(),
      this.#evidence(),
      this.#facts(),
      reportPart(verdict.report, paper),
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
      this.paper.heading(0, title, { "data-heading": true, tabindex: -1 }),
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
    return this.paper.part("steps", this.#words.steps, stepList(this.#verdict.steps, this.paper));
  }

  #cautions() {
    return this.paper.part("cautions", this.#words.cautions, list(this.#verdict.cautions));
  }

  #questions() {
    const title = this.#verdict.status === "unknown" ? this.#words.questionsUnknown : this.#words.questions;
    return this.paper.part("questions", title, list(this.#verdict.questions));
  }

  #alternatives() {
    const entries = this.#verdict.alternatives.map(({ topic, title, summary, tell_apart: apart }) => {
      const link = this.paper.linksFor(topic)[0];
      return make(
        "li",
        { class: "checker-alternative" },
        make("p", { class: "checker-alternative-title" }, link ? this.paper.anchor(link, title) : title),
        summary && make("p", null, summary),
        apart && make("p", { class: "checker-apart" }, make("strong", null, this.#words.tellApart), " ", apart),
      );
    });
    const title = this.#verdict.status === "identified" ? this.#words.alternatives : this.#words.candidates;
    return this.paper.part("alternatives", title, entries.length > 0 && make("ul", { class: "checker-cards" }, entries));
  }

  #articles() {
    /** @type {Map<string, Link>} */
    const links = new Map();
    const topics = this.#verdict.topics.length ? this.#verdict.topics : [this.#verdict.topic ?? ""];
    // What was found, at the reader's own host, goes before either alone; the catalog joins the two with a plus sign.
    const joined = topics.flatMap((topic) => topics.map((host) => `${topic}+${host}`));
    for (const topic of [...joined, ...topics]) {
      for (const link of this.paper.linksFor(topic)) if (!links.has(link.url)) links.set(link.url, link);
    }
    const entries = [...links.values()].map((link) => make("li", null, this.paper.anchor(link)));
    const articles = entries.length > 0 && make("ul", { class: "checker-articles" }, entries);
    return this.paper.part("articles", this.#words.articles, articles);
  }

  #maxims() {
    const quotes = this.#verdict.maxims.map((id) => {
      const { maxims } = this.paper.catalog;
      const link = Object.hasOwn(maxims, id) ? maxims[id] : undefined;
      return link && make("blockquote", { class: "checker-maxim" }, make("p", null, this.paper.anchor(link)));
    });
    const known = quotes.filter((quote) => quote !== undefined);
    return known.length ? make("div", { class: "checker-part", "data-part": "maxims" }, known) : null;
  }

  #evidence() {
    const { evidence } = this.#verdict;
    if (!evidence.length) return null;
    return this.paper.part("evidence", this.#words.evidence, ...showEvidence(evidence, this.#texts, this.#words));
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
    return this.paper.part("facts", this.#words.facts, table);
  }

  /** @param {() => void} another */
  #foot(another) {
    const button = make("button", { type: "button", class: "checker-another", "data-another": true }, this.#words.another);
    button.addEventListener("click", another);
    return make("p", { class: "checker-foot" }, printButton(this.#verdict, this.#words), button);
  }

  /** @param {string} source an address or the name of a document */
  #source(source) {
    if (!source.startsWith("https://")) return make("cite", { class: "checker-source" }, source);
    return make("a", { class: "checker-source", href: source, rel: "noopener noreferrer" }, this.#words.source);
  }
}

/** @param {readonly string[]} sentences */
function list(sentences) {
  return sentences.length > 0 && make("ul", { class: "checker-list" }, sentences.map((one) => make("li", null, one)));
}
