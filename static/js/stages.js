// Stages change places by dragging; the new order is sent at once. The arrows do the same without.
(() => {
  const list = document.querySelector("[data-stages]");
  if (!list) return;
  let dragged = null;
  let before = "";

  const rows = () => [...list.querySelectorAll("[data-stage]")];
  const order = () => rows().map((row) => row.dataset.stage).join(",");

  function under(y) {
    return rows().find((row) => {
      const box = row.getBoundingClientRect();
      return row !== dragged && y < box.top + box.height / 2;
    });
  }

  async function keep() {
    const body = new URLSearchParams();
    rows().forEach((row) => body.append("stage", row.dataset.stage));
    const token = list.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token };
    const answer = await fetch(list.dataset.stages, { method: "POST", body, headers }).catch(() => null);
    if (!answer || !answer.ok) {
      location.reload();
      return;
    }
    const live = document.getElementById("live");
    if (live) live.textContent = list.dataset.done;
    refresh();
  }

  function refresh() {
    const all = rows();
    all.forEach((row, place) => {
      const [up, down] = row.querySelectorAll(".v-stage-do button");
      up.disabled = place === 0;
      down.disabled = place === all.length - 1;
    });
  }

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-stage]");
    before = order();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.stage);
    event.dataTransfer.setDragImage(dragged, 16, 16);
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
    dragged = null;
    if (order() !== before) keep();
  });
})();
