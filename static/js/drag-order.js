// Rows of a list change places by dragging. `dropped(row, hasMoved)` is called when one is put down.
window.kamDragOrder = (list, selector, dropped) => {
  const rows = () => [...list.querySelectorAll(selector)];
  let dragged = null;
  let before = [];

  function under(y) {
    return rows().find((row) => {
      const box = row.getBoundingClientRect();
      return row !== dragged && y < box.top + box.height / 2;
    });
  }

  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest(selector);
    if (!dragged) return;
    before = rows();
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    if (event.target !== dragged) event.dataTransfer.setDragImage(dragged, 16, 16);
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
    const row = dragged;
    row.classList.remove("is-dragged");
    dragged = null;
    dropped(row, rows().some((one, place) => one !== before[place]));
  });
};
