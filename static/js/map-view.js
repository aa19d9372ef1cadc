// Pan and zoom of the account map: wheel, two fingers, buttons, keys; everything, or one card, in sight.
(() => {
  "use strict";
  const LEAST = 0.08;
  const MOST = 2.5;
  const FAR = 0.62;

  window.kamMap.view = (frame, drawing, world) => {
    const state = { x: 0, y: 0, scale: 1 };
    const size = () => frame.getBoundingClientRect();
    const apply = () => {
      if (drawing.hasAttribute("viewBox")) return; // on its way to paper, all of it
      world.setAttribute("transform", `translate(${state.x.toFixed(1)} ${state.y.toFixed(1)}) scale(${state.scale.toFixed(4)})`);
      drawing.classList.toggle("is-far", state.scale < FAR);
    };
    const zoomAt = (factor, x, y) => {
      const scale = Math.min(MOST, Math.max(LEAST, state.scale * factor));
      const ratio = scale / state.scale;
      state.x = x - (x - state.x) * ratio;
      state.y = y - (y - state.y) * ratio;
      state.scale = scale;
      apply();
    };
    const zoom = (factor) => zoomAt(factor, size().width / 2, size().height / 2);
    const pan = (dx, dy) => {
      state.x += dx;
      state.y += dy;
      apply();
    };
    const fit = (bounds, most = 1) => {
      const { width, height } = size();
      const wide = bounds.right - bounds.left;
      const high = bounds.bottom - bounds.top;
      const room = Math.min(28, width / 16);
      state.scale = Math.max(LEAST, Math.min(most, (width - 2 * room) / wide, (height - 2 * room) / high));
      state.x = (width - wide * state.scale) / 2 - bounds.left * state.scale;
      state.y = Math.max(room, (height - high * state.scale) / 2) - bounds.top * state.scale;
      apply();
    };
    // At a scale that can be read: the whole width where it fits, else what stands at the top.
    const top = (bounds, scale, middle) => {
      const { width } = size();
      const room = width - (bounds.right - bounds.left) * scale;
      const wanted = room > 48 ? room / 2 - bounds.left * scale : width / 2 - middle * scale;
      state.scale = scale;
      state.x = room > 48 ? wanted : Math.max(width - 24 - bounds.right * scale, Math.min(24 - bounds.left * scale, wanted));
      state.y = 24 - bounds.top * scale;
      apply();
    };
    // A card that gets the focus comes into sight, with as little movement as that takes.
    const reveal = (box) => {
      const { width, height } = size();
      const room = 24;
      const left = box.left * state.scale + state.x;
      const right = box.right * state.scale + state.x;
      const top = box.top * state.scale + state.y;
      const bottom = box.bottom * state.scale + state.y;
      const dx = left < room ? room - left : right > width - room ? width - room - right : 0;
      const dy = top < room ? room - top : bottom > height - room ? height - room - bottom : 0;
      if (dx || dy) pan(dx, dy);
    };
    const toWorld = (clientX, clientY) => {
      const { left, top } = size();
      return { x: (clientX - left - state.x) / state.scale, y: (clientY - top - state.y) / state.scale };
    };

    frame.addEventListener("wheel", (event) => {
      event.preventDefault();
      const { left, top } = size();
      const step = event.deltaMode ? event.deltaY * 16 : event.deltaY;
      if (event.shiftKey) pan(-step, 0);
      else zoomAt(Math.exp(-step * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX - left, event.clientY - top);
    }, { passive: false });

    // Two fingers: the point between them stays under them.
    const fingers = new Map();
    let apart = null;
    const between = () => {
      const [a, b] = [...fingers.values()];
      return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, length: Math.hypot(a.x - b.x, a.y - b.y) };
    };
    frame.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch") fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      apart = fingers.size === 2 ? between() : null;
    });
    frame.addEventListener("pointermove", (event) => {
      if (!fingers.has(event.pointerId)) return;
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (fingers.size !== 2 || !apart) return;
      const now = between();
      const { left, top } = size();
      pan(now.x - apart.x, now.y - apart.y);
      zoomAt(now.length / (apart.length || 1), now.x - left, now.y - top);
      apart = now;
    });
    const lift = (event) => {
      fingers.delete(event.pointerId);
      apart = null;
    };
    ["pointerup", "pointercancel"].forEach((name) => window.addEventListener(name, lift));

    return { state, zoom, pan, fit, top, reveal, toWorld, isPinching: () => fingers.size > 1 };
  };
})();
