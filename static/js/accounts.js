// The account list: N makes a new account.
(() => {
  "use strict";
  document.addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!window.kam.singleKeys() || window.kam.typing(event.target)) return;
    if (!document.querySelector("dialog[open]")) document.querySelector("[data-new]")?.click();
  });
})();
