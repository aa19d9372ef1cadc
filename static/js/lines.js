// A list of sentences as rows to add, order and remove; the textarea behind it is what is sent.
(() => {
  const words = document.querySelector("[data-line-words]");
  if (!words) return;

  function button(icon, label) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "btn btn-ghost btn-icon";
    made.setAttribute("aria-label", label);
    made.textContent = icon;
    return made;
  }

  function setUp(area) {
    const list = document.createElement("ul");
    list.className = "k-plain v-lines";
    const add = document.createElement("button");
    add.type = "button";
    add.className = "btn btn-secondary k-btn-sm";
    add.textContent = words.dataset.add;

    const fields = () => [...list.querySelectorAll("input")];

    function keep() {
      area.value = fields().map((field) => field.value.trim()).filter(Boolean).join("\n");
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }

    function number() {
      fields().forEach((field, place) => {
        field.setAttribute("aria-label", words.dataset.line.replace("%s", place + 1));
      });
    }

    function row(text, after) {
      const item = document.createElement("li");
      const field = document.createElement("input");
      field.className = "form-control";
      field.maxLength = 300;
      field.value = text;
      field.setAttribute("aria-describedby", area.getAttribute("aria-describedby") || "");
      const up = button("↑", words.dataset.up);
      const remove = button("×", words.dataset.remove);
      field.addEventListener("input", (event) => {
        event.stopPropagation();
        keep();
      });
      field.addEventListener("paste", (event) => {
        const lines = event.clipboardData.getData("text").split(/\r?\n/).filter((line) => line.trim());
        if (lines.length < 2) return;
        event.preventDefault();
        let place = item;
        lines.forEach((line) => { place = row(line.trim(), place); });
        if (!field.value.trim()) item.remove();
        number();
        keep();
      });
      field.addEventListener("keydown", (event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          row("", item).querySelector("input").focus();
          number();
        } else if (event.key === "Backspace" && !field.value && fields().length > 1) {
          event.preventDefault();
          const before = item.previousElementSibling || item.nextElementSibling;
          item.remove();
          before.querySelector("input").focus();
          number();
          keep();
        }
      });
      up.addEventListener("click", () => {
        if (!item.previousElementSibling) return;
        list.insertBefore(item, item.previousElementSibling);
        up.focus();
        number();
        keep();
      });
      remove.addEventListener("click", () => {
        item.remove();
        if (!fields().length) row("");
        add.focus();
        number();
        keep();
      });
      item.append(field, up, remove);
      if (after) after.after(item);
      else list.append(item);
      return item;
    }

    (area.value.split("\n").filter(Boolean).length ? area.value.split("\n") : [""]).forEach((line) => row(line));
    add.addEventListener("click", () => {
      row("").querySelector("input").focus();
      number();
    });
    area.hidden = true;
    area.after(list, add);
    number();
  }

  document.querySelectorAll("textarea[data-lines]").forEach(setUp);
})();
