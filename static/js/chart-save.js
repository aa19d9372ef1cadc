// A chart leaves the page: as a table, as CSV, as a drawing that stands alone, as a picture.
(() => {
  "use strict";
  const { svg } = window.kamCharts;

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
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
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

  Object.assign(window.kamCharts, { table, save });
})();
