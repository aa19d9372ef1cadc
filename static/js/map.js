// The account map: draws what the server says, selects, filters, and keeps the panel beside it true.
(() => {
  "use strict";
  const READABLE = 0.3;
  const root = document.getElementById("map");
  if (!root) return;
  const { CARD, OURS, svg, text, card, ours, edge, placeEdge, tie, placeTie, layouts } = window.kamMap;
  const words = root.dataset;
  const frame = root.querySelector("[data-canvas]");
  const panel = root.querySelector("[data-panel]");
  const world = svg("g", { class: "m-world" });
  const drawing = svg("svg", { class: "m-svg", "aria-describedby": "map-help" }, world);
  frame.append(drawing);
  root.classList.add("is-drawn");
  root.querySelector("[data-filters]").hidden = false;

  const app = { root, frame, drawing, world, cards: new Map(), edges: new Map(), ties: [], selected: null, focused: null, line: null, path: [] };
  app.view = window.kamMap.view(frame, drawing, world);
  app.layoutName = words.view === "power" ? "power" : "hierarchy";
  app.person = (key) => app.data.people.find((one) => one.key === key) ?? app.data.ours.find((one) => one.key === key);
  app.placeOf = (key) => app.layout.at.get(key) ?? app.layout.ours.get(key);
  app.boxOf = (key) => {
    const { x, y } = app.placeOf(key);
    const { width, height } = app.layout.at.has(key) ? CARD : OURS;
    return { left: x, top: y, right: x + width, bottom: y + height };
  };
  app.fit = () => app.view.fit(app.layout.bounds);

  app.filter = window.kamMap.filter(app);

  // Drawing

  const axis = (one) => {
    const isRow = one.kind === "row";
    const group = svg("g", { class: "m-axis" }, svg("rect", { x: one.x, y: one.y, width: one.width, height: one.height }));
    const label = root.getAttribute(isRow ? `data-power-${one.level}` : `data-stance-${one.stance}`);
    group.append(isRow
      ? text(label, { class: "m-axis-words is-row", x: one.x + 16, y: one.y + 28 })
      : text(label, { class: "m-axis-words", x: one.x + one.width / 2, y: -16 }));
    return group;
  };

  app.draw = () => {
    const { data } = app;
    app.layout = layouts[app.layoutName](data, { width: frame.clientWidth || 800, height: frame.clientHeight || 600 });
    app.cards.clear();
    app.edges.clear();
    const back = svg("g", { "aria-hidden": "true" }, ...app.layout.axes.map(axis));
    if (app.layout.lane !== null) {
      const { left, right } = app.layout.bounds;
      back.append(
        svg("line", { class: "m-lane", x1: left, x2: right, y1: app.layout.lane, y2: app.layout.lane }),
        text(words.sayOurs, { class: "m-lane-words", x: left, y: app.layout.lane - 10 }),
      );
    }
    app.ties = data.ties.map((one) => ({ one, path: tie(one) }));
    const lines = svg("g", { class: "m-edges", "aria-hidden": "true" });
    data.lines.forEach((line) => {
      if (app.layoutName === "power" && line.kind === "reports") return;
      const group = edge(line);
      app.edges.set(String(line.id), { line, group });
      lines.append(group);
    });
    const list = svg("g", { role: "listbox", "aria-label": words.sayPeople, "aria-describedby": "map-help" });
    data.people.forEach((person) => app.cards.set(person.key, card(person, { draws: words.mayDraw })));
    data.ours.forEach((one) => app.cards.set(one.key, ours(one)));
    list.append(...app.cards.values());
    world.replaceChildren(back, svg("g", { class: "m-ties", "aria-hidden": "true" }, ...app.ties.map(({ path }) => path)), lines, list);
    app.position();
    const first = app.cards.has(app.focused) ? app.focused : data.people[0]?.key ?? data.ours[0]?.key;
    app.cards.get(first)?.setAttribute("tabindex", "0");
    app.focused = first ?? null;
    if (app.selected && !app.cards.has(app.selected)) {
      app.selected = null;
      panel.hidden = true;
    }
    light();
    app.filter();
  };

  // All places, or those that one moved card changes.
  app.position = (only) => {
    app.cards.forEach((group, key) => {
      if (only && key !== only) return;
      const { x, y } = app.placeOf(key);
      group.setAttribute("transform", `translate(${x} ${y})`);
    });
    app.edges.forEach(({ line, group }) => (!only || line.from === only || line.to === only) && placeEdge(group, line, app.layout));
    app.ties.forEach(({ one, path }) => (!only || one.to === only) && placeTie(path, one, app.layout));
    if (only) app.layout.bounds = grown(app.layout.bounds, app.boxOf(only));
  };
  const grown = (bounds, box) => ({
    left: Math.min(bounds.left, box.left), top: Math.min(bounds.top, box.top),
    right: Math.max(bounds.right, box.right), bottom: Math.max(bounds.bottom, box.bottom),
  });

  app.update = (data) => {
    const hadFocus = world.contains(document.activeElement);
    app.data = data;
    app.draw();
    const select = root.querySelector("[data-superior]");
    if (select) {
      const kept = select.value;
      select.replaceChildren(select.options[0], ...data.people.map((one) => new Option(one.name, one.key)));
      select.value = app.cards.has(kept) ? kept : "";
    }
    if (hadFocus) app.focus(app.focused);
    stale = true;
  };

  // Focus, selection, the line that was chosen

  app.focus = (key) => {
    if (!app.cards.has(key)) return;
    app.cards.get(app.focused)?.setAttribute("tabindex", "-1");
    app.focused = key;
    const group = app.cards.get(key);
    group.setAttribute("tabindex", "0");
    group.focus({ preventScroll: true });
    app.view.reveal(app.boxOf(key));
  };
  drawing.addEventListener("focusin", (event) => {
    const key = event.target.closest("[data-key]")?.dataset.key;
    if (!key) return;
    app.cards.get(app.focused)?.setAttribute("tabindex", "-1");
    app.focused = key;
    app.cards.get(key).setAttribute("tabindex", "0");
    if (event.target.matches(":focus-visible")) app.view.reveal(app.boxOf(key));
  });

  const light = () => {
    drawing.classList.toggle("has-selection", Boolean(app.selected || app.line || app.path.length));
    const near = new Set(app.path);
    if (app.selected) near.add(app.selected);
    const touches = (one) => app.selected && (one.from === app.selected || one.to === app.selected);
    const onPath = (one) => app.path.some((key, index) => {
      const next = app.path[index + 1];
      return next && ((one.from === key && one.to === next) || (one.from === next && one.to === key));
    });
    app.edges.forEach(({ line, group }, id) => {
      const isLit = touches(line) || onPath(line) || id === app.line;
      group.classList.toggle("is-lit", Boolean(isLit));
      group.classList.toggle("is-chosen", id === app.line);
      if (isLit) [line.from, line.to].forEach((key) => near.add(key));
    });
    app.ties.forEach(({ one, path }) => {
      const isLit = touches(one) || onPath(one);
      path.classList.toggle("is-lit", Boolean(isLit));
      if (isLit) [one.from, one.to].forEach((key) => near.add(key));
    });
    app.cards.forEach((group, key) => {
      group.classList.toggle("is-selected", key === app.selected);
      group.classList.toggle("is-path", app.path.includes(key));
      group.classList.toggle("is-near", near.has(key));
      group.setAttribute("aria-selected", String(key === app.selected));
    });
  };

  const query = () => (words.on ? `?on=${words.on}` : "");
  const pathOf = (key) => {
    const base = { c: words.personUrl, r: words.roleUrl, u: words.colleagueUrl }[key[0]];
    return base.replace(/\/0\/$/, `/${key.slice(1)}/`) + query();
  };
  const show = async (key, enter) => {
    await window.htmx.ajax("GET", pathOf(key), { target: panel, swap: "innerHTML" });
    if (app.selected !== key) return;
    panel.hidden = false;
    if (enter) panel.querySelector("h2")?.focus({ preventScroll: true });
  };
  app.select = (key, { enter = false } = {}) => {
    app.selected = key;
    app.line = null;
    app.path = [];
    light();
    const select = root.querySelector("[data-superior]");
    if (select && key && app.layout.at.has(key)) select.value = key;
    if (key) show(key, enter);
    else panel.hidden = true;
  };
  app.chooseLine = (id) => {
    app.line = id;
    light();
    const line = app.data.lines.find((one) => String(one.id) === id);
    if (line) window.kam.announce(words.saySelected.replace("{line}", line.words));
  };
  app.tap = ({ key, line }) => {
    if (key) {
      app.focus(key);
      app.select(key);
    } else if (line) {
      app.chooseLine(line);
      app.focus(app.data.lines.find((one) => String(one.id) === line)?.from);
    } else {
      app.select(null);
    }
  };
  // After a change the answers and the panel are asked anew; the table when it is looked at.
  let stale = false;
  app.refresh = () => {
    window.htmx.trigger(root.querySelector("[data-answers]"), "map:changed");
    if (app.selected) show(app.selected, false);
  };
  const renewTable = () => {
    if (!stale) return;
    stale = false;
    window.htmx.ajax("GET", location.pathname + query(), { target: ".m-table", select: ".m-table", swap: "outerHTML" });
  };

  // Layout, zoom, files

  root.querySelectorAll("[data-layout]").forEach((link) => link.addEventListener("click", (event) => {
    event.preventDefault();
    root.querySelectorAll("[data-layout]").forEach((other) => other.toggleAttribute("aria-current", false));
    link.setAttribute("aria-current", "true");
    root.dataset.view = link.dataset.layout;
    history.replaceState(history.state, "", link.href);
    if (link.dataset.layout === "table") {
      renewTable();
      return;
    }
    app.layoutName = link.dataset.layout;
    app.draw();
    app.begin();
  }));
  root.querySelectorAll("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    if (button.dataset.zoom === "fit") app.fit();
    else app.view.zoom(button.dataset.zoom === "in" ? 1.3 : 1 / 1.3);
  }));
  root.querySelectorAll("[data-save]").forEach((button) => button.addEventListener("click", () => {
    button.closest("details").open = false;
    window.kamMap.save[button.dataset.save](app);
  }));

  // What is named beside the map is found on it.
  root.addEventListener("click", (event) => {
    if (event.target.closest("[data-panel-close]")) {
      const key = app.selected;
      app.select(null);
      app.focus(key);
      return;
    }
    const shown = event.target.closest("[data-show]");
    if (shown && app.cards.has(shown.dataset.show)) {
      app.select(shown.dataset.show);
      app.view.reveal(app.boxOf(shown.dataset.show));
      return;
    }
    const wanted = event.target.closest("[data-path-to]");
    const field = root.querySelector("#map-to");
    if (wanted && field) {
      field.value = wanted.dataset.pathTo;
      field.dispatchEvent(new Event("change", { bubbles: true }));
      app.select(null);
      field.focus();
    }
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const key = app.selected;
    app.select(null);
    app.focus(key);
  });
  let asked = false;
  root.addEventListener("change", (event) => {
    if (event.target.id === "map-to") asked = true;
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target.id !== "map-answers" || !asked) return;
    asked = false;
    const list = root.querySelector("[data-path]");
    app.path = (list?.dataset.path ?? "").trim().split(" ").filter((key) => app.cards.has(key));
    light();
    app.path.forEach((key) => app.view.reveal(app.boxOf(key)));
  });

  app.data = JSON.parse(document.getElementById("map-data").textContent);
  // Begin with all of it, or, where that could not be read, with the top.
  app.begin = () => {
    app.fit();
    if (app.view.state.scale < READABLE) {
      const first = [...app.layout.at.values()].sort((a, b) => a.y - b.y)[0] ?? { x: 0 };
      app.view.top(app.layout.bounds, READABLE, first.x + CARD.width / 2);
    }
  };
  app.draw();
  app.begin();
  document.fonts?.ready.then(() => app.draw());
  const edit = window.kamMap.edit(app);
  window.kamMap.keys(app, edit);
  window.kamMap.onPaper(app);
  root.querySelector("[data-undo]")?.addEventListener("click", (event) => {
    event.target.closest("details").open = false;
    edit.undo();
  });
  let wide = frame.clientWidth;
  new ResizeObserver(() => {
    if (!frame.clientWidth || frame.clientWidth === wide) return;
    wide = frame.clientWidth;
    app.fit();
  }).observe(frame);
  root.app = app;
})();
