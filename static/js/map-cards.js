// A card of the account map in SVG: name or hole, title, power and stance as shape and words, tie.
(() => {
  "use strict";
  const { CARD, OURS } = window.kamMap;
  const SPACE = "http://www.w3.org/2000/svg";
  const FONT = '"Inter Variable", Inter, system-ui, sans-serif';

  const svg = (name, attributes = {}, ...children) => {
    const element = document.createElementNS(SPACE, name);
    Object.entries(attributes).forEach(([key, value]) => {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value);
    });
    element.append(...children.filter((child) => child !== null));
    return element;
  };

  const pen = document.createElement("canvas").getContext("2d");
  const measure = (text, size, weight) => {
    pen.font = `${weight} ${size}px ${FONT}`;
    return pen.measureText(text).width;
  };
  const cut = (text, width, size, weight = 400) => {
    if (measure(text, size, weight) <= width) return text;
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (measure(`${text.slice(0, middle).trimEnd()}…`, size, weight) <= width) low = middle;
      else high = middle - 1;
    }
    return `${text.slice(0, low).trimEnd()}…`;
  };
  const wrap = (text, width, size, weight, most) => {
    const lines = [];
    let line = "";
    const words = text.split(/\s+/);
    words.forEach((word, index) => {
      if (lines.length === most) return;
      const longer = line ? `${line} ${word}` : word;
      if (!line || measure(longer, size, weight) <= width) {
        line = longer;
        return;
      }
      if (lines.length === most - 1) {
        line = [line, ...words.slice(index)].join(" ");
        lines.push(cut(line, width, size, weight));
        line = "";
        return;
      }
      lines.push(line);
      line = word;
    });
    if (line && lines.length < most) lines.push(line);
    return lines.map((each) => cut(each, width, size, weight));
  };

  const text = (words, attributes) => {
    const element = svg("text", attributes);
    element.textContent = words;
    return element;
  };

  const bars = (power, x, y, scale = 1) => svg(
    "g", { class: power ? "m-power" : "m-power is-unknown", transform: `translate(${x} ${y}) scale(${scale})` },
    ...[1, 2, 3].map((level) => svg("rect", {
      x: (level - 1) * 5, y: 8 - level * 3, width: 3.6, height: 3 + level * 3, rx: 1,
      class: level <= power ? "is-on" : null,
    })),
  );
  const SHAPES = {
    5: "M0 0l6-6 6 6H8.5v6h-5V0z",
    4: "M0 3l6-6 6 6z",
    3: "M6-5a5 5 0 1 1 0 10A5 5 0 1 1 6-5z",
    2: "M0-3l6 6 6-6z",
    1: "M0 0l6 6 6-6H8.5v-6h-5v6z",
    0: "M6-4.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z",
  };
  const shape = (stance, x, y, scale = 1) => svg("path", {
    d: SHAPES[stance] ?? SHAPES[0], class: `m-stance m-stance-${stance}`, transform: `translate(${x} ${y}) scale(${scale})`,
  });

  const near = (person) => {
    const group = svg("g", { class: "m-near" });
    const lines = wrap(person.name, CARD.width - 62 - (person.risk ? 16 : 0), 13, 600, 2);
    lines.forEach((line, index) => group.append(text(line, { class: "m-name", x: 50, y: 24 + index * 16 })));
    const title = person.title && person.title !== person.name ? cut(person.title, CARD.width - 62, 12) : "";
    if (title) group.append(text(title, { class: "m-title", x: 50, y: 24 + lines.length * 16 }));
    if (person.powerWords) {
      const wide = CARD.width - 40;
      group.append(
        bars(person.power, 14, CARD.height - 45),
        text(cut(person.powerWords, wide, 12), { class: `m-fact is-age-${person.powerAge}${person.power ? "" : " is-unknown"}`, x: 36, y: CARD.height - 36 }),
        shape(person.stance, 15, CARD.height - 19.5),
        text(cut(person.stanceWords, wide - (person.tieWords ? measure(person.tieWords, 12, 600) + 12 : 0), 12), { class: `m-fact is-age-${person.stanceAge}${person.stance ? "" : " is-unknown"}`, x: 36, y: CARD.height - 15 }),
      );
    }
    if (person.tieWords) group.append(text(person.tieWords, { class: "m-tiewords", x: CARD.width - 12, y: CARD.height - 15 }));
    return group;
  };

  // From afar only what can still be read: the name, large, and the two signs.
  const far = (person) => {
    const group = svg("g", { class: "m-far" });
    const room = CARD.width - 22 - (person.risk || person.differs ? 24 : 0);
    wrap(person.name, room, 28, 600, 2).forEach((line, index) => group.append(text(line, { class: "m-farname", x: 12, y: 36 + index * 31 })));
    if (person.powerWords) group.append(bars(person.power, 14, CARD.height - 24, 1.9), shape(person.stance, 54, CARD.height - 21, 1.7));
    if (person.tie) group.append(text(String(person.tie), { class: "m-fartie", x: CARD.width - 12, y: CARD.height - 13 }));
    return group;
  };

  const card = (person, { draws }) => {
    const names = ["m-card", person.hole && "is-hole", person.outside && "is-outside", person.key.startsWith("r") && "is-role"];
    const group = svg("g", {
      class: names.filter(Boolean).join(" "), role: "option", tabindex: -1, id: `map-${person.key}`,
      "aria-label": person.label, "aria-selected": "false", "data-key": person.key,
    });
    group.append(svg("rect", { class: "m-box", width: CARD.width, height: CARD.height, rx: 10 }));
    const head = svg("g", { class: "m-near" });
    head.append(
      svg("circle", { class: person.hole ? "m-face is-hole" : "m-face", cx: 27, cy: 27, r: 15 }),
      text(person.initials, { class: "m-initials", x: 27, y: 31 }),
    );
    group.append(head, near(person), far(person));
    const marks = svg("g", { class: "m-marks" });
    if (person.risk) marks.append(svg("path", { class: "m-risk", d: `M${CARD.width - 18} 10l8 14h-16z` }), text("!", { class: "m-risk-mark", x: CARD.width - 18, y: 22 }));
    if (person.differs) marks.append(text("≠", { class: "m-differs", x: CARD.width - 18, y: person.risk ? 40 : 24 }));
    group.append(marks);
    if (person.tie) {
      const wide = (CARD.width - 20) * person.tie / 100;
      group.append(svg("rect", { class: "m-tiebar", x: 10, y: CARD.height - 4, width: Math.max(wide, 2), height: 3, rx: 1.5 }));
    }
    if (draws) group.append(svg("circle", { class: "m-handle", cx: CARD.width / 2, cy: CARD.height, r: 7, "data-handle": "" }));
    return group;
  };

  const ours = (one) => {
    const group = svg("g", {
      class: one.owner ? "m-card m-ours is-owner" : "m-card m-ours", role: "option", tabindex: -1, id: `map-${one.key}`,
      "aria-label": one.label, "aria-selected": "false", "data-key": one.key,
    });
    const room = OURS.width - 52 - (one.share ? measure(one.share, 12, 600) + 12 : 0);
    group.append(
      svg("rect", { class: "m-box", width: OURS.width, height: OURS.height, rx: 28 }),
      svg(
        "g", { class: "m-near" },
        svg("circle", { class: "m-face", cx: 28, cy: 28, r: 15 }),
        text(one.initials, { class: "m-initials", x: 28, y: 32 }),
        text(cut(one.name, room, 13, 600), { class: "m-name", x: 50, y: 25 }),
        text(cut(one.title, room, 12), { class: "m-title", x: 50, y: 41 }),
        one.share ? text(one.share, { class: "m-share", x: OURS.width - 16, y: 33 }) : null,
      ),
      svg("g", { class: "m-far" }, ...wrap(one.name, OURS.width - 32, 20, 600, 2).map((line, index, all) => text(line, { class: "m-farname is-ours", x: OURS.width / 2, y: all.length === 1 ? 35 : 25 + index * 21 }))),
    );
    return group;
  };

  Object.assign(window.kamMap, { svg, text, card, ours, measure });
})();
