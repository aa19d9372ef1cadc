// The account and its faces: choosing, drawing, adding somebody new.
(() => {
  "use strict";
  const { kamLog } = window;
  const { say } = kamLog;
  const form = document.getElementById("log-form");
  const faces = document.getElementById("log-faces");
  const button = document.getElementById("log-account");
  const adding = document.getElementById("log-new");
  const list = document.getElementById("log-account-list");
  const search = document.getElementById("log-account-search");
  const note = document.getElementById("log-account-note");
  const sheet = document.getElementById("log-accounts");
  const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  let accounts = [];
  let current = null;

  const tierMark = (letter) => {
    const mark = letter && document.getElementById("log-tiers").content.querySelector(`.k-tier-${letter.toLowerCase()}`);
    return mark ? [mark.cloneNode(true)] : [];
  };
  const isPlanned = (account) => account.planned && say.localDay(new Date(account.planned.at)) === say.localDay(new Date());
  const noteOf = (account) => (isPlanned(account) ? say.fill(say.words.planned, { time: say.time(new Date(account.planned.at)) }) : account.place);

  // Photos stay on the server; without a connection the initials do.
  const show = (photo, mark) => {
    const picture = new Image();
    picture.className = "k-av";
    picture.alt = "";
    picture.addEventListener("load", () => mark.replaceWith(picture));
    picture.src = photo;
  };
  const face = ({ id, name, role, photo }, { isNew = false, checked = false } = {}) => {
    const row = clone("log-face-row");
    const input = row.querySelector("input");
    input.name = isNew ? "new_people" : "contacts";
    input.value = isNew ? name : id;
    input.checked = checked;
    const mark = row.querySelector(".k-av");
    mark.textContent = say.initials(name);
    if (photo && navigator.onLine) show(photo, mark);
    const text = row.querySelector(".log-face-name");
    text.textContent = name;
    const small = document.createElement("small");
    small.textContent = isNew ? say.words.newPerson : role;
    text.append(small);
    return row;
  };

  const drawFaces = (chosen = []) => {
    const people = current?.people ?? [];
    const missing = chosen.filter((one) => typeof one === "object" && !people.some((person) => person.id === one.id));
    const ids = new Set(chosen.map((one) => (typeof one === "object" ? one.id : one)));
    faces.replaceChildren(
      ...[...people, ...missing].map((person) => face(person, { checked: ids.has(person.id) })),
      clone("log-face-add"),
    );
    adding.hidden = true;
  };

  const choose = (account, chosen = []) => {
    current = account;
    form.elements.account.value = account?.id ?? "";
    button.querySelector("b").textContent = account?.name ?? say.words.chooseAccount;
    button.querySelector("small").textContent = account ? noteOf(account) : "";
    button.querySelector("[data-tier]").replaceChildren(...tierMark(account?.tier));
    drawFaces(chosen);
    form.dispatchEvent(new CustomEvent("account", { detail: account }));
  };

  // Somebody not on the list: a name is enough.
  faces.addEventListener("click", (event) => {
    const opener = event.target.closest(".log-face-add");
    if (!opener) return;
    adding.hidden = !adding.hidden;
    opener.setAttribute("aria-expanded", String(!adding.hidden));
    if (!adding.hidden) adding.querySelector("input").focus();
  });
  const add = () => {
    const field = adding.querySelector("input");
    const name = field.value.trim().replace(/\s+/g, " ");
    if (!name) return field.focus();
    faces.lastElementChild.before(face({ name }, { isNew: true, checked: true }));
    faces.lastElementChild.previousElementSibling.scrollIntoView({ inline: "center", block: "nearest" });
    field.value = "";
    adding.hidden = true;
  };
  adding.querySelector("button").addEventListener("click", add);
  adding.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  });

  // The sheet of accounts: those on the device at once, all others while there is a connection.
  const folded = (text) => text.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const row = (account) => {
    const item = clone("log-account-row");
    item.querySelector("b").textContent = account.name;
    item.querySelector("small").textContent = noteOf(account);
    item.querySelector("[data-tier]").replaceChildren(...tierMark(account.tier));
    item.querySelector(".log-row-on").hidden = account.id !== current?.id;
    item.querySelector("button").addEventListener("click", () => {
      if (!accounts.some((one) => one.id === account.id)) accounts.push(account);
      choose(account);
      sheet.close();
    });
    return item;
  };
  const draw = (found) => {
    list.replaceChildren(...found.map(row));
    note.hidden = found.length > 0;
  };
  let asked = 0;
  const look = async () => {
    const typed = search.value.trim();
    const parts = folded(typed).split(/\s+/);
    const here = accounts.filter((account) => parts.every((part) => folded(`${account.name} ${account.place}`).includes(part)));
    draw(here);
    if (here.length || typed.length < 2 || !navigator.onLine) return;
    const turn = ++asked;
    const found = await kamLog.data.find(typed).catch(() => []);
    if (turn === asked) draw(found);
  };
  search.addEventListener("input", look);
  sheet.addEventListener("toggle", (event) => {
    if (event.newState !== "open") return;
    search.value = "";
    draw(accounts);
  });

  kamLog.people = {
    set: (rows) => (accounts = rows),
    find: (id) => accounts.find((account) => account.id === Number(id)),
    current: () => current,
    isPlanned,
    choose,
    addNew: (names) => names.forEach((name) => faces.lastElementChild.before(face({ name }, { isNew: true, checked: true }))),
    chosen: () => [...faces.querySelectorAll("input:checked")],
    nameOf: (input) => input.closest(".log-face").querySelector(".log-face-name").firstChild.textContent,
  };
})();
