// The start page's list by keyboard: J and K move between the buttons of its lines, Enter follows.
(() => {
  "use strict";
  const buttons = [...document.querySelectorAll(".k-start-matters .k-actions a")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!window.kam.singleKeys() || window.kam.typing(event.target)) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !buttons.length || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : buttons.length - 1) : at + step;
    buttons[Math.max(0, Math.min(buttons.length - 1, next))].focus();
  });
})();
