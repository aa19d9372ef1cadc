// The page: opened from the server or from this device, saving, and what the connection allows.
(() => {
  "use strict";
  const { kamLog } = window;
  const { store, say, data, people, step, form, outbox, after, notice } = kamLog;
  const page = document.getElementById("log");
  const { words } = say;
  const foot = document.getElementById("log-foot");
  const none = document.getElementById("log-none");
  let last = 0;
  let isSaving = false;

  // Sheets
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open-sheet]");
    if (opener) document.getElementById(opener.dataset.openSheet).showModal();
    if (event.target.closest("[data-close-sheet]") || event.target instanceof HTMLDialogElement) event.target.closest("dialog").close();
  });

  const use = (found) => {
    const accounts = found?.accounts ?? [];
    people.set(accounts);
    step.setOwners(found?.owners ?? []);
    form.element.hidden = accounts.length === 0;
    none.hidden = accounts.length > 0 || !found;
    const asked = new URLSearchParams(location.search).get("account");
    form.clear(people.find(asked) ?? people.find(found?.first) ?? accounts[0] ?? null);
    form.element.hidden = accounts.length === 0;
  };

  const connection = () => {
    const isOff = !navigator.onLine;
    foot.textContent = isOff ? words.footOffline : words.footOnline;
    foot.classList.toggle("is-off", isOff);
  };
  window.addEventListener("online", connection);
  window.addEventListener("offline", connection);

  kamLog.onFlush = (end) => {
    const signIn = { tone: "cau", link: page.dataset.signIn, label: words.signIn };
    if (end === "signed_out") notice("session", words.signedOut, signIn);
    else if (end === "other_user") notice("session", words.other, { tone: "cau" });
    else if (end === "done") notice("session", "");
  };

  kamLog.hear((told) => {
    outbox.draw();
    if (told.changed) after.changed(told.changed);
  });

  const save = async () => {
    const user = Number(page.dataset.user) || (await store.meta("user"));
    const entry = form.entry(user);
    await store.put(entry);
    if (entry.replaces) await store.remove(entry.replaces);
    form.clear(people.current());
    isSaving = false;
    await after.saved(entry);
    scrollTo({ top: 0 });
    document.getElementById("log-title").focus({ preventScroll: true });
    await outbox.draw();
    navigator.storage?.persist?.().catch(() => {}); // what waits is not for the browser to tidy away
    if (navigator.onLine) kamLog.sendSoon();
    else kamLog.sendLater();
  };
  form.element.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!people.current()) return document.getElementById("log-accounts").showModal();
    const isEmpty = !form.opened() && !form.isTouched();
    if (isSaving || (isEmpty && Date.now() - last < 800)) return; // the second tap of a hurried thumb
    isSaving = true;
    last = Date.now();
    save().catch(() => {
      isSaving = false;
      if (data.isKept()) notice("room", words.noRoom, { tone: "dan" });
      else form.element.submit(); // the plain form still works
    });
  });
  form.element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.element.requestSubmit();
    else if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  document.getElementById("log-send-now").addEventListener("click", () => kamLog.sendSoon());

  // Back to where the reader came from.
  const from = document.referrer && new URL(document.referrer);
  if (from && from.origin === location.origin && !/^\/(log|sign-in)\//.test(from.pathname)) {
    document.querySelector("[data-log-close]").href = from.pathname + from.search;
  }
  window.addEventListener("pagehide", () => outbox.release().catch(() => {}));

  const begin = async () => {
    connection();
    let found = null;
    try {
      await outbox.release();
      found = await data.read();
    } catch {
      found = data.isKept() ? null : JSON.parse(document.getElementById("log-data").textContent);
    }
    use(found);
    kamLog.isReady = true;
    page.dataset.ready = "1";
    await outbox.draw().catch(() => {});
    if (!data.isKept()) return;
    const fresh = await data.renew();
    const isOther = fresh && fresh.user && fresh.user !== found?.user;
    if (fresh && (isOther || !form.isTouched())) use(fresh);
    if (!fresh && kamLog.state === "signed_out") {
      if (!found) location.href = page.dataset.signIn;
      else kamLog.onFlush("signed_out");
    } else if (!fresh && !found) notice("nothing", words.nothing, { tone: "cau" });
    outbox.draw();
  };
  begin();
})();
