// Says in words when a passkey was refused, cancelled or is not possible here.
(() => {
  "use strict";
  const { failed, unknown } = document.currentScript.dataset;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    window.kam.toast(window.PublicKeyCredential ? failed : unknown, { level: "error" });
  });
})();
