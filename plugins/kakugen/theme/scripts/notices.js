// Shows each notice as it is true on the reader's day: a page may have been built long before.
//
// A notice has the last day of what it tells of in data-until, and in it what to say until then (data-before) and after
// (data-after); it may have only one of the two. What was true on the day of the build stands there without JavaScript.

const twoDigits = (number) => String(number).padStart(2, "0");

const readersDay = () => {
  const now = new Date();
  return [now.getFullYear(), twoDigits(now.getMonth() + 1), twoDigits(now.getDate())].join("-");
};

const showNotices = () => {
  const day = readersDay();
  for (const notice of document.querySelectorAll("[data-until]")) {
    const over = day > notice.dataset.until;
    const before = notice.querySelector("[data-before]");
    const after = notice.querySelector("[data-after]");
    if (before) before.hidden = over;
    if (after) after.hidden = !over;
    notice.hidden = !(over ? after : before);
    notice.toggleAttribute("data-over", over);
  }
};

window.document$?.subscribe(showNotices);
