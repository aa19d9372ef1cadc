// Sends what waits, one after another, each until the server has said what became of it.
// The page and the service worker both use it: self.kamLog.send.flush() → how it ended:
// idle, done, offline, signed_out, other_user. An entry is dropped by nobody but its writer.
(() => {
  "use strict";
  const kamLog = (self.kamLog = self.kamLog ?? {});
  const { store } = kamLog;
  const TOKEN = "/log/token/";
  const SEND = "/log/send/";
  const PATIENCE = 20000; // ms
  const KEEP_SENT = 3600000; // ms: as long as one may still notice a slip
  let token = "";

  const ask = (url, options = {}) =>
    fetch(url, { credentials: "same-origin", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });

  // Whose session this is; a kept page has no token of its own.
  const session = async () => {
    let answer;
    try {
      answer = await ask(TOKEN);
    } catch {
      return { state: "offline" };
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) return { state: "signed_out" };
    if (answer.status === 404) return { state: "closed" };
    if (answer.status !== 200) return { state: "offline" };
    const { token: fresh, user } = await answer.json();
    token = fresh;
    return { state: "ok", user };
  };

  const post = (entry) => {
    const { key, user, made_at, version, edited, replaces } = entry;
    const body = { ...entry.values, key, user, made_at, version, edited, replaces, sent_at: new Date().toISOString() };
    return ask(SEND, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body),
    });
  };

  // Answers that end an entry's waiting; anything else leaves it waiting.
  const settled = async (entry, answer) => {
    const said = await answer.json().catch(() => ({}));
    if (answer.status === 200 && said.state === "sent") {
      const sent = { id: said.id, url: said.url, undo: said.undo, question: said.question, at: new Date().toISOString() };
      return { ...entry, state: "sent", edited: false, replaces: null, version: said.version, shown: { ...entry.shown, ...said.shown }, sent, problem: null, theirs: null };
    }
    if (answer.status === 409 && said.state === "conflict") return { ...entry, state: "conflict", theirs: said.theirs };
    if (answer.status === 422) return { ...entry, state: "refused", problem: { code: said.code, reason: said.reason, advice: said.advice } };
    if (answer.status === 404) return { ...entry, state: "refused", problem: { code: "closed" } };
    if (answer.status === 400 || answer.status === 413) return { ...entry, state: "refused", problem: { code: "unreadable" } };
    return null;
  };

  // "ok" when the entry is settled, else why it goes on waiting.
  const deliver = async (entry) => {
    await store.put({ ...entry, state: "sending" });
    const wait = async (state) => {
      await store.put({ ...entry, state: "waiting" });
      return state;
    };
    try {
      let answer = await post(entry);
      if (answer.status === 403) {
        const again = await session();
        if (again.state !== "ok") return wait(again.state);
        if (again.user !== entry.user) return wait("other_user");
        answer = await post(entry);
      }
      if (answer.type === "opaqueredirect" || answer.status === 401) return wait("signed_out");
      const end = await settled(entry, answer);
      if (!end) return wait(answer.status === 409 ? "other_user" : "offline");
      if (await store.get(entry.key)) await store.put(end);
      return "ok";
    } catch {
      return wait("offline");
    }
  };

  const sendAll = async () => {
    const user = await store.meta("user");
    if (!user) return "idle";
    const mine = await store.of(user);
    const old = mine.filter((entry) => entry.state === "sent" && Date.now() - Date.parse(entry.sent.at) > KEEP_SENT);
    for (const entry of old) await store.remove(entry.key);
    const waiting = mine.filter((entry) => entry.state === "waiting" || entry.state === "sending");
    if (!waiting.length) return "idle";
    const whose = await session();
    if (whose.state !== "ok") return whose.state;
    if (whose.user !== user) return "other_user";
    for (const { key } of waiting) {
      const entry = await store.get(key); // it may have been opened or thrown away meanwhile
      if (entry?.state !== "waiting" && entry?.state !== "sending") continue;
      const end = await deliver(entry);
      if (end !== "ok") return end;
    }
    return "done";
  };

  // One sender at a time on this device, whether page or worker.
  const locked = () => (self.navigator.locks ? self.navigator.locks.request("kam-log-send", sendAll) : sendAll());
  let running = null;
  let again = false;
  const flush = async () => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      let end = "idle";
      do {
        again = false;
        end = await locked();
      } while (again && end !== "offline");
      return end;
    })();
    try {
      const end = await running;
      kamLog.tell({ flushed: end });
      return end;
    } finally {
      running = null;
    }
  };

  kamLog.send = { flush, session, ask, token: () => token };
})();
