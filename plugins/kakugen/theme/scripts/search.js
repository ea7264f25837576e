/*
 * Tells the search worker that somebody is about to search, so that the index is there by the first key. The theme
 * speaks to the worker only about what is typed.
 */
{
  const opened = new BroadcastChannel("kakugen-search");
  addEventListener("focusin", ({ target }) => {
    if (target instanceof Element && target.matches("[data-md-component='search-query']")) opened.postMessage("opened");
  });
}
