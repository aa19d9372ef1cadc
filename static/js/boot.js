// Before the first paint: the sidebar as this browser last had it.
(() => {
  "use strict";
  try {
    if (localStorage.getItem("kam.side") === "narrow") {
      document.documentElement.dataset.side = "narrow";
    }
  } catch {
    // Storage may be forbidden; the sidebar is then wide.
  }
})();
