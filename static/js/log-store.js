// What lies on this device: entries that wait, and the list of accounts to log for.
// The page and the service worker both use it. self.kamLog.store and self.kamLog.tell.
// An entry: {key, user, made_at, state, values, shown, version?, edited?, problem?, theirs?, sent?}
// state: waiting, sending, sent, open (in the form), refused (problem), conflict (theirs).
// kamLog.makeStore(name) makes such a store of another name: {store, tell, hear}.
(() => {
  "use strict";
  const kamLog = (self.kamLog = self.kamLog ?? {});
  const ENTRIES = "entries";
  const META = "meta";
  const makeStore = (NAME) => {
    let opening;

    const open = () => {
      opening ??= new Promise((resolve, reject) => {
        const asked = indexedDB.open(NAME, 1);
        asked.onupgradeneeded = () => {
          const rows = asked.result.createObjectStore(ENTRIES, { keyPath: "key" });
          rows.createIndex("user", "user");
          asked.result.createObjectStore(META);
        };
        asked.onsuccess = () => resolve(asked.result);
        asked.onerror = () => reject(asked.error);
      });
      opening.catch(() => (opening = undefined));
      return opening;
    };

    const run = async (name, mode, act) => {
      const base = await open();
      return new Promise((resolve, reject) => {
        const deal = base.transaction(name, mode, { durability: "strict" });
        const asked = act(deal.objectStore(name));
        deal.oncomplete = () => resolve(asked.result);
        deal.onabort = deal.onerror = () => reject(deal.error);
      });
    };

    // Every open page hears of a change, whoever made it: this page, another, the service worker.
    const channel = "BroadcastChannel" in self ? new BroadcastChannel(NAME) : null;
    const tell = (what) => channel?.postMessage(what);
    const hear = (act) => {
      if (!channel) return;
      const ear = new BroadcastChannel(NAME);
      ear.onmessage = (event) => act(event.data);
    };

    const byTime = (a, b) => a.made_at.localeCompare(b.made_at);

    const store = {
      all: async () => (await run(ENTRIES, "readonly", (rows) => rows.getAll())).sort(byTime),
      of: async (user) => (await run(ENTRIES, "readonly", (rows) => rows.index("user").getAll(user))).sort(byTime),
      get: (key) => run(ENTRIES, "readonly", (rows) => rows.get(key)),
      put: async (entry) => {
        await run(ENTRIES, "readwrite", (rows) => rows.put(entry));
        tell({ changed: entry.key });
      },
      remove: async (key) => {
        await run(ENTRIES, "readwrite", (rows) => rows.delete(key));
        tell({ changed: key });
      },
      meta: (name) => run(META, "readonly", (rows) => rows.get(name)),
      setMeta: (name, value) => run(META, "readwrite", (rows) => rows.put(value, name)),
      dropMeta: (name) => run(META, "readwrite", (rows) => rows.delete(name)),
      isOpen: (entry) => entry.state !== "sent",
    };
    return { store, tell, hear };
  };

  Object.assign(kamLog, makeStore("kam-log"), { makeStore });
})();
