// The policy laboratory: a slider and its number agree, a cut dragged on the chart moves both, and
// every change asks for what it would lead to. Without this script the form is sent by its button.
(() => {
  "use strict";
  const form = document.querySelector("[data-lab]");
  if (!form) return;
  const chart = () => document.getElementById("lab-chart")?.chart;
  const numbers = { A: form.elements.cut_a, B: form.elements.cut_b };
  let dragging = false;

  const ask = () => form.dispatchEvent(new Event("lab:change"));
  const mirrorOf = (field) => form.querySelector(`[data-mirror="${field.id}"]`);
  const set = (field, value) => {
    field.value = value;
    const mirror = mirrorOf(field);
    if (mirror) mirror.value = value;
  };

  // The cuts keep apart, so that moving one past the other carries it along.
  const keepApart = (moved) => {
    const low = Number(numbers.A.value);
    const high = Number(numbers.B.value);
    if (low < high) return;
    if (moved === numbers.A) set(numbers.B, Math.min(100, low + 0.5));
    else set(numbers.A, Math.max(1, high - 0.5));
  };

  form.addEventListener("input", (event) => {
    const target = event.target;
    const field = target.dataset.mirror ? document.getElementById(target.dataset.mirror) : target;
    if (target !== field) field.value = target.value;
    else if (mirrorOf(field)) mirrorOf(field).value = field.value;
    if (target !== field && Object.values(numbers).includes(field)) keepApart(field);
    ask();
  });

  document.addEventListener("chart:cut", (event) => {
    const { key, share, moving } = event.detail;
    dragging = moving;
    set(numbers[key], Math.round(share * 1000) / 10);
    ask();
  });

  // Every trial has an address: reload, send it to somebody, go back.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "lab-result") return;
    const source = document.getElementById("lab-data");
    if (source && !dragging) chart()?.update(JSON.parse(source.textContent));
    const query = new URLSearchParams(new FormData(form));
    history.replaceState(history.state, "", `?${query}`);
  });
})();
