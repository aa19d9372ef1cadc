// What every page has: menus, dialogs, the folded sidebar, toasts, htmx manners.
// Markup it answers to: [data-open=id], [data-close], [data-fold], [data-dismiss],
// form[data-auto] (sends itself on change), [data-focus] (takes the focus after a swap),
// [data-announce] (its text is read out after a swap), hx-target="#drawer-body" (opens the drawer).
// window.kam: toast(text, {undo, level}), announce(text), typing(element), singleKeys().
(() => {
  "use strict";
  const root = document.documentElement;
  const body = document.body;
  const menus = "details.k-menu[open], details.k-why[open]";

  // Menus and "why?": one open at a time, closed by Escape and by a click elsewhere.
  const closeMenus = (except) => {
    document.querySelectorAll(menus).forEach((menu) => {
      if (!except || !menu.contains(except)) menu.open = false;
    });
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest("details[open]") ?? document.querySelector(menus);
    if (!menu?.matches(menus)) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("toggle", (event) => {
    const pop = event.target.open && event.target.querySelector?.(":scope > .k-pop");
    if (!pop) return;
    pop.classList.remove("is-left", "is-up");
    const box = pop.getBoundingClientRect();
    pop.classList.toggle("is-left", box.right > root.clientWidth - 16);
    pop.classList.toggle("is-up", box.bottom > root.clientHeight - 16 && box.top > box.height + 80);
  }, true);

  // Dialogs: native, so the focus is kept inside and goes back by itself.
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog")?.close();
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });

  const drawer = document.getElementById("drawer");
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "drawer-body") return;
    const title = event.detail.target.querySelector("h1, h2, [data-title]");
    if (title) {
      document.getElementById("drawer-title").textContent = title.textContent.trim();
      title.hidden = true;
    }
    if (!drawer.open) drawer.showModal();
  });
  document.addEventListener("drawer:close", () => drawer?.close());

  // The tab one is on is in sight, however narrow the screen.
  const showTabs = (part) => {
    part.querySelectorAll?.(".k-tabs > [aria-current]").forEach((tab) => {
      tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
    });
  };
  document.addEventListener("htmx:afterSettle", (event) => showTabs(event.detail.target));
  showTabs(document);

  // Sidebar
  const fold = document.querySelector("[data-fold]");
  const markFold = () => fold?.setAttribute("aria-expanded", String(root.dataset.side !== "narrow"));
  fold?.addEventListener("click", () => {
    const narrow = root.dataset.side !== "narrow";
    if (narrow) root.dataset.side = "narrow";
    else delete root.dataset.side;
    markFold();
    try {
      localStorage.setItem("kam.side", narrow ? "narrow" : "wide");
    } catch {
      // Not remembered, that is all.
    }
  });
  markFold();

  // Toasts leave after ten seconds, never while the pointer or the focus is on them.
  const toasts = document.getElementById("toasts");
  // One deed after the other, on a check-in say: the latest stand, on a phone the very last.
  const FEW = matchMedia("(max-width: 767px)").matches ? 1 : 3;
  const token = () => JSON.parse(body.getAttribute("hx-headers") ?? "{}")["X-CSRFToken"] ?? "";
  const dismiss = (toast) => {
    if (toast.contains(document.activeElement)) document.getElementById("main")?.focus();
    toast.remove();
  };
  const watch = (toast) => {
    let timer;
    const start = () => {
      clearTimeout(timer);
      timer = setTimeout(() => dismiss(toast), 10000);
    };
    const hold = () => clearTimeout(timer);
    toast.addEventListener("pointerenter", hold);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("pointerleave", () => toast.contains(document.activeElement) || start());
    toast.addEventListener("focusout", start);
    if (!toast.classList.contains("k-toast-error")) start();
  };
  const button = (text, type) => {
    const element = document.createElement("button");
    element.type = type;
    element.textContent = text;
    return element;
  };
  const undoForm = (url) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: token() });
    form.append(field, button(body.dataset.undo, "submit"));
    return form;
  };
  const toast = (text, { undo = "", level = "" } = {}) => {
    const element = document.createElement("div");
    element.className = `k-toast${level ? ` k-toast-${level}` : ""}`;
    const words = document.createElement("span");
    words.textContent = text;
    element.append(words);
    if (undo && new URL(undo, location).origin === location.origin) element.append(undoForm(undo));
    const close = button("", "button");
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", body.dataset.dismiss);
    close.append(document.getElementById("toast-icon").content.cloneNode(true));
    element.append(close);
    toasts.append(element);
    watch(element);
    const told = toasts.querySelectorAll(".k-toast:not(.k-toast-error, :focus-within)");
    [...told].slice(0, -FEW).forEach(dismiss);
    return element;
  };
  toasts?.querySelectorAll(".k-toast").forEach(watch);
  toasts?.addEventListener("click", (event) => {
    if (event.target.closest("button[data-dismiss]")) dismiss(event.target.closest(".k-toast"));
  });
  document.addEventListener("toast", (event) => {
    toast(event.detail.text, { undo: event.detail.undo, level: event.detail.level });
  });

  // htmx: a thin line while waiting, words when it fails, the focus where the eye is.
  const live = document.getElementById("live");
  let waiting = 0;
  const wait = (step) => {
    waiting = Math.max(0, waiting + step);
    body.classList.toggle("k-loading", waiting > 0);
  };
  const quiet = (event) => event.detail.elt?.closest?.("[data-quiet]");
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (quiet(event)) return;
    wait(1);
    event.detail.xhr.addEventListener("loadend", () => wait(-1)); // its element may be gone by then
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (!quiet(event)) toast(body.dataset.failed, { level: "error" });
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (!quiet(event)) toast(body.dataset.offline, { level: "error" });
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.target;
    const find = (selector) => (part.matches?.(selector) ? part : part.querySelector?.(selector));
    find("[data-focus], .is-invalid, [autofocus]")?.focus({ preventScroll: false });
    const words = find("[data-announce]");
    if (words && live) live.textContent = words.dataset.announce || words.textContent.trim();
  });
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form?.matches("form[data-auto]")) form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const send = event.submitter;
    if (send && !event.defaultPrevented && !event.target.matches("[hx-post], [hx-get], [method=dialog]")) {
      setTimeout(() => send.setAttribute("aria-busy", "true"));
    }
  });
  window.addEventListener("pageshow", () => {
    document.querySelectorAll(".btn[aria-busy]").forEach((item) => item.removeAttribute("aria-busy"));
  });

  // Single keys ("/", J, K, X, ?) can be switched off in the list of keys.
  const keysOff = document.querySelector("[data-keys-off]");
  let single = true;
  try {
    single = localStorage.getItem("kam.keys") !== "off";
  } catch {
    // They stay on.
  }
  if (keysOff) {
    keysOff.checked = !single;
    keysOff.addEventListener("change", () => {
      single = !keysOff.checked;
      try {
        localStorage.setItem("kam.keys", single ? "on" : "off");
      } catch {
        // Not remembered, that is all.
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || !single || window.kam.typing(event.target) || document.querySelector("dialog[open]")) return;
    document.getElementById("keys")?.showModal();
  });

  window.kam = {
    singleKeys: () => single,
    toast,
    announce: (text) => {
      if (live) live.textContent = text;
    },
    typing: (target) => Boolean(target?.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")),
  };
})();
