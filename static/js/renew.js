// Parts that renew themselves lose no tap. Markup: [data-renews] is replaced by what a listener of
// "renew" fetches. Under a finger that is just pressing it waits; and what is answered to a form
// that was replaced meanwhile still reaches the page.
(() => {
  "use strict";
  const AFTER = 150; // ms in which a press becomes a click
  let pressed = null;
  let waiting = null;
  let timer = null;

  document.addEventListener("pointerdown", (event) => {
    clearTimeout(timer); // the press before this one is over, this one is not
    pressed = event.target;
  }, true);
  const release = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      pressed = null;
      waiting?.dispatchEvent(new Event("renew"));
      waiting = null;
    }, AFTER);
  };
  document.addEventListener("pointerup", release, true);
  document.addEventListener("pointercancel", release, true);

  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, requestConfig } = event.detail;
    if (!pressed || !target.matches("[data-renews]") || !target.contains(pressed)) return;
    event.detail.shouldSwap = false;
    waiting = requestConfig.elt;
  });

  // htmx tells the form itself; one that is no longer on the page tells nobody.
  const heard = new WeakSet();
  const tell = (xhr) => {
    const said = xhr.getResponseHeader("HX-Trigger");
    Object.entries(JSON.parse(said ?? "{}")).forEach(([name, detail]) => {
      document.body.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
    });
  };
  document.addEventListener("htmx:beforeOnLoad", (event) => heard.add(event.detail.xhr));
  document.addEventListener("htmx:beforeRequest", ({ detail: { xhr } }) => {
    xhr.addEventListener("load", () => heard.has(xhr) || tell(xhr));
  });
})();
