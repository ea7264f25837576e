// The filter of a reference table: keeps the entries that fit best what is typed.
//
// Words are looked for in each entry, and shown are the entries in which the most are found. Numbers count first: of a
// pasted "550 5.7.1 Message rejected" they alone decide, unless the words fit too. A number is found only as a whole,
// 5.7.1 not in 5.7.12, unless it is found nowhere else: then it is still being typed. This is an element of its own so
// that it works on pages that instant navigation brings.

const folded = (text) => text.normalize("NFKC").toLowerCase();
const wordsOf = (text) => [
  ...new Set(
    folded(text)
      .split(/[\s,、。:;()「」"'<>[\]/-]+/)
      .map((word) => word.replace(/^\.+|\.+$/g, ""))
      .filter(Boolean),
  ),
];
const isNumber = (word) => /^\d[\d.]*$/.test(word);

const holdsWhole = (text, number) => {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const end = at + number.length;
    if (!/[\d.]/.test(text[at - 1] ?? "") && !/^\.?\d/.test(text.slice(end, end + 2))) return true;
  }
  return false;
};

/** The entries in which the most words are found; none when no word is found anywhere. */
const best = (entries, words, found = (text, word) => text.includes(word)) => {
  const counts = entries.map(({ text }) => words.filter((word) => found(text, word)).length);
  const most = Math.max(0, ...counts);
  return most ? entries.filter((_, number) => counts[number] === most) : [];
};

const matching = (entries, words) => {
  const numbers = words.filter(isNumber);
  const rest = words.filter((word) => !isNumber(word));
  const numbered = best(entries, numbers, holdsWhole);
  const begun = numbered.length ? numbered : best(entries, numbers);
  if (!begun.length) return best(entries, rest);
  const fitting = begun.filter(({ text }) => rest.every((word) => text.includes(word)));
  return fitting.length ? fitting : begun;
};

/** The anchor in the address; empty where there is none that can be read. */
const anchor = () => {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return "";
  }
};

class KakugenReference extends HTMLElement {
  #entries = [];

  connectedCallback() {
    const tools = this.querySelector("[data-tools]");
    if (!tools) return;
    this.#entries = [...this.querySelectorAll("[data-entry]")].map((element) => {
      const parts = [...element.querySelectorAll("[data-text]")];
      const texts = parts.flatMap((part) => [part.textContent, part.dataset.keywords ?? ""]);
      return { element, text: folded([element.dataset.anchors ?? "", ...texts].join("\n")) };
    });
    tools.hidden = false;
    this.#input.addEventListener("input", this.#filter);
    window.addEventListener("hashchange", this.#revealTarget);
    this.#filter(); // a browser that goes back puts what was typed into the box again
    this.#revealTarget();
  }

  disconnectedCallback() {
    window.removeEventListener("hashchange", this.#revealTarget);
  }

  get #input() {
    return this.querySelector("[data-tools] input");
  }

  #filter = () => {
    const words = wordsOf(this.#input.value);
    const shown = new Set(words.length ? matching(this.#entries, words) : this.#entries);
    for (const entry of this.#entries) entry.element.hidden = !shown.has(entry);
    this.querySelector("[data-none]").hidden = shown.size > 0;
    this.querySelector("table").hidden = shown.size === 0;
    this.querySelector("[data-status]").textContent = words.length
      ? this.dataset.some.replace("{shown}", shown.size)
      : this.dataset.all;
    this.#scrollToFirst();
  };

  /** What is left may lie above what is on the screen: the box stays in sight, the entries do not. */
  #scrollToFirst() {
    if (document.activeElement !== this.#input) return;
    const end = this.querySelector("[data-tools]").getBoundingClientRect().bottom;
    const gap = this.querySelector("table").getBoundingClientRect().top - end;
    if (gap < 0) window.scrollBy({ top: gap - 8, behavior: "instant" });
  }

  #revealTarget = () => {
    const target = document.getElementById(anchor());
    if (!target || !this.contains(target) || !target.closest("[hidden]")) return;
    this.#input.value = "";
    this.#filter();
    target.scrollIntoView();
  };
}

if (!customElements.get("kakugen-reference")) customElements.define("kakugen-reference", KakugenReference);
