// Choosing accounts: sums and the accounts compared with follow what is ticked; a filter keeps it.
// On a phone a bar at the foot says the sum.
(() => {
  "use strict";
  const form = document.querySelector("[data-choose]");
  const beside = document.getElementById("pb-beside");
  const filter = document.querySelector("[data-filter]");
  if (!form || !beside) return;
  let waiting;

  const ticked = () => [...form.querySelectorAll("[name=accounts]:checked")].map((box) => box.value);

  function query() {
    const sent = new URLSearchParams(ticked().map((pk) => ["accounts", pk]));
    sent.set("each", form.elements.each.value);
    return sent;
  }

  function tellShort() {
    form.querySelector("[data-sum]").textContent = beside.querySelector("[data-short]").textContent;
  }

  beside.addEventListener("htmx:afterSwap", tellShort);
  tellShort();

  form.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      htmx.ajax("GET", `${beside.dataset.url}?${query()}`, { target: beside, swap: "innerHTML" });
    }, 250);
  });

  filter?.addEventListener("formdata", (event) => {
    event.formData.set("ticked", "1");
    for (const [name, value] of query()) event.formData.append(name, value);
  });
})();
