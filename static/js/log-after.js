// What stands above the form after saving: what was kept, a way back, one question at most.
(() => {
  "use strict";
  const { kamLog } = window;
  const { store, send, say, form } = kamLog;
  const page = document.getElementById("log");
  const box = document.getElementById("log-after");
  let saved = null; // key of the entry the card is about

  const make = (tag, text, className = "") => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    if (tag === "button") element.type = "button";
    return element;
  };
  const hide = () => {
    saved = null;
    box.hidden = true;
    box.replaceChildren();
  };

  // Unsent, it goes back into the form; sent, the server takes it back.
  const undo = async () => {
    const entry = await store.get(saved);
    if (!entry || entry.state === "sending") return;
    if (entry.state === "sent") {
      const whose = await send.session();
      const answer = whose.state === "ok" && (await send.ask(page.dataset.undoUrl, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": send.token() },
        body: JSON.stringify({ key: entry.key }),
      }).catch(() => null));
      if (answer?.status !== 200) return kamLog.toast(say.words.notUndone);
      kamLog.toast(say.words.undone);
    }
    hide();
    await store.remove(entry.key);
    const { problem, theirs, sent, version, ...fresh } = entry;
    form.fill({ ...fresh, state: "waiting", key: crypto.randomUUID?.() ?? entry.key });
  };

  const answer = async (question, value) => {
    box.querySelector(".log-question")?.remove();
    const whose = await send.session();
    if (whose.state !== "ok") return;
    const told = new URLSearchParams({ contact: question.contact, fact: question.fact, value });
    const done = await send.ask(question.url, {
      method: "POST",
      headers: { "X-CSRFToken": send.token(), "HX-Request": "true" },
      body: told,
    }).catch(() => null);
    if (done?.status === 200) kamLog.toast(say.words.thanks);
  };
  const ask = (question) => {
    const part = make("div", "", "log-question");
    const buttons = make("div", "", "log-question-buttons");
    for (const { value, label } of question.options) {
      const button = make("button", label, "btn btn-secondary");
      button.addEventListener("click", () => answer(question, value));
      buttons.append(button);
    }
    const unknown = make("button", say.words.dontKnow, "btn btn-secondary");
    unknown.addEventListener("click", () => answer(question, ""));
    const skip = make("button", say.words.skip, "btn btn-ghost");
    skip.addEventListener("click", () => part.remove());
    buttons.append(unknown, skip);
    part.append(make("p", question.sentence), buttons);
    return part;
  };

  // Drawn anew when the entry changes its state; a question already answered does not come back.
  let asked = null;
  const draw = async () => {
    const entry = saved && (await store.get(saved));
    if (!entry) return hide();
    const isSent = entry.state === "sent";
    const line = make("div", "", "log-after-line");
    const text = make("span", "");
    text.append(make("b", isSent ? say.words.saved : say.words.kept), [entry.shown.account, ...entry.shown.people].join(" · "));
    line.append(text);
    const back = make("button", say.words.undo, "k-link");
    back.addEventListener("click", undo);
    line.append(back);
    if (isSent) {
      const way = make("a", say.words.openAccount);
      way.href = entry.sent.url;
      line.append(way);
    }
    box.querySelector(".log-after-line")?.remove();
    box.prepend(line);
    box.hidden = false;
    if (isSent && entry.sent.question && asked !== entry.key) {
      asked = entry.key;
      box.append(ask(entry.sent.question));
    }
  };

  kamLog.after = {
    saved: (entry) => {
      hide();
      saved = entry.key;
      return draw();
    },
    changed: (key) => key === saved && draw(),
  };
})();
