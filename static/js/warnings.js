// The inbox by keyboard: J/K move between lines, C opens the call of the line in focus.
// Drawn anew after an answer, the list keeps the focus on the line that follows.
(() => {
  "use strict";
  const box = document.getElementById("warnings");
  if (!box) return;
  const lines = () => [...box.querySelectorAll(".k-warn-line")];
  const here = () => lines().findIndex((line) => line.contains(document.activeElement));
  const focus = (at) => {
    const all = lines();
    all[Math.max(0, Math.min(all.length - 1, at))]?.querySelector("[data-first]")?.focus();
  };
  let again = null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, [contenteditable]")) return;
    const key = event.key.toLowerCase();
    if (key === "j") focus(here() + 1);
    else if (key === "k") focus(here() - 1);
    else if (key === "c" && here() >= 0) lines()[here()].querySelector("[data-act]")?.click();
    else return;
    event.preventDefault();
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.target === box) again = here();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target !== box || again === null) return;
    focus(again);
    again = null;
  });
})();
