// Letters read one after the other: J and K move, space ticks, E opens for change. What was ticked
// is remembered in this tab by letter and version, so that a change of one loses no other tick.
(() => {
  const room = document.querySelector("[data-review]");
  if (!room) return;
  const letters = [...room.querySelectorAll("[data-letter]")];
  const ticks = [...room.querySelectorAll("input[name=read]")];
  const count = document.querySelector("[data-read-count]");
  const KEPT = "letters-read";

  function remembered() {
    try {
      return new Set(JSON.parse(sessionStorage.getItem(KEPT) || "[]"));
    } catch {
      return new Set();
    }
  }

  function tell() {
    const read = ticks.filter((tick) => tick.checked);
    const words = read.length === 1 ? count.dataset.one : count.dataset.many;
    count.textContent = words.replace("%n", read.length);
    const kept = remembered();
    ticks.forEach((tick) => (tick.checked ? kept.add(tick.value) : kept.delete(tick.value)));
    try {
      sessionStorage.setItem(KEPT, JSON.stringify([...kept].slice(-200)));
    } catch {
      // A browser that keeps nothing: ticks live as long as the page.
    }
  }

  function step(by) {
    const at = letters.findIndex((letter) => letter.contains(document.activeElement));
    const next = letters[at === -1 ? 0 : Math.min(Math.max(at + by, 0), letters.length - 1)];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  }

  room.addEventListener("change", tell);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input:not([name=read]), textarea, select, [contenteditable], dialog");
    if (typing) return;
    const here = letters.find((letter) => letter.contains(document.activeElement));
    if (event.code === "KeyJ") step(1);
    else if (event.code === "KeyK") step(-1);
    else if (event.code === "KeyE" && here) here.querySelector("[data-edit]").click();
    else if (event.code === "Space" && here === document.activeElement) {
      const tick = here.querySelector("input[name=read]");
      if (!tick) return;
      tick.click();
      step(1);
    } else return;
    event.preventDefault();
  });

  const kept = remembered();
  ticks.forEach((tick) => {
    tick.checked = kept.has(tick.value);
  });
  tell();
})();
