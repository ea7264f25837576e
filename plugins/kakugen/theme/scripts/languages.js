// Keeps the language switch on the page that is shown.
//
// With instant navigation Material exchanges the head and the content of the page and leaves the header, and with it
// the language switch, as it was. The head of every page holds one link per language, so the switch is set from there.

const update = () => {
  for (const link of document.querySelectorAll("a[data-kakugen-language]")) {
    const alternate = document.head.querySelector(
      `[data-kakugen-language="${link.dataset.kakugenLanguage}"]`,
    );
    if (alternate) link.href = alternate.dataset.kakugenUrl;
  }
};

window.document$?.subscribe(update);
