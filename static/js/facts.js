// One-tap confirmation: arrows move between questions and answers, Enter answers (it is a button),
// and after an answer the next question has the focus.
(() => {
  "use strict";
  const items = (list) => [...list.querySelectorAll(".k-confirm-item")];
  const answers = (item) => [...item.querySelectorAll("[data-answer]")];
  let last = null;

  const goTo = (list, row, column) => {
    const all = items(list);
    const item = all[Math.max(0, Math.min(row, all.length - 1))];
    const found = item && answers(item);
    found?.[Math.max(0, Math.min(column, found.length - 1))].focus();
  };
  const place = (element) => {
    const list = element.closest?.("[data-confirm]");
    const item = element.closest?.(".k-confirm-item");
    if (!list || !item) return null;
    return { list, row: items(list).indexOf(item), column: answers(item).indexOf(element) };
  };

  document.addEventListener("keydown", (event) => {
    const list = document.querySelector("[data-confirm]");
    const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
    if (!list || !step || event.ctrlKey || event.altKey || event.metaKey) return;
    if (window.kam.typing(event.target) || document.querySelector("dialog[open], details.k-menu[open]")) return;
    const now = place(event.target);
    if (!now && list.id !== "confirm-list") return;
    event.preventDefault();
    if (now) goTo(now.list, now.row + step[0], Math.max(0, now.column) + step[1]);
    else goTo(list, 0, 0);
  });

  document.addEventListener("click", (event) => {
    const answer = event.target.closest?.("[data-answer]");
    if (answer) last = place(answer);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const list = document.querySelector("[data-confirm]");
    if (!last || !list || !list.contains(event.detail.elt) && event.detail.elt !== list) return;
    goTo(list, last.row, 0);
    last = null;
  });
})();
