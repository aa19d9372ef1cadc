// Signing out asks first while something waits on this device to be sent.
// kamAskAtSignOut(dialog, {waiting, flush, leave}): waiting() gives what is left, leave() comes last.
// Scores that wait are known by a note the cockpit leaves: kamMarksNote.
(() => {
  "use strict";
  window.kamAskAtSignOut = (dialog, { waiting, flush, leave = async () => {} }) => {
    const asked = new WeakSet();
    let form = null;
    const rest = async () => (await waiting().catch(() => [])).length;
    const go = async () => {
      await leave();
      await new Promise((next) => setTimeout(next)); // not while the first submit is still under way
      asked.add(form);
      form.requestSubmit();
    };
    document.addEventListener("submit", async (event) => {
      if (event.target.getAttribute("action") !== dialog.dataset.signOut || asked.has(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      form = event.target;
      if (!(await rest())) return go();
      dialog.querySelectorAll("[data-ask-failed]").forEach((one) => (one.hidden = true));
      document.querySelectorAll("dialog[open]").forEach((one) => one.close());
      dialog.showModal();
    });
    dialog.addEventListener("click", async (event) => {
      const choice = event.target.closest("[data-ask]")?.dataset.ask;
      if (choice === "stay") dialog.close();
      if (choice === "keep") go();
      if (choice !== "send") return;
      await flush().catch(() => "offline");
      if (!(await rest())) go();
      else dialog.querySelector("[data-ask-failed]").hidden = false;
    });
  };

  const KEY = "kam.marks";
  const note = (window.kamMarksNote = {
    read: () => {
      try {
        return JSON.parse(localStorage.getItem(KEY));
      } catch {
        return null;
      }
    },
    write: (what) => {
      try {
        if (what) localStorage.setItem(KEY, JSON.stringify(what));
        else localStorage.removeItem(KEY);
      } catch {
        // Nobody asks at sign-out then; the scores wait all the same.
      }
    },
  });
  const ask = document.getElementById("marks-ask");
  const waiting = async () => {
    const found = note.read();
    if (found?.user !== Number(ask.dataset.user)) return [];
    ask.querySelector("[data-ask-open]").href = new URL(found.url, location.origin).pathname;
    return [found];
  };
  if (ask) window.kamAskAtSignOut(ask, { waiting });
})();
