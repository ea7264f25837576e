/**
 * The archives of a runtime pack that a checker needs besides those that are there: a worker that has started can fetch
 * nothing any more, so the page does. The worker makes sure that they are what was built.
 *
 * @typedef {{name: string, content: ArrayBuffer}} Archive
 */

/**
 * @param {string} pack address of the pack
 * @param {string} checker id
 * @param {string[]} before ids of the checkers that are there
 * @returns {Promise<Archive[]>}
 */
export async function missingArchives(pack, checker, before) {
  /** @type {{checkers: {id: string, archives: string[]}[]}} */
  const { checkers } = await (await request("manifest.json", pack)).json();
  const needs = (/** @type {string} */ wanted) => checkers.find(({ id }) => id === wanted)?.archives ?? [];
  const there = new Set(before.flatMap(needs));
  const missing = needs(checker).filter((name) => !there.has(name));
  return Promise.all(missing.map(async (name) => ({ name, content: await (await request(name, pack)).arrayBuffer() })));
}

/**
 * @param {string} name
 * @param {string} pack
 */
async function request(name, pack) {
  const response = await fetch(new URL(name, pack));
  if (!response.ok) throw new Error(`${name}: the server answered ${response.status}`);
  return response;
}
