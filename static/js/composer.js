// The composer of the account page: quiet until it is touched, sent by Ctrl+Enter, its words kept
// in this browser until they are on the server. Markup it answers to: form[data-composer=account]
// (data-restored, data-discard: words), [data-draft-words], [data-no-channel] (what is said when none
// is chosen), [data-logged=key] (what was just kept).
(() => {
  "use strict";
  const form = document.querySelector("form[data-composer]");
  if (!form) return;
  const name = `kam.draft.${form.dataset.composer}`;
  const words = form.querySelector("[data-draft-words]");
  const left = new Set(["csrfmiddlewaretoken", "files"]);
  const blank = JSON.stringify(read());

  function store(value) {
    try {
      if (value === null) sessionStorage.removeItem(name);
      else sessionStorage.setItem(name, JSON.stringify(value));
    } catch {
      // No draft then; the form works without one.
    }
  }

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function read() {
    const fields = [...new FormData(form)].filter(([field]) => !left.has(field));
    return fields.map(([field, value]) => [field, String(value)]);
  }

  function fill(fields) {
    for (const element of form.elements) {
      if (!element.name || left.has(element.name)) continue;
      const values = fields.filter(([field]) => field === element.name).map(([, value]) => value);
      if (element.type === "checkbox" || element.type === "radio") {
        element.checked = values.includes(element.value);
      } else if (values.length) {
        element.value = values[0];
      }
    }
    form.querySelectorAll("details").forEach((part) => {
      const typed = [...part.querySelectorAll("input:not([type=radio], [type=checkbox], [name=at])")];
      if (typed.some((input) => input.value && input.type !== "file")) part.open = true;
    });
  }

  function open() {
    form.classList.remove("is-quiet");
  }

  function offerToDiscard() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "k-link k-12";
    button.textContent = form.dataset.discard;
    button.addEventListener("click", () => {
      store(null);
      fill(JSON.parse(blank));
      words.replaceChildren();
      form.elements.text.focus();
    });
    words.replaceChildren(`${form.dataset.restored} `, button);
  }

  const done = document.querySelector("[data-logged]")?.dataset.logged;
  let draft = kept();
  const keyOf = (fields) => fields?.find(([field]) => field === "key")?.[1];
  if (done) {
    if (keyOf(draft) === done) {
      store(null);
      draft = null;
    }
    const address = new URL(location.href);
    address.searchParams.delete("logged");
    history.replaceState(history.state, "", address);
  }
  if (draft && !("open" in form.dataset)) {
    fill(draft);
    offerToDiscard();
  } else if (!("open" in form.dataset)) {
    form.classList.add("is-quiet");
  }
  if (location.hash === "#log") open();

  form.addEventListener("focusin", open);
  form.addEventListener("input", () => {
    open();
    store(read());
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  // The browser's own bubble speaks the browser's language; this one the page's.
  form.noValidate = true;
  const channels = [...form.querySelectorAll("[name=channel]")];
  const lacking = form.querySelector("[data-no-channel]");
  form.addEventListener("submit", (event) => {
    if (channels.some((channel) => channel.checked)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    lacking.hidden = false;
    channels[0].focus();
  });
  channels.forEach((channel) => channel.addEventListener("change", () => (lacking.hidden = true)));
  // A second click while the first is on its way changes nothing: the key is the same.
  form.addEventListener("submit", () => store(read()));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href$='#log'], .k-top-log");
    if (!link) return;
    event.preventDefault();
    open();
    form.scrollIntoView({ block: "center" });
    setTimeout(() => form.elements.text.focus(), 0);
  });
})();
