// @ts-check
/**
 * The service worker of a site that shall not be kept: removes what an earlier one has kept here, then itself.
 *
 * Browsers ask for the script of a service worker again whenever a page below it is opened. A site that is served while
 * it is written stands where another one stood before, and its author wants to see what was just written.
 */

const scope = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

async function remove() {
  const prefix = `kakugen-offline ${new URL(scope.registration.scope).pathname} `;
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(prefix)).map((name) => caches.delete(name)));
  await scope.registration.unregister();
}

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (event) => event.waitUntil(remove()));
