// The account map by keyboard: all that a mouse can do. Letters are those of the key, so that they
// work in any script.
(() => {
  "use strict";
  const { CARD, OURS, middleOf } = window.kamMap;
  const STEP = 16;
  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  window.kamMap.keys = (app, edit) => {
    const { root, view } = app;
    const words = root.dataset;
    let from = null; // where a line begins that waits for its other end

    const centre = (key) => app.layout.at.has(key)
      ? middleOf(app.layout.at.get(key), CARD) : middleOf(app.layout.ours.get(key), OURS);

    // Along the structure where there is one, else to the nearest card on that side.
    const neighbour = (key, name) => {
      const superiors = window.kamMap.superiorsOf(app.data);
      const here = centre(key);
      const near = (keys) => keys.filter((other) => other !== key && app.cards.has(other)).map((other) => {
        const there = centre(other);
        return { other, dx: there.x - here.x, dy: there.y - here.y };
      });
      if (app.layoutName === "hierarchy") {
        if (name === "ArrowUp" && superiors.has(key)) return superiors.get(key);
        const below = name === "ArrowDown" ? [...superiors].filter(([, above]) => above === key).map(([other]) => other) : [];
        const first = near(below).sort((a, b) => Math.abs(a.dx) + Math.abs(a.dy) - Math.abs(b.dx) - Math.abs(b.dy))[0];
        if (first) return first.other;
      }
      const [x, y] = ARROWS[name];
      const ahead = near([...app.cards.keys()]).map(({ other, dx, dy }) => {
        const along = dx * x + dy * y;
        const aside = Math.abs(dx * y) + Math.abs(dy * x);
        return { other, along, cost: along + 2.5 * aside };
      }).filter(({ along }) => along > 8);
      return ahead.sort((a, b) => a.cost - b.cost)[0]?.other ?? null;
    };

    const stop = () => {
      from = null;
      edit.stretch(null, null);
      edit.aim(null);
      root.classList.remove("is-linking");
    };
    const start = (key) => {
      if (!words.mayDraw || !app.layout.at.has(key)) return;
      from = key;
      root.classList.add("is-linking");
      window.kam.announce(words.sayLine.replace("{name}", app.person(key).name));
    };
    const walk = (key, name) => {
      const next = neighbour(key, name);
      if (!next) return;
      app.focus(next);
      if (!from) return;
      edit.stretch(from, centre(next));
      edit.aim(app.layout.at.has(next) && next !== from ? next : null);
    };
    const push = (key, name) => {
      if (!words.mayDraw || !app.layout.at.has(key)) return;
      if (!edit.canMove(key)) {
        window.kam.announce(words.sayFixed);
        return;
      }
      const [x, y] = ARROWS[name];
      const at = app.layout.at.get(key);
      edit.move(key, at.x + x * STEP, at.y + y * STEP);
      view.reveal(app.boxOf(key));
      edit.saveSoon(key);
    };
    const nextLine = (key) => {
      const lines = app.data.lines.filter((line) => line.from === key || line.to === key);
      if (!lines.length) {
        window.kam.announce(words.sayNoLines);
        return;
      }
      const now = lines.findIndex((line) => String(line.id) === app.line);
      app.chooseLine(String(lines[(now + 1) % lines.length].id));
    };

    const onCard = (event, key) => {
      if (event.key in ARROWS) {
        if (event.altKey) push(key, event.key);
        else walk(key, event.key);
      } else if (event.key === "Enter" || event.key === " ") {
        if (from && from !== key && app.layout.at.has(key)) {
          const begun = from;
          stop();
          edit.choose(begun, key);
        } else {
          app.select(key, { enter: true });
        }
      } else if (event.code === "KeyL") start(key);
      else if (event.code === "KeyN") nextLine(key);
      else if ((event.key === "Delete" || event.key === "Backspace") && app.line && words.mayDraw) edit.remove(app.line);
      else return false;
      return true;
    };
    const anywhere = (event) => {
      if (event.key === "Escape") {
        if (from) {
          stop();
          window.kam.announce(words.sayStopped);
        } else if (app.line) app.chooseLine(null);
        else app.select(null);
      } else if (event.key === "+" || event.key === "=") view.zoom(1.25);
      else if (event.key === "-") view.zoom(0.8);
      else if (event.key === "0") app.fit();
      else if (event.key === "Home") app.focus(app.data.people[0]?.key ?? null);
      else return false;
      return true;
    };

    app.drawing.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      const key = event.target.closest("[data-key]")?.dataset.key;
      if ((key && onCard(event, key)) || (!event.altKey && anywhere(event))) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if (event.code !== "KeyZ" || !(event.ctrlKey || event.metaKey) || window.kam.typing(event.target) || document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (event.shiftKey) edit.redo();
      else edit.undo();
    });
    return { stop };
  };
})();
