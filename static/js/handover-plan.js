// Accounts of a plan change places by dragging, or by Alt with an arrow. On a new plan the order of
// the page is what is sent; on a plan that runs ("submit") each change is saved at once.
(() => {
  const list = document.querySelector("[data-order]");
  if (!list) return;
  const rows = () => [...list.querySelectorAll("[data-row]")];
  const order = () => rows().map((row) => row.querySelector("[name=accounts]").value).join(",");
  let dragged = null;
  let before = "";

  function say(row) {
    const live = document.getElementById("live");
    const name = row.querySelector("[data-name]").textContent.trim();
    const words = list.dataset.said.replace("{place}", rows().indexOf(row) + 1);
    if (live) live.textContent = words.replace("{name}", name);
  }

  function keep() {
    if (list.dataset.order === "submit" && order() !== before) list.closest("form").requestSubmit();
  }

  function under(y) {
    return rows().find((row) => {
      const box = row.getBoundingClientRect();
      return row !== dragged && y < box.top + box.height / 2;
    });
  }

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-row]");
    if (!dragged) return;
    before = order();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("is-dragged");
  });

  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    list.insertBefore(dragged, under(event.clientY) || null);
  });

  list.addEventListener("drop", (event) => event.preventDefault());

  list.addEventListener("dragend", () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    say(dragged);
    dragged = null;
    keep();
  });

  list.addEventListener("keydown", (event) => {
    const row = event.target.closest("[data-row]");
    if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    before = order();
    const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
    if (!other || !other.matches("[data-row]")) return;
    if (event.key === "ArrowUp") other.before(row);
    else other.after(row);
    row.focus();
    say(row);
    keep();
  });
})();
