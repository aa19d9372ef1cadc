// A list by keyboard: J/K or arrows move, Enter opens, X selects, Shift-click selects a range,
// "/" goes to the search, Escape clears. Stands on <div class="k-tablewrap" data-table>, inside a
// <form data-selection> when rows can be selected (see components/_selection_bar.html).
(() => {
  "use strict";
  let wrap, form, bar, find, all, matching, everything;
  let current = -1;
  let last = null;
  // The list may be swapped by htmx: everything is looked up anew then.
  const look = () => {
    wrap = document.querySelector("[data-table]");
    form = wrap?.closest("[data-selection]") ?? document.querySelector("[data-selection]");
    bar = form?.querySelector("[data-selbar]");
    find = document.querySelector("[data-find]");
    all = (form ?? wrap)?.querySelector("[data-select-all]");
    matching = bar?.querySelector("[data-select-matching]");
    everything = bar?.querySelector("[name=all_matching]");
    current = -1;
    last = null;
  };
  const rows = () =>
    [...(wrap?.querySelectorAll("tbody tr") ?? [])].filter((row) => row.querySelector("a, input"));
  const boxes = () => [...((form ?? wrap)?.querySelectorAll("input[data-select]") ?? [])];

  const move = (to) => {
    const list = rows();
    if (!list.length) return;
    list[current]?.classList.remove("is-current");
    current = Math.max(0, Math.min(list.length - 1, to));
    list[current].classList.add("is-current");
    list[current].scrollIntoView({ block: "nearest" });
    list[current].querySelector("th[scope=row] a, a")?.focus({ preventScroll: true });
  };
  const count = () => {
    const chosen = boxes().filter((box) => box.checked).length;
    if (all) {
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && !all.checked;
    }
    if (!bar) return;
    const total = everything?.value ? Number(matching.dataset.selectMatching) : chosen;
    bar.hidden = chosen === 0;
    const words = bar.querySelector("[data-selected]");
    words.textContent = words.dataset.selected.replace("%s", total.toLocaleString(document.documentElement.lang));
  };
  const whole = (on) => {
    if (!everything) return;
    everything.value = on ? "1" : "";
    matching.setAttribute("aria-pressed", String(on));
  };
  const choose = (box, on) => {
    box.checked = on;
    if (!on) whole(false);
  };

  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("input[data-select]");
    if (!box) return;
    const list = boxes();
    if (event.shiftKey && last) {
      const [from, to] = [list.indexOf(last), list.indexOf(box)].sort((a, b) => a - b);
      list.slice(from, to + 1).forEach((item) => choose(item, box.checked));
    }
    choose(box, box.checked);
    last = box;
    count();
  });
  document.addEventListener("change", (event) => {
    if (!all || event.target !== all) return;
    boxes().forEach((box) => choose(box, all.checked));
    count();
  });
  document.addEventListener("click", (event) => {
    if (!bar?.contains(event.target)) return;
    if (event.target.closest("[data-select-none]")) {
      boxes().forEach((box) => choose(box, false));
      count();
      all?.focus();
    } else if (event.target.closest("[data-select-matching]")) {
      const on = !everything.value;
      if (on) boxes().forEach((box) => choose(box, true));
      whole(on);
      count();
    }
  });
  document.addEventListener("focusin", (event) => {
    if (!wrap?.contains(event.target)) return;
    const list = rows();
    const at = list.indexOf(event.target.closest("tr"));
    if (at < 0 || at === current) return;
    list[current]?.classList.remove("is-current");
    current = at;
  });

  const keys = {
    j: () => move(current + 1),
    k: () => move(current - 1),
    ArrowDown: () => move(current + 1),
    ArrowUp: () => move(current - 1),
    x: () => rows()[current]?.querySelector("input[data-select]")?.click(),
    "/": () => find?.focus(),
    Enter: () => rows()[current]?.querySelector("th[scope=row] a, a")?.click(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const inside = wrap?.contains(document.activeElement);
    if (event.key === "Escape" && event.target === find) {
      find.blur();
      return;
    }
    if (window.kam.typing(event.target)) return;
    if (event.key.startsWith("Arrow") && !inside) return;
    if (event.key === "Enter" && event.target.closest("a, button, summary, input")) return;
    if (event.key.length === 1 && !window.kam.singleKeys()) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (wrap?.isConnected && document.querySelector("[data-table]") === wrap) return;
    look();
    count();
  });
  look();
  count();
})();
