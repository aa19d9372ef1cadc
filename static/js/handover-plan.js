// Accounts of a plan change places by dragging, or by Alt with an arrow. On a new plan the order of
// the page is what is sent; on a plan that runs ("submit") each change is saved at once.
(() => {
  const list = document.querySelector("[data-order]");
  if (!list) return;
  const rows = () => [...list.querySelectorAll("[data-row]")];

  function say(row) {
    const live = document.getElementById("live");
    const name = row.querySelector("[data-name]").textContent.trim();
    const words = list.dataset.said.replace("{place}", rows().indexOf(row) + 1);
    if (live) live.textContent = words.replace("{name}", name);
  }

  function keep() {
    if (list.dataset.order === "submit") list.closest("form").requestSubmit();
  }

  window.kamDragOrder(list, "[data-row]", (row, hasMoved) => {
    say(row);
    if (hasMoved) keep();
  });

  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    if (!other || !other.matches("[data-row]")) return;
    if (event.key === "ArrowUp") other.before(row);
    else other.after(row);
    row.focus();
    say(row);
    keep();
  });
})();
