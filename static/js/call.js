// Beside the telephone: one key an outcome, times for "later", the turn kept while the page is open.
(() => {
  "use strict";
  const page = document.querySelector("[data-call]");
  const form = document.querySelector("form[data-outcome]");
  if (!page || !form) return;
  const buttons = [...form.querySelectorAll("button[data-key]")];
  const when = form.querySelector("[name=call_back_at]");
  const reach = form.querySelector("[name=reach]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;

  // What an outcome cannot do without is asked for before it is sent.
  const missing = (button) => {
    const field = button.dataset.needs && document.getElementById(button.dataset.needs);
    return field && !field.value ? field : null;
  };
  let waiting = null;
  const mark = (button) => {
    buttons.forEach((one) => one.classList.toggle("is-waiting", one === button));
    waiting = button;
  };
  buttons.forEach((button) => button.addEventListener("click", (event) => {
    const field = missing(button);
    if (!field) return;
    event.preventDefault();
    mark(button);
    field.focus();
    field.scrollIntoView({ block: "center" });
  }));
  // Enter in the field that was asked for sends the outcome that waited for it.
  form.addEventListener("keydown", (event) => {
    const isField = event.target.matches("input, select");
    if (event.key !== "Enter" || !isField || !waiting || missing(waiting)) return;
    event.preventDefault();
    form.requestSubmit(waiting);
  });

  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || window.kam.typing(event.target)) return;
    if (!window.kam.singleKeys()) return;
    const button = buttons.find((one) => one.dataset.key === event.key);
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  // Times by one press, in the clock of the recruiter.
  const times = form.querySelector("[data-times]");
  times.hidden = false;
  const two = (number) => String(number).padStart(2, "0");
  times.addEventListener("click", (event) => {
    const { minutes, tomorrow } = event.target.closest("button")?.dataset ?? {};
    if (!minutes && !tomorrow) return;
    const at = new Date();
    if (minutes) at.setMinutes(at.getMinutes() + Number(minutes));
    else {
      at.setDate(at.getDate() + 1);
      at.setHours(Number(tomorrow), 0);
    }
    when.value = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
    mark(buttons.find((one) => one.value === "later"));
    waiting.focus();
  });

  // Which number was dialled: "wrong number" is about that one.
  page.querySelectorAll("[data-reach]").forEach((link) => link.addEventListener("click", () => {
    reach.value = link.dataset.reach;
    page.querySelectorAll("[data-reach]").forEach((one) => one.classList.toggle("is-dialled", one === link));
  }));

  let told = false;
  setInterval(async () => {
    const answer = await fetch(page.dataset.keep, {
      method: "POST", headers: { "X-CSRFToken": token }, credentials: "same-origin",
    }).catch(() => null);
    if (answer?.status !== 409 || told) return;
    told = true;
    window.kam.toast(page.dataset.lost, { level: "error" });
  }, 120000);
})();
