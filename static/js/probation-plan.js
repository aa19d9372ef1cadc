// The plan of a probation: the last day that follows from the weeks, and what is noted for the
// country. The server asks the limit again.
(() => {
  "use strict";
  const form = document.querySelector("[data-plan]");
  if (!form) return;
  const DAY = 86_400_000;
  const span = form.querySelector("[data-span]");
  const field = (name) => form.elements[name];
  const day = (time) =>
    new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" }).format(time);

  function last(start) {
    const weeks = field("weeks").value;
    if (weeks === "other") return Date.parse(field("ends_on").value);
    return start + (Number(weeks) * 7 - 1) * DAY;
  }

  function law() {
    const value = field("law").value;
    const notes = [...form.querySelectorAll("[data-law]")];
    const found = notes.find((note) => note.dataset.law && note.dataset.law === value);
    for (const note of notes) note.hidden = note !== (found ?? notes.at(-1));
    return Number(found?.dataset.most) || null;
  }

  function tell() {
    const most = law();
    const start = Date.parse(field("starts_on").value);
    const end = last(start);
    span.hidden = Number.isNaN(end);
    if (span.hidden) return;
    const limit = most && start + (most - 1) * DAY;
    const over = Boolean(limit) && end > limit;
    const words = over ? span.dataset.tooLong : span.dataset.words;
    span.classList.toggle("k-dan", over);
    span.textContent = words.replace("{last}", day(end)).replace("{limit}", over ? day(limit) : "");
  }

  form.addEventListener("change", tell);
  tell();
})();
