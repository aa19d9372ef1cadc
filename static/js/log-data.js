// The list of accounts: from the server's page, else from this device; renewed when there is a
// connection. Also the words and dates the other scripts say.
(() => {
  "use strict";
  const { kamLog } = window;
  const { store, send } = kamLog;
  const page = document.getElementById("log");
  const words = document.getElementById("log-words").dataset;
  const language = document.documentElement.lang;
  const FORTNIGHT = 14 * 86400000;
  document.documentElement.classList.add("js");

  const json = (id) => {
    const element = document.getElementById(id);
    return element ? JSON.parse(element.textContent) : null;
  };
  const plurals = new Intl.PluralRules(language);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
  const count = (id, n) => {
    const forms = json(id);
    return fill(forms[plurals.select(n)] ?? forms.other, { n: new Intl.NumberFormat(language).format(n) });
  };
  const two = (n) => String(n).padStart(2, "0");
  const localDay = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const capital = (text) => text.charAt(0).toLocaleUpperCase(language) + text.slice(1);

  kamLog.say = {
    words,
    fill,
    count,
    time: (moment) => new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" }).format(moment),
    moment: (moment) => new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit" }).format(moment),
    day: (moment) => new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" }).format(moment),
    date: (moment) => new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }).format(moment),
    weekday: (moment) => capital(new Intl.DateTimeFormat(language, { weekday: "long" }).format(moment)),
    localDay,
    localMoment: (date) => `${localDay(date)}T${two(date.getHours())}:${two(date.getMinutes())}`,
    initials: (name) => {
      const parts = name.split(/\s+/).filter((word) => /^[\p{L}\p{N}]/u.test(word));
      const picked = parts.length > 1 ? [parts[0], parts.at(-1)] : parts;
      return picked.map((word) => [...word][0]).join("").toLocaleUpperCase() || "?";
    },
  };

  // Notices: one of each kind at a time, above the form.
  const box = document.getElementById("log-notices");
  kamLog.notice = (kind, text, { tone = "", link = "", label = "" } = {}) => {
    box.querySelector(`[data-kind="${kind}"]`)?.remove();
    if (!text) return;
    const line = document.createElement("p");
    line.className = `log-notice${tone ? ` log-notice-${tone}` : ""}`;
    line.dataset.kind = kind;
    const said = document.createElement("span");
    said.textContent = text;
    line.append(said);
    if (link) {
      const way = document.createElement("a");
      way.href = link;
      way.textContent = label;
      line.append(way);
    }
    box.append(line);
  };

  const keep = async (data) => {
    await store.setMeta("data", { ...data, language });
    await store.setMeta("user", data.user);
    page.dataset.user = data.user;
  };
  const forget = () => store.dropMeta("data");

  const read = async () => {
    const given = json("log-data");
    if (given) {
      await keep(given).catch(() => {});
      return given;
    }
    const data = await store.meta("data");
    if (data && Date.now() - Date.parse(data.made_at) > FORTNIGHT) {
      await forget();
      kamLog.notice("old", words.old, { tone: "cau" });
      return null;
    }
    return data ?? null;
  };

  // What the server says now; null without a connection. A different person's list is never shown.
  const renew = async () => {
    let answer;
    try {
      answer = await send.ask(page.dataset.dataUrl);
    } catch {
      return null;
    }
    if (answer.type === "opaqueredirect" || answer.status === 401) {
      kamLog.state = "signed_out";
      return null;
    }
    if (answer.status === 404) {
      await forget();
      kamLog.notice("closed", words.closed, { tone: "dan" });
      return { accounts: [], owners: [], first: null };
    }
    if (answer.status !== 200) return null;
    const data = await answer.json();
    await keep(data);
    return data;
  };

  const spend = async (id) => {
    const data = await store.meta("data");
    const account = data?.accounts.find((one) => one.id === id);
    if (account) await store.setMeta("data", { ...data, accounts: data.accounts.map((one) => (one === account ? { ...one, planned: null } : one)) });
  };

  const find = async (asked) => {
    const answer = await send.ask(`${page.dataset.dataUrl}?q=${encodeURIComponent(asked)}`);
    return answer.status === 200 ? (await answer.json()).accounts : [];
  };

  kamLog.data = { read, renew, find, spend, forget, isKept: () => !document.getElementById("log-data") };
  if (page.dataset.scheme) store.setMeta("scheme", page.dataset.scheme).catch(() => {});
  else {
    store.meta("scheme").then((scheme) => {
      if (scheme && scheme !== "auto") document.documentElement.dataset.bsTheme = scheme;
    }).catch(() => {});
  }
})();
