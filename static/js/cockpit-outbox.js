// Marks on their way: kept on this device until the server has each of them, by its key.
// kamCockpit.outbox: put(place, body), all(), waiting(), flush() → how it ended; kamCockpit.onOutbox(end).
(() => {
  "use strict";
  const { kamLog } = window;
  const cockpit = document.getElementById("cockpit");
  const kamCockpit = (window.kamCockpit = { onOutbox: () => {}, accept: () => {} });
  const { store, hear } = kamLog.makeStore("kam-marks");
  const user = Number(cockpit.dataset.user);
  const session = Number(cockpit.dataset.session);
  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const mine = async () => (await store.of(user)).filter((entry) => entry.session === session);

  // Other pages learn from a note that something waits here, and ask at sign-out (sign-out.js).
  const waiting = async () => (await mine()).filter((entry) => entry.state === "waiting");
  const note = async () => {
    const marks = window.kamMarksNote;
    if ((await waiting()).length) marks.write({ user, session, url: location.pathname });
    else if (marks.read()?.session === session) marks.write(null);
  };

  // The mark given last at a place is the only one that waits there: one is put down after the
  // other, however fast the keys are.
  let line = Promise.resolve();
  const putNow = async (place, body) => {
    const older = (await mine()).filter((entry) => entry.place === place);
    await store.put({ key: body.key, user, session, place, made_at: body.at, state: "waiting", body });
    for (const entry of older) await store.remove(entry.key);
    await note();
  };
  const put = (place, body) => (line = line.catch(() => {}).then(() => putNow(place, body)));

  const ask = (entries) => kamLog.send.ask(cockpit.dataset.send, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ user, marks: entries.map((entry) => entry.body) }),
  });

  const sendAll = async () => {
    const entries = await waiting();
    if (!entries.length) return "done";
    let answer;
    try {
      answer = await ask(entries);
    } catch {
      return "offline";
    }
    if (answer.status === 401 || answer.status === 403 || answer.type === "opaqueredirect") return "signed_out";
    if (answer.status === 409) return "other_user";
    if (answer.status !== 200) return "offline";
    const { results } = await answer.json();
    for (const { key, state, reason } of results) {
      const entry = entries.find((one) => one.key === key);
      if (!entry) continue;
      if (state === "kept") {
        kamCockpit.accept(entry.place, entry.body.value);
        await store.remove(key);
      }
      if (state !== "kept") await store.put({ ...entry, state: "refused", reason });
    }
    return "done";
  };

  // One sender at a time on this device, whatever pages are open.
  let running = null;
  let again = false;
  const flush = async () => {
    if (running) {
      again = true;
      return running;
    }
    const locked = () => (navigator.locks ? navigator.locks.request("kam-marks-send", sendAll) : sendAll());
    running = (async () => {
      let end;
      do {
        again = false;
        end = await locked();
      } while (again && end === "done");
      return end;
    })();
    try {
      const end = await running;
      await note();
      kamCockpit.onOutbox(end);
      return end;
    } finally {
      running = null;
    }
  };

  kamCockpit.outbox = { put, flush, waiting, all: mine };
  hear(() => kamCockpit.onOutbox(""));
  window.addEventListener("online", () => flush());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  setInterval(async () => (await waiting()).length && flush(), 5000);
})();
