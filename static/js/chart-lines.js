// Lines over days, and twelve months as columns against the year before.
(() => {
  "use strict";
  const { svg, text, ticks, margin, tip, cursor, kinds } = window.kamCharts;
  const lineClass = { main: "l-main", ink: "l-ink", low: "l-low", old: "l-old", 2: "l-2", 3: "l-3", 4: "l-4" };

  const grid = (chart, list, y) => {
    list.forEach((value) => {
      chart.svg.append(
        svg("line", { class: value ? "g-line" : "g-axis", x1: chart.left, x2: chart.right, y1: y(value), y2: y(value) }),
        text(chart.figures.tick(value), chart.left - 8, y(value) + 4, "t-end"),
      );
    });
  };
  const span = (low, high, fromZero) => {
    const room = (high - low || Math.abs(high) || 1) * 0.12;
    const from = fromZero ? Math.min(0, low) : Math.max(low >= 0 ? 0 : -Infinity, low - room);
    const { list, step } = ticks(from, high + room * 0.3, 4);
    if (list[0] > from) list.unshift(list[0] - step);
    if (list.at(-1) < high) list.push(list.at(-1) + step);
    return list;
  };
  const nothing = (chart) => {
    chart.height = 120;
    chart.svg.append(text(chart.data.words.empty, chart.width / 2, 64, "t-mid"));
  };

  // End labels that would touch are pushed apart.
  const endLabels = (chart, ends) => {
    ends.sort((a, b) => a.y - b.y);
    ends.forEach((end, index) => {
      if (index) end.y = Math.max(end.y, ends[index - 1].y + 15);
    });
    ends.forEach((end) => chart.svg.append(text(end.words, chart.right + 8, end.y + 4, end.strong ? "t-strong" : "t-med")));
  };

  // Two bounds are the range of what lies between them: a soft band, not lines of their own.
  const band = (chart, bounds, x, y) => {
    if (bounds.length !== 2) return;
    const [over, under] = bounds.map((line) => line.points.filter((point) => point[2] !== null));
    const edge = [...over, ...under.reverse()].map(([iso, , value]) => `${x(iso).toFixed(1)} ${y(value).toFixed(1)}`);
    if (edge.length) chart.svg.append(svg("path", { class: "b-range", d: `M${edge.join("L")}Z` }));
  };

  kinds.trend = {
    draw(chart) {
      const { series, words, from_zero: fromZero } = chart.data;
      const days = [...new Map(series.flatMap((line) => line.points.map(([iso, label]) => [iso, label])))].sort();
      const known = series.flatMap((line) => line.points.map((point) => point[2])).filter((value) => value !== null);
      if (!known.length) return nothing(chart);
      const several = series.length > 1;
      const endOf = (line) => line.points.findLast((point) => point[2] !== null);
      const endWords = (line) => {
        const value = endOf(line)[2];
        const figure = several || !chart.data.format.is_share ? chart.figures.short(value) : chart.figures.exact(value);
        return several && !chart.narrow ? `${line.name} ${figure}` : figure;
      };
      const ended = series.filter((line) => !line.bound && endOf(line));
      const named = several && !chart.narrow ? Math.min(200, Math.max(...ended.map((line) => endWords(line).length)) * 7 + 16) : 56;
      Object.assign(chart, { height: chart.narrow ? 200 : 240, left: 56, right: chart.width - named, top: 16, bottom: (chart.narrow ? 200 : 240) - 30 });
      const list = span(Math.min(...known), Math.max(...known), fromZero);
      chart.left = margin(list.map(chart.figures.tick));
      const y = (value) => chart.bottom - ((value - list[0]) / (list.at(-1) - list[0])) * (chart.bottom - chart.top);
      const first = Date.parse(days[0][0]);
      const last = Date.parse(days.at(-1)[0]);
      const x = (iso) => (last === first ? (chart.left + chart.right) / 2 : chart.left + ((Date.parse(iso) - first) / (last - first)) * (chart.right - chart.left));
      grid(chart, list, y);
      band(chart, series.filter((line) => line.bound), x, y);
      const ends = ended.map((line) => {
        let pen = "M";
        const path = line.points.map(([iso, , value]) => {
          const step = value === null ? "" : `${pen}${x(iso).toFixed(1)} ${y(value).toFixed(1)}`;
          pen = value === null ? "M" : "L";
          return step;
        });
        const end = endOf(line);
        chart.svg.append(svg("path", { class: lineClass[line.tone] ?? "l-low", d: path.join("") }), svg("circle", { class: line.tone === "main" ? "d-main" : "d-ink", cx: x(end[0]), cy: y(end[2]), r: 3.5 }));
        return { y: y(end[2]), words: endWords(line), strong: line.tone === "main" };
      });
      if (ended.length > 1 && chart.narrow) {
        ended.forEach((line) => {
          const end = endOf(line);
          chart.svg.append(text(line.name, x(end[0]) - 4, y(end[2]) - 10, "t-med t-end t-halo"));
        });
      }
      endLabels(chart, ends);
      const places = chart.narrow ? 2 : 4;
      for (let index = 0; index < Math.min(places, days.length); index += 1) {
        const [iso, label] = days[Math.round((index * (days.length - 1)) / Math.max(1, Math.min(places, days.length) - 1))];
        chart.svg.append(text(label, x(iso), chart.bottom + 20, index === 0 && days.length > 1 ? "" : index === Math.min(places, days.length) - 1 ? "t-end" : "t-mid"));
      }
      const valueOn = (line, iso) => line.points.find((point) => point[0] === iso)?.[2] ?? null;
      const say = (index) => {
        const [iso, label] = days[index];
        return [label, ...series.map((line) => {
          const value = valueOn(line, iso);
          const figure = value === null ? words.unknown : chart.figures.exact(value);
          return several ? `${line.name}: ${figure}` : figure;
        })];
      };
      cursor(chart, {
        label: words.points,
        total: days.length,
        at: (px) => days.reduce((best, day, index) => (Math.abs(x(day[0]) - px) < Math.abs(x(days[best][0]) - px) ? index : best), 0),
        say: (index) => say(index).join(", "),
        show: (index) => {
          const at = x(days[index][0]);
          const group = svg("g", { "pointer-events": "none" }, svg("line", { class: "l-lead", x1: at, x2: at, y1: chart.top, y2: chart.bottom }));
          series.forEach((line) => {
            const value = valueOn(line, days[index][0]);
            if (value !== null) group.append(svg("circle", { class: "d-main", cx: at, cy: y(value), r: 4 }));
          });
          chart.svg.append(group);
          group.append(tip(chart, at, chart.top + 40, say(index)));
          return group;
        },
      });
    },
    table({ series, words, format }) {
      const days = [...new Map(series.flatMap((line) => line.points.map(([iso, label]) => [iso, label])))].sort();
      const maps = series.map((line) => new Map(line.points.map(([iso, , value]) => [iso, value])));
      const write = (value) => (format.is_share ? value * 100 : value).toLocaleString(format.language, { maximumFractionDigits: 2 }) + (format.is_share ? "\u00a0%" : "");
      return {
        head: [words.when, ...series.map((line) => ({ text: line.name, figure: true }))],
        rows: days.map(([iso, label]) => [label, ...maps.map((map) => {
          const value = map.get(iso) ?? null;
          return value === null ? { value: "", text: "—" } : { value, text: write(value) };
        })]),
      };
    },
  };

  kinds.columns = {
    draw(chart) {
      const { columns, words } = chart.data;
      const known = columns.flatMap((column) => [column.value, column.before]).filter((value) => value !== null);
      if (!known.length) return nothing(chart);
      const small = chart.width < 400;
      Object.assign(chart, { height: small ? 168 : 220, left: small ? 8 : 56, right: chart.width - (small ? 0 : 8), top: 24, bottom: (small ? 168 : 220) - 24 });
      const low = Math.min(0, ...known);
      const list = span(low, Math.max(...known, 0), true);
      if (!small) chart.left = margin(list.map(chart.figures.tick));
      const y = (value) => chart.bottom - ((value - list[0]) / (list.at(-1) - list[0] || 1)) * (chart.bottom - chart.top);
      const step = (chart.right - chart.left) / columns.length;
      const x = (index) => chart.left + index * step;
      if (small) {
        chart.svg.append(svg("line", { class: "g-line", x1: 0, x2: chart.right, y1: y(list.at(-1)), y2: y(list.at(-1)) }), svg("line", { class: "g-axis", x1: 0, x2: chart.right, y1: y(0), y2: y(0) }), text(chart.figures.tick(list.at(-1)), chart.right, y(list.at(-1)) - 5, "t-11 t-end"));
      } else grid(chart, list, y);
      columns.forEach((column, index) => {
        const wide = step * 0.72;
        const left = x(index) + (step - wide) / 2;
        if (column.value === null) {
          chart.svg.append(svg("rect", { class: "b-hatch", x: left, y: chart.top, width: wide, height: chart.bottom - chart.top }));
        } else {
          const top = Math.min(y(0), y(column.value));
          chart.svg.append(svg("rect", { class: `b-${column.tone || "acc"}`, x: left.toFixed(1), y: top.toFixed(1), width: wide.toFixed(1), height: Math.max(column.value ? 1 : 0, Math.abs(y(0) - y(column.value))).toFixed(1), rx: 1.5 }));
          if (column.tone === "dan") chart.svg.append(text(column.value ? chart.figures.short(column.value) : "0", left + wide / 2, top - 5, "t-strong t-mid t-11 t-halo"));
        }
        chart.svg.append(text(small || step < 52 ? column.letter : column.name.split("\u00a0")[0].split(" ")[0], left + wide / 2, chart.bottom + 18, `t-mid ${small ? "t-11" : ""}`));
      });
      let pen = "M";
      const before = columns.map((column, index) => {
        const part = column.before === null ? "" : `${pen}${(x(index) + step / 2).toFixed(1)} ${y(column.before).toFixed(1)}`;
        pen = column.before === null ? "M" : "L";
        return part;
      }).join("");
      if (before) chart.svg.append(svg("path", { class: "l-old", d: before }));
      const say = (index) => {
        const column = columns[index];
        const write = (value) => (value === null ? words.unknown : chart.figures.exact(value));
        const list = [column.name, `${words.now}: ${write(column.value)}`];
        if (before) list.push(`${words.before}: ${write(column.before)}`);
        return list;
      };
      cursor(chart, {
        label: words.points,
        total: columns.length,
        at: (px) => Math.max(0, Math.min(columns.length - 1, Math.floor((px - chart.left) / step))),
        say: (index) => say(index).join(", "),
        show: (index) => {
          const group = svg("g", { "pointer-events": "none" }, svg("rect", { class: "b-focus", x: x(index) + step * 0.1, y: chart.top - 4, width: step * 0.8, height: chart.bottom - chart.top + 5, rx: 3 }));
          chart.svg.append(group);
          group.append(tip(chart, x(index) + step, chart.top + 40, say(index)));
          return group;
        },
      });
    },
    table({ columns, words, format }) {
      const write = (value) => (value === null ? { value: "", text: "—" } : { value, text: (format.is_share ? value * 100 : value).toLocaleString(format.language, { maximumFractionDigits: 0 }) });
      return {
        head: [words.when, { text: `${words.now}, ${format.symbol}`, figure: true }, { text: `${words.before}, ${format.symbol}`, figure: true }],
        rows: columns.map((column) => [column.name, write(column.value), write(column.before)]),
      };
    },
  };
})();
