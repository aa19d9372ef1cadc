// What waits on this device, seen: the pill, the sheet with every entry, opening, throwing away.
(() => {
  "use strict";
  const { kamLog } = window;
  const { store, say, form } = kamLog;
  const pill = document.getElementById("log-pill");
  const sheet = document.getElementById("log-outbox");
  const list = document.getElementById("log-entries");
  const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const TONES = { waiting: "cau", sending: "inf", sent: "pos", refused: "dan", conflict: "dan", open: "" };

  // A message with one way back; gone after ten seconds, never while somebody is at it.
  const toastBox = document.getElementById("log-toast");
  let leaving;
  kamLog.toast = (text, undo) => {
    clearTimeout(leaving);
    const line = document.createElement("div");
    line.className = "k-toast";
    const said = document.createElement("span");
    said.textContent = text;
    line.append(said);
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = say.words.undo;
      button.addEventListener("click", () => {
        toastBox.replaceChildren();
        undo();
      });
      line.append(button);
    }
    const dismiss = () => toastBox.contains(document.activeElement) || toastBox.replaceChildren();
    line.addEventListener("focusout", () => (leaving = setTimeout(dismiss, 10000)));
    toastBox.replaceChildren(line);
    leaving = setTimeout(dismiss, 10000);
  };

  const problem = (entry) => {
    const { code, reason, advice } = entry.problem ?? {};
    if (code === "closed") return say.words.closedEntry;
    if (code === "unreadable") return say.words.unreadable;
    return [reason, advice].filter(Boolean).join(" ");
  };
  const side = (title, told) => {
    const part = document.createElement("div");
    const head = document.createElement("b");
    head.textContent = title;
    part.append(head, told || "—");
    return part;
  };
  const textOf = ({ text, step }) => [text, step && `→ ${step}`].filter(Boolean).join(" ");

  const row = (entry) => {
    const item = clone("log-entry-row");
    const find = (selector) => item.querySelector(selector);
    item.dataset.key = entry.key;
    find("b").textContent = entry.shown.account;
    const state = find(".k-state");
    state.textContent = say.words[entry.state === "open" ? "waiting" : entry.state];
    if (TONES[entry.state]) state.classList.add(`k-state-${TONES[entry.state]}`);
    const who = entry.shown.people.join(", ") || say.words.nobody;
    find(".log-entry-who").textContent = [entry.shown.channel, who, say.moment(new Date(entry.values.at ?? entry.made_at))].filter(Boolean).join(" · ");
    find(".log-entry-said").textContent = textOf(entry.values);
    if (entry.state === "refused") {
      find(".log-entry-why").textContent = problem(entry);
      find(".log-entry-why").hidden = find("[data-entry-again]").hidden = false;
      find("[data-entry-again]").hidden = false;
    }
    if (entry.state === "conflict") {
      find(".log-entry-both").append(side(say.words.mine, textOf(entry.values)), side(say.words.theirs, textOf(entry.theirs.values)));
      find(".log-entry-both").hidden = false;
      find(".log-entry-said").textContent = "";
      find("[data-entry-mine]").hidden = find("[data-entry-theirs]").hidden = false;
    }
    find("[data-entry-edit]").disabled = entry.state === "sending";
    find("[data-entry-throw]").hidden = entry.state === "sending" || entry.state === "sent" || entry.state === "conflict";
    return item;
  };

  const draw = async () => {
    const user = await store.meta("user");
    const all = await store.all();
    const mine = all.filter((entry) => entry.user === user);
    const open = mine.filter(store.isOpen);
    const refused = open.filter((entry) => entry.state === "refused" || entry.state === "conflict");
    pill.hidden = mine.length === 0;
    pill.querySelector("span").textContent = open.length ? say.count("log-waiting-words", open.length) : say.words.allSent;
    pill.classList.toggle("is-refused", refused.length > 0);
    pill.classList.toggle("is-calm", open.length === 0);
    document.getElementById("log-send-now").hidden = open.length === 0;
    list.replaceChildren(...mine.reverse().map(row));
    const others = all.filter((entry) => entry.user !== user && store.isOpen(entry));
    kamLog.notice("others", others.length ? say.count("log-others-words", others.length) : "");
    if (mine.length === 0 && sheet.open) sheet.close();
    return { mine, open };
  };

  const edit = async (entry) => {
    if (store.isOpen(entry)) await store.put({ ...entry, state: "open", was: entry.state });
    form.fill(entry);
    sheet.close();
    document.getElementById("log-title").focus();
  };
  const actions = {
    "[data-entry-edit]": edit,
    "[data-entry-again]": async (entry) => {
      await store.put({ ...entry, state: "waiting", problem: null });
      kamLog.sendSoon();
    },
    "[data-entry-mine]": async (entry) => {
      await store.put({ ...entry, state: "waiting", version: entry.theirs.version, theirs: null });
      kamLog.sendSoon();
    },
    "[data-entry-theirs]": async (entry) => {
      await store.put({ ...entry, state: "sent", version: entry.theirs.version, values: { ...entry.values, ...entry.theirs.values }, sent: entry.sent ?? { at: new Date().toISOString(), url: entry.theirs.url }, theirs: null });
      kamLog.toast(say.words.thrown, () => store.put(entry));
    },
    "[data-entry-throw]": async (entry) => {
      await store.remove(entry.key);
      kamLog.toast(say.words.thrown, async () => {
        await store.put(entry);
        kamLog.sendSoon();
      });
    },
  };
  list.addEventListener("click", async (event) => {
    const button = event.target.closest("button");
    const entry = button && (await store.get(button.closest(".log-entry").dataset.key));
    const act = button && Object.keys(actions).find((selector) => button.matches(selector));
    if (entry && act) await actions[act](entry);
    draw();
  });

  // An entry left open in the form when the page was closed waits again.
  const release = async () => {
    const user = await store.meta("user");
    for (const entry of user ? await store.of(user) : []) {
      if (entry.state === "open") await store.put({ ...entry, state: entry.was === "refused" ? "refused" : "waiting" });
    }
  };

  kamLog.outbox = { draw, release, edit };
})();
