// Drop a file, watch it travel. Without this script the form still sends itself.
(() => {
  "use strict";
  const form = document.querySelector("form[data-upload]");
  if (!form) return;
  const drop = form.querySelector(".k-drop");
  const input = form.querySelector("input[type=file]");
  const name = form.querySelector("[data-name]");
  const bar = form.querySelector("[data-bar]");
  const button = form.querySelector("button");
  const errors = document.getElementById("upload-error");
  const refusal = document.querySelector("template[data-refusal]");

  const tell = (text) => {
    const alert = refusal.content.cloneNode(true);
    alert.querySelector(".k-say").textContent = text;
    errors.replaceChildren(alert);
    bar.hidden = true;
    button.disabled = false;
  };

  const show = (label, share) => {
    bar.hidden = false;
    bar.querySelector("[data-label]").textContent = label;
    const progress = bar.querySelector("progress");
    progress.setAttribute("aria-label", label);
    if (share === null) progress.removeAttribute("value");
    else progress.value = share;
    bar.querySelector("[data-share]").textContent = share === null ? "" : `${Math.round(share)} %`;
  };

  input.addEventListener("change", () => {
    errors.replaceChildren();
    if (input.files.length) name.textContent = input.files[0].name;
  });
  for (const event of ["dragenter", "dragover"]) {
    drop.addEventListener(event, () => drop.classList.add("is-over"));
  }
  for (const event of ["dragleave", "drop"]) {
    drop.addEventListener(event, () => drop.classList.remove("is-over"));
  }

  form.addEventListener("submit", (event) => {
    if (!form.reportValidity()) return;
    event.preventDefault();
    errors.replaceChildren();
    button.disabled = true;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    show(form.dataset.sending, 0);
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      show(form.dataset.sending, (loaded / total) * 100);
    });
    request.upload.addEventListener("load", () => show(form.dataset.reading, null));
    request.addEventListener("error", () => tell(form.dataset.broken));
    request.addEventListener("load", () => {
      if (request.status === 413) tell(form.dataset.large);
      else if (request.response?.url) window.location.assign(request.response.url);
      else tell(request.response?.error ?? form.dataset.broken);
    });
    request.send(new FormData(form));
  });
})();
