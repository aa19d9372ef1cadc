// The form as an entry and an entry as the form. Nothing here knows of the network.
(() => {
  "use strict";
  const { kamLog } = window;
  const { say, people, step } = kamLog;
  const form = document.getElementById("log-form");
  const fields = form.elements;
  const WORDS = ["text", "step", "promise"];
  let opened = null; // the entry in the form, when it was written before

  const uuid = () => {
    if (crypto.randomUUID) return crypto.randomUUID();
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };
  const check = (name, value) => form.querySelectorAll(`[name=${name}]`).forEach((radio) => (radio.checked = radio.value === String(value)));
  const checked = (name) => form.querySelector(`[name=${name}]:checked`)?.value ?? null;

  // The tone may be taken back by a second tap; a radio alone cannot.
  form.querySelectorAll("[name=tone]").forEach((radio) => {
    radio.addEventListener("click", () => {
      if (radio.dataset.was === "1") radio.checked = false;
      form.querySelectorAll("[name=tone]").forEach((one) => (one.dataset.was = one.checked ? "1" : "0"));
    });
  });

  const values = () => {
    const chosen = people.chosen();
    const told = {
      account: Number(fields.account.value),
      contacts: chosen.filter((input) => input.name === "contacts").map((input) => Number(input.value)),
      new_people: chosen.filter((input) => input.name === "new_people").map((input) => input.value),
      channel: checked("channel"),
      direction: checked("direction"),
      tone: checked("tone"),
      at: fields.at.value ? new Date(fields.at.value).toISOString() : null,
    };
    for (const name of WORDS) told[name] = fields[name].value.trim();
    if (told.step) Object.assign(told, { step_due: fields.step_due.value || null, step_owner: Number(fields.step_owner.value) || null });
    if (told.promise) Object.assign(told, { promise_by: checked("promise_by"), promise_due: fields.promise_due.value || null });
    return told;
  };

  // For lists on this device: who and what, in words.
  const shown = () => {
    const channel = form.querySelector("[name=channel]:checked");
    return {
      account: people.current().name,
      people: people.chosen().map(people.nameOf),
      channel: channel.parentElement.textContent.trim(),
    };
  };

  const planOf = (account) => (account && people.isPlanned(account) ? account.planned : null);

  // A plan is told once; the next entry with the account is another touchpoint.
  const spend = (account) => {
    account.planned = null;
    kamLog.data.spend(account.id).catch(() => {});
  };

  const entry = (user) => {
    const now = new Date().toISOString();
    const told = values();
    const base = { user, state: "waiting", values: told, shown: shown() };
    if (opened?.state === "sent" || opened?.version != null) return { ...opened, ...base, problem: null, theirs: null };
    if (opened) {
      const isElsewhere = opened.values.account !== told.account;
      return { ...base, key: isElsewhere ? uuid() : opened.key, made_at: opened.made_at, edited: !isElsewhere, replaces: isElsewhere ? opened.key : null };
    }
    const plan = planOf(people.current());
    if (plan) spend(people.current());
    if (plan && !told.at) told.at = new Date(Math.min(Date.parse(plan.at), Date.now())).toISOString();
    // The plan may have been told already from elsewhere: then both versions are to be seen.
    return { ...base, key: plan?.key ?? uuid(), edited: Boolean(plan), made_at: now };
  };

  // A plan of today brings its channel and its people.
  const begin = (account, chosen) => {
    const plan = planOf(account);
    people.choose(account, chosen ?? plan?.contacts ?? []);
    if (plan) check("channel", plan.channel);
  };

  const clear = (account) => {
    opened = null;
    form.reset();
    form.querySelectorAll("[name=tone]").forEach((radio) => (radio.dataset.was = "0"));
    begin(account ?? people.current());
    finish(false);
  };

  const fill = (row) => {
    opened = row;
    form.reset();
    const told = row.values;
    const account = people.find(told.account) ?? { id: told.account, name: row.shown.account, place: "", tier: "", people: [] };
    const names = row.shown.people ?? [];
    const known = (told.contacts ?? []).map((id, index) => ({ id, name: names[index] ?? "?", role: "" }));
    people.choose(account, known);
    people.addNew(told.new_people ?? []);
    for (const name of ["channel", "tone", "direction"]) if (told[name] != null) check(name, told[name]);
    for (const name of [...WORDS, "step_due", "promise_due"]) fields[name].value = told[name] ?? "";
    if (told.step_owner) fields.step_owner.value = told.step_owner;
    check("promise_by", told.promise_by ?? "us");
    if (told.at) fields.at.value = say.localMoment(new Date(told.at));
    finish(true);
  };

  const finish = (isOld) => {
    const isSent = isOld && (opened.state === "sent" || opened.version != null);
    document.getElementById("log-step").hidden = isSent;
    document.getElementById("log-promise").hidden = isSent;
    document.getElementById("log-account").disabled = isSent;
    document.getElementById("log-title").textContent = isOld ? say.words.editTitle : say.words.newTitle;
    step.show(isOld ? opened.made_at : "");
  };

  kamLog.form = {
    element: form,
    entry,
    begin,
    clear,
    fill,
    opened: () => opened,
    isTouched: () => people.chosen().length > 0 || WORDS.some((name) => fields[name].value.trim()),
  };
})();
