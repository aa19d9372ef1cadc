// Scoring: a tap on a place, then 1 to 5 by a tap or by the keys; arrows go about the table.
(() => {
  "use strict";
  const { kamCockpit } = window;
  const cockpit = document.getElementById("cockpit");
  const words = cockpit.dataset;
  const pad = document.getElementById("scorepad");
  const about = JSON.parse(document.getElementById("cockpit-words").textContent);
  const keptForms = JSON.parse(document.getElementById("cockpit-kept-words").textContent);
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  let chosen = null; // {seat, competency}: the button may be drawn anew
  let ending = "done";

  const find = () => chosen && document.querySelector(`.k-score[data-seat="${chosen.seat}"][data-competency="${chosen.competency}"]`);
  const newKey = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (digit) =>
    (digit ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (digit / 4)))).toString(16));

  const showPad = () => {
    const button = find();
    document.querySelectorAll(".k-score-on").forEach((one) => one.classList.remove("k-score-on"));
    document.querySelectorAll(".k-matrix tr.is-now").forEach((one) => one.classList.remove("is-now"));
    if (!pad) return;
    pad.hidden = !button;
    if (!button) return;
    button.classList.add("k-score-on");
    button.closest("tr").classList.add("is-now");
    const value = kamCockpit.valueAt(kamCockpit.placeOf(button));
    const told = about[button.dataset.competency];
    pad.querySelector("[data-pad-title]").textContent = button.dataset.label;
    pad.querySelector("[data-pad-legend]").textContent = button.dataset.label;
    pad.querySelector("[data-pad-about]").textContent = told.about;
    pad.querySelector("[data-pad-anchors]").replaceChildren(...told.anchors.map((text, place) => {
      const line = document.createElement("li");
      line.dataset.mark = place + 1;
      const said = document.createElement("span");
      said.textContent = text;
      line.append(said);
      line.classList.toggle("is-on", value === place + 1);
      line.hidden = !text;
      return line;
    }));
    pad.querySelectorAll("[name=mark]").forEach((radio) => (radio.checked = Number(radio.value) === value));
    pad.querySelector("fieldset").disabled = "locked" in button.dataset;
  };

  const choose = (button, { focus = false } = {}) => {
    chosen = { seat: button.dataset.seat, competency: button.dataset.competency };
    showPad();
    if (focus) button.focus();
  };

  // By the server's clock: a device an hour wrong would win over the others, or lose to them.
  const answered = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
  const away = Number(words.now) * 1000 - (Date.now() - performance.now() + answered);
  const skew = Math.abs(away) > 5000 ? away : 0;

  const given = new Map();
  const give = async (value) => {
    const button = find();
    if (!button || "locked" in button.dataset) return;
    const place = kamCockpit.placeOf(button);
    // What was given a moment ago may not be drawn yet.
    if ((given.has(place) ? given.get(place) : kamCockpit.valueAt(place)) === value) return;
    given.set(place, value);
    await kamCockpit.outbox.put(place, {
      key: newKey(),
      sheet: Number(button.dataset.sheet),
      competency: Number(button.dataset.competency),
      exercise: kamCockpit.exercise() || null,
      value,
      at: new Date(Date.now() + skew).toISOString(),
    });
    await kamCockpit.draw();
    if (given.get(place) === value) given.delete(place);
    kamCockpit.outbox.flush();
  };

  // What became of the marks, in one line; a refused one says why and where.
  const say = (waiting) => {
    const state = document.getElementById("cockpit-state");
    if (!state) return;
    const kept = waiting.filter((entry) => entry.state === "waiting");
    const bad = waiting.find((entry) => entry.state === "refused");
    const form = keptForms[plurals.select(kept.length)] ?? keptForms.other;
    let text = kept.length ? kamCockpit.fill(form, { n: kept.length }) : bad ? bad.reason : words.wordsSent;
    if (ending === "signed_out") text = words.wordsSignedOut;
    if (ending === "other_user") text = words.wordsOther;
    state.textContent = pad ? text : "";
    state.classList.toggle("is-kept", kept.length > 0);
    state.classList.toggle("is-refused", !kept.length && Boolean(bad));
  };
  kamCockpit.onDraw = (waiting) => {
    say(waiting);
    showPad();
  };
  // What the server has goes from this device; the page learns it with the next answer.
  kamCockpit.onOutbox = (end) => {
    if (end) ending = end;
    if (end === "done") window.htmx.trigger(document.body, "cockpit:changed");
    else kamCockpit.draw();
  };

  cockpit.addEventListener("click", (event) => {
    const button = event.target.closest(".k-score");
    if (button) choose(button);
  });
  cockpit.addEventListener("focusin", (event) => event.target.matches(".k-score") && choose(event.target));
  pad?.addEventListener("change", (event) => event.target.name === "mark" && give(Number(event.target.value)));

  const step = (button, right, down) => {
    const rows = [...document.querySelectorAll(".k-matrix tbody tr")];
    const row = rows.indexOf(button.closest("tr"));
    const cells = [...rows[row].querySelectorAll(".k-score")];
    const target = rows[row + down]?.querySelectorAll(".k-score")[cells.indexOf(button) + right];
    if (target) choose(target, { focus: true });
  };
  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  cockpit.addEventListener("keydown", (event) => {
    const button = event.target.closest(".k-score");
    if (!button || event.ctrlKey || event.metaKey || event.altKey) return;
    if (ARROWS[event.key]) step(button, ...ARROWS[event.key]);
    else if (/^[1-5]$/.test(event.key)) give(Number(event.key));
    else if (event.key === "Backspace" || event.key === "Delete") give(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // Handing in waits until everything on this device has arrived.
  document.addEventListener("submit", async (event) => {
    if (!event.target.matches("[data-finish]") || event.target.dataset.ready) return;
    event.preventDefault();
    await kamCockpit.outbox.flush();
    if ((await kamCockpit.outbox.waiting()).length) return window.kam.toast(words.wordsFirst, { level: "error" });
    event.target.dataset.ready = "yes";
    event.target.submit();
  });

  kamCockpit.draw();
  kamCockpit.outbox.flush();
})();
