/**
 * Answers the search dialog of Material for MkDocs in the place of its own worker, with the same messages:
 * SETUP → READY, QUERY → RESULT. It loads the index when the dialog is opened or something is typed, not before.
 */

/* global MiniSearch, OPTIONS, RUNS, tokens, isCode, folded */

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;

const MOST = 30;
/** Which share of the words of the best match another result must have. */
const ENOUGH = 0.4;

/** How much more a page counts that says what was typed in one piece. */
const IN_TITLE = 2;
const IN_SYMPTOMS = 1.5;

/** How much more it counts that its title, or one of its symptoms, is little else than the question. */
const ALIKE = 6;
/** How much more a page that answers counts for a single word: who names but a subject is best asked what happened. */
const ASKED = 1.4;
/** How many of the results are compared so closely. */
const COMPARED = 100;

const BOOST = { codes: 12, title: 5, symptoms: 4, readings: 4, headings: 2, summary: 2, text: 1 };

const WAY = new URLSearchParams(self.location.search);
const [INDEX, LIBRARY] = ["index", "library"].map((name) => new URL(WAY.get(name), self.location.href).href);

let loading = null;

/** Load the index once; a failure is forgotten, so that the next question tries again. */
function load() {
  loading ??= fetch(INDEX)
    .then((response) => {
      if (!response.ok) throw new Error(`${INDEX}: ${response.status}`);
      return response.text();
    })
    .then((text) => {
      importScripts(LIBRARY);
      return MiniSearch.loadJSON(text, OPTIONS);
    })
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** The theme's script says here that the dialog was opened. */
new BroadcastChannel("kakugen-search").addEventListener("message", () => void load().catch(() => {}));

/**
 * @param {string} query as typed
 */
async function answer(query) {
  const terms = [...new Set(tokens(query))];
  if (!terms.length) return { items: [] };
  const index = await load();
  const found = index.search(query, {
    combineWith: "OR",
    boost: BOOST,
    boostTerm: (term) => (isCode(term) ? 3 : 1),
    boostDocument: (_location, _term, stored) => stored.weight,
    // a word may still be half typed; one Japanese character is the beginning of a pair
    prefix: (term, at, all) => (/^[a-z]{2,}/.test(term) && at === all.length - 1) || (term.length === 1 && term > "z"),
    fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false),
  });
  const phrases = [...folded(query).matchAll(RUNS)].map(([run]) => run).filter((run) => run.length > 1);
  const ranked = found.map((result, place) => ranking(result, terms, phrases, place < COMPARED));
  const most = Math.max(0, ...ranked.map((one) => one.share));
  const kept = ranked
    .filter((one) => one.share >= ENOUGH * most)
    .sort((one, other) => other.exact - one.exact || other.score - one.score)
    .slice(0, MOST);
  return { items: grouped(kept, index, terms), suggest: suggestion(query, kept) };
}

/**
 * A result with how much of the question it answers: a page that holds every word goes before one that holds one often,
 * and one that says it in the reader's own words, in its title or among its symptoms, before one that says it apart.
 */
function ranking(result, terms, phrases, closely) {
  const asked = new Set(result.queryTerms);
  const share = terms.filter((term) => asked.has(term)).length / terms.length;
  const codes = terms.filter((term) => isCode(term) && result.match[term]?.includes("codes"));
  const exact = Math.max(0, ...codes.map((code) => code.length));
  const symptoms = result.symptoms ?? "";
  const near = closely ? Math.max(...[result.title, ...symptoms.split("\n")].map((line) => likeness(terms, line))) : 0;
  const said = 1 + IN_TITLE * spoken(phrases, result.title) + IN_SYMPTOMS * spoken(phrases, symptoms) + ALIKE * near;
  const subject = terms.length === 1 && result.weight > 1 ? ASKED : 1;
  return { result, share, exact, score: result.score * share ** 2 * said * subject };
}

/** How alike a question and a line are, from 0 to 1: which share of the words of both stands in both. */
function likeness(terms, line) {
  const words = new Set(tokens(line));
  const common = terms.filter((term) => words.has(term)).length;
  return common / (terms.length + words.size - common || 1);
}

/** How much of the phrases stands in a text as it was typed, from 0 to 1. */
function spoken(phrases, text) {
  const plain = folded(text);
  const all = phrases.reduce((sum, phrase) => sum + phrase.length, 0);
  const there = phrases.filter((phrase) => plain.includes(phrase)).reduce((sum, phrase) => sum + phrase.length, 0);
  return all ? there / all : 0;
}

/** The results by page, as the dialog shows them: the page itself, then its parts. */
function grouped(ranked, index, terms) {
  const pages = new Map();
  for (const { result, score } of ranked) {
    const page = result.id.split("#")[0];
    if (!pages.has(page)) pages.set(page, []);
    pages.get(page).push(item(result.id, result, score, terms));
  }
  for (const [page, items] of pages) {
    const stored = index.getStoredFields(page);
    if (stored && !items.some((one) => one.location === page)) items.unshift(item(page, stored, items[0].score, terms));
  }
  return [...pages.values()].filter((items) => items.some((one) => !one.location.includes("#")));
}

function item(location, stored, score, terms) {
  const fitting = bestSymptom(stored.symptoms ?? "", terms);
  const text = fitting ? `${marked(fitting, terms)}<br>${marked(stored.summary, terms)}` : marked(stored.summary, terms);
  return { location, title: marked(stored.title, terms), text: `<p>${text}</p>`, score, terms: {} };
}

function bestSymptom(symptoms, terms) {
  const asked = new Set(terms);
  let best = "";
  let most = 0;
  for (const symptom of symptoms.split("\n")) {
    const count = new Set(tokens(symptom).filter((term) => asked.has(term))).size;
    if (count > most) [best, most] = [symptom.trim(), count];
  }
  return best;
}

/** Text as HTML, with the terms of the question marked. */
function marked(text, terms) {
  const plain = folded(text);
  // where folding changes the length, positions do not fit
  if (plain.length !== text.length) return escaped(text);
  const hit = new Array(text.length).fill(false);
  for (const term of terms) {
    for (let at = plain.indexOf(term); at >= 0; at = plain.indexOf(term, at + 1)) hit.fill(true, at, at + term.length);
  }
  let html = "";
  for (let at = 0; at < text.length; ) {
    let end = at + 1;
    while (end < text.length && hit[end] === hit[at]) end++;
    const part = escaped(text.slice(at, end));
    html += hit[at] ? `<mark data-md-highlight>${part}</mark>` : part;
    at = end;
  }
  return html;
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** What the dialog offers to complete the line with: the symptom that begins with what was typed. */
function suggestion(query, ranked) {
  const typed = query.trim();
  for (const { result } of ranked) {
    for (const symptom of (result.symptoms ?? "").split("\n")) {
      if (typed && symptom.trim().startsWith(typed)) return [symptom.trim()];
    }
  }
  return [];
}

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) postMessage({ type: READY });
  if (type !== QUERY) return;
  try {
    postMessage({ type: RESULT, data: await answer(data) });
  } catch (error) {
    console.warn(error);
    postMessage({ type: RESULT, data: { items: [] } });
  }
});
