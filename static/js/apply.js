// The public form with script: keeps what is typed, hides questions that are not asked.
{
  const form = document.querySelector("[data-draft]");
  const saved = form.querySelector("[data-saved]");

  const chosen = (name) => [...form.querySelectorAll(`[name="${name}"]:checked`)].map((one) => one.value);

  function show() {
    // Questions stand in order, so a hidden one has hidden its own followers before they are looked at.
    for (const box of form.querySelectorAll("[data-after]")) {
      const parent = form.querySelector(`[name="${box.dataset.after}"]`)?.closest(".h-apply-q");
      box.hidden = Boolean(parent?.hidden) || !chosen(box.dataset.after).includes(box.dataset.afterValue);
    }
  }

  let waiting = 0;
  let isSent = false;

  async function save() {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: data, credentials: "same-origin" });
      if (answer.ok && !isSent) saved.textContent = form.dataset.kept;
    } catch {
      saved.textContent = "";
    }
  }

  function later() {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(save, 900);
  }

  function weigh(input) {
    const file = input.files[0];
    const error = document.getElementById(`error_${input.name}`);
    const isTooLarge = Boolean(file) && file.size > Number(form.dataset.most);
    input.classList.toggle("is-invalid", isTooLarge);
    if (error) error.textContent = isTooLarge ? form.dataset.tooLarge : "";
    if (isTooLarge) input.value = "";
  }

  for (const note of form.querySelectorAll("[data-when]")) note.hidden = true;
  form.addEventListener("input", later);
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") weigh(event.target);
    show();
    later();
  });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(waiting);
    if (isSent) event.preventDefault();
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
  show();
  document.getElementById("errors")?.focus();
}
