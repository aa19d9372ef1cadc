// The account list: N makes a new account; the tab one is on is in sight on a phone.
(() => {
  "use strict";
  const show = () => {
    const tab = document.querySelector("#accounts .k-tabs > [aria-current]");
    if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
  };
  document.addEventListener("htmx:afterSettle", show);
  show();
  document.addEventListener("keydown", (event) => {
    if (event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!window.kam.singleKeys() || window.kam.typing(event.target)) return;
    if (!document.querySelector("dialog[open]")) document.querySelector("[data-new]")?.click();
  });
})();
