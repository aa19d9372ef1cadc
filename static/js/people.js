// [data-copy=id] copies the text of that element, or the value of that field.
(() => {
  "use strict";
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    const items = [...source.querySelectorAll("li")].map((item) => item.textContent.trim());
    const text = source.value ?? (items.length ? items.join("\n") : source.textContent.trim());
    try {
      await navigator.clipboard.writeText(text);
      window.kam.toast(button.dataset.copied);
    } catch {
      if (source.select) source.select();
      else getSelection().selectAllChildren(source);
    }
  });
})();
