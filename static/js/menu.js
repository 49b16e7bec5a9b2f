/* A menu closes with Escape, and when something else is chosen. Without this script its own head closes it. */
(function () {
  "use strict";
  const open = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("click", event => open().forEach(each => {
    if (!each.contains(event.target)) each.open = false;
  }));
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return;
    open().forEach(each => {
      if (each.contains(document.activeElement)) each.querySelector("summary").focus();
      each.open = false;
    });
  });
})();
