// The board by keyboard: arrows go from card to card; Space picks one up, arrows carry it, Space or
// Enter puts it down, Escape puts it back. Every step is read out.
(() => {
  "use strict";
  if (!window.kam?.board) return;
  const { board, mayEdit, lanes, takes, list, cards, send, putBack } = window.kam.board;
  let lifted = null;
  let back = null;

  const named = (item) => item.querySelector("h3").textContent.trim();
  const heading = (lane) => lane.querySelector("h2").firstChild.textContent.trim();
  const say = (key, words) => {
    const text = board.dataset[key].replace(/%\((\w+)\)s/g, (_whole, name) => words[name]);
    window.kam.announce(text);
  };
  const sayPlace = (item) => {
    const lane = item.closest("[data-lane]");
    const all = cards(lane);
    say("place", { stage: heading(lane), place: all.indexOf(item) + 1, count: all.length });
  };
  const focus = (item) => {
    item?.querySelector("a").focus();
    item?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const lift = (item) => {
    if (!mayEdit || !takes(item.closest("[data-lane]"))) return;
    lifted = item;
    back = putBack(item);
    item.classList.add("is-lifted");
    say("lifted", { name: named(item) });
  };
  const drop = () => {
    const item = lifted;
    item.classList.remove("is-lifted");
    lifted = null;
    say("dropped", { name: named(item), stage: heading(item.closest("[data-lane]")) });
    send(item, back);
  };
  const cancel = () => {
    const item = lifted;
    if (!item) return;
    lifted = null;
    item.classList.remove("is-lifted");
    back();
    focus(item);
    say("back", { name: named(item) });
  };

  const beside = (lane, step) => {
    const open = lanes().filter((one) => !lifted || takes(one));
    return open[open.indexOf(lane) + step];
  };
  const carry = (key) => {
    const lane = lifted.closest("[data-lane]");
    const { previousElementSibling: above, nextElementSibling: below } = lifted;
    if (key === "ArrowUp" && above) above.before(lifted);
    if (key === "ArrowDown" && below) below.after(lifted);
    const side = { ArrowLeft: -1, ArrowRight: 1 }[key];
    const other = side && beside(lane, side);
    if (other) {
      const place = cards(lane).indexOf(lifted);
      list(other).insertBefore(lifted, cards(other)[place] ?? null);
    }
    focus(lifted);
    sayPlace(lifted);
  };
  const walk = (item, key) => {
    const lane = item.closest("[data-lane]");
    const place = cards(lane).indexOf(item);
    if (key === "ArrowUp") focus(cards(lane)[place - 1]);
    if (key === "ArrowDown") focus(cards(lane)[place + 1]);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
    for (let other = step && beside(lane, step); other; other = beside(other, step)) {
      const all = cards(other);
      if (all.length) {
        focus(all[Math.min(place, all.length - 1)]);
        return;
      }
    }
  };

  board.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = event.target.closest(".k-bcard");
    const onName = item && event.target.closest("h3");
    if (!onName) return;
    const arrow = event.key.startsWith("Arrow");
    if (lifted) {
      if (!arrow && ![" ", "Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      if (arrow) carry(event.key);
      else if (event.key === "Escape") cancel();
      else drop();
    } else if (event.key === " ") {
      event.preventDefault();
      lift(item);
    } else if (arrow) {
      event.preventDefault();
      walk(item, event.key);
    }
  });
  // Moving a node takes its focus away for a moment: only a real leaving puts the card back.
  board.addEventListener("focusout", () => {
    setTimeout(() => {
      if (lifted && !lifted.contains(document.activeElement)) cancel();
    });
  });
})();
