// Drawing on the account map with mouse and finger: cards are moved, lines drawn from a handle.
// Every change is sent at once, answered with the whole map, and can be taken back.
(() => {
  "use strict";
  const { CARD, svg, middleOf } = window.kamMap;
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";

  window.kamMap.edit = (app) => {
    const { root, frame, view } = app;
    const words = root.dataset;
    const done = [];
    const undone = [];
    let chain = Promise.resolve();

    const send = async (url, fields) => {
      const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
      let answer;
      try {
        answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json", "X-CSRFToken": token() } });
      } catch {
        window.kam.toast(words.sayOffline, { level: "error" });
        return null;
      }
      const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (!isJson || (!answer.ok && answer.status !== 409)) {
        window.kam.toast(words.sayFailed, { level: "error" });
        return null;
      }
      const told = await answer.json();
      if (!answer.ok) {
        window.kam.toast(told.say, { level: "error" });
        app.update(told.drawing);
        return null;
      }
      return told;
    };
    // One after the other, so that each knows the version the one before has left.
    const post = (url, fields) => {
      chain = chain.then(() => send(url, typeof fields === "function" ? fields() : fields));
      return chain;
    };

    const change = async (url, fields, { quiet = false, isUndo = false } = {}) => {
      const told = await post(url, fields);
      if (!told) return null;
      if (told.undo) (isUndo ? undone : done).push(told.undo);
      if (!isUndo) undone.length = 0;
      app.update(told.drawing);
      if (quiet) window.kam.announce(told.say);
      else window.kam.toast(told.say, { undo: isUndo ? "" : told.undo });
      app.refresh();
      return told;
    };

    const undo = (stack = done) => {
      const url = stack.pop();
      if (!url) {
        window.kam.announce(words.sayNothing);
        return Promise.resolve(null);
      }
      if (stack === done) return change(url, {}, { quiet: true, isUndo: true });
      return change(url, {}, { quiet: true });
    };

    // Cards

    const move = (key, x, y) => {
      app.layout.at.set(key, { x: Math.round(x), y: Math.round(y) });
      app.layout.hung.delete(key);
      app.position(key);
    };
    const save = async (key) => {
      const told = await post(words.placeUrl, () => {
        const person = app.person(key);
        return { key, ...app.layout.at.get(key), version: person?.version ?? 0 };
      });
      if (!told) return;
      done.push(told.undo);
      undone.length = 0;
      const fresh = told.drawing.people.find((one) => one.key === key);
      if (fresh) Object.assign(app.person(key), { version: fresh.version, x: fresh.x, y: fresh.y });
      else app.update(told.drawing);
      window.kam.announce(words.sayMoved);
    };
    const timers = new Map();
    const saveSoon = (key) => {
      clearTimeout(timers.get(key));
      timers.set(key, setTimeout(() => save(key), 500));
    };

    // Lines

    const kinds = document.querySelector("#map-kind [data-kinds]");
    const choose = (from, to) => {
      const name = (key) => app.person(key).name;
      const offers = [
        ["reports", words.sayReports, from, to], ["reports", words.sayReports, to, from],
        ["influences", words.sayInfluences, from, to], ["influences", words.sayInfluences, to, from],
        ["conflict", words.sayConflict, from, to],
      ];
      const dialog = kinds.closest("dialog");
      kinds.replaceChildren(...offers.map(([kind, say, start, end]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "k-menu-item";
        button.dataset.kind = kind;
        button.textContent = say.replace("{start}", name(start)).replace("{end}", name(end));
        button.addEventListener("click", async () => {
          dialog.close();
          await change(words.lineUrl, { kind, start, end });
          app.focus(app.cards.has(from) ? from : app.selected ?? app.focused);
        });
        return button;
      }));
      dialog.showModal();
      kinds.querySelector("button").focus();
    };
    const remove = async (id) => {
      app.chooseLine(null);
      await change(words.endUrl.replace("/0/", `/${id}/`), {});
    };

    const rubber = svg("path", { class: "m-rubber" });
    const stretch = (from, point) => {
      if (!point) {
        rubber.remove();
        return;
      }
      const start = middleOf(app.layout.at.get(from), CARD);
      rubber.setAttribute("d", `M${start.x} ${start.y}L${point.x} ${point.y}`);
      if (!rubber.isConnected) app.world.append(rubber);
    };
    const under = (point, but) => app.data.people.find(({ key }) => {
      const at = app.layout.at.get(key);
      return key !== but && at && point.x >= at.x && point.x <= at.x + CARD.width && point.y >= at.y && point.y <= at.y + CARD.height + 8;
    })?.key ?? null;
    const aim = (key) => {
      app.world.querySelector(".is-target")?.classList.remove("is-target");
      if (key) app.cards.get(key).classList.add("is-target");
    };

    // Pointers: a finger moves the card that is selected or held; otherwise it moves the map.

    let drag = null;
    const canMove = (key) => words.mayDraw && app.layoutName === "hierarchy" && app.layout.at.has(key);
    const begin = (event) => {
      const card = event.target.closest("[data-key]");
      const key = card?.dataset.key ?? null;
      const line = event.target.closest("[data-line]")?.dataset.line ?? null;
      const onHandle = key && words.mayDraw && event.target.closest("[data-handle]");
      const touch = event.pointerType === "touch";
      const held = key && canMove(key) && (!touch || app.selected === key);
      drag = { id: event.pointerId, key, line, touch, mode: onHandle ? "line" : held ? "card" : "pan", x: event.clientX, y: event.clientY, moved: false };
      if (key && touch && !held && !onHandle && canMove(key)) {
        drag.timer = setTimeout(() => {
          if (drag && !drag.moved) {
            drag.mode = "card";
            app.cards.get(key)?.classList.add("is-held");
          }
        }, 350);
      }
    };
    frame.addEventListener("pointerdown", (event) => {
      if (event.button || drag || event.target.closest("button, summary, details, a")) return;
      begin(event);
      frame.setPointerCapture(event.pointerId);
    });
    frame.addEventListener("pointermove", (event) => {
      if (!drag || event.pointerId !== drag.id) return;
      if (view.isPinching()) {
        cancel();
        return;
      }
      const dx = event.clientX - drag.x;
      const dy = event.clientY - drag.y;
      if (!drag.moved && Math.hypot(dx, dy) < (drag.touch ? 8 : 4)) return;
      if (!drag.moved) {
        drag.moved = true;
        clearTimeout(drag.timer);
        drag.start = drag.key && app.layout.at.has(drag.key) ? { ...app.layout.at.get(drag.key) } : null;
        frame.classList.add(`is-${drag.mode}`);
      }
      if (drag.mode === "pan") {
        view.pan(dx, dy);
        drag.x = event.clientX;
        drag.y = event.clientY;
      } else if (drag.mode === "card") {
        move(drag.key, drag.start.x + dx / view.state.scale, drag.start.y + dy / view.state.scale);
      } else {
        const point = view.toWorld(event.clientX, event.clientY);
        stretch(drag.key, point);
        aim(under(point, drag.key));
      }
    });
    const tidy = () => {
      clearTimeout(drag?.timer);
      frame.classList.remove("is-pan", "is-card", "is-line");
      app.world.querySelector(".is-held")?.classList.remove("is-held");
      stretch(null, null);
      aim(null);
      const last = drag;
      drag = null;
      return last;
    };
    const cancel = () => {
      const last = tidy();
      if (last?.moved && last.mode === "card") move(last.key, last.start.x, last.start.y);
    };
    frame.addEventListener("pointercancel", (event) => drag?.id === event.pointerId && cancel());
    frame.addEventListener("pointerup", (event) => {
      if (!drag || event.pointerId !== drag.id) return;
      const last = tidy();
      if (!last.moved) {
        app.tap(last);
        return;
      }
      if (last.mode === "card") save(last.key);
      if (last.mode === "line") {
        const to = under(view.toWorld(event.clientX, event.clientY), last.key);
        if (to) choose(last.key, to);
      }
    });

    // Forms beside the map, and Undo of its toasts, are answered in place.
    document.addEventListener("submit", async (event) => {
      const form = event.target;
      const isUndo = form.closest(".k-toast") && form.action.includes("/map/undo/");
      if (!isUndo && !form.matches("[data-map-form]")) return;
      event.preventDefault();
      if (isUndo) {
        const path = new URL(form.action).pathname;
        if (done.at(-1) === path) done.pop();
        form.closest(".k-toast").remove();
        await change(path, {}, { quiet: true, isUndo: true });
        return;
      }
      const before = new Set(app.data.people.map((one) => one.key));
      const told = await change(form.action, new FormData(form));
      if (!told) return;
      const fresh = told.drawing.people.find((one) => !before.has(one.key));
      if (form.closest("[data-add]")) {
        form.reset();
        form.closest("details").open = false;
      }
      if (fresh) {
        app.select(fresh.key);
        app.focus(fresh.key);
      }
    });

    return { undo, redo: () => undo(undone), move, saveSoon, choose, remove, stretch, aim, canMove };
  };
})();
