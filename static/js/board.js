// The board: drag a card with the mouse, open "Move to…" in the drawer, one column at a time on
// phones, and draw anew after every change. board-keys.js moves cards by keyboard.
// Markup: [data-board][data-may-edit] > [data-lane=stage] .k-lanelist > .k-bcard[data-id][data-v].
(() => {
  "use strict";
  const board = document.querySelector("[data-board]");
  if (!board) return;
  const mayEdit = board.hasAttribute("data-may-edit");
  const mouse = matchMedia("(hover: hover) and (pointer: fine)").matches;
  const lanes = () => [...board.querySelectorAll("[data-lane]")];
  const takes = (lane) => Boolean(lane) && /^\d+$/.test(lane.dataset.lane);
  const list = (lane) => lane.querySelector(".k-lanelist");
  const cards = (lane) => [...lane.querySelectorAll(".k-bcard")];
  const card = (id) => board.querySelector(`.k-bcard[data-id="${CSS.escape(id)}"]`);
  let focused = "";

  const dress = () => {
    if (!mayEdit) return;
    board.querySelectorAll(".k-bcard").forEach((item) => {
      const lane = item.closest("[data-lane]");
      item.draggable = mouse && takes(lane);
      if (takes(lane)) item.querySelector("a").setAttribute("aria-describedby", "board-help");
    });
  };
  const renew = () => {
    const held = board.querySelector(".k-bcard:focus-within");
    focused = held?.dataset.id ?? focused;
    const across = board.querySelector(".k-board")?.scrollLeft ?? 0;
    return window.htmx
      .ajax("GET", location.pathname + location.search, { target: board, swap: "innerHTML show:none" })
      .then(() => {
        const columns = board.querySelector(".k-board");
        if (columns) columns.scrollLeft = across;
      });
  };
  document.body.addEventListener("board:changed", renew);
  board.addEventListener("htmx:afterSettle", () => {
    dress();
    if (focused && !document.querySelector("dialog[open]")) card(focused)?.querySelector("a").focus({ preventScroll: true });
    focused = "";
  });

  // Where it lies now is where it is sent to: under the card above it, or on top.
  const send = (item, back) => {
    const lane = item.closest("[data-lane]");
    const above = item.previousElementSibling;
    const values = { stage: lane.dataset.lane, below: above?.dataset.id ?? "0", version: item.dataset.v };
    focused = item.dataset.id;
    const failed = (event) => {
      if (!event.detail.successful) back();
    };
    board.addEventListener("htmx:afterRequest", failed, { once: true });
    window.htmx.ajax("POST", `/hiring/candidacies/${item.dataset.id}/move/`, { source: board, swap: "none", values });
  };
  const putBack = (item) => {
    const [parent, next] = [item.parentElement, item.nextElementSibling];
    return () => parent.insertBefore(item, next);
  };

  let dragged = null;
  const clear = () => {
    board.querySelectorAll(".is-over, .is-before").forEach((item) => item.classList.remove("is-over", "is-before"));
  };
  const under = (event) => {
    const lane = event.target.closest?.("[data-lane]");
    if (!dragged || !takes(lane)) return [null, null];
    const below = cards(lane).find((item) => {
      const box = item.getBoundingClientRect();
      return item !== dragged && event.clientY < box.top + box.height / 2;
    });
    return [lane, below ?? null];
  };
  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".k-bcard[draggable=true]");
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.id);
  });
  board.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    clear();
  });
  board.addEventListener("dragover", (event) => {
    const [lane, below] = under(event);
    clear();
    if (!lane) return;
    event.preventDefault();
    lane.classList.add("is-over");
    below?.classList.add("is-before");
  });
  board.addEventListener("drop", (event) => {
    const [lane, below] = under(event);
    if (!lane) return;
    event.preventDefault();
    const [item, back] = [dragged, putBack(dragged)];
    if (below === item.nextElementSibling && item.closest("[data-lane]") === lane) return;
    list(lane).insertBefore(item, below);
    send(item, back);
  });

  board.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const menu = event.target.closest(".k-moveto");
    const more = event.target.closest("[data-more]");
    const tab = event.target.closest("[data-lanetab]");
    if (menu || more || tab) event.preventDefault();
    if (menu) window.htmx.ajax("GET", menu.getAttribute("href"), { target: "#drawer-body" });
    if (more) {
      history.pushState(null, "", more.getAttribute("href").split("#")[0]);
      renew();
    }
    if (!tab) return;
    const address = new URL(location.href);
    address.searchParams.set("stage", tab.dataset.lanetab);
    history.replaceState(null, "", address);
    board.querySelector("[data-lanetab][aria-current]")?.removeAttribute("aria-current");
    tab.setAttribute("aria-current", "true");
    lanes().forEach((lane) => lane.classList.toggle("is-shown", lane.dataset.lane === tab.dataset.lanetab));
  });
  window.addEventListener("popstate", () => location.reload());

  window.kam.board = { board, mayEdit, lanes, takes, list, cards, send, putBack };
  dress();
})();
