/**
 * The style sheet of answers: loaded with the client, because a page on which nobody asks does not need it.
 */

/** @type {Promise<void> | undefined} */
let loading;

/** Give the style sheet to the document, once; without it an answer is plain, but complete. */
export function loadStyles() {
  return (loading ??= adopt());
}

async function adopt() {
  try {
    const answer = await fetch(new URL("answer.css", import.meta.url));
    if (!answer.ok) throw new Error(`answer.css: ${answer.status}`);
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await answer.text());
    // Not an element in the head: instant navigation would take it out with the next page.
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  } catch {
    loading = undefined; // the next checker of the tab tries again
  }
}
