// What every chart is drawn with: SVG elements, the reader's figures, axes, the tip, the cursor.
// Loaded first; the kinds of charts and the frame (charts.js) take these from window.kamCharts.
(() => {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const NBSP = "\u00a0";

  const svg = (name, attributes = {}, ...children) => {
    const element = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined && value !== "") element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };
  const text = (words, x, y, names = "") => svg("text", { x, y, class: names }, String(words));

  // Figures in the reader's writing, as common.formats gives them on the server.
  const formatter = (format) => {
    const write = (value, decimals) =>
      value.toLocaleString(format.language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
        .replace("-", "\u2212").replaceAll("\u202f", NBSP);
    // Decimals that a round step of an axis needs, so that no two lines bear the same figure.
    const needed = (value) => [0, 1, 2].find((digits) => Math.abs(value - Number(value.toFixed(digits))) < 1e-9) ?? 2;
    const withUnit = (figure, unit = "") => [figure, unit, format.symbol].filter(Boolean).join(NBSP);
    const short = (value, exactly = false) => {
      const size = Math.abs(value);
      const power = format.units.length && size >= 1000 ? Math.min(3, Math.floor(Math.log10(size) / 3)) : 0;
      const scaled = value / 1000 ** power;
      const decimals = exactly ? needed(scaled)
        : power === 0 ? (format.decimals ?? (size < 10 && size % 1 ? 1 : 0))
        : power === 1 ? (Math.abs(scaled) >= 10 ? 0 : 1) : Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
      return withUnit(write(scaled, decimals), power ? format.units[power - 1] : "");
    };
    return {
      percent: (share, decimals = 1) => `${write(share * 100, decimals)}${NBSP}%`,
      exact: (value) => (format.is_share ? `${write(value * 100, format.decimals ?? 1)}${NBSP}%` : withUnit(write(value, format.decimals ?? 0))),
      short: (value) => (format.is_share ? `${write(value * 100, value && Math.abs(value) < 0.1 ? 1 : 0)}${NBSP}%` : short(value)),
      tick: (value) => (format.is_share ? `${write(value * 100, needed(value * 100))}${NBSP}%` : short(value, true)),
      count: (value) => write(value, 0),
    };
  };

  // Round steps for an axis: 1, 2, 2.5 or 5 times a power of ten.
  const ticks = (low, high, most = 4) => {
    const rough = (high - low || 1) / most;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
    const first = Math.ceil(low / step - 1e-9) || 0;
    const list = [];
    for (let index = first; index * step <= high + step * 1e-9; index += 1) list.push(index * step || 0);
    return { step, list };
  };

  // Room that the labels of an axis need on its left.
  const margin = (labels) => Math.ceil(Math.max(...labels.map((label) => label.length)) * 6.5) + 14;

  // A box with up to a few lines beside a point, kept inside the drawing.
  const tip = (chart, x, y, lines) => {
    const box = svg("g", { class: "k-tip", "aria-hidden": "true" });
    const labels = lines.map((line, index) => text(line, 12, 22 + index * 19, index ? "" : "t-strong"));
    box.append(svg("rect", { class: "tip-box", rx: 8 }), ...labels);
    chart.svg.append(box);
    const width = Math.max(...labels.map((label) => label.getComputedTextLength())) + 24;
    const height = 14 + lines.length * 19;
    box.firstChild.setAttribute("width", width);
    box.firstChild.setAttribute("height", height);
    const left = x + 12 + width > chart.width ? x - 12 - width : x + 12;
    const top = Math.max(0, Math.min(chart.height - height - 20, y - height / 2));
    box.setAttribute("transform", `translate(${Math.max(0, Math.min(left, chart.width - width)).toFixed(1)} ${top.toFixed(1)})`);
    return box;
  };

  // A cursor over n places: pointer, touch and arrow keys; says show(index) and hide().
  const cursor = (chart, { label, total, at, place, show, say, open }) => {
    const hit = svg("rect", { class: "b-hit", x: chart.left, y: chart.top, width: chart.right - chart.left, height: chart.bottom - chart.top });
    const slider = svg("g", { role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": 1, "aria-valuemax": total, "aria-valuenow": 1, "aria-valuetext": say(0) }, hit);
    let index = chart.cursorAt ?? -1;
    let shown = null;
    const hide = () => {
      shown?.remove();
      shown = null;
    };
    const go = (to) => {
      index = Math.max(0, Math.min(total - 1, to));
      chart.cursorAt = index;
      hide();
      slider.setAttribute("aria-valuenow", index + 1);
      slider.setAttribute("aria-valuetext", say(index));
      shown = show(index);
    };
    const under = (event) => at((event.clientX - chart.svg.getBoundingClientRect().left) * (chart.width / chart.svg.getBoundingClientRect().width));
    hit.addEventListener("pointermove", (event) => go(under(event)));
    hit.addEventListener("pointerdown", (event) => go(under(event)));
    hit.addEventListener("pointerleave", () => document.activeElement === slider || hide());
    hit.addEventListener("click", (event) => event.pointerType === "mouse" && open?.(under(event)));
    slider.addEventListener("focus", () => slider.matches(":focus-visible") && go(Math.max(0, index)));
    slider.addEventListener("blur", hide);
    slider.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
      if (step) go(index + step);
      else if (event.key === "Home") go(0);
      else if (event.key === "End") go(total - 1);
      else if (event.key === "Enter" && index >= 0) open?.(index);
      else if (event.key === "Escape") hide();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    chart.svg.append(slider);
    return { slider, place };
  };

  window.kamCharts = { kinds: {}, svg, text, formatter, ticks, margin, tip, cursor };
})();
