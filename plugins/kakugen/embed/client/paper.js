/**
 * What an answer is written on: headings of the right level, links into the site, and parts with a name.
 *
 * In: the words of the language and the place where the answer stands. Out: elements that all parts share.
 *
 * @typedef {import("./types.js").Catalog} Catalog
 * @typedef {import("./types.js").Link} Link
 * @typedef {import("./types.js").Words} Words
 * @typedef {{root: URL, catalog: Catalog, level: number}} Place where the answer stands: the root of the site, what
 *   it can link to, the level of its heading
 */

import { make } from "./dom.js";

export class Paper {
  #place;

  /**
   * @param {Words} words
   * @param {Place} place
   * @param {string} locale language of the answer
   */
  constructor(words, place, locale) {
    this.#place = place;
    this.words = words;
    this.locale = locale;
  }

  get catalog() {
    return this.#place.catalog;
  }

  /**
   * @param {string} name
   * @param {string} title
   * @param {...(Element | false | "" | null | undefined)} contents without the first there is no part
   */
  part(name, title, ...contents) {
    if (!contents[0]) return null;
    return make("div", { class: "checker-part", "data-part": name }, this.heading(1, title), ...contents);
  }

  /**
   * A part that can wait: its heading is there, and opens it.
   *
   * @param {string} name
   * @param {string} title
   * @param {...(Element | false | "" | null | undefined)} contents without the first there is no part
   */
  folded(name, title, ...contents) {
    if (!contents[0]) return null;
    const summary = make("summary", null, this.heading(1, title));
    return make("details", { class: "checker-part checker-fold", "data-part": name }, summary, ...contents);
  }

  /**
   * @param {number} below how many levels below the answer's own heading
   * @param {string} text
   * @param {Record<string, string | number | boolean>} [attributes]
   */
  heading(below, text, attributes) {
    const tag = /** @type {"h2"} */ (`h${Math.min(6, this.#place.level + below)}`);
    return make(tag, { class: below ? "checker-subhead" : "checker-headline", ...attributes }, text);
  }

  /** @param {string} topic */
  linksFor(topic) {
    return Object.hasOwn(this.catalog.topics, topic) ? (this.catalog.topics[topic] ?? []) : [];
  }

  /** @param {string} topic */
  articleLink(topic) {
    const link = this.linksFor(topic)[0];
    return link ? make("p", { class: "checker-more" }, this.anchor(link)) : null;
  }

  /**
   * @param {Link} link
   * @param {string} [text]
   */
  anchor(link, text) {
    return make("a", { href: this.address(link) }, text ?? link.title);
  }

  /** @param {Link} link */
  address({ url }) {
    return new URL(url, this.#place.root).href;
  }
}
