// The week by keyboard and by drag: J/K move between lines, D does the line's first deed, Alt+arrows
// put it on the day before or after, dragging onto a [data-day] puts it there.
// A line is [data-line=key] with data-account, data-title, data-cause; #move is the form that is sent.
(() => {
  "use strict";
  const week = document.querySelector("[data-week]");
  if (!week) return;
  const lines = () => [...week.querySelectorAll(".k-wline")];
  const anchor = (line) => line.querySelector("[data-first]");
  let again = null;

  const move = (line, day) => {
    const form = document.getElementById("move");
    const field = (name) => form.elements.namedItem(name);
    field("line").value = line.dataset.line;
    field("day").value = day;
    for (const name of ["account", "title", "cause"]) field(name).value = line.dataset[name] ?? "";
    again = lines().indexOf(line.closest(".k-wline"));
    form.requestSubmit();
  };
  const shown = () => document.getElementById("move").elements.namedItem("shown").value;
  const shifted = (day, by) => {
    const [year, month, date] = day.split("-").map(Number);
    return new Date(Date.UTC(year, month - 1, date + by)).toISOString().slice(0, 10);
  };

  // The focus stays in the list when it is drawn anew.
  document.addEventListener("htmx:beforeRequest", (event) => {
    const line = event.detail.elt.closest?.(".k-wline");
    if (line && event.detail.target?.id === "week") again = lines().indexOf(line);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "week" || again === null) return;
    const all = lines();
    const line = all[Math.max(0, Math.min(all.length - 1, again))];
    again = null;
    if (line) anchor(line)?.focus();
  });

  let dragged = null;
  week.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-line]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.line);
  });
  const clear = () => week.querySelectorAll(".is-over").forEach((day) => day.classList.remove("is-over"));
  week.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    clear();
  });
  week.addEventListener("dragover", (event) => {
    const day = dragged && event.target.closest?.("[data-day]");
    clear();
    if (!day) return;
    event.preventDefault();
    day.classList.add("is-over");
  });
  week.addEventListener("drop", (event) => {
    const day = dragged && event.target.closest?.("[data-day]");
    if (!day) return;
    event.preventDefault();
    move(dragged, day.dataset.day);
  });

  document.addEventListener("keydown", (event) => {
    if (window.kam.typing(event.target) || document.querySelector("dialog[open]")) return;
    const line = event.target.closest?.(".k-wline");
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.altKey && by && line?.dataset.line) {
      event.preventDefault();
      move(line, shifted(shown(), by));
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !window.kam.singleKeys()) return;
    if (event.key === "d" && line) {
      event.preventDefault();
      line.querySelector("[data-done]")?.click();
      return;
    }
    const step = { j: 1, k: -1 }[event.key];
    const all = lines();
    if (!step || !all.length) return;
    event.preventDefault();
    const at = all.indexOf(line);
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
    anchor(all[Math.max(0, Math.min(all.length - 1, next))])?.focus();
  });
})();
