// Columns by rank and the running share of a Pareto chart.
(() => {
  "use strict";
  const { svg, text, ticks, margin, tip, cursor, kinds, drawCut, rankAt } = window.kamCharts;
  const tierBar = { A: "b-a", B: "b-b", C: "b-c" };

  // Where ranks stand: a long tail after the last cut is folded into the last seventh, so that the
  // columns that matter have room. Movable cuts must not move the scale: it folds at a fixed share.
  const scales = (chart) => {
    const { columns, total, cuts } = chart.data;
    const wide = chart.right - chart.left;
    const share = chart.data.movable ? 0.98 : Math.max(0, ...cuts.map((cut) => cut.share));
    const last = rankAt(columns, share);
    const folded = last > 4 && total - last > last * (chart.narrow ? 0.5 : 0.9);
    const room = folded ? wide * 0.86 : wide;
    const end = folded ? last : total;
    const x = (rank) =>
      chart.left + (rank <= end ? (rank / end) * room : room + ((rank - end) / (total - end)) * (wide - room));
    return { x, folded, end };
  };

  const drawGrid = (chart, y, most) => {
    const { left, right, bottom, figures } = chart;
    ticks(0, most, chart.narrow ? 3 : 4).list.forEach((value) => {
      chart.svg.append(
        svg("line", { class: value ? "g-line" : "g-axis", x1: left, x2: right, y1: y(value), y2: y(value) }),
        text(figures.tick(value), left - 8, y(value) + 4, "t-end"),
      );
    });
    const shares = [...chart.data.cuts.map((cut) => cut.share), ...(chart.narrow ? [] : [0, 0.5])];
    const clear = shares.filter((share, index) => shares.slice(0, index).every((other) => Math.abs(other - share) > 0.058));
    clear.forEach((share) => {
      const at = bottom - share * (bottom - chart.top);
      chart.svg.append(text(figures.percent(share, share * 100 % 1 ? 1 : 0), right + 8, at + 4));
    });
  };

  const drawColumns = (chart, places, y) => {
    const bars = svg("g", { "aria-hidden": "true" });
    chart.svg.append(bars);
    const thin = ({ from, to }) => to - from < 2.2;
    if (places.some(thin)) {
      for (const tier of ["A", "B", "C"]) {
        const own = places.filter((place) => place.column.tier === tier && thin(place));
        const steps = own.map((place) => `M${place.from.toFixed(1)} ${chart.bottom}V${y(place.column.value).toFixed(1)}H${place.to.toFixed(1)}V${chart.bottom}Z`);
        if (own.length) bars.append(svg("path", { class: tierBar[tier], d: steps.join("") }));
      }
    }
    places.forEach((place) => {
      const { column, from, to } = place;
      const gap = Math.min(2, (to - from) * 0.16);
      const size = { x: (from + gap / 2).toFixed(1), width: Math.max(0.5, to - from - gap).toFixed(1), y: y(column.value).toFixed(1), height: Math.max(0, chart.bottom - y(column.value)).toFixed(1) };
      if (!thin(place)) bars.append(svg("rect", { class: tierBar[column.tier] ?? "b-ghost", ...size }));
      if (column.mark) {
        const middle = (from + to) / 2;
        const top = Math.min(y(column.value), chart.bottom - 3) - 9;
        bars.append(column.mark === "enter"
          ? svg("path", { class: "m-enter", d: `M${middle} ${top - 4}l5 8h-10z` })
          : svg("path", { class: "m-leave", d: `M${middle - 4} ${top - 4}l8 8m0 -8l-8 8` }));
      }
    });
  };

  const drawCurve = (chart, places, share) => {
    const line = places.map((place) => `L${place.to.toFixed(1)} ${share(place.column.running).toFixed(1)}`);
    chart.svg.append(svg("path", { class: "l-ink", d: `M${chart.left} ${share(0)}${line.join("")}`, "aria-hidden": "true" }));
    if (chart.narrow) return;
    const [first, second] = chart.data.cuts.map((cut) => places.findLast((place) => place.column.running <= cut.share + 1e-9)?.to ?? 0);
    const from = second - first > 190 ? first + 48 : chart.left + 0.26 * (chart.right - chart.left);
    const place = places.find((item) => item.to >= from);
    if (place && place.to < chart.right - 120) chart.svg.append(text(chart.data.words.running, place.to + 12, share(place.column.running) + 22, "t-med t-halo"));
  };

  const lines = (chart, index) => {
    const { data, figures } = chart;
    const column = data.columns[index];
    const rank = data.columns.slice(0, index).reduce((sum, item) => sum + item.count, 1);
    const name = column.count > 1 ? `${data.words.rank} ${figures.count(rank)}–${figures.count(rank + column.count - 1)}` : column.name;
    const list = [name, column.count > 1 ? `${figures.percent(column.share)}` : `${data.words.rank} ${figures.count(rank)}, ${figures.exact(column.value)}`,
      `${column.count > 1 ? "" : `${figures.percent(column.share)}, `}${data.words.with_before} ${figures.percent(column.running)}`];
    if (column.mark) list.push(data.words[column.mark]);
    return list;
  };

  const drawMarks = (chart, places, x, folded, end) => {
    const { data, bottom, right, left, figures } = chart;
    const foot = bottom + 18;
    const limit = folded ? end : data.total;
    const { step } = ticks(0, limit, chart.narrow ? 4 : 7);
    const whole = Math.max(1, Math.round(step));
    const more = folded ? data.words.more.replace("%s", figures.count(data.total - end)) : "";
    const stop = Math.min((folded ? x(end) : right) - (chart.narrow ? 14 : 150), right - more.length * 6.5 - 16);
    chart.svg.append(text("1", x(0.5), foot, "t-mid"));
    for (let rank = whole; rank <= limit; rank += whole) {
      const at = x(rank - 0.5);
      if (rank > 1 && at < stop) chart.svg.append(text(figures.count(rank), at, foot, "t-mid"));
    }
    if (folded) chart.svg.append(text(more, right, foot, "t-end"));
    if (!chart.narrow) chart.svg.append(text(data.words.axis, (folded ? x(end) : right) - 4, foot, "t-end"));
    const first = places[0];
    const firstCut = x(rankAt(data.columns, data.cuts[0]?.share ?? 1));
    const second = places[1] ? places[1].column.value / first.column.value : 0;
    const drop = (1 - Math.max(0, second)) * (bottom - chart.yTop);
    if (first?.column.name && !chart.narrow && firstCut - first.to > 200 && drop > 20) {
      chart.svg.append(text(`${first.column.name}, ${figures.percent(first.column.share)}`, Math.max(first.to + 6, left + 8), chart.yTop + 12, "t-med t-halo"));
    }
  };

  kinds.pareto = {
    draw(chart) {
      const { columns, words, cuts } = chart.data;
      const most = Math.max(0, ...columns.map((column) => column.value));
      Object.assign(chart, chart.narrow
        ? { height: 260, left: 46, right: chart.width - 40, top: 30, bottom: 228 }
        : { height: 328, left: 62, right: chart.width - 50, top: 44, bottom: 296 });
      if (!columns.length || !most) {
        chart.height = 120;
        chart.svg.append(text(words.empty, chart.width / 2, 64, "t-mid"));
        return;
      }
      const { list, step } = ticks(0, most, chart.narrow ? 3 : 4);
      const full = list.at(-1) >= most ? list.at(-1) : list.at(-1) + step;
      chart.left = margin([...list, full].map(chart.figures.tick));
      const y = (value) => chart.bottom - (Math.max(0, value) / full) * (chart.bottom - chart.top);
      const share = (value) => chart.bottom - Math.max(0, value) * (chart.bottom - chart.top);
      const { x, folded, end } = scales(chart);
      let rank = 0;
      const places = columns.map((column) => {
        const place = { column, from: x(rank), to: x(rank + column.count) };
        rank += column.count;
        return place;
      });
      chart.yTop = y(columns[0].value);
      if (folded) chart.svg.append(svg("rect", { class: "b-fold", x: x(end), y: chart.top, width: chart.right - x(end), height: chart.bottom - chart.top }));
      drawGrid(chart, y, full);
      drawColumns(chart, places, y);
      drawCurve(chart, places, share);
      drawMarks(chart, places, x, folded, end);
      cursor(chart, {
        label: words.columns,
        total: columns.length,
        at: (px) => Math.max(0, places.findIndex((place) => place.to >= px)),
        say: (index) => lines(chart, index).join(", "),
        open: (index) => columns[index].url && location.assign(columns[index].url),
        show: (index) => {
          const { from, to, column } = places[index];
          const top = y(column.value);
          const group = svg("g");
          chart.svg.append(group);
          const frame = svg("rect", { class: "b-focus", x: from - 1, y: top - 2, width: Math.max(4, to - from + 2), height: Math.max(4, chart.bottom - top + 2), rx: 2 });
          group.append(frame, tip(chart, to, top, lines(chart, index)));
          group.setAttribute("pointer-events", "none");
          return group;
        },
      });
      cuts.forEach((cut, index) => drawCut(chart, cut, index, x, share));
    },
    table({ columns, words, format, total }) {
      const head = [words.rank, words.name, words.tier, { text: `${words.value}, ${format.symbol}`, figure: true }, { text: words.share, figure: true }, { text: words.running_head, figure: true }];
      const write = (value, decimals) => value.toLocaleString(format.language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
      let rank = 0;
      const rows = columns.map((column) => {
        const from = rank + 1;
        rank += column.count;
        return [
          column.count > 1 ? `${from}–${rank}` : String(from), column.count > 1 ? words.more.replace("%s", column.count) : column.name, column.tier,
          { value: column.value * column.count, text: write(column.value * column.count, 0) },
          { value: column.share, text: `${write(column.share * 100, 1)}\u00a0%` },
          { value: column.running, text: `${write(column.running * 100, 1)}\u00a0%` },
        ];
      });
      return { head, rows, total, rowHead: 1 };
    },
  };
})();
