// The list of tasks by keyboard: J/K move, Enter opens, D marks done, X selects for the bar below.
// Markup: <ul data-tasks> of .k-task lines, <form id="settle">, [data-taskbar].
(() => {
  "use strict";
  const list = document.querySelector("[data-tasks]");
  if (!list) return;
  const bar = document.querySelector("[data-taskbar]");
  const lines = () => [...list.querySelectorAll(":scope > .k-task")];
  const chosen = () => [...list.querySelectorAll("input[data-task]:checked")];

  const draw = (line) => {
    if (!bar || line.querySelector("input[data-task]") || line.matches(".is-settled") || !line.querySelector("button.k-tick")) return;
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: "ids", value: line.id.replace("task-", ""), className: "form-check-input k-task-box" });
    box.dataset.task = "";
    box.setAttribute("form", "settle");
    box.setAttribute("aria-label", line.querySelector(".k-task-title").textContent);
    line.prepend(box);
  };
  const count = () => {
    if (!bar) return;
    const number = chosen().length;
    bar.hidden = number === 0;
    const words = bar.querySelector("[data-selected]");
    words.textContent = words.dataset.selected.replace("%s", number.toLocaleString(document.documentElement.lang));
  };
  const arrange = () => {
    lines().forEach(draw);
    list.classList.toggle("is-choosing", Boolean(bar));
    count();
  };
  arrange();
  document.addEventListener("htmx:afterSwap", arrange);
  list.addEventListener("change", count);
  bar?.querySelector("[data-select-none]").addEventListener("click", () => {
    chosen().forEach((box) => {
      box.checked = false;
    });
    count();
  });

  const current = () => lines().indexOf(list.querySelector(".k-task.is-current"));
  const move = (to) => {
    const all = lines();
    if (!all.length) return;
    const at = Math.max(0, Math.min(all.length - 1, to));
    all.forEach((line, index) => line.classList.toggle("is-current", index === at));
    all[at].querySelector(".k-task-title").focus();
    all[at].scrollIntoView({ block: "nearest" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !window.kam.singleKeys()) return;
    if (window.kam.typing(event.target) || document.querySelector("dialog[open]")) return;
    const line = lines()[current()];
    if (event.key === "j") move(current() + 1);
    else if (event.key === "k") move(Math.max(0, current() - 1));
    else if (event.key === "x" && line) line.querySelector("input[data-task]")?.click();
    else if (event.key === "d" && line) line.querySelector("button.k-tick")?.click();
    else if (event.key === "/") document.querySelector("[data-find]")?.focus();
    else return;
    event.preventDefault();
  });
})();
