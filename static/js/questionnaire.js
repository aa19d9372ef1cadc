// The questionnaire builder: dragging questions, and answers that belong to some kinds only.
{
  const list = document.querySelector("[data-order][data-may-edit]");

  async function keep() {
    const data = new FormData();
    for (const row of list.children) data.append("ids", row.dataset.id);
    const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    const answer = await fetch(list.dataset.order, { method: "POST", body: data, headers: { "X-CSRFToken": token } }).catch(() => null);
    if (answer?.ok) window.location.reload();
    else document.getElementById("live").textContent = list.dataset.failed;
  }

  if (list) window.kamDragOrder(list, ".h-q", keep);

  const form = document.querySelector("[data-question-form]");

  function fit() {
    const has = ["choice", "choices"].includes(form.elements.kind.value);
    for (const box of form.querySelectorAll("[data-options]")) box.hidden = !has;
  }

  if (form) {
    form.addEventListener("change", fit);
    fit();
  }

  const preview = document.querySelector("[data-preview]");

  function show() {
    for (const box of preview.querySelectorAll("[data-after]")) {
      const parent = preview.querySelector(`[name="${box.dataset.after}"]`)?.closest(".h-apply-q");
      const chosen = [...preview.querySelectorAll(`[name="${box.dataset.after}"]:checked`)].map((one) => one.value);
      box.hidden = Boolean(parent?.hidden) || !chosen.includes(box.dataset.afterValue);
    }
  }

  if (preview) {
    for (const note of preview.querySelectorAll("[data-when]")) note.hidden = true;
    preview.addEventListener("change", show);
    preview.addEventListener("submit", (event) => event.preventDefault());
    show();
  }
}
