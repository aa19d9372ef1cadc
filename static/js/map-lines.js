// The lines of the account map: reporting, influence, conflict, and ties to ours by width and age.
(() => {
  "use strict";
  const { CARD, OURS, svg } = window.kamMap;

  const middle = (place, size) => ({ x: place.x + size.width / 2, y: place.y + size.height / 2 });

  // Where the straight way from the middle of a card to a point leaves the card.
  const edgeOf = (place, size, to, room = 0) => {
    const from = middle(place, size);
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    if (!dx && !dy) return from;
    const scale = Math.min((size.width / 2 + room) / Math.abs(dx || 1e-9), (size.height / 2 + room) / Math.abs(dy || 1e-9));
    return { x: from.x + dx * scale, y: from.y + dy * scale };
  };

  const reports = (from, to, hung) => {
    if (hung === "indent" && from.x > to.x + 8) return `M${to.x + 14} ${to.y + CARD.height}V${from.y + 27}H${from.x}`;
    const above = { x: to.x + CARD.width / 2, y: to.y + CARD.height };
    const turn = above.y + 28;
    if (hung === "bus") {
      const side = from.x - 12;
      return `M${above.x} ${above.y}V${turn}H${side}V${from.y + 27}H${from.x}`;
    }
    const below = { x: from.x + CARD.width / 2, y: from.y };
    if (below.y > above.y + 20) {
      const bend = Math.min(turn, (above.y + below.y) / 2);
      return Math.abs(above.x - below.x) < 2 ? `M${above.x} ${above.y}V${below.y}` : `M${above.x} ${above.y}V${bend}H${below.x}V${below.y}`;
    }
    const a = edgeOf(to, CARD, middle(from, CARD));
    const b = edgeOf(from, CARD, middle(to, CARD));
    return `M${a.x} ${a.y}L${b.x} ${b.y}`;
  };

  const bowed = (from, to) => {
    const dx = to.x - from.x;
    const dy = to.y - from.y;
    const length = Math.hypot(dx, dy) || 1;
    const bow = Math.min(48, length / 6);
    const control = { x: (from.x + to.x) / 2 - (dy / length) * bow, y: (from.y + to.y) / 2 + (dx / length) * bow };
    return { control, path: `M${from.x} ${from.y}Q${control.x} ${control.y} ${to.x} ${to.y}` };
  };

  const arrow = (tip, from) => {
    const angle = Math.atan2(tip.y - from.y, tip.x - from.x);
    const wing = (turn) => `${tip.x - 10 * Math.cos(angle + turn)} ${tip.y - 10 * Math.sin(angle + turn)}`;
    return `M${tip.x} ${tip.y}L${wing(0.42)}L${wing(-0.42)}Z`;
  };

  const zigzag = (from, to) => {
    const length = Math.hypot(to.x - from.x, to.y - from.y);
    const count = Math.max(4, Math.round(length / 9));
    const nx = -(to.y - from.y) / (length || 1);
    const ny = (to.x - from.x) / (length || 1);
    let path = `M${from.x} ${from.y}`;
    for (let index = 1; index < count; index += 1) {
      const part = index / count;
      const side = index % 2 ? 4.5 : -4.5;
      path += `L${from.x + (to.x - from.x) * part + nx * side} ${from.y + (to.y - from.y) * part + ny * side}`;
    }
    return `${path}L${to.x} ${to.y}`;
  };

  const shapeOf = (line, layout) => {
    const from = layout.at.get(line.from);
    const to = layout.at.get(line.to);
    if (line.kind === "reports") return { path: reports(from, to, from.y > to.y ? layout.hung.get(line.from) : null) };
    const start = edgeOf(from, CARD, middle(to, CARD), 2);
    const end = edgeOf(to, CARD, middle(from, CARD), 3);
    if (line.kind === "conflict") return { path: zigzag(start, end) };
    const { path, control } = bowed(start, end);
    return { path, arrow: arrow(end, control) };
  };

  const edge = (line) => {
    const title = svg("title");
    title.textContent = line.words;
    return svg(
      "g", { class: `m-edge m-edge-${line.kind}${line.stale ? " is-old" : ""}`, "data-line": line.id },
      title, svg("path", { class: "m-hit" }), svg("path", { class: `m-line m-line-${line.kind}` }),
      line.kind === "influences" ? svg("path", { class: "m-arrow" }) : null,
    );
  };

  const place = (group, line, layout) => {
    const { path, arrow: head } = shapeOf(line, layout);
    group.querySelector(".m-hit").setAttribute("d", path);
    group.querySelector(".m-line").setAttribute("d", path);
    if (head) group.querySelector(".m-arrow").setAttribute("d", head);
  };

  const tie = (one) => svg("path", {
    class: `m-tie${one.faded ? " is-faded" : ""}${one.strength < 30 ? " is-weak" : ""}`, "stroke-width": (1 + one.strength / 14).toFixed(1),
    "data-from": one.from, "data-to": one.to,
  });

  const placeTie = (path, one, layout) => {
    const from = layout.ours.get(one.from);
    const to = layout.at.get(one.to);
    const below = from.y < to.y; // theirs stand below ours unless a card was moved up there
    const start = { x: from.x + OURS.width / 2, y: from.y + (below ? OURS.height : 0) };
    const end = { x: to.x + CARD.width / 2, y: to.y + (below ? 0 : CARD.height) };
    const pull = Math.min(180, Math.max(40, Math.abs(start.y - end.y) / 2)) * (below ? 1 : -1);
    path.setAttribute("d", `M${start.x} ${start.y}C${start.x} ${start.y + pull} ${end.x} ${end.y - pull} ${end.x} ${end.y}`);
  };

  Object.assign(window.kamMap, { edge, placeEdge: place, tie, placeTie, middleOf: middle });
})();
