// The command palette: Ctrl-K anywhere, arrows, Enter. Pages come from the shell at once, records from
// GET /palette/?q= as a partial of <div class="k-palette-group"> and <a role="option"> (see _palette.html).
(() => {
  "use strict";
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]");
  const commands = document.getElementById("palette-commands");
  const words = dialog.dataset;
  const plain = (text) =>
    text.toLowerCase().replaceAll("ё", "е").normalize("NFD").replace(/\p{M}/gu, "");
  let asked = 0;
  let timer;

  const recent = {
    read() {
      try {
        return JSON.parse(sessionStorage.getItem("kam.recent") ?? "[]");
      } catch {
        return [];
      }
    },
    add(option) {
      const item = { url: option.getAttribute("href"), text: option.querySelector("span").textContent };
      const icon = option.querySelector("use")?.getAttribute("href");
      const rest = this.read().filter((other) => other.url !== item.url);
      try {
        sessionStorage.setItem("kam.recent", JSON.stringify([{ ...item, icon }, ...rest].slice(0, 5)));
      } catch {
        // Not remembered, that is all.
      }
    },
  };

  const group = (title, options) => {
    if (!options.length) return [];
    const head = document.createElement("div");
    head.className = "k-palette-group";
    head.setAttribute("role", "presentation");
    head.textContent = title;
    return [head, ...options];
  };
  const pages = (query) =>
    [...commands.content.cloneNode(true).children].filter((option) =>
      plain(option.dataset.words).includes(query),
    );
  const remembered = () =>
    recent.read().flatMap((item) => {
      const option = commands.content.firstElementChild?.cloneNode(true);
      if (!option || new URL(item.url, location).origin !== location.origin) return [];
      option.href = item.url;
      option.querySelector("span").textContent = item.text;
      if (item.icon) option.querySelector("use").setAttribute("href", item.icon);
      return [option];
    });

  const options = () => [...list.querySelectorAll("[role=option]")];
  const select = (option) => {
    options().forEach((item) => item.setAttribute("aria-selected", String(item === option)));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const settle = (message = "") => {
    const found = options();
    found.forEach((option, index) => {
      option.id = `palette-${index}`;
      option.tabIndex = -1;
    });
    if (!found.length && message) {
      const none = document.createElement("p");
      none.className = "k-palette-none";
      none.textContent = message;
      list.append(none);
    }
    status.textContent = found.length === 1 ? words.foundOne : message && !found.length ? message
      : words.foundMany.replace("%s", found.length);
    select(found[0]);
  };

  const show = async () => {
    const typed = input.value.trim();
    const query = plain(typed);
    const turn = ++asked;
    if (!query) {
      list.replaceChildren(...group(words.recent, remembered()), ...group(words.go, pages("")));
      settle();
      return;
    }
    const found = group(words.go, pages(query));
    if (found.length) {
      list.replaceChildren(...found);
      settle();
    }
    try {
      const answer = await fetch(`${words.url}?q=${encodeURIComponent(typed)}`, {
        headers: { "HX-Request": "true" },
      });
      if (turn !== asked) return;
      if (!answer.ok) throw new Error(answer.status);
      const part = new DOMParser().parseFromString(await answer.text(), "text/html");
      list.replaceChildren(...part.body.children, ...group(words.go, pages(query)));
      settle(words.none);
    } catch {
      if (turn !== asked) return;
      list.replaceChildren(...group(words.go, pages(query)));
      settle(words.failed);
    }
  };

  const open = () => {
    if (dialog.open) return;
    input.value = "";
    dialog.showModal();
    input.focus();
    show();
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === "KeyK") {
      event.preventDefault();
      open();
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-palette]")) open();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, input.value.trim() ? 90 : 0);
  });
  input.addEventListener("keydown", (event) => {
    const found = options();
    const at = found.findIndex((item) => item.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) {
      event.preventDefault();
      select(found[(at + step + found.length) % found.length]);
    } else if (event.key === "Enter" && found[at]) {
      event.preventDefault();
      found[at].click();
    }
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) recent.add(option);
  });
})();
