/**
 * What to do: steps in order, and the sections that stand by themselves after them, as text, steps or a checklist.
 *
 * In: steps and sections of a verdict. Out: elements. Boxes can be ticked while the answer stands; what is ticked is
 * kept nowhere.
 *
 * @typedef {import("./paper.js").Paper} Paper
 * @typedef {import("./types.js").Section} Section
 * @typedef {import("./types.js").Step} Step
 * @typedef {import("./types.js").Verdict} Verdict
 */

import { make } from "./dom.js";
import { fill } from "./words.js";

/** So many sections are shown open. */
export const OPEN = 2;

/**
 * @param {readonly Step[]} steps
 * @param {Paper} paper
 */
export function stepList(steps, paper) {
  const entries = steps.map((step) =>
    make("li", { class: "checker-step" }, make("p", { class: "checker-do" }, step.text), details(step, paper)),
  );
  return entries.length > 0 && make("ol", { class: "checker-steps" }, entries);
}

/**
 * @param {Verdict} verdict
 * @param {Paper} paper
 */
export function sections(verdict, paper) {
  // What is read first stays open; of many sections the others wait, so that an answer is no scroll.
  const waits = verdict.sections.length > OPEN;
  return verdict.sections.map((section, index) => {
    const text = section.text && make("p", { class: "checker-text" }, section.text);
    const steps = section.checklist ? checklist(section, paper) : [stepList(section.steps, paper)];
    const [first, ...rest] = [text, ...steps].filter((one) => one !== "" && one !== false);
    const part = waits && index ? paper.folded("section", section.title, first, ...rest)
      : paper.part("section", section.title, first, ...rest);
    part?.setAttribute("data-section", section.id);
    return part;
  });
}

/**
 * @param {Section} section
 * @param {Paper} paper
 */
function checklist({ steps }, paper) {
  const total = steps.length;
  if (!total) return [];
  const count = make("p", { class: "checker-ticked", role: "status" });
  const boxes = steps.map(() => make("input", { type: "checkbox", class: "checker-tick", autocomplete: "off" }));
  const tell = () => {
    const done = boxes.filter((box) => box.checked).length;
    count.replaceChildren(fill(done === total ? paper.words.allTicked : paper.words.ticked, { done, total }));
  };
  const entries = steps.map((step, index) => {
    const label = make("label", { class: "checker-check-label" }, boxes[index], make("span", null, step.text));
    return make("li", { class: "checker-check" }, label, make("div", { class: "checker-check-more" }, details(step, paper)));
  });
  const list = make("ol", { class: "checker-checklist" }, entries);
  list.addEventListener("change", tell);
  tell();
  return [list, count];
}

/**
 * @param {Step} step
 * @param {Paper} paper
 */
function details({ where, note, topic }, paper) {
  return [
    where.length > 0 && path(where),
    note && make("p", { class: "checker-note" }, note),
    topic !== null && paper.articleLink(topic),
  ];
}

/** @param {readonly string[]} labels what to click, outermost first */
function path(labels) {
  const parts = labels.flatMap((label, index) => [
    index > 0 && make("span", { class: "checker-then" }, "›"),
    make("span", { class: "checker-chip" }, label),
  ]);
  return make("p", { class: "checker-path" }, parts);
}
