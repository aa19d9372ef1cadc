// Frame of every chart: reads its data, draws for the width it gets, redraws on resize and scheme
// change, table twin, PNG, SVG and CSV.
//
// <figure data-chart="pareto|trend|columns" data-source="id of a json_script" data-file="name">
//   (templates/components/_chart.html draws the frame, common/charts.py makes the data)
// figure.chart.update(data)   draws other data in the same frame
// figure.chart.data           what is drawn
// event "chart:cut"           from a pareto with movable cuts: detail {key, share, rank, moving}
//
// A kind registers window.kamCharts.kinds[name] = { draw(chart), table(data) }:
// draw fills chart.svg (chart.width is known), table returns {head, rows} for twin and CSV.
(() => {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const NBSP = "\u00a0";
  const kinds = {};

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
    const withUnit = (figure, unit = "") => [figure, unit, format.symbol].filter(Boolean).join(NBSP);
    const short = (value, exactly = false) => {
      const size = Math.abs(value);
      const power = format.units.length && size >= 1000 ? Math.min(3, Math.floor(Math.log10(size) / 3)) : 0;
      const scaled = value / 1000 ** power;
      const decimals = exactly ? [0, 1, 2].find((digits) => Math.abs(scaled - Number(scaled.toFixed(digits))) < 1e-9) ?? 2
        : power === 0 ? (format.decimals ?? (size < 10 && size % 1 ? 1 : 0))
        : power === 1 ? (Math.abs(scaled) >= 10 ? 0 : 1) : Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
      return withUnit(write(scaled, decimals), power ? format.units[power - 1] : "");
    };
    return {
      percent: (share, decimals = 1) => `${write(share * 100, decimals)}${NBSP}%`,
      exact: (value) => (format.is_share ? `${write(value * 100, format.decimals ?? 1)}${NBSP}%` : withUnit(write(value, format.decimals ?? 0))),
      short: (value) => (format.is_share ? `${write(value * 100, value && Math.abs(value) < 0.1 ? 1 : 0)}${NBSP}%` : short(value)),
      tick: (value) => (format.is_share ? `${write(value * 100, 0)}${NBSP}%` : short(value, true)),
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

  const table = ({ head, rows, rowHead = 0 }) => {
    const element = document.createElement("table");
    element.className = "k-table";
    const line = (cells, row = false) => {
      const tr = document.createElement("tr");
      cells.forEach((cell, index) => {
        const isHead = !row || index === rowHead;
        const item = document.createElement(isHead ? "th" : "td");
        if (isHead) item.scope = row ? "row" : "col";
        const figure = typeof cell === "object" && cell !== null;
        item.textContent = figure ? cell.text : cell;
        if (figure || head[index]?.figure) item.className = "k-n";
        tr.append(item);
      });
      return tr;
    };
    element.createTHead().append(line(head.map((cell) => cell.text ?? cell)));
    element.tHead.querySelectorAll("th").forEach((item, index) => head[index].figure && item.classList.add("k-n"));
    element.createTBody().append(...rows.map((cells) => line(cells, true)));
    return element;
  };

  // A cell that a spreadsheet would take for a formula is made text.
  const csv = ({ head, rows }) => {
    const cell = (value) => {
      const raw = typeof value === "object" && value !== null ? value.value : value;
      if (typeof raw === "number") return String(raw);
      const words = String(raw ?? "");
      const safe = /^[\s\u0000-\u0020\u00a0\ufeff\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/.test(words) ? `'${words}` : words;
      return `"${safe.replaceAll('"', '""')}"`;
    };
    const lines = [head.map((item) => cell(item.text ?? item)), ...rows.map((row) => row.map(cell))];
    return `\ufeff${lines.map((line) => line.join(",")).join("\r\n")}\r\n`;
  };

  const kept = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "stroke-linecap",
    "font-size", "font-weight", "text-anchor", "paint-order"];
  const standalone = (chart) => {
    const copy = chart.svg.cloneNode(true);
    const originals = [...chart.svg.querySelectorAll("*")];
    [...copy.querySelectorAll("*")].forEach((element, index) => {
      const style = getComputedStyle(originals[index]);
      if (originals[index].matches("rect, path, line, circle, text")) {
        kept.forEach((name) => element.setAttribute(name, style.getPropertyValue(name)));
      }
      ["class", "tabindex", "role"].forEach((name) => element.removeAttribute(name));
    });
    const ground = getComputedStyle(document.documentElement).getPropertyValue("--surface") || "#fff";
    const box = svg("rect", { x: -16, y: -16, width: chart.width + 32, height: chart.height + 32 });
    const probe = document.createElement("span");
    probe.style.color = ground;
    document.body.append(probe);
    box.setAttribute("fill", getComputedStyle(probe).color);
    probe.remove();
    copy.prepend(box);
    copy.setAttribute("xmlns", NS);
    copy.setAttribute("font-family", "Inter, system-ui, sans-serif");
    copy.setAttribute("viewBox", `-16 -16 ${chart.width + 32} ${chart.height + 32}`);
    copy.setAttribute("width", chart.width + 32);
    copy.setAttribute("height", chart.height + 32);
    return new XMLSerializer().serializeToString(copy);
  };
  const download = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const save = {
    svg: (chart, name) => download(new Blob([standalone(chart)], { type: "image/svg+xml" }), `${name}.svg`),
    csv: (chart, name) => download(new Blob([csv(chart.kind.table(chart.data))], { type: "text/csv" }), `${name}.csv`),
    png: async (chart, name) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([standalone(chart)], { type: "image/svg+xml" }));
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = (chart.width + 32) * 2;
      canvas.height = (chart.height + 32) * 2;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(image.src);
      canvas.toBlob((blob) => download(blob, `${name}.png`), "image/png");
    },
  };

  const start = (figure) => {
    const kind = kinds[figure.dataset.chart];
    const source = document.getElementById(figure.dataset.source);
    if (figure.chart || !kind || !source) return;
    const plot = figure.querySelector("[data-plot]");
    const twin = figure.querySelector("[data-twin]");
    const chart = { figure, kind, data: JSON.parse(source.textContent), width: 0 };
    figure.chart = chart;
    chart.redraw = () => {
      const width = Math.round(plot.clientWidth);
      if (!width) return;
      const held = plot.contains(document.activeElement) ? document.activeElement.dataset.hold ?? "cursor" : "";
      chart.width = width;
      chart.narrow = width < 560;
      chart.figures = formatter(chart.data.format);
      chart.svg = svg("svg", { role: "group", "aria-labelledby": `${figure.id}-title`, class: "k-drawn" });
      plot.replaceChildren(chart.svg);
      kind.draw(chart);
      chart.svg.setAttribute("viewBox", `0 0 ${width} ${chart.height}`);
      if (held) (plot.querySelector(`[data-hold="${held}"]`) ?? plot.querySelector("[role=slider]"))?.focus();
      if (!twin.hidden) twin.replaceChildren(table(kind.table(chart.data)));
    };
    chart.update = (data) => {
      chart.data = data;
      chart.redraw();
    };
    chart.emit = (name, detail) => figure.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    figure.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (!button) return;
      const act = button.dataset.act;
      if (act !== "twin") {
        save[act](chart, figure.dataset.file);
        button.closest("details").open = false;
        return;
      }
      twin.hidden = !twin.hidden;
      plot.hidden = !twin.hidden;
      button.setAttribute("aria-pressed", String(!twin.hidden));
      if (!twin.hidden) twin.replaceChildren(table(kind.table(chart.data)));
      else chart.redraw();
    });
    new ResizeObserver(() => {
      if (Math.round(plot.clientWidth) !== chart.width) chart.redraw();
    }).observe(plot);
    chart.redraw();
  };
  const startAll = () => document.querySelectorAll("[data-chart]").forEach(start);

  window.kamCharts = { kinds, svg, text, ticks, margin, tip, cursor, start: startAll };
  document.addEventListener("DOMContentLoaded", startAll);
  document.addEventListener("htmx:afterSettle", startAll);
})();
