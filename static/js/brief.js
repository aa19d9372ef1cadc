// The checklist's ticks stay on this device, for this meeting; the button prints.
(() => {
  "use strict";
  const list = document.querySelector("[data-ticks]");
  const told = document.querySelector("[data-ticked]");

  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(list.dataset.ticks)) || [];
    } catch {
      return [];
    }
  };

  const count = () => {
    const ticked = list.querySelectorAll("input:checked").length;
    told.textContent = ticked ? told.dataset.words.replace("%s", ticked) : "";
  };

  if (list) {
    const kept = read();
    for (const box of list.querySelectorAll("input")) box.checked = kept.includes(box.value);
    count();
    list.addEventListener("change", () => {
      const ticked = [...list.querySelectorAll("input:checked")].map((box) => box.value);
      try {
        if (ticked.length) localStorage.setItem(list.dataset.ticks, JSON.stringify(ticked));
        else localStorage.removeItem(list.dataset.ticks);
      } catch { /* a device that keeps nothing still shows them */ }
      count();
    });
  }

  // After "It took place" the form stands in the page; reading goes on at its heading.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "brief-log") return;
    const title = event.detail.target.querySelector("h2");
    if (!title) return;
    title.tabIndex = -1;
    title.focus();
    event.detail.target.scrollIntoView({ block: "start" });
  });

  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
})();
