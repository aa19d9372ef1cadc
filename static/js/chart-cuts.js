// The cuts between tiers on a Pareto chart; in the laboratory they are moved by hand and by key.
(() => {
  "use strict";
  const { svg, text } = window.kamCharts;

  const rankAt = (columns, share) => {
    let rank = 0;
    for (const column of columns) {
      rank += column.count;
      if (column.running >= share - 1e-9) return rank;
    }
    return rank;
  };
  const runningAt = (columns, rank) => {
    let seen = 0;
    return columns.find((column) => (seen += column.count) >= rank)?.running ?? 0;
  };

  const drawCut = (chart, cut, index, x, share) => {
    const { svg: root, data } = chart;
    const rank = rankAt(data.columns, cut.share);
    const at = x(rank);
    const group = svg("g", { class: data.movable ? "k-handle" : "" });
    const next = data.cuts[index + 1];
    const nextAt = next ? x(rankAt(data.columns, next.share)) : Infinity;
    const near = nextAt - at < (nextAt > chart.width * 0.72 ? 280 : 150);
    const right = at > chart.width * 0.72 || (near && at > chart.left + 160);
    // Two cuts side by side at the left edge: one line of words each, the second one lower.
    const before = data.cuts[index - 1];
    const beforeAt = before ? x(rankAt(data.columns, before.share)) : -Infinity;
    const second = at - beforeAt < 150 && beforeAt <= chart.left + 160 && !right;
    const crowded = second || (near && !right);
    const top = second ? 32 : 14;
    group.append(
      svg("line", { class: "l-cut", x1: at, x2: at, y1: second ? 20 : 4, y2: chart.bottom }),
      svg("circle", { class: "d-ink", cx: at, cy: share(runningAt(data.columns, rank)), r: 4.5 }),
    );
    const words = [cut.title, crowded ? "" : cut.note].filter(Boolean);
    if (!chart.narrow) {
      words.forEach((line, row) => group.append(text(line, right ? at - 8 : at + 8, top + row * 15, `${row ? "" : "t-strong"} t-halo ${right ? "t-end" : ""}`)));
    } else group.append(text(cut.key.toUpperCase(), at - 6, 14, "t-strong t-halo t-end"));
    if (cut.was !== undefined && cut.was !== null && Math.abs(cut.was - cut.share) > 1e-6) {
      const old = x(rankAt(data.columns, cut.was));
      root.append(svg("line", { class: "l-old", x1: old, x2: old, y1: 24, y2: chart.bottom }));
    }
    root.append(group);
    if (data.movable) makeHandle(chart, cut, index, group, at, x);
  };

  const makeHandle = (chart, cut, index, group, at, x) => {
    const { data, figures } = chart;
    const middle = chart.bottom - 26;
    group.append(
      svg("rect", { class: "b-hit", x: at - 22, y: 0, width: 44, height: chart.bottom }),
      svg("rect", { class: "h-grip", x: at - 8, y: middle - 14, width: 16, height: 28, rx: 5 }),
      svg("path", { class: "h-lines", d: `M${at - 2.5} ${middle - 5}v10M${at + 2.5} ${middle - 5}v10` }),
    );
    const low = index ? data.cuts[index - 1].share + 0.005 : 0.005;
    const high = index < data.cuts.length - 1 ? data.cuts[index + 1].share - 0.005 : 0.995;
    const name = data.words.cut.replace("%s", cut.key.toUpperCase());
    Object.entries({
      role: "slider", tabindex: 0, "aria-label": name, "data-hold": `cut-${cut.key}`, "aria-valuemin": low * 100, "aria-valuemax": high * 100,
      "aria-valuenow": (cut.share * 100).toFixed(1), "aria-valuetext": `${figures.percent(cut.share)}, ${cut.title}`,
    }).forEach(([key, value]) => group.setAttribute(key, value));
    const move = (share, moving) => {
      const next = Math.round(Math.max(low, Math.min(high, share)) * 1000) / 1000;
      if (next === cut.share && moving) return;
      cut.share = next;
      const rank = rankAt(data.columns, next);
      cut.title = `${counted(data, rank, figures)}, ${figures.percent(next)}`;
      chart.redraw();
      chart.emit("chart:cut", { key: cut.key, share: next, rank, moving });
    };
    group.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 0.005, ArrowUp: 0.005, ArrowLeft: -0.005, ArrowDown: -0.005, PageUp: 0.05, PageDown: -0.05 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      move(cut.share + step, false);
    });
    group.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      group.focus();
      drag(chart, cut, x, move);
    });
  };

  const counted = ({ words, format }, rank, figures) => {
    const form = new Intl.PluralRules(format.language).select(rank);
    return (words.customers[form] ?? words.customers.other ?? words.customers.many).replace("%s", figures.count(rank));
  };

  // While a cut is dragged its share is read from the curve under the pointer.
  const drag = (chart, cut, x, move) => {
    const plot = chart.figure.querySelector("[data-plot]");
    const onMove = (event) => {
      const box = plot.getBoundingClientRect();
      const at = event.clientX - box.left;
      let rank = 0;
      let share = 0;
      for (const column of chart.data.columns) {
        if (x(rank + column.count / 2) > at) break;
        rank += column.count;
        share = column.running;
      }
      move(share, true);
    };
    const onUp = () => {
      document.removeEventListener("pointermove", onMove);
      document.removeEventListener("pointerup", onUp);
      document.removeEventListener("pointercancel", onUp);
      move(cut.share, false);
    };
    document.addEventListener("pointermove", onMove);
    document.addEventListener("pointerup", onUp);
    document.addEventListener("pointercancel", onUp);
  };

  Object.assign(window.kamCharts, { drawCut, rankAt });
})();
