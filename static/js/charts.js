// Frame of every chart: reads its data, draws for the width it gets and again on resize, table twin,
// PNG, SVG and CSV. Colours come from charts.css, so another scheme needs no drawing.
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
  const { kinds, svg, formatter, table, save } = window.kamCharts;

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

  window.kamCharts.start = startAll;
  document.addEventListener("DOMContentLoaded", startAll);
  document.addEventListener("htmx:afterSettle", startAll);
})();
