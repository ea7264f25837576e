/**
 * A checker on a page that Kakugen did not make: puts the element behind the `<script>` tag that asks for it.
 *
 * `python -m kakugen.embed` writes a module for each checker and language, `<checker>.<language>.js`, which holds the
 * form and calls this. In: the address of that module and the form. Out: the same element as on Kakugen's own pages.
 */

import "./checker.js";

/**
 * @param {string} script address of the module; client and pack lie beside it
 * @param {Record<string, string>} attributes of the element
 * @param {string} form its contents: HTML of our own, from a file of the site
 */
export function place(script, attributes, form) {
  const tags = [...document.querySelectorAll("script")];
  const tag = tags.find(({ src }) => src === script);
  const root = new URL(".", script);
  const element = document.createElement("kakugen-checker");
  for (const [name, value] of Object.entries({ ...attributes, "data-root": root.href.slice(0, -1) })) {
    element.setAttribute(name, value);
  }
  element.append(...new DOMParser().parseFromString(form, "text/html").body.childNodes);
  const styles = document.createElement("link");
  styles.rel = "stylesheet";
  styles.href = new URL("checker.css", import.meta.url).href;
  document.head.append(styles);
  // Nothing in the head is seen, and a page may make the tag and take it away again.
  if (tag && document.body.contains(tag)) tag.after(element);
  else document.body.append(element);
}
