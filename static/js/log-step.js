// The next step and what is rarely needed: chips that write into plain fields.
(() => {
  "use strict";
  const { kamLog } = window;
  const { say } = kamLog;
  const form = document.getElementById("log-form");
  const part = document.getElementById("log-step");
  const detail = part.querySelector("[data-step-detail]");
  const { step, step_due: due, step_owner: owner, at } = form.elements;
  const dueWords = part.querySelector("[data-due-words]");
  const pick = dueWords.textContent;
  const steps = [...part.querySelectorAll("[data-step]")];
  const other = part.querySelector("[data-step-other]");
  const dues = [...part.querySelectorAll("[data-due]")];
  const press = (button, isOn) => button.setAttribute("aria-pressed", String(isOn));

  // The next working day counts as tomorrow: nobody calls back on a Sunday.
  const dayAfter = (days) => {
    const day = new Date();
    day.setDate(day.getDate() + days);
    while (days === 1 && [0, 6].includes(day.getDay())) day.setDate(day.getDate() + 1);
    return say.localDay(day);
  };
  const noon = (iso) => new Date(`${iso}T12:00`);
  const words = (iso) => say.day(noon(iso));
  // On a Friday "tomorrow" is called by its name: Monday.
  const nameOf = (button) => {
    const day = dayAfter(Number(button.dataset.due));
    const isNext = Number(button.dataset.due) === 1;
    const tomorrow = new Date();
    tomorrow.setDate(tomorrow.getDate() + 1);
    return isNext && day !== say.localDay(tomorrow) ? say.weekday(noon(day)) : button.dataset.words;
  };

  const show = () => {
    const title = step.value;
    const isKnown = steps.some((button) => button.dataset.step === title);
    const isFree = detail.classList.contains("is-free");
    steps.forEach((button) => press(button, button.dataset.step === title && !isFree));
    press(other, isFree);
    detail.classList.toggle("is-open", isFree || Boolean(title));
    const known = dues.find((button) => dayAfter(Number(button.dataset.due)) === due.value);
    dues.forEach((button) => {
      press(button, button === known);
      const name = nameOf(button);
      button.firstElementChild.textContent = button === known ? `${name}, ${say.date(noon(due.value))}` : name;
    });
    const chip = dueWords.closest(".log-chip");
    chip.classList.toggle("is-on", Boolean(due.value) && !known);
    dueWords.textContent = due.value && !known ? words(due.value) : pick;
    return isKnown;
  };

  dues.forEach((button) => {
    button.dataset.words = button.firstElementChild.textContent;
    button.addEventListener("click", () => {
      const day = dayAfter(Number(button.dataset.due));
      due.value = due.value === day ? "" : day;
      show();
    });
  });
  steps.forEach((button) => button.addEventListener("click", () => {
    const isOff = step.value === button.dataset.step;
    detail.classList.remove("is-free");
    step.value = isOff ? "" : button.dataset.step;
    if (isOff) due.value = "";
    else due.value ||= dayAfter(1);
    show();
    if (!isOff) detail.scrollIntoView({ block: "nearest" });
  }));
  other.addEventListener("click", () => {
    const isFree = detail.classList.toggle("is-free");
    if (!isFree || steps.some((button) => button.dataset.step === step.value)) step.value = "";
    due.value = isFree ? due.value || dayAfter(1) : "";
    show();
    if (isFree) step.focus();
  });
  due.addEventListener("change", show);

  // Owners: me, and whoever works with me; one alone needs no choice.
  const setOwners = (rows) => {
    owner.replaceChildren(...rows.map(({ id, name }) => new Option(name, id)));
    part.querySelector("[data-owner]").classList.toggle("is-alone", rows.length < 2);
  };

  const whenWords = document.querySelector("[data-when-words]");
  const now = whenWords.textContent;
  let written = ""; // when an entry that is opened again was made
  const showWhen = () => {
    const moment = at.value || written;
    whenWords.textContent = moment ? say.moment(new Date(moment)) : now;
    whenWords.closest(".log-chip").classList.toggle("is-on", Boolean(at.value));
  };
  at.addEventListener("change", showWhen);
  document.getElementById("log-when").addEventListener("toggle", (event) => {
    at.max = say.localMoment(new Date());
    if (event.target.open && !at.value) at.value = written ? say.localMoment(new Date(written)) : at.max;
    showWhen();
  });

  const directionWords = document.querySelector("[data-direction-words]");
  const showMore = () => {
    const chosen = form.querySelector("[name=direction]:checked");
    directionWords.textContent = chosen.nextElementSibling.textContent;
    directionWords.closest(".log-chip").classList.toggle("is-on", chosen.value !== "both");
    const promise = document.getElementById("log-promise");
    promise.querySelector("summary").classList.toggle("is-on", Boolean(form.elements.promise.value.trim()));
    showWhen();
  };
  document.querySelector(".log-more").addEventListener("change", showMore);
  document.getElementById("log-promise").addEventListener("toggle", (event) => {
    if (event.target.open && kamLog.isReady) form.elements.promise.focus();
  });

  kamLog.step = {
    setOwners,
    show: (madeAt = "") => {
      written = madeAt;
      detail.classList.toggle("is-free", Boolean(step.value) && !steps.some((button) => button.dataset.step === step.value));
      document.getElementById("log-promise").open = Boolean(form.elements.promise.value);
      document.getElementById("log-when").open = false;
      document.getElementById("log-direction").open = false;
      show();
      showMore();
    },
  };
})();
