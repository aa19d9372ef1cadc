// The service worker: the phone log opens without a connection; everything else is the network's.
// BUILD, ASSETS and SHARED are written above by common/offline.py.
// Kept: the files of ASSETS and the page /log/shell/, which holds nobody's data. Nothing else.
importScripts(...SHARED);

const KEPT = `kam-log-${BUILD}`;
const LOG = "/log/";
const SHELL = "/log/shell/";
const PATIENCE = 2500; // ms: a network slower than that is no network for somebody in a hurry
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(KEPT);
    await cache.addAll(ASSETS);
    await keepShell(cache);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("kam-log-") && name !== KEPT);
    if (!(await caches.match(SHELL, { cacheName: KEPT }))) await inherit(old);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

// A signed-out device may get a new version; it then keeps the page of the version before.
async function inherit(old) {
  for (const name of old) {
    const shell = await caches.match(SHELL, { cacheName: name });
    if (shell) await (await caches.open(KEPT)).put(SHELL, shell);
  }
}

async function keepShell(cache) {
  try {
    const answer = await fetch(SHELL, { redirect: "manual", cache: "no-store" });
    if (answer.status === 200) await cache.put(SHELL, answer);
  } catch {
    // Without it the page is kept the next time somebody opens it.
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (ASSETS.includes(url.pathname)) event.respondWith(asset(request, url));
  else if (request.mode === "navigate" && url.pathname === LOG) event.respondWith(logPage(request));
  else if (request.mode === "navigate" && url.pathname === "/") event.respondWith(start(request));
});

// A name with a digest never changes its content; without one (development) the network is asked.
async function asset(request, url) {
  const kept = await caches.match(url.pathname, { cacheName: KEPT });
  if (kept && HASHED.test(url.pathname)) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

// The server's page when it comes in time and is the page; else the kept one. A session that has
// ended leads to the sign-in page, which may wait until the touchpoint is written down.
async function logPage(request) {
  const shell = await caches.match(SHELL, { cacheName: KEPT });
  if (!shell) return fetch(request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  try {
    const answer = await Promise.race([fetch(request), late]);
    if (answer?.status === 404) await forget();
    const isUseful = answer && (answer.ok || (answer.status >= 400 && answer.status < 500));
    return isUseful ? answer : shell;
  } catch {
    return shell;
  }
}

// Who no longer logs touchpoints keeps neither the page nor the list of accounts.
async function forget() {
  const { store } = self.kamLog;
  await Promise.all([store.dropMeta("data"), caches.open(KEPT).then((cache) => cache.delete(SHELL))]);
}

// The installed app begins at the start page; without a connection, at the log.
async function start(request) {
  try {
    return await fetch(request);
  } catch (error) {
    if (await caches.match(SHELL, { cacheName: KEPT })) return Response.redirect(LOG, 302);
    throw error;
  }
}

// The page asks after it was opened with a connection: language and version are then right.
self.addEventListener("message", (event) => {
  if (event.data === "keep-shell") event.waitUntil(caches.open(KEPT).then(keepShell));
});

// Where the browser knows Background Sync, entries leave even after the page was closed.
self.addEventListener("sync", (event) => {
  if (event.tag !== "kam-log") return;
  event.waitUntil(self.kamLog.send.flush().then((end) => {
    if (end === "offline") throw new Error("The browser tries again later.");
  }));
});
