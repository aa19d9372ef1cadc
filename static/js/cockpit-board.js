// The table: own marks (the server's, and over them those that wait here), dots, the clock.
(() => {
  "use strict";
  const { kamCockpit } = window;
  const cockpit = document.getElementById("cockpit");
  const words = cockpit.dataset;
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
  let live = { marks: {}, counts: {}, others: 0, stamp: "" };
  let waiting = [];
  let exercise = Number(words.exercise) || 0;

  const read = () => {
    const element = document.getElementById("cockpit-data");
    if (element) live = JSON.parse(element.textContent);
  };
  const placeOf = (button, where = exercise) => `${button.dataset.seat}-${button.dataset.competency}-${where}`;
  const entryAt = (place) => waiting.find((entry) => entry.place === place);
  const valueAt = (place) => {
    const entry = entryAt(place);
    return entry ? entry.body.value : live.marks[place] ?? null;
  };

  const drawCell = (button) => {
    const place = placeOf(button);
    const entry = entryAt(place);
    const value = valueAt(place);
    button.textContent = value ?? "";
    button.classList.toggle("k-score-none", value === null);
    button.classList.toggle("is-kept", entry?.state === "waiting");
    button.classList.toggle("is-refused", entry?.state === "refused");
    const told = [value ?? words.wordsNone, entry?.state === "waiting" && words.wordsKept, entry?.reason];
    button.setAttribute("aria-label", `${button.dataset.label}: ${told.filter(Boolean).join(", ")}`);
    button.title = entry?.reason ?? "";
  };
  const drawDots = (dots) => {
    const given = live.counts[`${dots.dataset.others}-${exercise}`] ?? 0;
    dots.setAttribute("aria-label", fill(words.wordsOthers, { n: given, all: live.others }));
    dots.replaceChildren(...Array.from({ length: live.others }, (_, place) => {
      const dot = document.createElement("i");
      dot.className = place < given ? "" : "no";
      return dot;
    }));
  };
  const draw = async () => {
    waiting = await kamCockpit.outbox.all().catch(() => []);
    document.querySelectorAll(".k-score").forEach(drawCell);
    document.querySelectorAll("[data-others]").forEach(drawDots);
    kamCockpit.onDraw?.(waiting);
  };

  // The table is asked for anew when who is here or what is locked has changed.
  let asking = false;
  const renew = async () => {
    const stamp = document.querySelector("#cockpit-board [data-stamp]")?.dataset.stamp;
    const isTyping = document.querySelector(".k-walkin[open]");
    if (asking || stamp === live.stamp || isTyping || !navigator.onLine) return;
    asking = true;
    const url = `${words.board}?view=${words.view}&exercise=${exercise}`;
    await window.htmx.ajax("GET", url, { target: "#cockpit-board", swap: "innerHTML" }).catch(() => {});
    asking = false;
  };

  // The clock goes on between two answers of the server, which always has the last word.
  let since = performance.now();
  const two = (n) => String(n).padStart(2, "0");
  const tick = () => {
    const timer = document.querySelector(".k-timer[data-running]");
    if (!timer) return;
    const left = Number(timer.dataset.left) - Math.floor((performance.now() - since) / 1000);
    const away = Math.abs(left);
    timer.textContent = `${left < 0 ? "+" : ""}${two(Math.floor(away / 60))}:${two(away % 60)}`;
    timer.classList.toggle("is-over", left < 0);
  };
  setInterval(tick, 500);

  document.addEventListener("htmx:afterSwap", (event) => {
    const { id } = event.detail.target;
    if (id === "cockpit-live") {
      since = performance.now();
      read();
      renew();
    }
    if (id === "cockpit-live" || id === "cockpit-board") draw();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".k-cock-parts [data-exercise]");
    if (!button) return;
    exercise = Number(button.dataset.exercise);
    document.querySelectorAll(".k-cock-parts [data-exercise]").forEach((one) => {
      if (one === button) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    });
    history.replaceState(null, "", `?view=scores&exercise=${exercise}`);
    draw();
  });

  read();
  const accept = (place, value) => (live.marks[place] = value);
  Object.assign(kamCockpit, { accept, draw, placeOf, valueAt, exercise: () => exercise, fill });
})();
