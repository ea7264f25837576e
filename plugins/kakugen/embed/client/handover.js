/**
 * From one checker to another: what is known already goes along, so that nobody types it twice.
 *
 * In: the handovers of a verdict. Out: links; and on the page where the other checker stands, the values for its
 * form and a note that says what was taken over. The values lie in the session storage of the tab from the click to
 * the arrival and are removed when they are read. They never stand in an address. Where storage is forbidden, the
 * links are plain links.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Handover} Handover
 * @typedef {import("./types.js").Link} Link
 * @typedef {import("./types.js").Verdict} Verdict
 * @typedef {import("./types.js").Words} Words
 */

import { icon, make } from "./dom.js";
import { fill } from "./words.js";

/** How the name of an entry begins; the id of the checker follows. `checker.js` looks for it too. */
const KEY = "kakugen-handover:";

/** An entry that nobody came for is not read any more after so many milliseconds. */
const KEPT = 10 * 60_000;

/**
 * @param {Verdict} verdict
 * @param {Paper} paper
 */
export function handovers(verdict, paper) {
  const known = verdict.handovers.flatMap((handover) => {
    const link = Object.hasOwn(paper.catalog.checkers, handover.checker) ? paper.catalog.checkers[handover.checker] : null;
    return link ? [entry(handover, link, paper)] : [];
  });
  return paper.part("handovers", paper.words.handovers, known.length > 0 && make("ul", { class: "checker-cards" }, known));
}

/**
 * @param {Handover} handover
 * @param {Link} link
 * @param {Paper} paper
 */
function entry({ checker, label, answers }, link, paper) {
  const carries = Object.keys(answers).length > 0 && isStorageAllowed();
  const go = fill(carries ? paper.words.carry : paper.words.goTo, { title: link.title });
  const anchor = make(
    "a",
    { class: "checker-handover", href: paper.address(link), "data-handover": checker },
    label && make("span", { class: "checker-handover-label" }, label),
    make("span", { class: "checker-go" }, go, icon("go")),
  );
  if (carries) anchor.addEventListener("click", (event) => leave(event, anchor, checker, answers));
  return make("li", null, anchor);
}

/**
 * @param {MouseEvent} event
 * @param {HTMLAnchorElement} anchor
 * @param {string} checker
 * @param {Handover["answers"]} answers
 */
function leave(event, anchor, checker, answers) {
  // Another tab has a storage of its own: what is kept here would surprise a later visit.
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  try {
    sessionStorage.setItem(KEY + checker, JSON.stringify({ answers, at: Date.now() }));
  } catch {
    return; // full or forbidden by now: a plain link
  }
  const target = new URL(anchor.href);
  if (target.pathname !== location.pathname || target.origin !== location.origin) return;
  // The other checker stands on this very page: there is nothing to load.
  event.preventDefault();
  const twin = document.querySelector(`kakugen-checker[checker="${CSS.escape(checker)}"]`);
  if (twin && "arrive" in twin && typeof twin.arrive === "function") twin.arrive();
}

/**
 * Take what was handed over to a checker. It can be taken once.
 *
 * @param {string} checker
 * @returns {Record<string, unknown> | null} values by field id, unchecked
 */
export function takeHandover(checker) {
  try {
    const text = sessionStorage.getItem(KEY + checker);
    sessionStorage.removeItem(KEY + checker);
    const { answers, at } = JSON.parse(text ?? "{}");
    const isFresh = typeof at === "number" && Math.abs(Date.now() - at) < KEPT;
    return isFresh && answers !== null && typeof answers === "object" ? answers : null;
  } catch {
    return null; // forbidden, or not from us
  }
}

/**
 * Say above a form what was taken over into it.
 *
 * @param {HTMLFormElement} form
 * @param {readonly string[]} taken the questions that were answered
 * @param {readonly string[]} open those that must still be answered
 * @param {Words} words
 */
export function showCarried(form, taken, open, words) {
  clearCarried(form);
  const note = make("div", { class: "checker-carried", "data-carried-note": true, role: "status" });
  (form.querySelector(".checker-intro") ?? form.querySelector(".checker-title"))?.after(note);
  if (!note.isConnected) form.prepend(note);
  // A live region is read out when its contents change, not when it appears with them.
  setTimeout(() => {
    note.append(
      make("p", { class: "checker-carried-title" }, words.carried),
      make("ul", { class: "checker-carried-list" }, taken.map((label) => make("li", null, label))),
      make("p", null, words.carriedChange),
    );
    if (open.length) note.append(make("p", null, fill(words.carriedOpen, { labels: open.join(words.comma) })));
  });
  note.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLFormElement} form */
export function clearCarried(form) {
  form.querySelector("[data-carried-note]")?.remove();
}

function isStorageAllowed() {
  try {
    sessionStorage.setItem(KEY, "");
    sessionStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}
