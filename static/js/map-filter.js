// Who is shown on the account map: risks, the uncovered, a role, a division, those one of ours knows.
(() => {
  "use strict";

  window.kamMap.filter = (app) => {
    const { root, drawing } = app;
    const words = root.dataset;
    const only = { risk: false, uncovered: false, role: "", division: "", ours: "" };
    const isShown = (person) => (!only.risk || person.risk) && (!only.uncovered || person.uncovered)
      && (!only.role || String(person.role) === only.role) && (!only.division || String(person.division) === only.division)
      && (!only.ours || app.data.ties.some((one) => one.from === only.ours && one.to === person.key));
    const filter = () => {
      const active = Object.values(only).some(Boolean);
      drawing.classList.toggle("has-filter", active);
      let count = 0;
      app.data.people.forEach((person) => {
        const shown = isShown(person);
        count += shown ? 1 : 0;
        app.cards.get(person.key).classList.toggle("is-dim", !shown);
        root.querySelector(`[data-row="${person.key}"]`)?.toggleAttribute("hidden", !shown);
      });
      app.data.ours.forEach(({ key }) => app.cards.get(key).classList.toggle("is-dim", Boolean(only.ours) && only.ours !== key));
      app.ties.forEach(({ one, path }) => {
        path.classList.toggle("is-dim", Boolean(only.ours) && one.from !== only.ours);
        path.classList.toggle("is-asked", only.ours === one.from);
      });
      root.querySelector("[data-shown]").textContent = active ? words.sayShown.replace("{n}", count).replace("{all}", app.data.people.length) : "";
      return active ? count : null;
    };
    const filtered = () => {
      const count = filter();
      if (count !== null) window.kam.announce(root.querySelector("[data-shown]").textContent);
    };
    root.querySelectorAll("[data-only]").forEach((button) => button.addEventListener("click", () => {
      only[button.dataset.only] = !only[button.dataset.only];
      button.setAttribute("aria-pressed", String(only[button.dataset.only]));
      filtered();
    }));
    root.querySelectorAll("[data-by]").forEach((field) => field.addEventListener("change", () => {
      only[field.dataset.by] = field.value;
      filtered();
    }));
    return filter;
  };
})();
