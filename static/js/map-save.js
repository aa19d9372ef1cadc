// The account map leaves the page: as a drawing that stands alone, as a picture, on paper.
(() => {
  "use strict";
  const { svg, text } = window.kamMap;
  const ROOM = 32;
  const HEAD = 44;
  const LARGEST = 8000;
  const KEPT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray", "stroke-linejoin", "stroke-linecap",
    "font-size", "font-weight", "text-anchor", "opacity"];

  const colour = (name, fallback) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${name}, ${fallback})`;
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
  };

  const standalone = (app) => {
    const { bounds } = app.layout;
    const states = ["is-far", "has-selection", "has-filter"].filter((name) => app.drawing.classList.contains(name));
    app.drawing.classList.remove(...states);
    const copy = app.drawing.cloneNode(true);
    const originals = [...app.drawing.querySelectorAll("*")];
    const gone = [];
    [...copy.querySelectorAll("*")].forEach((element, index) => {
      const original = originals[index];
      if (original.matches(".m-hit, .m-handle, .m-rubber, .m-far")) {
        gone.push(element);
        return;
      }
      if (original.matches("rect, path, circle, line, text")) {
        const style = getComputedStyle(original);
        KEPT.forEach((name) => element.setAttribute(name, style.getPropertyValue(name)));
      }
      ["class", "tabindex", "role", "id", "aria-label", "aria-selected", "aria-hidden", "data-key", "data-line", "data-from", "data-to"].forEach((name) => element.removeAttribute(name));
    });
    gone.forEach((element) => element.remove());
    app.drawing.classList.add(...states);
    const width = bounds.right - bounds.left + 2 * ROOM;
    const height = bounds.bottom - bounds.top + 2 * ROOM + HEAD;
    const left = bounds.left - ROOM;
    const top = bounds.top - ROOM - HEAD;
    copy.querySelector("g").removeAttribute("transform");
    const day = app.root.dataset.on || new Date().toISOString().slice(0, 10);
    const title = text(`${app.root.dataset.name}, ${day}`, {
      x: left + ROOM, y: top + ROOM + 6, "font-size": 20, "font-weight": 600, fill: colour("--text", "#151a21"),
    });
    copy.prepend(svg("rect", { x: left, y: top, width, height, fill: colour("--canvas", "#fff") }), title);
    ["class", "aria-describedby"].forEach((name) => copy.removeAttribute(name));
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("font-family", "Inter, system-ui, sans-serif");
    copy.setAttribute("viewBox", `${left} ${top} ${width} ${height}`);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    return { source: new XMLSerializer().serializeToString(copy), width, height };
  };

  const download = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const nameOf = (app) => `${app.root.dataset.name.replace(/[\\/:*?"<>|]+/g, " ").trim()}, ${app.root.dataset.on || new Date().toISOString().slice(0, 10)}`;

  const asSvg = (app) => download(new Blob([standalone(app).source], { type: "image/svg+xml" }), `${nameOf(app)}.svg`);

  const asPng = async (app) => {
    const { source, width, height } = standalone(app);
    const scale = Math.min(2, LARGEST / Math.max(width, height));
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([source], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => download(blob, `${nameOf(app)}.png`), "image/png");
  };

  // On paper the whole map stands on one page, whatever part of it is on the screen.
  const onPaper = (app) => {
    let before = "";
    window.addEventListener("beforeprint", () => {
      const { bounds } = app.layout;
      before = app.world.getAttribute("transform");
      app.world.removeAttribute("transform");
      app.drawing.setAttribute("viewBox", `${bounds.left - 8} ${bounds.top - 8} ${bounds.right - bounds.left + 16} ${bounds.bottom - bounds.top + 16}`);
    });
    window.addEventListener("afterprint", () => {
      app.world.setAttribute("transform", before);
      app.drawing.removeAttribute("viewBox");
    });
  };

  Object.assign(window.kamMap, { save: { svg: asSvg, png: asPng, print: () => window.print() }, onPaper, standalone });
})();
