// The table of a plan: cells save themselves, keys move between them, a block of a spreadsheet is
// pasted. Sums come from the server, which adds exactly.
(() => {
  "use strict";
  const form = document.querySelector("[data-plan-grid]");
  if (!form) return;
  const status = form.querySelector("[data-status]");
  const rows = [...form.querySelectorAll("tbody tr")];
  const table = rows.map((row) => [...row.querySelectorAll("input.form-control")]);
  const waiting = new Set();
  const AT_ONCE = 100;
  let many = AT_ONCE;
  let busy = false;

  const place = (cell) => {
    const y = rows.indexOf(cell.closest("tr"));
    return [y, table[y].indexOf(cell)];
  };
  const keyOf = (cell) => cell.name.slice(5);
  const cellOf = (key) => form.elements[`cell-${key}`];
  const seenOf = (key) => form.elements[`seen-${key}`];
  const mark = (cell, name, on) => cell.closest("td").classList.toggle(name, on);

  function go(cell, down, right) {
    const [y, x] = place(cell);
    const next = table[y + down]?.[x + right];
    next?.focus();
    next?.select();
  }

  function note(cell) {
    waiting.add(cell);
    mark(cell, "is-unsaved", true);
    mark(cell, "is-wrong", false);
  }

  function body(cells) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.set("measure", form.elements.measure.value);
    for (const cell of cells) {
      data.set(cell.name, cell.value);
      data.set(`seen-${keyOf(cell)}`, seenOf(keyOf(cell)).value);
    }
    return data;
  }

  async function save() {
    if (busy || !waiting.size) return;
    busy = true;
    const cells = [...waiting].slice(0, many);
    cells.forEach((cell) => waiting.delete(cell));
    status.textContent = form.dataset.saving;
    const headers = { Accept: "application/json" };
    const answer = await fetch(form.action, { method: "POST", body: body(cells), headers }).catch(() => null);
    const said = await answer?.json().catch(() => null);
    if (!said) {
      cells.forEach((cell) => waiting.add(cell));
      status.textContent = form.dataset.lost;
    } else if (answer.ok) {
      saved(cells, said);
    } else {
      refused(cells, said);
    }
    busy = false;
    if (!waiting.size) many = AT_ONCE;
    if (said) save();
  }

  function saved(cells, said) {
    for (const cell of cells) {
      mark(cell, "is-unsaved", waiting.has(cell));
      mark(cell, "is-theirs", false);
    }
    for (const [key, now] of Object.entries(said.cells)) {
      seenOf(key).value = now.seen;
      if (!waiting.has(cellOf(key)) && document.activeElement !== cellOf(key)) cellOf(key).value = now.text;
    }
    for (const [user, total] of Object.entries(said.rows)) {
      form.querySelector(`tr[data-user="${user}"] [data-row-total]`).textContent = total;
    }
    form.querySelectorAll("[data-month-total]").forEach((cell, month) => { cell.textContent = said.months[month]; });
    form.querySelector("[data-total]").textContent = said.total;
    status.textContent = form.dataset.saved;
  }

  function refused(cells, said) {
    status.textContent = said.error;
    const theirs = said.theirs ?? {};
    const isConflict = Object.keys(theirs).length > 0;
    // Which of many is wrong is found by sending them one by one; the others are saved so.
    if (!isConflict && cells.length > 1) {
      many = 1;
      cells.forEach((cell) => waiting.add(cell));
      return;
    }
    for (const cell of cells) {
      if (theirs[keyOf(cell)]) ask(cell, theirs[keyOf(cell)], said.error);
      else if (isConflict) waiting.add(cell);
      else mark(cell, "is-wrong", true);
    }
  }

  // One figure was changed by somebody else: both stand there, and the writer chooses.
  function ask(cell, now, words) {
    const part = form.querySelector("[data-conflict]").content.cloneNode(true).firstElementChild;
    part.querySelector("[data-words]").textContent = `${cell.getAttribute("aria-label")}: ${words}`;
    part.querySelector("[data-theirs]").textContent = now.text;
    part.querySelector("[data-mine]").textContent = cell.value || "—";
    part.addEventListener("click", (event) => {
      const keep = event.target.closest("[data-keep]")?.dataset.keep;
      if (!keep) return;
      seenOf(keyOf(cell)).value = now.seen;
      if (keep === "mine") {
        note(cell);
      } else {
        cell.value = now.seen ? now.text : "";
        mark(cell, "is-unsaved", false);
      }
      part.remove();
      cell.focus();
      save();
    });
    form.querySelector("[data-conflicts]").append(part);
    part.scrollIntoView({ block: "nearest" });
  }

  function paste(cell, text) {
    const [y, x] = place(cell);
    text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => {
      line.split("\t").forEach((value, right) => {
        const target = table[y + down]?.[x + right];
        if (!target) return;
        target.value = value.trim();
        note(target);
      });
    });
    save();
  }

  form.addEventListener("change", (event) => {
    if (!event.target.matches("input.form-control")) return;
    note(event.target);
    save();
  });
  form.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text");
    if (!event.target.matches("input.form-control") || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    paste(event.target, text);
  });
  form.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!cell.matches("input.form-control") || event.altKey || event.ctrlKey || event.metaKey) return;
    const isAll = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [event.shiftKey ? -1 : 1, 0] };
    if (isAll) Object.assign(moves, { ArrowLeft: [0, -1], ArrowRight: [0, 1] });
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    go(cell, ...move);
  });
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("input.form-control")) event.target.select();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size) event.preventDefault();
  });
})();
