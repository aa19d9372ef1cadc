// The ranking: on paper, and the reason of a refusal asked only when somebody is refused.
(() => {
  "use strict";
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
  const show = (form) => {
    const part = form.querySelector("[data-for-refuse]");
    if (!part) return;
    const isRefused = form.elements.verdict.value === "refuse";
    part.hidden = !isRefused;
    part.querySelector("select").required = isRefused;
  };
  document.querySelectorAll(".k-deciding form").forEach((form) => {
    show(form);
    form.addEventListener("change", () => show(form));
  });
})();
