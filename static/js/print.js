/* A button that prints the page. Without this script the browser's own menu does. */
(function (self) {
  "use strict";
  document.querySelectorAll("[data-print]").forEach(button => {
    button.hidden = false;
    button.addEventListener("click", () => self.print());
  });
})(self);
