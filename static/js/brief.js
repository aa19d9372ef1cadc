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

  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
})();
