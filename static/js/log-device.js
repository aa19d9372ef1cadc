// On every page of those who log: the service worker, whose device this is now, sending what
// waits, and asking at sign-out. The log page reads the hint to install from here.
(() => {
  "use strict";
  const { kamLog } = window;
  const { store, send } = kamLog;
  const ask = document.getElementById("device-ask");
  const isLogPage = document.getElementById("log") !== null;
  const user = Number(ask.dataset.user) || null;

  const isOtherLanguage = async () => {
    const now = document.documentElement.lang;
    const before = await store.meta("language");
    if (before !== now) await store.setMeta("language", now);
    return before !== now;
  };
  const register = async () => {
    if (!("serviceWorker" in navigator)) return;
    try {
      const worker = await navigator.serviceWorker.register(ask.dataset.worker, { scope: "/", updateViaCache: "none" });
      if (user && (isLogPage || (await isOtherLanguage()))) worker?.active?.postMessage("keep-shell");
    } catch {
      // Without it everything works, with a connection.
    }
  };
  if (document.readyState === "complete") register();
  else window.addEventListener("load", register);

  // Somebody else signed in: the former's list of accounts goes, their entries stay for them.
  const own = (async () => {
    const before = await store.meta("user");
    if (!user || before === user) return;
    const data = await store.meta("data");
    if (data && data.user !== user) await store.dropMeta("data");
    await store.setMeta("user", user);
  })().catch(() => {});

  // The list of accounts with today's plans, on the device before the connection goes.
  const HOUR = 3600000;
  const refresh = async () => {
    await own;
    const data = await store.meta("data");
    if (!user || isLogPage || (data?.user === user && Date.now() - Date.parse(data.made_at) < HOUR)) return;
    const answer = await send.ask(ask.dataset.data);
    if (answer.status === 200) await store.setMeta("data", { ...(await answer.json()) });
  };
  window.addEventListener("load", () => setTimeout(() => refresh().catch(() => {}), 1500));

  const waitingHere = async () => {
    const now = await store.meta("user");
    return now ? (await store.of(now)).filter(store.isOpen) : [];
  };
  const mark = async () => {
    const n = (await waitingHere().catch(() => [])).length;
    document.querySelectorAll("[data-log-link]").forEach((link) => link.classList.toggle("has-waiting", n > 0));
    if (n) navigator.setAppBadge?.(n)?.catch?.(() => {});
    else navigator.clearAppBadge?.()?.catch?.(() => {});
  };
  kamLog.hear(mark);

  // Sending: at once, when the connection or the page comes back, and every half minute.
  kamLog.sendSoon = async () => {
    await own;
    const end = navigator.onLine ? await send.flush().catch(() => "idle") : "offline";
    kamLog.onFlush?.(end);
    return end;
  };
  const tryNow = () => document.visibilityState === "visible" && kamLog.sendSoon();
  window.addEventListener("online", tryNow);
  document.addEventListener("visibilitychange", tryNow);
  setInterval(async () => navigator.onLine && (await waitingHere().catch(() => [])).length && tryNow(), 30000);
  own.then(tryNow).then(mark);
  kamLog.sendLater = async () => {
    const worker = await navigator.serviceWorker?.getRegistration?.();
    await worker?.sync?.register("kam-log").catch(() => {});
  };

  // From the page of an account the log begins with that account.
  const here = location.pathname.match(/^\/accounts\/(\d+)\//);
  if (here) document.querySelectorAll("[data-log-link]").forEach((link) => (link.search = `?account=${here[1]}`));

  // Signing out: asked first when something waits; the list of accounts always leaves the device.
  window.kamAskAtSignOut(ask, {
    waiting: waitingHere,
    flush: send.flush,
    leave: async () => {
      await store.dropMeta("data").catch(() => {});
      await store.dropMeta("user").catch(() => {});
    },
  });

  // A hint to install, once per device, on the log page.
  const OFF = "kam.install";
  let prompt = null;
  const hint = document.getElementById("log-install");
  const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  const isOff = () => {
    try {
      return localStorage.getItem(OFF) === "off";
    } catch {
      return true;
    }
  };
  const show = (text, canInstall) => {
    if (!hint || isInstalled || isOff()) return;
    hint.querySelector("span").textContent = text;
    hint.querySelector("[data-install]").hidden = !canInstall;
    hint.hidden = false;
  };
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    prompt = event;
    show(kamLog.say?.words.install ?? "", true);
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (navigator.standalone === false && kamLog.say) show(kamLog.say.words.installIos, false);
  });
  hint?.addEventListener("click", async (event) => {
    if (event.target.closest("[data-install]")) await prompt?.prompt();
    else if (!event.target.closest("[data-install-off]")) return;
    hint.hidden = true;
    try {
      localStorage.setItem(OFF, "off");
    } catch {
      // It is then shown again, that is all.
    }
  });
})();
