// Stages change places by dragging; the new order is sent at once. The arrows do the same without.
(() => {
  const list = document.querySelector("[data-stages]");
  if (!list) return;
  const rows = () => [...list.querySelectorAll("[data-stage]")];

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

  window.kamDragOrder(list, "[data-stage]", (_row, hasMoved) => {
    if (hasMoved) keep();
  });
})();
